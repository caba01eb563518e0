"""One face of a small paper as operators, measured in mm from its upper left corner."""

from __future__ import annotations

from desktop.documents.ink import Inks
from desktop.documents.typeset import Line

MM = 72 / 25.4
RED = "0.82 0.15 0.19"
"""金红 of the postcode boxes (GB/T 1416-2003: PANTONE 1795C)."""
BLACK = "0 0 0"


class Plate:
    """Collects lines and rules of a face that lies `height` mm high on a page."""

    def __init__(self, inks: Inks, height: float) -> None:
        self._inks, self._height = inks, height
        self._placed: list[tuple[Line, float, float]] = []
        self._drawn: list[str] = []

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Set a line with its left end and baseline there.

        Readers of the PDF see the em between the characters of 李　明 as a blank; ActualText tells them
        the name itself (not beyond U+FFFF, where pdfium drops the character from ActualText).
        """
        placed = (line, x * MM, self._up(baseline))
        wide = any(span.spread > 0.15 * line.size for span in line.spans)
        if wide and max(line.text) <= "\uffff":
            said = line.text.encode("utf-16-be").hex().upper()
            self._drawn.append(f"/Span <</ActualText <FEFF{said}>>> BDC {self._inks.text([placed])}EMC\n")
        else:
            self._placed.append(placed)

    def middle(self, line: Line, centre: float, baseline: float) -> None:
        """Set a line with its middle at `centre`."""
        self.line(line, centre - line.width / MM / 2, baseline)

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float, colour: str = BLACK) -> None:
        """Draw a line `weight` mm thick."""
        self._drawn.append(
            f"{colour} RG {weight * MM:.2f} w {x1 * MM:.2f} {self._up(y1):.2f} m"
            f" {x2 * MM:.2f} {self._up(y2):.2f} l S\n"
        )

    def box(
        self, x: float, y: float, width: float, height: float, weight: float, colour: str = BLACK
    ) -> None:
        """Draw a frame whose upper left corner is (x, y)."""
        self._drawn.append(
            f"{colour} RG {weight * MM:.2f} w {x * MM:.2f} {self._up(y + height):.2f}"
            f" {width * MM:.2f} {height * MM:.2f} re S\n"
        )

    def content(self, colour: str = BLACK) -> str:
        """Return the operators of everything so far; text is in `colour`."""
        return f"{colour} rg\n{''.join(self._drawn)}{self._inks.text(self._placed)}"

    def _up(self, y: float) -> float:
        return (self._height - y) * MM


def turned(content: str, width: float, height: float) -> str:
    """Return operators of a face of `width` × `height` mm turned upside down in its own place."""
    return f"q -1 0 0 -1 {width * MM:.2f} {height * MM:.2f} cm\n{content}Q\n"


def moved(content: str, x: float, y: float, height: float, page_height: float) -> str:
    """Return operators of a face `height` mm high moved so that its upper left corner is (x, y) on the page."""
    return f"q 1 0 0 1 {x * MM:.2f} {(page_height - y - height) * MM:.2f} cm\n{content}Q\n"


def grey(content: str, level: float) -> str:
    """Return operators whose lines are grey (0 is black)."""
    return f"q {level:g} G\n{content}Q\n"
