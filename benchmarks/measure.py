"""Measure whole processes: CPU of all their children included, and peak memory; several runs, median."""

from __future__ import annotations

import atexit
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 5
COMPILED = Path(tempfile.gettempdir()) / "openday-bench-pycache"
"""Where compiled modules lie: an installed program has them, so both sides start compiled."""

HOME = Path(tempfile.mkdtemp(prefix="openday-bench-home-"))
"""A user's folder of its own: the window opens where a new user's does, not where somebody left it."""
atexit.register(shutil.rmtree, HOME, ignore_errors=True)


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user + system) and peak resident memory in MB of one process tree."""

    cpu: float
    memory: float
    out: str


def once(command: Sequence[str]) -> Cost:
    """Run one command to its end and return what it cost; raises where it fails."""
    env = dict(
        os.environ, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="offscreen", PYTHONPYCACHEPREFIX=str(COMPILED)
    )
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["XDG_DATA_HOME"] = str(HOME)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=ROOT) as process:
        out = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out)


def side_by_side(ours: Sequence[str], peer: Sequence[str], runs: int = RUNS) -> tuple[list[Cost], list[Cost]]:
    """Run both in turn, so that whatever else the machine does falls on both; a first run compiles."""
    mine, theirs = [], []
    once(ours)
    once(peer)
    for _ in range(runs):
        mine.append(once(ours))
        theirs.append(once(peer))
    return mine, theirs


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median CPU and the highest memory of several runs."""
    return Cost(
        statistics.median(cost.cpu for cost in costs), max(cost.memory for cost in costs), costs[-1].out
    )


def compare(name: str, ours: Sequence[str], peer: Sequence[str], bar: float) -> None:
    """Print one line: both medians, their ratio and the bar it has to stay under."""
    mine, theirs = (median(costs) for costs in side_by_side(ours, peer))
    ratio = mine.cpu / theirs.cpu
    verdict = "ok" if ratio <= bar else "MISSED"
    print(
        f"{name}: ours {mine.cpu:.2f} s CPU {mine.memory:.0f} MB, peer {theirs.cpu:.2f} s CPU {theirs.memory:.0f} MB, "
        f"ratio {ratio:.2f} (bar {bar}) {verdict}"
    )


def python(*words: str) -> list[str]:
    """Return the command that runs this interpreter."""
    return [sys.executable, *words]
