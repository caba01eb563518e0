"""Faults made on purpose: short with the other tests, long by `pytest tests/faults --long`."""

from __future__ import annotations

import shutil

import pytest

pytest.register_assert_rewrite("interrupted", "jobs")


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="every n, 500 kills, 150 power cuts, 10,000 saves")


@pytest.fixture(scope="session")
def long(request):
    """Say whether there is time for all of it."""
    return bool(request.config.getoption("--long", default=False))


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory):
    """The office that every trial starts from: copied, never touched."""
    from jobs import make_office

    root = tmp_path_factory.mktemp("faults").resolve()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(root / "home"))
        return make_office(root / "base")


@pytest.fixture(scope="session")
def locked_folder(office_folder):
    """The same office with a password, which costs next to nothing here."""
    import jobs

    folder = office_folder.with_name("locked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder.with_name("home")))
        _cheap(patch)
        return jobs.protect(shutil.copytree(office_folder, folder))


@pytest.fixture
def cheap(monkeypatch):
    """Wrap keys by little work, wait for nobody, and know no password before and after."""
    import jobs

    jobs.forget()
    _cheap(monkeypatch)
    yield
    jobs.forget()


def _cheap(patch):
    from desktop.storage import key_slots, unlocking

    patch.setattr(key_slots, "MEMORY", 1 << 16)
    patch.setattr(key_slots, "ROUNDS", 1)
    patch.setitem(unlocking.unlock.__kwdefaults__, "sleep", lambda _: None)
