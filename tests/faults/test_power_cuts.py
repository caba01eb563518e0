"""The power fails at random moments: nothing acknowledged is lost, nothing half is left, every file opens."""

from __future__ import annotations

import random
import shutil

import pytest
from disk import Disk, possible, watched
from interrupted import LOCKED, WORK, do, look_at, prepare
from power import Platter, cuts

from desktop.storage import office

pytestmark = [
    pytest.mark.skipif(not possible(), reason="needs Linux with glibc on x86_64 or aarch64"),
    pytest.mark.usefixtures("cheap"),
]
CUTS = 150
"""Cuts of a long run, in all."""
KEPT = (0.0, 0.5, 0.9)
"""How much of what was not synced the disk had written all the same."""
ENOUGH = {"save": 8, "password": 2}
"""Acknowledgements, if more than one, after which the power fails at the latest; three times as many in a long run."""
SOME = 2
"""Sorts of work on a file with a password in a short run."""
TRIALS = [*((name, "plain") for name in WORK), *((name, "locked") for name in LOCKED)]


class Enough(Exception):
    """The work has gone on for long enough."""


def pytest_generate_tests(metafunc):
    if "sort" in metafunc.fixturenames:
        many = len(LOCKED) if metafunc.config.getoption("--long", default=False) else SOME
        chosen = [*TRIALS[: len(WORK)], *random.sample(TRIALS[len(WORK) :], many)]
        metafunc.parametrize(("name", "sort"), chosen)


@pytest.mark.timeout(3600)
def test_nothing_acknowledged_is_lost_when_the_power_fails(request, tmp_path, monkeypatch, name, sort, long):
    root = tmp_path.resolve()
    monkeypatch.setenv("XDG_DATA_HOME", str(root / "work" / "home"))
    folder = request.getfixturevalue("locked_folder" if sort == "locked" else "office_folder")
    work = prepare(shutil.copytree(folder, root / "work"))
    platter, disk, told = Platter(work), Disk(work, keep=True), []

    def say(word):
        disk.say(word)
        told.append(word)
        if len(told) == ENOUGH.get(name, 1) * (3 if long else 1):
            raise Enough

    with watched(disk), pytest.raises(Enough):
        do(name, work, say)
    office.close()
    times = -(-CUTS // len(TRIALS)) if long else 1
    chance = random.Random(random.randrange(1000))
    moments = chance.choices(range(len(disk.calls)), k=times)
    for turn, said in enumerate(cuts(disk.calls, moments, platter)):
        found = root / f"found{turn}"
        platter.lay_out(found, chance, chance.choice(KEPT))
        look_at(found, name, said)
        shutil.rmtree(found)
    print(f"{sort}, {name}: {len(disk.calls)} calls, {len(told)} acknowledged, {times} cuts")
