"""Restraint: numbers are masked unless asked for, files are the user's alone, no name in the log, no network."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktop import journal, paths
from desktop.app import main, new_desk
from desktop.records.base import kinds_of
from desktop.records.catalogue import record_type, records
from desktop.records.staff import Office, Staff
from desktop.services import lookup
from desktop.storage.office import close

ROOT = Path(__file__).parent.parent.parent
MOBILE, NUMBER, NAME = "13905518123", "340122197702254413", "欧阳婉如"
HELD = {
    "representative": (
        f"full_name={NAME}",
        f"mobile={MOBILE}",
        f"id_number={NUMBER}",
        "born_on=1977-02-25",
        "unit=上派镇",
    ),
    "household": (f"head={NAME}", "village=光大村", f"mobile={MOBILE}"),
    "appointment": ("staff=李明", "on=2026-12-24", f"representative={NAME}", f"phone={MOBILE}", "about=谈话"),
}
"""A record of every kind that has masked numbers."""


@pytest.fixture
def told(tmp_path, capsys, monkeypatch):
    """Run a command in this process; returns its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)

    def call(*words):
        code = main(["--data", str(tmp_path / "甲" / "office.openday"), *map(str, words)])
        written = capsys.readouterr()
        return code, written.out, written.err

    return call


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An office file with a record of every kind that has numbers, made once by the program's own services."""
    path = tmp_path_factory.mktemp("restraint") / "office.openday"
    desk = new_desk(path, Office(name="肥西县委组织部"))
    desk.books.save(Staff(full_name="李明"))
    for kind, values in HELD.items():
        record = desk.books.new(record_type(kind))
        lookup.fill(record, dict(word.split("=", 1) for word in values))
        desk.books.save(record)
    close()
    return path


@pytest.fixture
def office(told, kept, tmp_path):
    (tmp_path / "甲").mkdir(mode=0o700)
    shutil.copy2(kept, tmp_path / "甲" / "office.openday")
    return told


def held(path):
    """Return everything a workbook says."""
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_the_kinds_with_numbers_are_all_tried():
    assert set(HELD) == {model.kind for model in records() if any(kind.masked for kind in kinds_of(model))}


def test_no_list_or_export_tells_a_whole_number_unasked(office, tmp_path):
    added = office("add", "representative", "full_name=王伟", f"mobile={MOBILE}")
    assert (added[0], MOBILE in added[1]) == (0, False)
    for kind in HELD:
        _, listed, _ = office("list", kind)
        _, shown, _ = office("show", kind, json.loads(office("--json", "list", kind)[1])[0]["id"])
        assert office("export", kind, f"{kind}.xlsx")[0] == 0
        for text in (listed, shown, held(tmp_path / f"{kind}.xlsx")):
            assert MOBILE not in text
            assert NUMBER not in text
    assert "139****8123" in held(tmp_path / "household.xlsx")


def test_who_asks_gets_whole_numbers_and_it_is_noted(office, tmp_path):
    assert MOBILE in office("show", "representative", NAME, "--full")[1]
    assert office("export", "representative", "全.xlsx", "--full")[0] == 0
    assert MOBILE in held(tmp_path / "全.xlsx")
    office("--json", "export", "representative", "脚本.xlsx")
    assert NUMBER in held(tmp_path / "脚本.xlsx")
    office("--json", "export", "representative", "遮.xlsx", "--masked")
    assert NUMBER not in held(tmp_path / "遮.xlsx")
    office("print", "contact-cards", "--id", NAME, "--draft", "--full-numbers", "--out", "样.pdf")
    office("print", "contact-cards", "--id", NAME, "--full-numbers", "--out", "档.pdf")
    office("backup", "到U盘.openday")

    noted = json.loads(office("--json", "export-log")[1])
    assert [
        (row["how"], row["what"], row["items"], row["whereto"], row["full"]) for row in reversed(noted)
    ] == [
        ("导出", "代表", 1, "全.xlsx", True),
        ("导出", "代表", 1, "脚本.xlsx", True),
        ("导出", "代表", 1, "遮.xlsx", False),
        ("样稿", "联系档案卡", 1, "样.pdf", True),
        ("印制", "联系档案卡", 1, "档.pdf", True),
        ("备份", "整个数据文件", noted[0]["items"], "到U盘.openday", True),
    ]


def test_a_masked_export_that_comes_in_again_overwrites_no_number(office):
    office("export", "representative", "遮.xlsx")
    code, _, err = office("import", "representative", "遮.xlsx", "--on-duplicate", "update")
    assert code == 0
    assert "“手机”一列有遮住的号码" in err
    kept = json.loads(office("--json", "show", "representative", NAME)[1])
    assert (kept["mobile"], kept["id_number"]) == (MOBILE, NUMBER)


def test_an_export_that_is_not_noted_is_not_there(office, tmp_path, monkeypatch):
    from desktop.errors import TroubleError
    from desktop.services.disclosing import Disclosing

    def fail(*_words, **_more):
        raise TroubleError("磁盘已满")

    monkeypatch.setattr(Disclosing, "note", fail)
    assert office("export", "representative", "a.xlsx")[0] == 3
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows goes by the rights of the folder")
def test_whatever_is_written_is_the_users_alone(office, tmp_path, own_home):
    os.umask(0o022)  # as a shell has it; the program sets its own
    office("export", "representative", "名单.xlsx")
    office("print", "contact-cards", "--all", "--separate", "--out", "卡")
    office("backup")
    office("backup", "到U盘.openday")
    office("report", "participants", "--out", "表.xlsx")
    open_to_others = [
        str(path)
        for folder in (tmp_path, own_home)
        for path in folder.rglob("*")
        if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []
    assert len(list(tmp_path.rglob("*"))) > 8


def test_the_log_and_its_reports_name_nobody(office, own_home, monkeypatch):
    office("set", "representative", NAME, "mobile=0")
    office("show", "representative", f"{NAME}无此人")
    office("import", "representative", f"{NAME}.xlsx")
    monkeypatch.setattr("desktop.commands.records.pairs", lambda words: {}[f"{NAME}{MOBILE}"])
    assert office("set", "representative", NAME, "post=x")[0] == 3

    written = [path for path in paths.user_folder().rglob("*") if path.is_file()]
    assert any("错误报告" in path.name for path in written)
    for handler in logging.getLogger("openday").handlers:
        handler.flush()
    for path in written:
        for said in (NAME, MOBILE, NUMBER):
            assert said.encode() not in path.read_bytes(), path
    assert journal.log.name == "openday"


NO_NETWORK = """
import sys
def refuse(event, args):
    if event.startswith("socket."):
        raise SystemExit(f"a socket: {event} {args}")
sys.addaudithook(refuse)
from desktop.app import main, new_desk
for words in (
    ["new", "--name", "甲"],
    ["add", "representative", "full_name=李明", "mobile=13905518123"],
    ["export", "representative", "a.xlsx", "--full"],
    ["import", "representative", "a.xlsx"],
    ["backup"],
    ["check"],
):
    assert main(["--data", "a.openday", *words]) == 0, words
"""


def test_nothing_opens_a_socket(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
