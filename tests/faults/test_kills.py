"""The program is killed at random moments: nothing acknowledged is lost, nothing half is left, every file opens."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from interrupted import LOCKED, WORK, look_at, prepare

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.usefixtures("cheap"),
]
KILLS, SOME, WORDS, SPAN = 500, 4, 3, 0.2
"""Kills of a long run and a short one; each comes within so many seconds after the first, second or no acknowledgement."""


class Nursery:
    """Does work in children that can be killed, and hears what they acknowledged."""

    def __init__(self, home):
        paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests", Path(__file__).parent)))
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("interrupted.py")],
            env=dict(os.environ, PYTHONPATH=paths, XDG_DATA_HOME=str(home), HOME=str(home)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def killed(self, name, folder, words, after):
        """Begin work, kill it so many seconds after so many words, and return all that it had acknowledged."""
        print(json.dumps([name, str(folder)]), file=self._process.stdin, flush=True)
        child = int(self._process.stdout.readline().split()[1])
        said = [self._word() for _ in range(words)]
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        while word := self._word():
            said.append(word)
        return [word for word in said if word]

    def _word(self):
        line = self._process.stdout.readline().strip()
        assert line not in ("", "failed")
        return "" if line == "gone" else line.removeprefix("said ")

    def close(self):
        with self._process:
            self._process.stdin.close()


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    made = Nursery(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


@pytest.mark.timeout(7200)
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(
    office_folder, locked_folder, nursery, tmp_path, long
):
    bases = {
        sort: prepare(shutil.copytree(folder, tmp_path / sort))
        for sort, folder in (("plain", office_folder), ("locked", locked_folder))
    }
    trials = [("plain", name) for name in WORK] + [("locked", name) for name in LOCKED]
    random.shuffle(trials)
    told = dict.fromkeys(trials, 0)
    for turn in range(KILLS if long else SOME):
        sort, name = trials[turn % len(trials)]
        work = shutil.copytree(bases[sort], tmp_path / f"work{turn}")
        said = nursery.killed(name, work, random.randrange(WORDS), random.uniform(0, SPAN))
        look_at(work, name, said)
        told[sort, name] += len(said)
        shutil.rmtree(work)
    print(f"acknowledged before the kills: {told}, {sum(told.values())} in all")
    assert not long or all(told.values())
