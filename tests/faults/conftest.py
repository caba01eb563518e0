"""Faults made on purpose: short with the other tests, long by `pytest tests/faults --long`."""

from __future__ import annotations

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
