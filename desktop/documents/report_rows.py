"""The rows of 统计表: title, who reports, ruled tables, the formulas under them, as slices a page can hold."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from desktop.documents import form_text
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.roles import Role
from desktop.documents.typeset import Line
from desktop.records.papers import Watch
from desktop.records.report_values import ReportPaper, ReportRow, ReportTable

LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
HEADINGS = ReportRow("项目", "数量", "单位")
EDGES = (LEFT, LEFT + 100, LEFT + 134, LEFT + WIDTH)
"""Where the columns 项目, 数量 and 单位 begin, and where the last one ends."""
PADDING, WEIGHT = 3.0, 0.2
TITLE_SIZE, SUBTITLE_SIZE, ORIGIN_SIZE, NOTE_SIZE = 22.0, 15.0, 14.0, 12.0
LEAST_SIZE = 7.0
"""A figure is never cut: where it is too long for its column, it is set smaller, down to this."""
MOST_LINES = 12
"""Lines of a label before it is cut with …, so that a row stays smaller than a page."""
WATCH_EVERY = 50

Piece = Words | Stroke


@dataclass(frozen=True, slots=True)
class Ruling:
    """How large a table is set: its characters, those of a long label (points), its rows at least (mm)."""

    size: float
    small: float
    height: float


ROOMY, CLOSE = Ruling(14, 12, 10.2), Ruling(12, 10.5, 7.8)


@dataclass(frozen=True, slots=True)
class Block:
    """A slice of the paper that no page break cuts: its parts from its upper edge on, in mm.

    `keep` binds it to the next one; `lead` is drawn again above it where it begins a page.
    """

    height: float
    parts: tuple[Piece, ...] = ()
    keep: bool = False
    lead: Block | None = None


def blocks(paper: ReportPaper, ruling: Ruling, watch: Watch | None = None) -> Iterator[Block]:
    """Yield the paper from title to last note."""
    for line in form_text.even_lines(paper.title, Role.TITLE, TITLE_SIZE, WIDTH):
        yield Block(12.0, (_centred(line, 8.6),), keep=True)
    for line in form_text.even_lines(paper.period, Role.KAI, SUBTITLE_SIZE, WIDTH):
        yield Block(7.2, (_centred(line, 6.0),), keep=True)
    yield _origin(paper)
    total, done = sum(len(table.rows) for table in paper.tables), 0
    for place, table in enumerate(paper.tables):
        if place:
            yield Block(6.0)
        elif table.heading:
            yield Block(3.0, keep=True)
        if table.heading:
            line = form_text.shortened(table.heading, Role.HEI, 16, WIDTH)
            yield Block(10.2, (Words(line, LEFT, 6.6),), keep=True)
        for block in _table(table, ruling):
            yield block
            if block.lead:
                done += 1
                if watch and (done % WATCH_EVERY == 0 or done == total):
                    watch(done, total)


def _origin(paper: ReportPaper) -> Block:
    """Return who reports at the left and when at the right, on two lines where one is too short."""
    office = form_text.even_lines(f"填报单位：{paper.office}", Role.FANG, ORIGIN_SIZE, WIDTH)
    made = form_text.one_line(f"制表日期：{paper.made_on}", Role.FANG, ORIGIN_SIZE)
    pitch, right = 7.0, LEFT + WIDTH - form_text.reach(made)
    if form_text.reach(office[-1]) + 6 > right - LEFT:
        office.append(form_text.one_line("", Role.FANG, ORIGIN_SIZE))
    parts = [Words(line, LEFT, 9.0 + pitch * place) for place, line in enumerate(office)]
    last = 9.0 + pitch * (len(office) - 1)
    return Block(last + 3.0, (*parts, Words(made, right, last)), keep=True)


def _table(table: ReportTable, ruling: Ruling) -> Iterator[Block]:
    """Yield heading row, rows and notes of a table; one that is no taller than half a page stays whole."""
    head = _row(HEADINGS, Role.HEI, ruling)
    top = Stroke(LEFT, 0, LEFT + WIDTH, 0, WEIGHT, 0)
    lead = replace(head, parts=(top, *head.parts), keep=True)
    yield lead
    rows = [_row(row, Role.FANG, ruling) for row in table.rows]
    small = sum(row.height for row in rows) <= HEIGHT / 2
    for place, row in enumerate(rows, start=1):
        last = place == len(rows)
        yield replace(row, keep=bool(table.notes) if last else small, lead=lead)
    if table.notes:
        yield from _notes(table.notes)


def _row(row: ReportRow, role: Role, ruling: Ruling) -> Block:
    """Return a ruled row: the label to the left, the figure to the right, the unit in the middle."""
    heading = role is Role.HEI
    labels = _label(row.label, role, ruling, EDGES[1] - EDGES[0] - 2 * PADDING)
    units = _label(row.unit, role, ruling, EDGES[3] - EDGES[2] - 2 * PADDING)
    height = max(ruling.height, *(len(lines) * _pitch(lines) + 3.6 for lines in (labels, units)))
    value = _fitted(row.value, role, ruling.size, EDGES[2] - EDGES[1] - 2 * PADDING)
    right = EDGES[2] - PADDING - form_text.reach(value)
    words = [
        *_cell(labels, None if heading else EDGES[0] + PADDING, EDGES[0], EDGES[1], height),
        *_cell([value], None if heading else right, EDGES[1], EDGES[2], height),
        *_cell(units, None, EDGES[2], EDGES[3], height),
    ]
    uprights = [Stroke(x, 0, x, height, WEIGHT, 0) for x in EDGES]
    return Block(height, (*words, *uprights, Stroke(LEFT, height, LEFT + WIDTH, height, WEIGHT, 0)))


def _pitch(lines: Sequence[Line]) -> float:
    return lines[0].size / mm * 1.3


def _cell(
    lines: Sequence[Line], x: float | None, left: float, right: float, height: float
) -> Iterator[Words]:
    """Yield the lines of a cell about its middle, from `x` on or (None) each centred between its edges."""
    for place, line in enumerate(lines):
        at = (left + right - form_text.reach(line)) / 2 if x is None else x
        drop = (place - (len(lines) - 1) / 2) * _pitch(lines)
        yield Words(line, at, height / 2 + line.size / mm * 0.37 + drop)


def _label(text: str, role: Role, ruling: Ruling, room: float) -> list[Line]:
    """Return a label or unit on lines, cut where it would fill half a page."""
    found = form_text.even_lines(text, role, ruling.size, room)
    if len(found) > 3:
        found = form_text.even_lines(text, role, ruling.small, room)
    if len(found) > MOST_LINES:
        rest = "".join(line.text for line in found[MOST_LINES - 1 :])
        found = [*found[: MOST_LINES - 1], form_text.shortened(rest, role, ruling.small, room)]
    return found


def _fitted(text: str, role: Role, size: float, room: float) -> Line:
    """Return a figure whole on one line, set smaller where it has to be."""
    natural = form_text.one_line(text, role, size)
    if form_text.reach(natural) <= room:
        return natural
    size = max(LEAST_SIZE, math.floor(2 * size * room / form_text.reach(natural)) / 2)
    return form_text.one_line(text, role, size)


def _notes(notes: Sequence[str]) -> Iterator[Block]:
    """Yield the notes under a table, numbered where there are several, bound together."""
    texts = [f"注：{notes[0]}"] if len(notes) == 1 else [f"{n}. {note}" for n, note in enumerate(notes, 1)]
    if len(notes) > 1:
        texts[0] = f"注：{texts[0]}"
    indent = form_text.reach(form_text.one_line("注：", Role.FANG, NOTE_SIZE))
    lines: list[tuple[Line, float]] = []
    for place, text in enumerate(texts):
        left = indent if place else 0.0
        lines += [(line, left) for line in form_text.even_lines(text, Role.FANG, NOTE_SIZE, WIDTH - left)]
    for place, (line, left) in enumerate(lines, start=1):
        drop = 2.0 if place == 1 else 0.0
        yield Block(6.0 + drop, (Words(line, LEFT + left, 4.6 + drop),), keep=place < len(lines))


def _centred(line: Line, baseline: float) -> Words:
    return Words(line, LEFT + (WIDTH - form_text.reach(line)) / 2, baseline)
