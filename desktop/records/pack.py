"""What goes on the papers around a letter: envelopes, labels, place cards, badges; sizes in mm, and one order of people.

Like the values of papers.py these are frozen and free of records. None of them has a place for a phone, an
ID number or a restricted tag, so none of those can get onto paper that lies open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.records.letters import Letter, LetterForm
from desktop.records.papers import FormPaper


class PeopleOrder(StrEnum):
    """In which order the people of a day come on all its papers."""

    NUMBER = "编号顺序"
    STROKES = "姓氏笔画"
    SEAT = "座位顺序"
    AS_GIVEN = "原来顺序"


class Postcode(StrEnum):
    """How the postcode gets on an envelope; the zone of the boxes is for machines (GB/T 1416-2003)."""

    LINE = "印在地址前"
    BOXES = "印红框和邮编"
    DIGITS = "填入已印好的红框"


ENVELOPES = {"DL": (220, 110), "B6": (176, 125), "ZL": (230, 120), "C5": (229, 162), "C4": (324, 229)}
"""GB/T 1416-2003: width and height by name, the commonest one first."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet of A4 cut into equal fields: how many, how large, where the first begins, from one to the next."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def count(self) -> int:
        """Fields on a sheet."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return the upper left corner of field `place` (from 0), row by row."""
        down, along = divmod(place % self.count, self.columns)
        return self.left + along * self.across, self.top + down * self.down


LABELS = {
    "3×8": Grid(3, 8, 70, 37, 0, 0.5, 70, 37),
    "2×7": Grid(2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
}
"""Label sheets as they are sold: 24 of 70 × 37 mm, 14 of 99.1 × 38.1 mm."""
BADGES = {
    "10张": Grid(2, 5, 90, 54, 15, 13.5, 90, 54),
    "8张": Grid(2, 4, 95, 68, 10, 12.5, 95, 68),
}
"""Badges on a sheet: ten of a calling card's size, eight for large covers."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A place card: the paper, and the faces it is folded into (from the top; the second one is the front)."""

    page: tuple[float, float]
    width: float
    height: float
    faces: int
    top: float


CARDS = {
    "200×100": Fold((210, 297), 200, 100, 2, 20),
    "A4对折": Fold((297, 210), 297, 105, 2, 0),
    "A4三折": Fold((210, 297), 210, 99, 3, 0),
}
"""Place cards: for a stand of 200 × 100 mm, a sheet folded once, a sheet folded into a prism with its foot."""


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """What may be said of a paper beyond whom it is for; what a paper doesn't know is passed over."""

    size: str = ""
    """One of the paper's sizes; empty is its first."""
    start: int = 1
    """The first free label on the first sheet."""
    postcode: Postcode = Postcode.LINE
    sender: bool = True
    """Whether the sender is printed; the office's own envelopes have it already."""
    blank_rows: int = 5
    """Rows for walk-ins at the end of a list."""
    by_hand: bool = False
    """留空手写: a character of a person's that no face draws is left as a line to write it on."""
    full_numbers: bool = False
    """Whether phone and ID number are printed whole on a paper for the files; masked otherwise."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A person as papers name them; `is_posted` says whether the letter goes by post."""

    name: str
    honorific: str = ""
    unit: str = ""
    post: str = ""
    sort: str = ""
    number: str = ""
    address: str = ""
    postcode: str = ""
    is_posted: bool = True
    record: bytes = b""
    """The person's id, b"" for nobody kept."""


@dataclass(frozen=True, slots=True)
class Envelopes:
    """信封: one a guest, of one size (a key of ENVELOPES); the sender is name, address and postcode."""

    size: str
    guests: tuple[Guest, ...]
    sender: str
    sender_address: str = ""
    sender_postcode: str = ""
    postcode: Postcode = Postcode.LINE


@dataclass(frozen=True, slots=True)
class AddressLabels:
    """地址标签 on sheets (a key of LABELS); the first goes to field `start` (from 1)."""

    size: str
    guests: tuple[Guest, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class PlaceCards:
    """席卡, folded, the name on both sides (a key of CARDS)."""

    size: str
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True)
class NameBadges:
    """代表证 on sheets (a key of BADGES): who invites, to what, when, and the guest."""

    size: str
    guests: tuple[Guest, ...]
    office: str
    theme: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Letters:
    """邀请函: what all letters share, and each one."""

    form: LetterForm
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class FormCopies:
    """Copies of a form by serial, drawn by its frozen layout where it has one."""

    paper: FormPaper
    serials: Sequence[int]
    layout: dict[str, Any] | None = None
