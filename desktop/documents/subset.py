"""Cutting a face down to the glyphs a document uses, numbered in the order of their first use."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence

from desktop.documents.faces import Face

HINTS = ("cvt ", "fpgm", "prep")
WORDS, SCALE, MORE, TWO_SCALES, MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
"""Flags of a part of a composite glyph (OpenType 1.9, glyf table)."""


def subset(face: Face, glyphs: Sequence[int]) -> bytes:
    """Return a TrueType file whose glyph n (from 1) has the outline of the face's glyph `glyphs[n - 1]`.

    Glyph 0 is the face's box for what is missing; parts of composite glyphs follow behind the last one.
    """
    wanted = [0, *glyphs]
    numbers = {glyph: number for number, glyph in reversed(list(enumerate(wanted)))}
    places, advances, outlines = array("I", [0]), bytearray(), bytearray()
    for glyph in wanted:  # grows while it is walked
        outlines += _renumbered(face.outline(glyph), numbers, wanted)
        outlines += b"\0" * (-len(outlines) % 4)
        places.append(len(outlines))
        advances += struct.pack(">Hh", *face.metrics(glyph))
    if sys.byteorder == "little":
        places.byteswap()
    count = struct.pack(">H", len(wanted))
    tables = {
        "glyf": bytes(outlines),
        "head": _patched(_patched(face.table("head"), 50, b"\0\1"), 8, b"\0\0\0\0"),
        "hhea": _patched(face.table("hhea"), 34, count),
        "hmtx": bytes(advances),
        "loca": places.tobytes(),
        "maxp": _patched(face.table("maxp"), 4, count),
    }
    tables.update({tag: face.table(tag) for tag in HINTS if face.table(tag)})
    return _file(tables)


def _renumbered(outline: bytes, numbers: dict[int, int], wanted: list[int]) -> bytes:
    """Return a glyf record that names its parts by their numbers in the subset; new parts are `wanted`."""
    if len(outline) < 12 or struct.unpack_from(">h", outline)[0] >= 0:
        return outline
    changed, at, flags = bytearray(outline), 10, MORE
    while flags & MORE:
        flags, part = struct.unpack_from(">HH", outline, at)
        if part not in numbers:
            numbers[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">H", changed, at + 2, numbers[part])
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
    return bytes(changed)


def _patched(table: bytes, at: int, value: bytes) -> bytes:
    return table[:at] + value + table[at + len(value) :]


def _checksum(table: bytes) -> int:
    words = array("I", table + b"\0" * (-len(table) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _file(tables: dict[str, bytes]) -> bytes:
    """Return the TrueType file of `tables`, padded and with check sums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">IHHHH", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    directory, body, at = bytearray(), bytearray(), 12 + 16 * count
    for tag in sorted(tables):
        table = tables[tag]
        directory += struct.pack(">4sIII", tag.encode(), _checksum(table), at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    whole = bytearray(head + directory + body)
    adjustment = (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF
    start = struct.unpack_from(">I", directory, 16 * sorted(tables).index("head") + 8)[0]
    struct.pack_into(">I", whole, start + 8, adjustment)
    return bytes(whole)
