"""SQLite's locks on the office file are never lost: without them another process would remove the log in use."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from desktop.records.backups import Reason
from desktop.records.base import database, own_connection
from desktop.records.staff import Staff
from desktop.storage import keyring, labels

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/locks")


def held(path: Path) -> bool:
    mark = f":{path.stat().st_ino} "
    return any(mark in line for line in Path("/proc/locks").read_text(encoding="ascii").splitlines())


def test_the_lock_stays_whatever_is_asked_of_the_open_file(desk, office_file):
    desk.books.save(Staff(full_name="李明"))
    assert held(office_file)
    assert keyring.fingerprint_of(office_file) is None
    assert database.obj.encrypted is False
    assert held(office_file)


def test_the_lock_stays_when_work_beside_ends(desk, office_file):
    def count():
        with own_connection():
            counted.append(Staff.select().count())

    counted: list[int] = []
    thread = threading.Thread(target=count)
    thread.start()
    thread.join()
    assert counted == [0]
    assert held(office_file)


def test_the_lock_stays_over_a_backup(desk, office_file):
    desk.books.save(Staff(full_name="李明"))
    assert desk.backups.keep(Reason.BY_HAND) is not None
    assert held(office_file)
    assert labels.is_untouched(database.obj) is False
    assert held(office_file)
