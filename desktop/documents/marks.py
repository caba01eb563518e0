"""What a character is to the line breaker (GB/T 15834-2011 5.1 and the office's practice)."""

from __future__ import annotations

import unicodedata
from enum import IntEnum

NOT_AT_START = "、。，；：！？）》〉】〕」』”’…—·％｝］～﹚℃°‰"
NOT_AT_END = "（《〈【〔「『“‘｛［￥＄"
NARROW_CLOSERS = ")]},.;:!?%>"
NARROW_OPENERS = "([{<$"
BLANK_RIGHT = frozenset("、。，；：！？）》〉】〕」』”’｝］")
BLANK_LEFT = frozenset("（《〈【〔「『“‘｛［")
"""Marks whose right or left half is blank when they are 1 em wide: what may be squeezed out."""
JOINED = frozenset("—…")
"""Marks set in pairs with nothing between them, whatever the line is stretched by."""


class Kind(IntEnum):
    """The sorts of character; those from LATIN on are narrow and keep together with their neighbours."""

    HAN = 0
    BLANK = 1
    OPENER = 2
    CLOSER = 3
    LATIN = 4
    NARROW_OPENER = 5
    NARROW_CLOSER = 6


class Kinds(dict[str, Kind]):
    """The kind of each character, filled as characters are met."""

    def __missing__(self, character: str) -> Kind:
        self[character] = found = kind(character)
        return found


def kind(character: str) -> Kind:
    """Return the kind of a character."""
    if character == " ":
        return Kind.BLANK
    for marks, found in (
        (NOT_AT_START, Kind.CLOSER),
        (NOT_AT_END, Kind.OPENER),
        (NARROW_CLOSERS, Kind.NARROW_CLOSER),
        (NARROW_OPENERS, Kind.NARROW_OPENER),
    ):
        if character in marks:
            return found
    wide = unicodedata.east_asian_width(character)
    letter = unicodedata.category(character)[0] in "LMN"
    if wide in ("Na", "H", "N") or (wide == "A" and letter):
        return Kind.LATIN
    return Kind.HAN


KINDS = Kinds()
