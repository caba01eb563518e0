"""Backups on the command line: listed, rehearsed, foreseen and restored; what is damaged is rescued."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop import cli
from desktop.app import carry_out, new_desk
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.storage import office


@pytest.fixture
def openday(office_file, capsys):
    """A new office with one person, and the program on it in this process."""
    desk = new_desk(office_file, Office(name="甲"))
    desk.books.save(Representative(full_name="曾国强"))
    office.close()

    def call(*words):
        code = cli.run(["--json", "--data", str(office_file), *map(str, words)], carry_out)
        out, told = capsys.readouterr()
        return code, json.loads(out) if out.strip() else None, told

    return call


def test_a_backup_is_listed_rehearsed_foreseen_and_restored(openday, office_file):
    assert openday("backups")[1] == []
    assert openday("drill")[0] == 1
    code, made, _ = openday("backup")
    assert (code, made["counts"]["representative"], made["reason"]) == (0, 1, "手工")
    assert openday("backups")[1] == [made]
    openday("add", "representative", "full_name=单立新")

    assert openday("drill")[1]["counts"] == made["counts"]
    before = office_file.read_bytes()
    _, foreseen, _ = openday("restore", made["file"], "--dry-run")
    assert office_file.read_bytes() == before
    assert foreseen["now"]["counts"]["representative"] == 2
    assert foreseen["counts"] == made["counts"]
    assert foreseen["last_change"] == made["last_change"]

    code, restored, _ = openday("restore", made["file"])
    assert (code, restored["counts"]) == (0, made["counts"])
    assert len(openday("list", "representative")[1]) == 1
    assert [found["reason"] for found in openday("backups")[1]] == ["恢复前", "手工"]


def test_an_import_goes_after_a_backup(openday, tmp_path):
    sheet = tmp_path / "名单.csv"
    sheet.write_text("姓名,工作单位\n单立新,甲局\n", encoding="utf-8")
    openday("import", "representative", sheet, "--dry-run")
    assert openday("backups")[1] == []
    assert openday("import", "representative", sheet)[1]["added"] == 1
    (made,) = openday("backups")[1]
    assert (made["reason"], made["counts"]["representative"]) == ("导入前", 1)


def test_a_changed_backup_fails_the_drill_and_is_not_restored(openday, office_file):
    made = openday("backup")[1]
    file = Path(made["file"])
    content = bytearray(file.read_bytes())
    content[content.index("曾国强".encode()) + 2] ^= 1
    file.write_bytes(bytes(content))
    before = office_file.read_bytes()
    code, answer, told = openday("drill")
    assert (code, answer["ok"]) == (3, False)
    assert "与它的标签不符" in told
    assert openday("restore", made["file"])[0] == 3
    assert office_file.read_bytes() == before


def test_a_damaged_file_is_rescued(openday, office_file, tmp_path):
    office_file.write_bytes(office_file.read_bytes()[:-4096])
    before = office_file.read_bytes()
    code, _, told = openday("list", "representative")
    assert code == 3
    assert "openday rescue" in told
    code, done, _ = openday("rescue", office_file, tmp_path / "救出.openday")
    assert code == 0
    assert done["counts"]["office"] == 1
    assert openday("rescue", office_file, tmp_path / "救出.openday")[0] == 1
    assert office_file.read_bytes() == before
