"""What lies on a form page, in mm from the paper's top left corner; y grows downwards.

The measures are those a reader of scanned forms needs (docs/architecture.md, "paper that comes back");
they hold for every printed version, so a change here means a new version of every form.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from desktop.documents.corner_codes import Place
from desktop.documents.typeset import Line

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0

EDGE = 12.0
"""From the paper's edge to a corner code: office printers leave up to 6 mm blank, copiers shift by 3."""
MODULE = 0.7
CODE_SIDE = 21 * MODULE
CODE_QUIET = 4 * MODULE

BOX_SIDE = 4.2
"""A tick box, measured between the middles of its lines."""
BOX_LINE = 0.28
ROW_PITCH = 11.0
COLUMN_PITCH = 20.0
LABEL_GAP = 2.2
"""From a box to its label; a reader needs 1.6."""
FRAME_LINE = 0.2
FRAME_HEIGHT = 9.0
"""The least height of a frame for writing, and the pitch of its writing lines."""

RULE = "打“√”；选错→涂满该框，再在正确处打“√”"
"""How to answer: printed on every page, because readers count a filled box as withdrawn."""

CODE_SPOTS = {
    Place.TOP_LEFT: (EDGE, EDGE),
    Place.TOP_RIGHT: (PAGE_WIDTH - EDGE - CODE_SIDE, EDGE),
    Place.BOTTOM_LEFT: (EDGE, PAGE_HEIGHT - EDGE - CODE_SIDE),
    Place.BOTTOM_RIGHT: (PAGE_WIDTH - EDGE - CODE_SIDE, PAGE_HEIGHT - EDGE - CODE_SIDE),
}
"""Top left corner of each code."""

NAME_KEY = "@name"
UNIT_KEY = "@unit"
"""Keys of the two frames of a named form that belong to no question."""


@dataclass(frozen=True, slots=True)
class Words:
    """A set line of text with its left edge at x, on its baseline."""

    line: Line
    x: float
    baseline: float
    grey: float = 0.0

    @property
    def text(self) -> str:
        """What it reads."""
        return self.line.text

    @property
    def end(self) -> float:
        """Where it ends on the right."""
        return self.x + self.line.width / mm


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick: question key and the option's index, from 0."""

    x: float
    y: float
    key: str
    option: int
    side: float = BOX_SIDE


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame to write in; `option` where it belongs to an option (其他), `part` counts over pages."""

    x: float
    y: float
    width: float
    height: float
    key: str
    option: int | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line that only guides the eye: `weight` in mm, dotted where it is written on."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = 0.12
    grey: float = 0.55
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A small picture in the rule line: a ticked or a filled box; never a place to answer."""

    x: float
    y: float
    side: float
    filled: bool


Part = Words | Box | Frame | Stroke | Example


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of one page, in reading order."""

    parts: tuple[Part, ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(part for part in self.parts if isinstance(part, Box))

    @property
    def frames(self) -> tuple[Frame, ...]:
        return tuple(part for part in self.parts if isinstance(part, Frame))


@dataclass(frozen=True, slots=True)
class Layout:
    """A form version as laid out: its number, version and pages (without codes and serial)."""

    form: int
    version: int
    title: str
    pages: tuple[Page, ...]
