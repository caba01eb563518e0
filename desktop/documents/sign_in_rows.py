"""The rows of 签到表: how a person's unit, post and long name fit the cells of the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from desktop.documents import form_text
from desktop.documents.balanced import balanced
from desktop.documents.roles import Role, clean
from desktop.documents.typeset import Line
from desktop.records.letters import SignInRow

SIDE = 18.0
ROW_HEIGHTS = (12.0, 11.0)
"""How high a row is at least, and what it may shrink to where that saves a page: one signs with a thick pen."""
PADDING = 1.6
SIZES = (12.0, 11.0, 10.0)
"""Sizes tried to keep a cell on two lines; below them it takes as many lines as it needs, at 9 pt."""
SMALLEST = 9.0
MOST_LINES = 12
"""Lines of a cell before it is cut with …: a unit of some 140 characters, a row of half a page."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The paper and its columns: page size and column widths in mm, what heads them and which are centred."""

    width: float
    height: float
    columns: tuple[float, ...]
    headings: tuple[str, ...] = ("序号", "姓名", "单位", "职务", "代表类别", "签名")

    @property
    def centred(self) -> frozenset[int]:
        """The columns whose text stands in the middle."""
        return frozenset(range(len(self.columns))) - {2, 3}

    @property
    def is_seated(self) -> bool:
        """Whether there is a column of seats."""
        return "座位" in self.headings

    @property
    def lefts(self) -> tuple[float, ...]:
        """Where each column begins, and where the last one ends."""
        edges = [SIDE]
        for column in self.columns:
            edges.append(edges[-1] + column)
        return tuple(edges)


UPRIGHT = Ruling(210, 297, (13, 26, 45, 29, 29, 32))
ACROSS = Ruling(297, 210, (14, 32, 94, 51, 30, 40))
_SEATED = ("序号", "姓名", "单位", "职务", "代表类别", "座位", "签名")
SEATED_UPRIGHT = Ruling(210, 297, (12, 25, 40, 27, 26, 18, 26), _SEATED)
SEATED_ACROSS = Ruling(297, 210, (14, 32, 82, 45, 30, 20, 38), _SEATED)


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, all of one size."""

    lines: tuple[Line, ...]
    size: float

    @property
    def pitch(self) -> float:
        """From baseline to baseline, in mm."""
        return self.size * 0.3528 * 1.3

    @property
    def height(self) -> float:
        return len(self.lines) * self.pitch + 2.4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, ready to be drawn: its height in mm, here what its text takes, and its cells but the signature."""

    height: float
    cells: tuple[Cell, ...]


def ruling_for(rows: Sequence[SignInRow]) -> Ruling:
    """Return upright paper where every unit, post and sort keeps to three lines, else across."""
    seated = any(clean(row.seat) for row in rows)
    upright, across = (SEATED_UPRIGHT, SEATED_ACROSS) if seated else (UPRIGHT, ACROSS)
    for row in rows:
        for column, text in ((2, row.unit), (3, row.post), (4, row.sort)):
            if len(form_text.lines(text, Role.SONG, SIZES[-1], upright.columns[column] - 2 * PADDING)) > 3:
                return across
    return upright


def fitted(text: str, room: float) -> Cell:
    """Return `text` at the largest size that keeps it on two lines of `room` mm, else small.

    A smaller size, or a third line, is taken where it keeps the words of the text whole.
    """
    text = clean(text)
    for size, most in (*((size, 2) for size in SIZES), *((size, 3) for size in SIZES[1:])):
        found = balanced(text, Role.SONG, size, room * mm)
        if len(found.lines) <= most and not found.parts_words:
            return Cell(tuple(found.lines) or (form_text.one_line("", Role.SONG, size),), size)
    for size in SIZES:
        lines = form_text.lines(text, Role.SONG, size, room, justify=False)
        if len(lines) <= 2:
            return Cell(tuple(lines), size)
    lines = form_text.even_lines(text, Role.SONG, SMALLEST, room)
    if len(lines) > MOST_LINES:
        rest = "".join(line.text for line in lines[MOST_LINES - 1 :])
        lines = [*lines[: MOST_LINES - 1], form_text.shortened(rest, Role.SONG, SMALLEST, room)]
    return Cell(tuple(lines), SMALLEST)


def fitted_name(name: str, room: float) -> Cell:
    """Return a name at the largest size that keeps it on one line, else broken after its dots."""
    if len(name) == 2 and all(map(form_text.is_han, name)):
        return Cell((form_text.spread_line(name, Role.SONG, SIZES[0], 3 * SIZES[0] / mm),), SIZES[0])
    for size in (*SIZES, SMALLEST):
        line = form_text.one_line(name, Role.SONG, size)
        if form_text.reach(line) <= room:
            return Cell((line,), size)
    for size in SIZES:
        lines = broken_after_dots(name, size, room)
        if all(form_text.reach(line) <= room for line in lines):
            return Cell(tuple(lines), size)
    return fitted(name, room)


def broken_after_dots(name: str, size: float, room: float) -> list[Line]:
    """Return 阿依古丽·买买提 on lines that end in a dot, each as full as `room` mm allows."""
    texts = [""]
    for piece in re.findall(r"[^·]+·*|·+", name):
        if texts[-1] and form_text.reach(form_text.one_line(texts[-1] + piece, Role.SONG, size)) > room:
            texts.append("")
        texts[-1] += piece
    return [form_text.one_line(text, Role.SONG, size) for text in texts]


def fitted_row(number: int, row: SignInRow | None, ruling: Ruling) -> Row:
    """Return a person's line, or a numbered blank one for who comes unannounced."""
    seat = [row.seat if row else ""] if ruling.is_seated else []
    texts = [str(number), "", *((row.unit, row.post, row.sort) if row else ("", "", "")), *seat]
    rooms = [column - 2 * PADDING for column in ruling.columns]
    cells = [fitted(text, room) for text, room in zip(texts, rooms, strict=False)]
    if row:
        cells[1] = fitted_name(clean(row.name), rooms[1])
    return Row(max(cell.height for cell in cells), tuple(cells))
