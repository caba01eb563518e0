"""Values about printers: how a print is moved to lie where it should, and how a job is asked for (mm, %)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FARTHEST = 20.0
"""Millimetres that a print may be moved: a printer that is farther out is out of order."""
SMALLEST, LARGEST = 90.0, 110.0
"""Percent of the real size."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """How a printer's prints are sized (%) about the upper left corner, then moved (mm to the right and down).

    What lies at x mm from the left edge of the page is printed at `right` + x × `wide` / 100, and so downwards.
    """

    right: float = 0.0
    down: float = 0.0
    wide: float = 100.0
    high: float = 100.0

    @property
    def is_none(self) -> bool:
        """Whether the print stays as it is."""
        return self == Adjustment()

    def told(self) -> str:
        """Return the adjustment as a clerk reads it: `左移 1.5 mm，下移 2 mm`."""
        parts = [
            f"{words[shift < 0]} {abs(shift):g} mm"
            for shift, words in ((self.right, ("右移", "左移")), (self.down, ("下移", "上移")))
            if shift
        ]
        parts += [
            f"{word} {size:g} %" for size, word in ((self.wide, "横向"), (self.high, "纵向")) if size != 100
        ]
        return "，".join(parts) or "不校正"


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the crosses of the calibration page are, or were measured on paper (mm).

    `left` and `top` are from the paper's edges to the middle of the crosses there, `across` and `along` the
    distances between the crosses left and right, top and bottom.
    """

    left: float
    top: float
    across: float
    along: float


MARKS = Marks(20.0, 20.0, 170.0, 257.0)
"""Where the calibration page (A4) has them."""


def adjustment_for(measured: Marks) -> Adjustment:
    """Return what makes an uncorrected printer print true, to 0.01 mm and 0.01 %.

    A printer that puts x at o + s·x prints (x − o)/s where it should: s is told by the distance of two
    crosses, o by the distance of one from the edge.
    """
    across, along = measured.across / MARKS.across, measured.along / MARKS.along
    return Adjustment(
        right=round(-(measured.left - across * MARKS.left) / across, 2) + 0.0,
        down=round(-(measured.top - along * MARKS.top) / along, 2) + 0.0,
        wide=round(100 / across, 2),
        high=round(100 / along, 2),
    )


class Sides(StrEnum):
    """Which sides of a sheet are printed on; the value is the word of IPP (RFC 8011)."""

    PRINTER = ""
    """As the printer is set."""
    ONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"


@dataclass(frozen=True, slots=True)
class Ticket:
    """How papers are printed: the printer's name, copies, sides, and pages `first` to `last` (from 1; 0 is all)."""

    printer: str
    copies: int = 1
    collate: bool = True
    sides: Sides = Sides.PRINTER
    first: int = 0
    last: int = 0
