"""Stand-ins: characters that measure like a person's, so that a text is set once for all names of a shape.

The *shape* of a value is the value with each Han character, letter or digit replaced by its class: what
it is to the line breaker and how wide it is. 王伟 and 李娜 have one shape, 欧阳 and 12 have others. Marks,
blanks and what isn't printed stand in a shape as they are. Lines, their places and page breaks follow
from shapes alone; which characters they hold is filled in afterwards (`mould.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count

from desktop.documents.marks import Kind
from desktop.documents.roles import Chain, Role, chain
from desktop.records.cleaning import INVISIBLE

CLASSES, STAND_INS = 0x40000, 0x50000
"""Planes of Unicode that no character is in and, as the standard says, none is planned for."""


def is_stand_in(character: str) -> bool:
    """Tell whether a character of a set text is a stand-in."""
    return STAND_INS <= ord(character) < 0xE0000


def _characters(first: int) -> Iterator[int]:
    """Return an endless counter of code points from `first` that passes over noncharacters, which nothing prints."""
    return filter(lambda code: code & 0xFFFE != 0xFFFE, count(first))


class Shapes(dict[int, str]):
    """The classes of the characters of one chain (a table for `str.translate`), and its stand-ins."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain
        self._classes: dict[tuple[Kind, float], str] = {}
        self._measures: dict[str, tuple[Kind, float]] = {}
        self._made: dict[tuple[int, int, str], str] = {}
        self.spots: dict[str, tuple[int, int]] = {}
        """Of each stand-in the slot of its field, and the place in its value of what it stands for."""
        # counters, not lengths: two threads that set papers at once never get one number
        self._free_class, self._free = _characters(CLASSES), _characters(STAND_INS)

    def __missing__(self, code: int) -> str:
        character = chr(code)
        sort = self._chain.kinds[character]
        found = character
        if sort in (Kind.HAN, Kind.LATIN) and character.isprintable() and not INVISIBLE.match(character):
            measure = sort, self._chain.advances[character]
            found = self._classes.setdefault(measure, chr(next(self._free_class)))
            self._measures[found] = measure
        self[code] = found
        return found

    def stand_in(self, slot: int, shape: str) -> str:
        """Return what stands for a value of a shape in the field numbered `slot`."""
        made, measures = self._made, self._measures
        return "".join(
            (made.get((slot, place, each)) or self._new(slot, place, each)) if each in measures else each
            for place, each in enumerate(shape)
        )

    def _new(self, slot: int, place: int, each: str) -> str:
        character = chr(next(self._free))
        self._chain.kinds[character], self._chain.advances[character] = self._measures[each]
        self.spots[character] = slot, place
        self._made[slot, place, each] = character
        return character


def shapes(role: Role) -> Shapes:
    """Return the shapes of a role under the present 字体来源."""
    return _shapes(chain(role))


_shapes = cache(Shapes)
