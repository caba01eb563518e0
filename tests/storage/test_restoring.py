"""Restoring: at every moment a whole file lies in its place, and nothing of the old one gets into the new."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import open_desk
from desktop.errors import TroubleError
from desktop.records.base import database
from desktop.records.representatives import Representative
from desktop.storage import backup, checking, office
from desktop.storage.database import OfficeDatabase

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def saved(desk, tmp_path):
    """A backup with one person in it; the office goes on to have two, the second in the log only."""
    desk.books.save(Representative(full_name="曾国强"))
    backup.copy_to(database.obj, tmp_path / "copy.openday")
    desk.books.save(Representative(full_name="单立新"))
    return tmp_path / "copy.openday"


@pytest.fixture
def crashed(saved, office_file, tmp_path):
    """The office as a crash leaves it, its last save in the log."""
    place = tmp_path / "crashed" / "office.openday"
    place.parent.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(office_file.with_name(office_file.name + suffix), place.parent)
    office.close()
    return place


def people(path):
    file = OfficeDatabase(path, mode="rw")
    try:
        return [row[0] for row in file.execute_sql("SELECT full_name FROM representative ORDER BY id")]
    finally:
        file.close()


KILLED = """
import os, shutil, sys
from pathlib import Path
from desktop.storage import backup

path, source, moment = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
steps = 0

def counted(step):
    def run(*values, **named):
        global steps
        steps += 1
        if steps == moment:
            os._exit(9)
        return step(*values, **named)
    return run

def half(source, target):
    Path(target).write_bytes(Path(source).read_bytes()[:5000])
    whole(source, target)

whole = counted(shutil.copyfile)
shutil.copyfile = half
for name in ("replace", "rename", "unlink", "chmod"):
    setattr(Path, name, counted(getattr(Path, name)))
os.fsync = counted(os.fsync)
backup.restore(path, source)
"""


@pytest.mark.skipif(os.name == "nt", reason="kills processes")
def test_killed_at_any_moment_a_whole_file_lies_there(crashed, saved, tmp_path):
    moment, code = 0, 9
    while code == 9:
        moment += 1
        place = tmp_path / f"moment {moment}" / crashed.name
        shutil.copytree(crashed.parent, place.parent)
        command = [sys.executable, "-c", KILLED, str(place), str(saved), str(moment)]
        code = subprocess.run(command, env=dict(os.environ, PYTHONPATH=str(ROOT)), check=False).returncode
        assert code in (0, 9)
        assert checking.faults_of(place) == []
        assert people(place) in (["曾国强", "单立新"], ["曾国强"]), moment
        asides = list(place.parent.glob("*恢复前*"))
        if people(place) == ["曾国强"]:
            assert people(asides[0]) == ["曾国强", "单立新"]
        shutil.rmtree(place.parent)
    assert moment > 8  # copies, syncs and renames were all hit


def test_a_file_open_elsewhere_is_not_replaced(crashed, saved):
    other = OfficeDatabase(crashed, mode="rw")
    other.execute_sql("SELECT count(*) FROM representative").fetchone()
    try:
        with pytest.raises(TroubleError, match="占用，没有恢复"):
            backup.restore(crashed, saved)
    finally:
        other.close()
    assert people(crashed) == ["曾国强", "单立新"]
    assert not list(crashed.parent.glob("*恢复前*"))


def test_a_damaged_file_is_kept_aside_with_its_log_and_leaves_none_behind(crashed, saved):
    log = crashed.with_name("office.openday-wal").read_bytes()
    crashed.write_bytes(b"\0" * 4096 + crashed.read_bytes()[4096:])
    broken = crashed.read_bytes()

    aside, counts = backup.restore(crashed, saved)

    assert aside.read_bytes() == broken
    assert aside.with_name(aside.name + "-wal").read_bytes() == log
    assert not crashed.with_name("office.openday-wal").exists()
    assert counts["representative"] == 1
    assert people(crashed) == ["曾国强"]
    assert crashed.stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_a_backup_with_saves_in_its_log_is_refused_and_the_way_out_works(crashed, saved, tmp_path):
    """The log was left behind without a word: the last saves were missing."""
    with pytest.raises(TroubleError, match="还没有并入"):
        backup.restore(saved, crashed)
    open_desk(crashed)
    backup.copy_to(database.obj, tmp_path / "full.openday")
    office.close()
    backup.restore(saved, tmp_path / "full.openday")
    assert people(saved) == ["曾国强", "单立新"]


def test_a_link_is_followed(crashed, saved, tmp_path):
    link = tmp_path / "link.openday"
    link.symlink_to(crashed)
    backup.restore(link, saved)
    assert link.is_symlink()
    assert people(crashed) == ["曾国强"]
