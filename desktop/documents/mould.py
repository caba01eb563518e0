"""Moulds: operators set once for a shape, with holes where each letter's characters go.

A text with fields is set with stand-ins (`stand_ins.py`); its operators then serve every letter whose
values have that shape. Filling the holes costs a few microseconds, where setting costs hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop.documents.ink import Inks
from desktop.documents.roles import Role
from desktop.documents.stand_ins import STAND_INS, Shapes, shapes
from desktop.documents.typeset import Line
from desktop.records.template import fields_of, fill

MOST = 1000
"""Things of one sort that are kept for the next letter: some shapes are met once only."""

Key = TypeVar("Key")
Kept = TypeVar("Kept")
_RUNS = re.compile(f"[{chr(STAND_INS)}-\U000dffff]+")


class Recent(dict[Key, Kept], Generic[Key, Kept]):
    """What was made for letters so far; emptied when it has grown too large."""

    def keep(self, key: Key, made: Kept) -> Kept:
        """Keep what was made for a key and return it."""
        if len(self) >= MOST:
            self.clear()
        self[key] = made
        return made


class Fields:
    """The fields of some texts, each text in its role."""

    def __init__(self, texts: Iterable[tuple[Role, str]]) -> None:
        found = dict.fromkeys((role, name) for role, text in texts for name in fields_of(text))
        self._wanted: list[tuple[str, Role, Shapes]] = [(name, role, shapes(role)) for role, name in found]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def shape(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the shape of the values of these fields."""
        return tuple([values[name].translate(table) for name, _, table in self._wanted])

    def filled(self, role: Role, text: str, shape: tuple[str, ...]) -> str:
        """Return a text of a role with stand-ins for values of this shape."""
        made = {
            name: table.stand_in(slot, shape[slot])
            for slot, (name, wanted, table) in enumerate(self._wanted)
            if wanted is role
        }
        return fill(text, made)

    def hole(self, role: Role, size: float, stand_ins: str) -> list[Hole]:
        """Return the holes for a run of stand-ins: one for each stretch of one value."""
        found = list[Hole]()
        spots = list(map(shapes(role).spots.__getitem__, stand_ins))
        first = 0
        for at, (slot, place) in enumerate(spots):
            if at + 1 == len(spots) or spots[at + 1] != (slot, place + 1):
                found.append(Hole(role, size, self._wanted[slot][0], spots[first][1], place + 1))
                first = at + 1
        return found


@dataclass(frozen=True, slots=True)
class Hole:
    """Where characters `start` to before `stop` of a field's value go, set in a role and size."""

    role: Role
    size: float
    name: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Mould:
    """Operators as a %-pattern, and what goes into its holes."""

    pattern: str
    holes: tuple[Hole, ...]

    def filled(self, values: Mapping[str, str], inks: Inks) -> str:
        """Return the operators with the characters of `values` in their places."""
        ink = inks.ink
        shown = self.pattern % tuple(
            [
                values[hole.name][hole.start : hole.stop].translate(ink(hole.role, hole.size))
                for hole in self.holes
            ]
        )
        return inks.joined(shown)


def mould(drawn: str, placed: Iterable[tuple[Line, float, float]], fields: Fields, inks: Inks) -> Mould:
    """Return the mould of operators `drawn` and of lines at (x, baseline y) that hold stand-ins."""
    pieces, holes = [drawn.replace("%", "%%"), "BT "], list[Hole]()
    for line, x, y in placed:
        if not line.spans:
            continue
        shown = inks.ink(line.role, line.size).line(line, x, y).replace("%", "%%")
        at = 0
        for run in _RUNS.finditer(shown):
            found = fields.hole(line.role, line.size, run[0])
            pieces.append(shown[at : run.start()] + "%s" * len(found))
            holes += found
            at = run.end()
        pieces.append(shown[at:] + "\n")
    return Mould(inks.joined("".join((*pieces, "ET\n"))), tuple(holes))
