"""Fixtures named after things: a folder of one's own, a desk on a real office file."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
from collections import Counter

os.environ.setdefault("QT_QPA_PLATFORM", os.environ.get("OPENDAY_TEST_PLATFORM", "offscreen"))

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import new_desk, open_desk
from desktop.records.staff import Office
from desktop.storage import office

PATIENCE = 20_000
"""Milliseconds a test waits for the window: only one that would fail waits so long, and a busy machine must not."""
QtBot.waitUntil.__kwdefaults__ = {"timeout": PATIENCE}
DEFERRED_DELETE = 52
"""QEvent.Type.DeferredDelete, by its number: tests that need no Qt don't load it."""
LONG = {"journeys": 30, "commands": 30, "faults": 30, "ui": 5}
"""How many times as long as others the tests of a folder take."""
MANY = 25
"""Tests after which all garbage is looked for, not only what is young."""


def pytest_collection_finish():
    """Leave the search for garbage to us: on a thread that a test begins, it would delete widgets of tests before."""
    gc.collect()
    gc.freeze()
    gc.disable()


def pytest_runtest_logfinish():
    """Delete what is left of a test between it and the next, on the thread that made it.

    A window that waits to be deleted would take along the dialog that the next test opens over it.
    """
    if widgets := sys.modules.get("PySide6.QtWidgets"):
        widgets.QApplication.sendPostedEvents(None, DEFERRED_DELETE)
    gc.collect(2 if gc.get_count()[2] > MANY else 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Let the files that take longest begin first, so that no core works alone on one at the end."""
    files = Counter(item.path for item in items)
    long = {path: many * max(LONG.get(part, 1) for part in path.parts) for path, many in files.items()}
    items.sort(key=lambda item: -long[item.path])


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """Keep every test away from the user's own folders."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("OPENDAY_DATA", raising=False)
    return home


@pytest.fixture(autouse=True)
def no_error_is_logged(caplog):
    """Fail a test that logs an error; one that means to clears `caplog` when it has looked."""
    yield
    logged = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert logged == []


@pytest.fixture
def office_file(tmp_path):
    return tmp_path / "office.openday"


@pytest.fixture(scope="session")
def blank_office(tmp_path_factory):
    """A new office's file: made once through the program's own door, a copy of it costs a fifth of making it."""
    path = tmp_path_factory.mktemp("blank") / "office.openday"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(path.parent))
        patch.setenv("APPDATA", str(path.parent))
        new_desk(path, Office(name="中共肥西县委组织部", contact="李明 0551-68841234"))
        office.close()
    return path


@pytest.fixture
def desk(office_file, blank_office):
    """A desk on a new office file of its own."""
    shutil.copy(blank_office, office_file)
    yield open_desk(office_file)
    office.close()
