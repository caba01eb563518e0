"""What a command must never put its file in the place of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(office: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-X", "utf8", "-m", "desktop", "--data", str(office), *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    folder = tmp_path_factory.mktemp("offices")
    several = [folder / "甲.openday", folder / "乙.openday"]
    for office in several:
        assert run(office, "new", "--name", office.stem)[0] == 0
    return several


def test_a_paper_never_takes_the_place_of_an_office_or_any_other_file(offices, tmp_path):
    mine, _ = offices
    notes = tmp_path / "notes.txt"
    notes.write_text("要紧的话", encoding="utf-8")
    for target in (mine, notes):
        before = target.read_bytes()
        code, told = run(mine, "print", "calibration", "--out", str(target))
        assert (code, "没有覆盖它" in told) == (1, True)
        code, told = run(mine, "report", "participants", "--out", str(target.with_suffix(target.suffix)))
        assert code == 1
        assert target.read_bytes() == before


def test_a_paper_replaces_an_older_paper(offices, tmp_path):
    target = tmp_path / "校准.pdf"
    assert run(offices[0], "print", "calibration", "--out", str(target))[0] == 0
    assert run(offices[0], "print", "calibration", "--out", str(target))[0] == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_a_backup_replaces_only_an_older_backup_of_the_same_office(offices, tmp_path):
    mine, other = offices
    before = other.read_bytes()
    code, told = run(mine, "backup", str(other))
    assert (code, "没有覆盖它" in told) == (3, True)
    assert other.read_bytes() == before
    copy = tmp_path / "备份.openday"
    assert run(mine, "backup", str(copy))[0] == 0
    assert run(mine, "backup", str(copy))[0] == 0
