"""What an outside script runs into: closed pipes, odd names, slips of the pen. Rules from the contract."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import python_calamine

from desktop import cli
from desktop.app import carry_out
from desktop.documents.preview import page_text
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def openday(desk, office_file, capsys):
    """Run a command in this process on the desk's file; returns (exit code, JSON, what was told)."""

    def call(*words, data=office_file):
        code = cli.run(["--data", str(data), "--json", *map(str, words)], carry_out)
        out, told = capsys.readouterr()
        return code, json.loads(out), told

    return call


def process(office_file, *words):
    command = [sys.executable, "-m", "desktop", "--data", str(office_file), *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, PYTHONPATH=str(ROOT))
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no broken pipes")
def test_a_reader_that_goes_away_is_no_trouble(office_file):
    running = process(office_file, "kinds")
    running.stdout.close()
    assert running.wait(20) == 0
    assert running.stderr.read() == b""
    running.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_written_is_trouble(office_file):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "kinds"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=dict(os.environ, PYTHONPATH=str(ROOT)),
        )
    assert done.returncode == 3
    assert "标准输出" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_interrupting_says_cancelled(capsys):
    def interrupted(asked):
        raise KeyboardInterrupt

    assert cli.run(["--json", "kinds"], interrupted) == 1
    out, told = capsys.readouterr()
    assert "已取消" in told
    assert "已取消" in json.loads(out)["error"]["message"]


def test_help_is_named_once(openday):
    _, _, told = openday("list", "staff", "--limit", "x")
    assert "openday list --help" in told
    assert "用法：openday" not in told


def test_an_office_that_could_not_be_set_up_leaves_no_file(openday, tmp_path):
    code, _, _ = openday("new", "--name", " ", data=tmp_path / "b.openday")
    assert code == 1
    assert not list(tmp_path.glob("b.openday*"))


@pytest.mark.parametrize("words", [("new", "--name", "甲"), ("check",), ("list", "staff")])
def test_a_path_too_long_is_trouble_not_a_bug(openday, tmp_path, words):
    code, _, told = openday(*words, data=tmp_path / ("长" * 4000))
    assert code == 3
    assert "文件名太长" in told


@pytest.mark.parametrize(
    "words", [("backup", "a\udcff.openday"), ("export", "staff", "a\udcff.xlsx"), ("demo", "a\udcff")]
)
def test_a_file_name_that_is_no_text_is_refused(openday, words):
    code, answer, _ = openday(*words)
    assert code == 1
    assert "无法识别的字符" in answer["error"]["message"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("add", "staff", "full_name=甲", "full_name=乙"), "full_name"),
        (("list", "staff", "--limit", "-1"), "limit"),
        (("report", "participants", "--out", "r.docx"), "out"),
        (("add", "office", "name=第二单位"), "name"),
        (("add", "form", "title=甲", "sort=调查问卷", "questions=" + "[" * 20_000), "questions"),
    ],
)
def test_a_slip_is_refused_at_its_field(openday, words, field):
    code, answer, told = openday(*words)
    assert (code, answer["error"]["field"]) == (1, field), told


def test_a_folder_is_no_pdf(openday, tmp_path):
    openday("add", "open-day", "theme=甲", "held_on=2026-09-29")
    code, answer, _ = openday("print", "sign-in-sheet", "--all", "--out", tmp_path)
    assert (code, answer["error"]["field"]) == (1, "out")


def test_several_conditions_must_all_hold_and_an_empty_reference_is_none(openday):
    for role in ("班子成员", "其他"):
        openday("add", "staff", f"full_name={role}甲", f"role={role}")
    both = ("--where", "role=其他", "--where", "role=班子成员")
    assert openday("list", "staff", *both)[1] == []
    openday("add", "open-day", "theme=甲", "held_on=2026-09-29")
    assert len(openday("list", "open-day", "--where", "letter=")[1]) == 1


def test_a_report_is_written_where_asked(openday, tmp_path):
    code, answer, _ = openday("report", "participants", "--out", tmp_path / "r.xlsx")
    assert (code, answer["file"]) == (0, str(tmp_path / "r.xlsx"))
    with python_calamine.load_workbook(str(tmp_path / "r.xlsx")) as book:
        rows = book.get_sheet_by_index(0).to_python()
    assert rows[:2] == [["项目", "数量", "单位", "计算方法"], ["举办开放日", 0, "次", ""]]


def test_a_report_goes_on_paper_with_its_formulas(openday, desk, tmp_path):
    day = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29))
    desk.books.save(day)
    people = [Representative(full_name=name, sex="男") for name in ("曾国强", "于𬱖", "李明")]
    for person in people:
        desk.books.save(person)
    row = desk.inviting.invite(day, people)[0]
    row.attendance = "出席"
    desk.books.save(row)
    target = tmp_path / "r.PDF"
    code, answer, _ = openday("report", "participants", "--from", "2026年1月1日", "--out", target)
    text = "".join(page_text(target, 0).split())

    assert (code, answer["file"]) == (0, str(target))
    assert [row["value"] for row in answer["rows"] if row["unit"] == "%"] == [33.33]
    assert "代表参与情况统计表2026年1月1日以来的开放日填报单位：中共肥西县委组织部" in text
    assert "邀请代表3人次" in text
    assert "注：到会率=到会1人次÷邀请代表3人次=33.33%" in text


def test_a_report_that_cannot_be_printed_leaves_the_old_file(openday, desk, tmp_path):
    desk.books.save(OpenDay(theme="甲", held_on=datetime.date(2026, 9, 29)))
    own = desk.offices.own()
    own.name = "县委组织部\U000e0fff"
    desk.offices.save(own)
    (tmp_path / "r.pdf").write_bytes(b"%PDF old")
    code, answer, _ = openday("report", "forms", "--out", tmp_path / "r.pdf")

    assert code == 1
    assert "印前检查没有通过" in answer["error"]["message"]
    assert "U+E0FFF" in answer["error"]["message"]
    assert [path.name for path in tmp_path.glob("r*")] == ["r.pdf"]
    assert (tmp_path / "r.pdf").read_bytes() == b"%PDF old"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("holiday", ("date=2027-01-01", "sort=放假")),
        ("unit", ("name=甲单位",)),
        ("term", ("list_name=科室", "word=后勤科")),
    ],
)
def test_the_same_line_of_a_table_is_refused(openday, kind, values):
    assert openday("add", kind, *values)[0] == 0
    code, answer, _ = openday("add", kind, *values)
    assert code == 1
    assert "已有" in answer["error"]["message"]


def test_a_numbered_invitation_keeps_its_person_and_day(openday):
    openday("add", "open-day", "theme=甲", "held_on=2026-09-29")
    openday("add", "open-day", "theme=乙", "held_on=2026-10-29")
    for name in ("曾国强", "单立新"):
        openday("add", "representative", f"full_name={name}")
    number = openday("add", "invitation", "open_day=甲", "representative=曾国强")[1]["number"]
    for change in ("open_day=乙", "representative=单立新"):
        assert openday("set", "invitation", number, change)[0] == 1
    code, answer, _ = openday("do", "invitation", number, "reply", "repli=不参加")
    assert (code, answer["error"]["field"]) == (1, "repli")
    assert openday("show", "invitation", number)[1]["reply"] == "未回复"


def test_what_others_hang_on_is_not_removed(openday):
    openday("add", "open-day", "theme=甲", "held_on=2026-09-29")
    openday("add", "representative", "full_name=曾国强")
    openday("add", "invitation", "open_day=甲", "representative=曾国强")
    form = openday("list", "form")[1][0]["id"]
    issue = openday("add", "form-issue", f"form={form}", "first=1", "last=9")[1]["id"]
    openday("add", "form-return", f"issue={issue}", "serial=1")
    name = openday("list", "office")[1][0]["name"]
    for words in (("open-day", "甲"), ("form", form), ("form-issue", issue), ("office", name)):
        assert openday("remove", *words)[0] == 1
    assert openday("set", "form-issue", issue, "first=2")[0] == 1


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_while_saving_the_file_stays_sound(openday, office_file):
    running = process(office_file, "add", "staff", "full_name=甲")
    time.sleep(0.25)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert openday("check")[1]["ok"] is True


def sheet(tmp_path, *lines):
    path = tmp_path / "名单.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_imported_open_days_are_numbered_and_scheduled_like_typed_ones(openday, tmp_path):
    code, done, told = openday("import", "open-day", sheet(tmp_path, "主题,日期", "甲,2026-12-29"))
    assert (code, done["added"]) == (0, 1), told
    assert openday("show", "open-day", "甲")[1]["number"] == "2026-1"
    assert openday("list", "milestone")[1]
    assert openday("undo", done["batch"])[1] == {"removed": 1}
    assert openday("list", "milestone")[1] == []


def test_an_import_keeps_the_rules_of_its_kind_row_by_row(openday, tmp_path):
    openday("add", "category", "name=环境")
    path = sheet(tmp_path, "类别,上级类别", "污水,环境", "道路,没有这一类")
    code, answer, _ = openday("import", "category", path)
    assert (code, answer["error"]["row"]) == (1, 3)
    assert [row["name"] for row in openday("list", "category")[1]] == ["环境"]
    assert openday("import", "office", sheet(tmp_path, "单位名称", "第二单位"))[0] == 1


def test_a_note_may_be_as_long_as_what_people_say(openday):
    said = "意见。" * 3_400
    for kind in ("staff", "representative"):
        assert openday("add", kind, "full_name=甲", f"note={said}")[1]["note"] == said
