"""What a clerk's colleague or a script meets by a slip: no screen, no such file, a name too long. From the contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import cli
from desktop.app import carry_out
from desktop.services.reports import TITLES
from desktop.storage import backup, gate
from desktop.storage.database import OfficeDatabase

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def openday(desk, office_file, capsys):
    """Run a command in this process on the desk's file; returns (exit code, JSON, what was told)."""

    def call(*words, data=office_file):
        code = cli.run(["--data", str(data), "--json", *map(str, words)], carry_out)
        out, told = capsys.readouterr()
        return code, json.loads(out), told

    return call


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_is_refused_in_a_sentence(office_file):
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--data", str(office_file), "--json"],
        capture_output=True, text=True, timeout=30, env={**bare, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 3
    assert "显示器" in json.loads(done.stdout)["error"]["message"]
    assert done.stderr.count("\n") == 1


def test_the_help_of_report_names_every_report(capsys):
    with pytest.raises(SystemExit) as over:
        cli.build_parser().parse_args(["report", "--help"])
    assert not over.value.code
    told = capsys.readouterr().out
    assert [name for name in TITLES if name not in told] == []


def test_who_asked_is_kept_as_the_one_of_the_staff_and_a_stranger_by_name(openday):
    openday("add", "staff", "full_name=张伟")
    asker = openday("add", "staff", "full_name=李明")[1]["id"]
    for by, kept in (("李明", asker), ("县督查室王芳", None)):
        number = openday("add", "ticket", "content=路灯不亮")[1]["number"]
        openday("do", "ticket", number, "accept")
        openday("do", "ticket", number, "assign", "section=组织科", "handler=张伟")
        openday("do", "ticket", number, "answer", "text=已修好")
        told = ("verdict=满意", "method=电话")
        code, answer, _ = openday("do", "ticket", number, "evaluate", *told, "by=" + "名" * 51)
        assert (code, answer["error"]["field"]) == (1, "by")
        assert openday("do", "ticket", number, "evaluate", *told, f"by={by}")[0] == 0
        (said,) = openday("list", "evaluation", "--where", f"ticket={number}")[1]
        assert (said["by"], said["asker"]) == (kept, by)


def test_a_file_that_is_not_there_is_not_called_a_missing_folder(openday, tmp_path):
    code, _, told = openday("notice", tmp_path / "通知.txt")
    assert code == 3
    assert "找不到这个文件" in told


def test_restoring_from_nothing_or_from_itself_is_the_user_s_slip(openday, office_file, tmp_path):
    for source in (tmp_path / "没有.openday", office_file):
        code, answer, _ = openday("restore", source)
        assert (code, answer["error"]["field"]) == (1, "file")
        assert "openday new" not in answer["error"]["message"]
    assert openday("check")[0] == 0


def test_a_file_that_cannot_be_written_can_be_backed_up(openday, office_file, tmp_path):
    openday("add", "staff", "full_name=张伟")
    whole = tmp_path / "合上的.openday"
    openday("backup", whole)
    closed = gate.connected(whole, "immutable")
    assert isinstance(closed, OfficeDatabase)
    assert closed.read_only
    try:
        assert backup.copy_to(closed, tmp_path / "备份.openday")["staff"] == 1
    finally:
        closed.close()


def test_days_put_away_are_named_where_no_day_is_left_to_print_for(openday, tmp_path):
    openday("add", "open-day", "theme=甲", "held_on=2026-09-29")
    openday("do", "open-day", "2026-1", "cancel")
    code, answer, _ = openday("print", "invitation-letters", "--out", tmp_path / "a.pdf")
    assert (code, answer["error"]["field"]) == (1, "open_day")
    assert "已取消" in answer["error"]["message"]


def test_a_question_written_wrong_is_told_with_full_width_punctuation(openday):
    told = openday("add", "form", "title=新表", "questions=您满意吗？")[1]["error"]["message"]
    assert told.startswith("题目：第 1 行")
