"""What characters are to the line breaker, and what may stand between two of them.

After GB/T 15834-2011 5.1 and the office's practice. The rules are tables by pairs of kinds, so that a
paragraph costs a look-up a character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import IntEnum

NOT_AT_START = "、。，；：！？）》〉】〕」』”’…—·％｝］～﹚℃°‰"
NOT_AT_END = "（《〈【〔「『“‘｛［￥＄"
NARROW_CLOSERS = ")]},.;:!?%>"
NARROW_OPENERS = "([{<$"
BLANK_RIGHT = frozenset("、。，；：！？）》〉】〕」』”’｝］")
BLANK_LEFT = frozenset("（《〈【〔「『“‘｛［")
"""Marks whose right or left half is blank when they are 1 em wide: what may be squeezed out."""
BETWEEN_SCRIPTS = 0.09
"""The space between Han and Latin in em. Not the usual quarter: from a tenth (pdftotext) or a sixth
(pdfium) on, readers take a gap for a blank, and a copied or searched 2026年 must not read 2026 年."""
HALF = 0.5


class Kind(IntEnum):
    """The sorts of character; those from LATIN on are narrow."""

    HAN = 0
    WIDE_BLANK = 1
    BLANK = 2
    OPENER = 3
    FIXED_OPENER = 4
    CLOSER = 5
    FIXED_CLOSER = 6
    DASH = 7
    LATIN = 8
    NARROW_OPENER = 9
    NARROW_CLOSER = 10


class Stretch(IntEnum):
    """Whether a line may be stretched between two characters."""

    NEVER = 0
    FREELY = 1
    AT_NEED = 2


_NARROW = frozenset({Kind.LATIN, Kind.NARROW_OPENER, Kind.NARROW_CLOSER})
OPENERS = frozenset({Kind.OPENER, Kind.FIXED_OPENER, Kind.NARROW_OPENER})
CLOSERS = frozenset({Kind.CLOSER, Kind.FIXED_CLOSER, Kind.DASH, Kind.NARROW_CLOSER})
_MIXED = ({Kind.HAN, Kind.LATIN},)


def kind(character: str, width: float) -> Kind:
    """Return the kind of a character that is `width` em wide."""
    wide = width >= 0.9
    if character in " \u3000":
        return Kind.BLANK if character == " " else Kind.WIDE_BLANK
    if character in "—…":
        return Kind.DASH
    if character in NOT_AT_START:
        return Kind.CLOSER if wide and character in BLANK_RIGHT else Kind.FIXED_CLOSER
    if character in NOT_AT_END:
        return Kind.OPENER if wide and character in BLANK_LEFT else Kind.FIXED_OPENER
    if character in NARROW_CLOSERS:
        return Kind.NARROW_CLOSER
    if character in NARROW_OPENERS:
        return Kind.NARROW_OPENER
    east = unicodedata.east_asian_width(character)
    letter = unicodedata.category(character)[0] in "LMN"
    return Kind.LATIN if east in ("Na", "H", "N") or (east == "A" and letter) else Kind.HAN


def _gap(before: Kind, here: Kind) -> float:
    """Return the space between two characters in em, beside the paragraph's tracking."""
    if {before, here} in _MIXED:
        return BETWEEN_SCRIPTS
    if here is Kind.OPENER and before in (Kind.OPENER, Kind.CLOSER):
        return -HALF
    return -HALF if before is Kind.CLOSER and here is Kind.CLOSER else 0.0


def _stretch(before: Kind, here: Kind) -> Stretch:
    if before is Kind.BLANK or (before in _NARROW and here in _NARROW) or before is here is Kind.DASH:
        return Stretch.NEVER
    return Stretch.AT_NEED if {before, here} in _MIXED else Stretch.FREELY


def _squeezes(before: Kind, here: Kind) -> bool:
    """Tell whether half of a mark between two characters is blank and not squeezed out already."""
    return (before is Kind.CLOSER or here is Kind.OPENER) and not _gap(before, here) < 0


def _breaks(before: Kind, here: Kind) -> bool:
    """Tell whether a line may end between two characters."""
    if here is Kind.BLANK:
        return before not in OPENERS
    if here in CLOSERS or before in OPENERS:
        return False
    return before not in _NARROW or here not in _NARROW


def may_break(kinds: Sequence[Kind], at: int) -> bool:
    """Tell whether a line may end before the character at `at`; blanks at the break are nothing to either side."""
    before, here = kinds[at - 1], kinds[at]
    if not BREAKS[before][here]:
        return False
    if here is Kind.BLANK and next((kind for kind in kinds[at:] if kind is not Kind.BLANK), here) in CLOSERS:
        return False
    if before is not Kind.BLANK:
        return True
    return next((kind for kind in reversed(kinds[:at]) if kind is not Kind.BLANK), before) not in OPENERS


GAPS = [[_gap(before, here) for here in Kind] for before in Kind]
TRACKED = [[before not in _NARROW or here not in _NARROW for here in Kind] for before in Kind]
STRETCHES = [[_stretch(before, here) for here in Kind] for before in Kind]
SQUEEZES = [[_squeezes(before, here) for here in Kind] for before in Kind]
BREAKS = [[_breaks(before, here) for here in Kind] for before in Kind]
"""The rules by the kinds of the character before and the character here."""
