"""A full disk and a folder that can't be written: what is whole is read, what isn't is refused with the way out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from desktop.app import open_desk
from desktop.records.representatives import Representative
from desktop.storage import backup, checking, gate, office
from desktop.storage.database import OfficeDatabase

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a limit on what a process may write")

NO_ROOM = """
import resource, sys
from desktop import cli
from desktop.app import carry_out
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # every write fails, as on a full disk
raise SystemExit(cli.run(sys.argv[1:], carry_out))
"""
ROOMY = NO_ROOM.replace("(0, 0)", "(-1, -1)")
NOBODY = """
import os, sys
from pathlib import Path
from desktop.app import open_desk
from desktop.errors import TroubleError
os.setgid(65534); os.setuid(65534)
try:
    print(open_desk(Path(sys.argv[1])).read_only)
except TroubleError as told:
    print(told.message)
"""


def without_room(*words, code=NO_ROOM):
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *map(str, words)],
        capture_output=True, text=True, env=dict(os.environ, PYTHONPATH=str(ROOT)), check=False,
    )  # fmt: skip


@pytest.fixture
def logged(desk, office_file, tmp_path):
    """A file as a crash leaves it: the last save stands in the log only."""
    office.close()
    desk_file = tmp_path / "crashed" / "office.openday"
    desk_file.parent.mkdir()
    desk = open_desk(office_file)
    desk.books.save(Representative(full_name="曾国强"))
    for suffix in ("", "-wal"):
        shutil.copy(office_file.with_name(office_file.name + suffix), desk_file.parent)
    return desk_file


@pytest.fixture
def half_changed(whole, tmp_path):
    """A file without a log as a power cut leaves it: pages are written of a change that its journal takes back."""
    other = OfficeDatabase(whole, mode="rw")
    for words in ("journal_mode = delete", "cache_size = 1", "cache_spill = 1"):
        other.execute_sql(f"PRAGMA {words}").fetchone()
    before = whole.read_bytes()
    other.begin()
    other.execute_sql("UPDATE representative SET full_name = '单立新'")
    other.execute_sql("UPDATE office SET name = printf('%.40000c', 'x')")
    left = tmp_path / "left" / whole.name
    left.parent.mkdir()
    for suffix in ("", "-journal"):
        shutil.copy(f"{whole}{suffix}", f"{left}{suffix}")
    other.rollback()
    other.close()
    assert left.read_bytes() != before
    return left


@pytest.fixture
def whole(desk, office_file):
    desk.books.save(Representative(full_name="曾国强"))
    office.close()
    return office_file


def shut(folder):
    """Let everybody look into a folder, and nobody write there."""
    for part in folder.iterdir():
        part.chmod(0o444)
    folder.chmod(0o555)
    for parent in folder.parents:
        if parent.stat().st_uid == 0 and len(parent.parts) > 2:
            parent.chmod(0o755)


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


def test_a_full_disk_is_read_and_said_to_be_full(whole):
    before = whole.read_bytes()
    for words in (["list", "representative"], ["show", "representative", "曾国强"]):
        done = without_room("--data", whole, *words)
        assert (done.returncode, "曾国强" in done.stdout) == (0, True), done.stderr
        assert "磁盘已满或不能写入，数据文件按只读打开" in done.stderr
    assert without_room("--data", whole, "check").returncode == 0

    refused = without_room("--data", whole, "add", "representative", "full_name=单立新")
    assert (refused.returncode, "只读" in refused.stderr) == (3, True)
    assert whole.read_bytes() == before
    assert without_room("--data", whole, "list", "staff", code=ROOMY).stderr == ""


def test_a_full_disk_with_saves_in_the_log_is_refused_and_loses_none(logged):
    before = bytes_of(logged.parent)
    done = without_room("--data", logged, "list", "representative")
    assert done.returncode == 3
    assert "office.openday-wal 里有最近保存的内容" in done.stderr
    assert "请清理磁盘" in done.stderr
    assert bytes_of(logged.parent) == before
    again = without_room("--data", logged, "list", "representative", code=ROOMY)
    assert "曾国强" in again.stdout


@pytest.mark.parametrize("look", [partial(office.open_office, read_only=True), checking.faults_of])
def test_a_change_left_half_made_is_taken_back_also_for_who_only_reads(half_changed, look):
    assert gate.has_log(half_changed)
    seen = look(half_changed)
    assert seen == [] or seen.execute_sql("SELECT full_name FROM representative").fetchall() == [("曾国强",)]
    office.close()
    assert [one.name for one in half_changed.parent.iterdir()] == [half_changed.name]
    assert checking.faults_of(half_changed) == []


def test_a_change_left_half_made_does_not_get_into_a_backup_brought_back(half_changed, whole):
    office.open_office(whole)
    saved = half_changed.with_name("saved")
    backup.copy_to(office.database.obj, saved)
    office.close()
    half_changed.write_bytes(b"\0" * 4096 + half_changed.read_bytes()[4096:])
    journal = Path(f"{half_changed}-journal").read_bytes()
    aside, _ = backup.restore(half_changed, saved)
    assert half_changed.read_bytes() == saved.read_bytes()
    assert Path(f"{aside}-journal").read_bytes() == journal
    assert checking.faults_of(half_changed) == []


@pytest.mark.skipif(os.name != "nt" and os.geteuid() != 0, reason="needs another user to be shut out")
def test_a_folder_shut_for_writing_with_a_change_left_half_made_is_refused(half_changed):
    shut(half_changed.parent)
    done = without_room(half_changed, code=NOBODY)
    assert "office.openday-journal 里有上次没有写完" in done.stdout, done.stderr


@pytest.mark.skipif(os.name != "nt" and os.geteuid() != 0, reason="needs another user to be shut out")
def test_a_folder_shut_for_writing_with_saves_in_the_log_is_refused(logged, tmp_path):
    """It was read without them: the last saves were missing and nothing said so."""
    shut(logged.parent)
    done = without_room(logged, code=NOBODY)
    assert "office.openday-wal 里有最近保存的内容" in done.stdout, done.stderr


def test_a_link_to_the_file_has_the_log_of_the_file(logged, tmp_path):
    link = tmp_path / "link.openday"
    link.symlink_to(logged)
    done = without_room("--data", link, "list", "representative")
    assert (done.returncode, "office.openday-wal 里有" in done.stderr) == (3, True)
