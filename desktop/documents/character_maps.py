"""The two character maps of TrueType that matter (cmap formats 4 and 12), searched where they lie."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from typing import Protocol

PREFERRED = ((3, 10, 12), (0, 6, 12), (0, 4, 12), (3, 1, 4), (0, 3, 4), (0, 1, 4), (0, 0, 4))
"""Platform, encoding and format in the order of trust: full Unicode before the basic plane."""


class CharacterMap(Protocol):
    """Answers which glyph stands for a code point; 0 where none does."""

    def glyph(self, code: int) -> int: ...


def numbers(kind: str, data: bytes) -> array[int]:
    """Return big-endian `data` as an array of "H" (16 bit) or "I" (32 bit) numbers."""
    values = array(kind, data)
    if sys.byteorder == "little":
        values.byteswap()
    return values


class Groups:
    """Format 12: groups of first code, last code and first glyph."""

    def __init__(self, data: bytes, at: int) -> None:
        count = struct.unpack_from(">I", data, at + 12)[0]
        cells = numbers("I", data[at + 16 : at + 16 + 12 * count])
        self._firsts, self._lasts, self._glyphs = cells[0::3], cells[1::3], cells[2::3]

    def glyph(self, code: int) -> int:
        place = bisect_right(self._firsts, code) - 1
        if place < 0 or code > self._lasts[place]:
            return 0
        return self._glyphs[place] + code - self._firsts[place]


class Segments:
    """Format 4: segments of the basic plane with a delta or a slice of a glyph list."""

    def __init__(self, data: bytes, at: int) -> None:
        length, _, double = struct.unpack_from(">HHH", data, at + 2)
        count = double // 2
        cells = numbers("H", data[at + 14 : at + length - length % 2])
        self._lasts = cells[:count]
        self._firsts = cells[count + 1 : 2 * count + 1]
        self._deltas = cells[2 * count + 1 : 3 * count + 1]
        self._slices = cells[3 * count + 1 :]

    def glyph(self, code: int) -> int:
        place = bisect_left(self._lasts, code)
        if place == len(self._lasts) or self._firsts[place] > code:
            return 0
        if not self._slices[place]:
            return (code + self._deltas[place]) & 0xFFFF
        index = place + self._slices[place] // 2 + code - self._firsts[place]
        found = self._slices[index] if index < len(self._slices) else 0
        return (found + self._deltas[place]) & 0xFFFF if found else 0


def character_map(data: bytes, table: int) -> CharacterMap:
    """Return the best map of the cmap table at `table`; raises ValueError where there is none."""
    count = struct.unpack_from(">H", data, table + 2)[0]
    found: dict[tuple[int, int, int], int] = {}
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, table + 4 + 8 * index)
        kind = struct.unpack_from(">H", data, table + offset)[0]
        found[platform, encoding, kind] = table + offset
    for wanted in PREFERRED:
        if wanted in found:
            return Groups(data, found[wanted]) if wanted[2] == 12 else Segments(data, found[wanted])
    raise ValueError("no Unicode character map")
