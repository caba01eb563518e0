"""Strips: bands across a form page that a page break never cuts, and the blocks they make.

Parts of a strip lie relative to its upper edge; form_layout.py stacks strips into pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from desktop.documents import form_text
from desktop.documents.form_parts import BOX_SIDE, ROW_PITCH, Part, Stroke, Words
from desktop.documents.roles import Role, clean

LEFT = 20.0
RIGHT = 190.0
INDENT = 8.0
"""From a question's number to its text; options stand under the text."""
TEXT_LEFT = LEFT + INDENT
TEXT_WIDTH = RIGHT - TEXT_LEFT
SIZE = 12.0
LINE = 6.4
CENTRE = 1.55
"""From the middle of a line of 12 pt text down to its baseline, in mm."""
BOX_TOP = (ROW_PITCH - BOX_SIDE) / 2
ROW_BASELINE = ROW_PITCH / 2 + CENTRE
TEXT_BASELINE = 4.8
GAP = 4.5


@dataclass(frozen=True, slots=True)
class Strip:
    """A band of `height` mm and what lies in it."""

    height: float
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Strips that belong together, `gap` mm below what stands above.

    A block that fits on one page isn't broken, unless `breakable`; then at least `held` strips stay
    together. `again` heads the part after a break.
    """

    strips: tuple[Strip, ...]
    gap: float = GAP
    breakable: bool = False
    held: int = 1
    again: Strip | None = None

    @property
    def height(self) -> float:
        """The sum of its strips, without the gap above."""
        return sum(strip.height for strip in self.strips)


def lowered(part: Part, by: float) -> Part:
    """Return `part` moved down by `by` mm."""
    match part:
        case Words():
            return replace(part, baseline=part.baseline + by)
        case Stroke():
            return replace(part, y1=part.y1 + by, y2=part.y2 + by)
        case _:
            return replace(part, y=part.y + by)


def prose(text: str, *, gap: float) -> Block:
    """Return paragraphs in 楷体 across the page, first lines indented, both edges even."""
    strips = [
        Strip(6.6, (Words(line, LEFT, 4.9),))
        for paragraph in text.splitlines()
        if clean(paragraph)
        for line in form_text.lines(paragraph, Role.KAI, SIZE, RIGHT - LEFT, indent=2 * SIZE / mm)
    ]
    return Block(tuple(strips), gap=gap, breakable=len(strips) > 12, held=2)
