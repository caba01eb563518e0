"""Fixtures named after things: a folder of one's own, a desk on a real office file."""

from __future__ import annotations

import logging
import os

os.environ.setdefault("QT_QPA_PLATFORM", os.environ.get("OPENDAY_TEST_PLATFORM", "offscreen"))

import pytest

from desktop.app import new_desk
from desktop.records.staff import Office
from desktop.storage import office


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


@pytest.fixture
def desk(office_file):
    """A desk on a new office file, made through the program's own door."""
    yield new_desk(office_file, Office(name="中共肥西县委组织部", contact="李明 0551-68841234"))
    office.close()
