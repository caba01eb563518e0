"""The whole corpus of bad input through the program's own commands: a sentence or a done deed, nothing half, no bug."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from jobs import OFFICE, command, whole

from desktop.storage import checking

BAD = Path(__file__).parents[1] / "data" / "badinput"
MANIFEST = json.loads((BAD / "manifest.json").read_text(encoding="utf-8"))
FILES = sorted(path for path in BAD.rglob("*") if path.is_file() and path.name != "manifest.json")
SOME = 3
"""Files, and as many values, tried in the short run."""
FIELDS = {  # the sort of a value → what a clerk may put it into
    "string": (
        "representative full_name=# unit=# post=# address=# note=#",
        "open-day theme=# held_on=2026-09-29 venue=#",
        "ticket content=# raised_by=# place=# section=#",
        "household head=# village=# address=# note=#",
    ),
    "identifier": ("representative full_name=甲 mobile=#", "representative full_name=甲 id_number=#"),
    "date": ("open-day theme=甲 held_on=# venue=乙", "representative full_name=甲 born_on=#"),
}
PAPERS = ("sign-in-sheet", "name-badges", "contact-cards")


@pytest.fixture
def work(office_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return shutil.copytree(office_folder, tmp_path / "work")


def tried(work, *words):
    """Run a command and return its exit code; whatever it was given, it tells one sentence and leaves nothing half."""
    there = {path.name for path in work.iterdir()}
    code, told = command(work, *words)
    assert code in (0, 1, 2, 3), words
    assert "意料之外" not in told, (words, told)
    assert "Traceback" not in told
    assert code == 0 or any("\u4e00" <= letter <= "\u9fff" for letter in told), words
    for path in work.iterdir():
        assert not path.name.endswith(".part"), words
        assert path.name in there or path.suffix not in (".pdf", ".xlsx") or whole(path), words
    return code


def some(things, long):
    return things if long else random.sample(things, min(SOME, len(things)))


@pytest.mark.timeout(3600)
def test_every_bad_file_is_brought_in_or_refused(work, long):
    for path in some(FILES, long):
        tried(work, "import", "representative", str(path))
        if long:
            tried(work, "import", "ticket", str(path))
            tried(work, "import", "visit", str(path), "--on-duplicate", "update")
    assert checking.faults_of(work / OFFICE) == []


@pytest.mark.timeout(3600)
def test_every_bad_file_is_refused_as_an_office_and_stays_as_it_was(work, long):
    for path in some(FILES, long):
        copy = work / f"copy{path.suffix}"
        shutil.copy(path, copy)
        for words in (("check",), ("list", "representative"), ("backup", str(work / "made.openday"))):
            assert tried(work, "--data", str(copy), *words) == 3
        assert tried(work, "restore", str(copy)) == 3
        assert copy.read_bytes() == path.read_bytes()
        copy.unlink()
    assert checking.faults_of(work / OFFICE) == []


@pytest.mark.timeout(3600)
def test_every_bad_value_is_kept_or_refused_and_can_be_printed(work, long):
    values = [
        (words, entry["value"])
        for entry in MANIFEST
        for words in FIELDS.get(entry["cls"], ())
        if "value" in entry
    ]
    kept = 0
    for words, value in some(values, long):
        kept += not tried(work, "add", *(word.replace("#", str(value)) for word in words.split(" ")))
    print(f"{kept} kept of {len(some(values, long))}")
    for paper in PAPERS if long else PAPERS[:1]:
        tried(work, "print", paper, "--all", "--open-day", "2026-1", "--by-hand", "--out", "paper.pdf")
    for kind in ("representative", "ticket", "household"):
        assert tried(work, "export", kind, f"{kind}.xlsx") == 0
    assert checking.faults_of(work / OFFICE) == []
