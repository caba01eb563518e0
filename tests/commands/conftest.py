"""The program run by its words, as scripts do: a process, JSON on standard output, an exit code."""

from __future__ import annotations

import json
import os

import pytest

from tests.commands.forking import ROOT, Forking, Starting


def calling(process, folder):
    """Return what runs the program: words to (exit code, JSON or text, what was told on standard error)."""

    def call(*words, as_json=True, data="office.openday"):
        command = ["--data", str(folder / data), *(["--json"] if as_json else []), *map(str, words)]
        environment = dict(os.environ, PYTHONPATH=str(ROOT), LANG="C", PYTHONIOENCODING="")
        code, out, told = process.run(command, folder, environment)
        assert "Traceback" not in told
        return code, (json.loads(out) if as_json and out.strip() else out), told

    return call


@pytest.fixture(scope="session")
def forking():
    process = Forking() if hasattr(os, "fork") else Starting()
    yield process
    process.end()


@pytest.fixture
def openday(forking, tmp_path):
    return calling(forking, tmp_path)


@pytest.fixture
def started(tmp_path):
    """The program begun from nothing for each call."""
    return calling(Starting(), tmp_path)


@pytest.fixture
def office(openday):
    assert openday("new", "--name", "肥西县委组织部")[0] == 0
    return openday
