"""A full disk and a folder that can't be written: what is whole is read, what isn't is refused with the way out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import open_desk
from desktop.records.representatives import Representative
from desktop.storage import office

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
def whole(desk, office_file):
    desk.books.save(Representative(full_name="曾国强"))
    office.close()
    return office_file


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


@pytest.mark.skipif(os.name != "nt" and os.geteuid() != 0, reason="needs another user to be shut out")
def test_a_folder_shut_for_writing_with_saves_in_the_log_is_refused(logged, tmp_path):
    """It was read without them: the last saves were missing and nothing said so."""
    for part in logged.parent.iterdir():
        part.chmod(0o444)
    logged.parent.chmod(0o555)
    for parent in logged.parent.parents:
        if parent.stat().st_uid == 0 and len(parent.parts) > 2:
            parent.chmod(0o755)
    done = without_room(logged, code=NOBODY)
    assert "office.openday-wal 里有最近保存的内容" in done.stdout, done.stderr


def test_a_link_to_the_file_has_the_log_of_the_file(logged, tmp_path):
    link = tmp_path / "link.openday"
    link.symlink_to(logged)
    done = without_room("--data", link, "list", "representative")
    assert (done.returncode, "office.openday-wal 里有" in done.stderr) == (3, True)
