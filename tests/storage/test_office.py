"""The office file: sound ones open, all others are told apart and left untouched byte for byte."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from desktop.app import new_desk, open_desk
from desktop.errors import TroubleError, UserError
from desktop.records.base import database
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.storage import backup, checking, gate, office
from desktop.storage.database import OfficeDatabase

CORPUS = Path(__file__).parent.parent / "data" / "badinput" / "db"


def for_each(verb, several):
    for one in several:
        verb(one)


def fingerprint(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def kept(desk, office_file):
    """An office file with one person in it, closed."""
    desk.books.save(Representative(full_name="曾国强"))
    office.close()
    return office_file


def test_a_new_office_opens_again(kept):
    desk = open_desk(kept)
    assert Representative.get().full_name == "曾国强"
    assert desk.offices.own().name == "中共肥西县委组织部"


def test_a_file_is_never_overwritten(kept):
    before = fingerprint(kept)
    with pytest.raises(UserError, match="不会覆盖"):
        new_desk(kept, Office(name="甲"))
    assert fingerprint(kept) == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("zero.sqlite", "0 字节"), ("one_byte.sqlite", "不是本程序"), ("header100.sqlite", "不是本程序"),
        ("random.sqlite", "不是本程序"), ("text.sqlite", "不是本程序"), ("other_app.sqlite", "别的程序"),
        ("good.sqlite", "别的程序"), ("triggers.sqlite", "别的程序"), ("bitflips60.sqlite", "别的程序"),
        ("minus_last_page.sqlite", "别的程序"), ("hot_journal/app.sqlite", "别的程序"),
    ],
)  # fmt: skip
def test_what_is_no_office_file_is_told_and_left_alone(tmp_path, name, told):
    target = tmp_path / "office.openday"
    shutil.copyfile(CORPUS / name, target)
    before = fingerprint(target)

    with pytest.raises(TroubleError, match=told):
        open_desk(target)

    assert fingerprint(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["office.openday"]


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(TroubleError, match="找不到"):
        open_desk(tmp_path / "none.openday")


def test_a_file_that_is_cut_off_is_told(kept):
    kept.write_bytes(kept.read_bytes()[:-4096])
    with pytest.raises(TroubleError, match="不完整"):
        open_desk(kept)


def test_a_newer_file_is_refused_and_untouched(kept):
    raw = sqlite3.connect(kept)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = fingerprint(kept)
    with pytest.raises(TroubleError, match="更新的版本"):
        open_desk(kept)
    assert fingerprint(kept) == before


def test_a_foreign_trigger_is_refused(kept):
    raw = sqlite3.connect(kept)
    raw.execute("CREATE TRIGGER spy AFTER INSERT ON staff BEGIN DELETE FROM staff; END")
    raw.close()
    with pytest.raises(TroubleError, match="spy"):
        open_desk(kept)


def test_damaged_pages_are_found(kept):
    content = bytearray(kept.read_bytes())
    for place in range(4096 * 3, 4096 * 3 + 4096 * 20, 97):
        content[place] ^= 0xFF
    kept.write_bytes(bytes(content))
    before = fingerprint(kept)
    with pytest.raises(TroubleError, match="损坏"):
        open_desk(kept)
    assert fingerprint(kept) == before
    assert checking.faults_of(kept)


@pytest.mark.parametrize(
    ("place", "share"),
    [
        (r"Z:\办公\office.openday", True),
        (r"C:\办公\office.openday", False),
        (r"\\nas\办公\office.openday", True),
        (r"\\?\UNC\nas\办公\office.openday", True),
        (r"\\?\Z:\office.openday", True),
        (r"\\?\C:\office.openday", False),
    ],
)
def test_a_mapped_drive_of_windows_is_known_for_a_share(place, share, monkeypatch):
    kernel = SimpleNamespace(GetDriveTypeW={"C:\\": 3, "Z:\\": 4}.__getitem__)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert gate.on_remote_drive(PureWindowsPath(place)) is share


def test_a_locked_file_is_told_within_two_seconds(kept):
    desk = open_desk(kept)
    code = (
        "import sqlite3, sys; file = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "file.execute('BEGIN IMMEDIATE'); print('locked', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(kept)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "locked\n"
        started = time.monotonic()
        with pytest.raises(TroubleError, match="占用"):
            desk.books.save(Representative(full_name="单立新"))
        assert time.monotonic() - started < 2
        other.stdin.close()
        other.wait()
    desk.books.save(Representative(full_name="单立新"))
    assert Representative.select().count() == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs another user to be shut out")
def test_a_read_only_folder_opens_for_reading(kept, tmp_path):
    """Run as nobody: root can write anywhere."""
    kept.chmod(0o444)
    tmp_path.chmod(0o555)
    for parent in tmp_path.parents:
        if parent.stat().st_uid == 0 and len(parent.parts) > 2:
            parent.chmod(0o755)
    code = (
        "import os, sys, stdnum.cn.ric; from pathlib import Path\n"
        "from desktop.app import open_desk; from desktop.errors import TroubleError\n"
        "from desktop.records.representatives import Representative\n"
        "from desktop.records import readings; readings.name_keys('甲')\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "desk = open_desk(Path(sys.argv[1])); print(desk.read_only, Representative.get().full_name)\n"
        "try: desk.books.save(Representative(full_name='甲'))\n"
        "except TroubleError as told: print(told.message)\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", code, str(kept)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent.parent)
    assert done.stdout.splitlines()[:1] == ["True 曾国强"], done.stderr
    assert "只读" in done.stdout


def test_a_full_disk_is_told_by_its_true_cause(desk):
    database.execute_sql(
        f"PRAGMA max_page_count = {database.execute_sql('PRAGMA page_count').fetchone()[0] + 2}"
    )
    people = [Representative(full_name=f"人{number}", note="长" * 1500) for number in range(200)]
    with pytest.raises(TroubleError, match="磁盘已满"):
        for_each(desk.books.save, people)
    kept_before = Representative.select().count()
    database.execute_sql("PRAGMA max_page_count = 1000000")
    desk.books.save(Representative(full_name="单立新"))
    assert Representative.select().count() == kept_before + 1
    assert database.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_backup_is_verified_and_restored_with_the_present_file_aside(kept, tmp_path):
    desk = open_desk(kept)
    counts = backup.copy_to(database.obj, tmp_path / "copy.openday")
    desk.books.save(Representative(full_name="单立新"))

    aside, restored = backup.restore(kept, tmp_path / "copy.openday")

    open_desk(kept)
    assert counts == restored
    assert restored["representative"] == Representative.select().count() == 1
    assert backup.verified(aside)["representative"] == 2


def test_a_damaged_backup_does_not_replace_anything(kept, tmp_path):
    broken = tmp_path / "broken.openday"
    broken.write_bytes(kept.read_bytes()[:5000])
    before = fingerprint(kept)
    with pytest.raises(TroubleError):
        backup.restore(kept, broken)
    assert fingerprint(kept) == before


def test_a_failed_backup_leaves_no_stump(kept, tmp_path):
    open_desk(kept)
    target = tmp_path / "deep"
    target.mkdir()
    (target / "copy.openday").mkdir()
    with pytest.raises(TroubleError):
        backup.copy_to(database.obj, target / "copy.openday")
    assert [path.name for path in target.iterdir()] == ["copy.openday"]


def test_the_check_finds_a_search_key_that_is_missing(kept):
    open_desk(kept)
    database.execute_sql("DELETE FROM search_key WHERE key = 'zgq'")
    office.close()
    assert checking.faults_of(kept) == ["检索表缺少 1 条"]


def test_a_file_killed_just_after_it_was_made_opens(tmp_path):
    target = tmp_path / "office.openday"
    code = (
        "import os, sys; from pathlib import Path; from desktop.app import new_desk\n"
        "from desktop.records.staff import Office\n"
        "new_desk(Path(sys.argv[1]), Office(name='甲')); os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", code, str(target)]
    subprocess.run(command, cwd=Path(__file__).parent.parent.parent, check=False)
    assert target.with_name("office.openday-wal").exists()

    assert checking.faults_of(target) == []
    assert open_desk(target).offices.own().name == "甲"


def test_acknowledged_saves_survive_a_kill(tmp_path):
    """kill -9 in the middle of 200 saves: every acknowledged one is there, the file is sound."""
    target = tmp_path / "office.openday"
    new_desk(target, Office(name="甲"))
    office.close()
    code = (
        "import sys; from pathlib import Path; from desktop.app import open_desk\n"
        "from desktop.records.representatives import Representative\n"
        "desk = open_desk(Path(sys.argv[1]))\n"
        "for n in range(200):\n"
        "    desk.books.save(Representative(full_name=f'人{n}')); print(n, flush=True)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", code, str(target)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    with child:
        acknowledged = [next(child.stdout) for _ in range(60)][-1]
        child.kill()
    open_desk(target)
    assert Representative.select().count() > int(acknowledged)
    assert checking.faults_of(target) == []


def test_a_file_closed_whole_is_not_read_again_but_a_touched_one_is(kept, monkeypatch):
    asked = []
    execute = OfficeDatabase.execute_sql

    def noted(self, sql, *values):
        asked.append(sql)
        return execute(self, sql, *values)

    monkeypatch.setattr(OfficeDatabase, "execute_sql", noted)
    open_desk(kept)
    office.close()
    assert not any("quick_check" in sql for sql in asked)

    os.utime(kept)
    open_desk(kept)
    assert any("quick_check" in sql for sql in asked)


def test_a_bit_flipped_in_the_middle_of_a_text_is_found(kept):
    """SQLite's own check finds nothing: the page is as well ordered as before."""
    open_desk(kept)
    office.close()
    content = bytearray(whole := kept.read_bytes())
    content[content.index("曾国强".encode()) + 2] ^= 1
    kept.write_bytes(bytes(content))
    assert checking.faults_of(kept)[-1].startswith("文件的内容和本程序上次关闭它时不一样")
    shutil.copyfile(kept, other := kept.with_name("other.openday"))
    assert any("上次关闭" in told for told in checking.faults_of(other)), "the file carries its sum along"
    other.write_bytes(whole)
    kept.unlink()
    other.rename(kept)  # somebody put another file in its place
    assert not any("上次关闭" in told for told in checking.faults_of(kept))


def test_a_file_that_another_account_went_on_with_is_not_called_damaged(kept, monkeypatch, tmp_path):
    """The sum is in the user's own folder; who saves in the file under another name changes it lawfully."""
    open_desk(kept)
    office.close()
    with monkeypatch.context() as other:
        other.setenv("XDG_DATA_HOME", str(tmp_path / "other"))
        desk = open_desk(kept)
        desk.books.save(Representative(full_name="李明"))
        office.close()
    assert checking.faults_of(kept) == []
