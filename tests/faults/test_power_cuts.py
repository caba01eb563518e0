"""The power fails at random moments: nothing acknowledged is lost, nothing half is left, every file opens."""

from __future__ import annotations

import random
import shutil

import pytest
from disk import Disk, possible, watched
from interrupted import WORK, look_at, prepare
from power import Platter, cuts

from desktop.storage import office

pytestmark = pytest.mark.skipif(not possible(), reason="needs Linux with glibc on x86_64 or aarch64")
CUTS = 150
"""Cuts of a long run, in all."""
KEPT = (0.0, 0.5, 0.9)
"""How much of what was not synced the disk had written all the same."""
ENOUGH = {"save": 8, "import": 1, "print": 1, "back up": 1, "upgrade": 1, "restore": 1}
"""Acknowledgements after which the power fails at the latest; three times as many in a long run."""


class Enough(Exception):
    """The work has gone on for long enough."""


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", WORK)
def test_nothing_acknowledged_is_lost_when_the_power_fails(office_folder, tmp_path, monkeypatch, name, long):
    root = tmp_path.resolve()
    monkeypatch.setenv("XDG_DATA_HOME", str(root / "work" / "home"))
    work = prepare(shutil.copytree(office_folder, root / "work"))
    platter, disk, told = Platter(work), Disk(work, keep=True), []

    def say(word):
        disk.say(word)
        told.append(word)
        if len(told) == ENOUGH[name] * (3 if long else 1):
            raise Enough

    with watched(disk), pytest.raises(Enough):
        WORK[name](work, say)
    office.close()
    times = CUTS // len(WORK) if long else 1
    chance = random.Random(random.randrange(1000))
    moments = chance.choices(range(len(disk.calls)), k=times)
    for turn, said in enumerate(cuts(disk.calls, moments, platter)):
        found = root / f"found{turn}"
        platter.lay_out(found, chance, chance.choice(KEPT))
        look_at(found, name, said)
        shutil.rmtree(found)
    print(f"{name}: {len(disk.calls)} calls, {len(told)} acknowledged, {times} cuts")
