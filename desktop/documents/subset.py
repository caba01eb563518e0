"""Cutting a face down to the glyphs a document uses, keeping the glyph ids."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Mapping

from desktop.documents.faces import Face

HINTS = ("cvt ", "fpgm", "prep")
WORDS, SCALE, MORE, TWO_SCALES, MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
"""Flags of a part of a composite glyph (OpenType 1.9, glyf table)."""


def subset(face: Face, glyphs: Mapping[int, int]) -> bytes:
    """Return a TrueType file holding the outlines of `glyphs`: {id in the subset: id in the face}.

    An id may be one beyond the face's own where two characters share one glyph and each needs an id.
    Ids in between are empty, which costs next to nothing once deflated.
    """
    wanted = _with_parts(face, {0: 0, **glyphs})
    count = max(wanted) + 1
    places, advances, outlines = array("I", [0]), bytearray(4 * count), bytearray()
    for number in sorted(wanted):
        places.extend([len(outlines)] * (number + 1 - len(places)))
        struct.pack_into(">Hh", advances, 4 * number, *face.metrics(wanted[number]))
        outlines += face.outline(wanted[number])
        outlines += b"\0" * (-len(outlines) % 4)
    places.append(len(outlines))
    if sys.byteorder == "little":
        places.byteswap()
    tables = {
        "glyf": bytes(outlines),
        "head": _patched(_patched(face.table("head"), 50, ">h", 1), 8, ">I", 0),
        "hhea": _patched(face.table("hhea"), 34, ">H", count),
        "hmtx": bytes(advances),
        "loca": places.tobytes(),
        "maxp": _patched(face.table("maxp"), 4, ">H", count),
    }
    tables.update({tag: face.table(tag) for tag in HINTS if face.table(tag)})
    return _file(tables)


def _with_parts(face: Face, wanted: dict[int, int]) -> dict[int, int]:
    """Return `wanted` with the parts of its composite glyphs, and theirs."""
    waiting = list(wanted.values())
    while waiting:
        for part in _parts(face.outline(waiting.pop())):
            if part not in wanted:
                wanted[part] = part
                waiting.append(part)
    return wanted


def _parts(outline: bytes) -> list[int]:
    """Return the glyph ids a composite glyph is put together from."""
    if len(outline) < 12 or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    found, at, flags = [], 10, MORE
    while flags & MORE:
        flags, part = struct.unpack_from(">HH", outline, at)
        found.append(part)
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
    return found


def _patched(table: bytes, at: int, form: str, value: int) -> bytes:
    return table[:at] + struct.pack(form, value) + table[at + struct.calcsize(form) :]


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
