"""Offices of any size for the benchmarks, always the same people."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from desktop.app import new_desk
from desktop.records import storing
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.services.sample import told
from desktop.storage import office

CHUNK = 5_000


def people(count: int) -> list[Representative]:
    """Return `count` representatives with lifelike names, units and numbers."""
    sample, chance = told(), random.Random(7)
    surnames = sample["surnames"]
    given = sample["men"].split() + sample["women"].split()
    characters = "".join(given)
    towns, villages = sample["towns"].split(), sample["villages"].split()
    made = []
    for number in range(count):
        name = chance.choice(surnames) + (
            chance.choice(given) if number % 2 else "".join(chance.sample(characters, 2))
        )
        unit = f"{chance.choice(towns)}{chance.choice(villages)}{number % 40}组"
        born = f"{chance.randrange(1950, 2004)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        mobile = f"13{chance.randrange(10**9):09}"
        sex = "男" if number % 2 else "女"
        made.append(
            Representative(full_name=name, unit=unit, born_on=born, mobile=mobile, sex=sex, party="群众")
        )
    return made


def make(path: Path, count: int) -> Path:
    """Make an office file with `count` people, unless it is there already."""
    if not path.exists():
        desk = new_desk(path, Office(name="测速单位"))
        several = people(count)
        with desk.changes.change("造数据", Representative):
            for start in range(0, count, CHUNK):
                storing.insert_all(several[start : start + CHUNK])
        office.close()
    return path


def make_apart(path: Path, count: int) -> str:
    """Make an office in a process of its own: a child's peak memory counts that of the process it came from."""
    from benchmarks.measure import once, python

    once(python("-m", "benchmarks.offices", str(path), str(count)))
    return str(path)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
