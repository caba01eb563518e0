"""统计表: figures with their units in ruled tables, the formulas under each table.

A4 upright within the type area of GB/T 9704-2012 (156 × 225 mm), page number where letters have it. A table
that runs on repeats its heading row; its last row and the notes under it stay together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from reportlab.lib.units import mm

from desktop.documents import form_text
from desktop.documents.chain_font import open_canvas
from desktop.documents.form_drawing import draw_part
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.roles import Role, missing
from desktop.documents.typeset import Line
from desktop.errors import UserError
from desktop.files import written
from desktop.records.papers import PreflightFault, Printed, ReportPaper, ReportRow, ReportTable, Watch

LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
HEADINGS = ReportRow("项目", "数量", "单位")
EDGES = (LEFT, LEFT + 100, LEFT + 134, LEFT + WIDTH)
"""Where the columns 项目, 数量 and 单位 begin, and where the last one ends."""
PADDING, ROW_HEIGHT, WEIGHT = 3.0, 10.2, 0.2
TITLE_SIZE, SUBTITLE_SIZE, CELL_SIZE, NOTE_SIZE, PAGE_NUMBER_SIZE = 22.0, 15.0, 14.0, 12.0, 14.0
LEAST_SIZE = 7.0
"""A figure is never cut: where it is too long for its column, it is set smaller, down to this."""
MOST_LINES = 12
"""Lines of a label before it is cut with …, so that a row stays smaller than a page."""
CHARACTER = 14 / mm
"""Width of a character of the page number, which stands one character within the type area."""
WATCH_EVERY = 50

Piece = Words | Stroke


@dataclass(frozen=True, slots=True)
class Block:
    """A slice of the paper that no page break cuts: its parts from its upper edge on, in mm.

    `keep` binds it to the next one; `lead` is drawn again above it where it begins a page.
    """

    height: float
    parts: tuple[Piece, ...] = ()
    keep: bool = False
    lead: Block | None = None


def write_report(target: Path, paper: ReportPaper, *, watch: Watch | None = None) -> Printed:
    """Write a 统计表 as one PDF.

    Raises UserError for a character no font draws, TroubleError where the file can't be written,
    Cancelled from `watch`.
    """
    if faults := preflight(paper):
        raise UserError(faults[0].message, field="rows")
    pages = paged(list(blocks(paper, watch)))
    canvas = open_canvas(BytesIO(), title=form_text.clean(paper.title), author=form_text.clean(paper.office))
    for number, parts in enumerate(pages, start=1):
        for part in (*parts, page_number(number)):
            canvas.setStrokeGray(0)
            draw_part(canvas, part)
        canvas.showPage()
    content = canvas.getpdfdata()
    with written(target) as temporary:
        temporary.write_bytes(content)
    return Printed((str(target),), len(pages))


def preflight(paper: ReportPaper) -> list[PreflightFault]:
    """Return a fault for each character that no font draws, saying where it stands."""
    texts = [("标题", paper.title, Role.TITLE), ("统计范围", paper.period, Role.KAI)]
    texts.append(("填报单位", paper.office, Role.FANG))
    for table in paper.tables:
        texts.append(("分表标题", table.heading, Role.HEI))
        for row in table.rows:
            texts += [("项目", row.label, Role.FANG), (f"“{row.label[:20]}”的单位", row.unit, Role.FANG)]
        texts += [("附注", note, Role.FANG) for note in table.notes]
    return [
        PreflightFault(
            "",
            character,
            f"统计表的{where}中的“{character}”(U+{ord(character):04X})没有字体能印出,请改用别的字",
        )
        for where, text, role in texts
        for character in missing(text, role)
    ]


def blocks(paper: ReportPaper, watch: Watch | None = None) -> Iterator[Block]:
    """Yield the paper from title to last note."""
    for line in form_text.whole_lines(paper.title, Role.TITLE, TITLE_SIZE, WIDTH, least=math.inf):
        yield Block(12.0, (_centred(line, 8.6),), keep=True)
    for line in form_text.whole_lines(paper.period, Role.KAI, SUBTITLE_SIZE, WIDTH):
        yield Block(7.2, (_centred(line, 6.0),), keep=True)
    yield _origin(paper)
    total, done = sum(len(table.rows) for table in paper.tables), 0
    for place, table in enumerate(paper.tables):
        if place:
            yield Block(6.0)
        if table.heading:
            line = form_text.shortened(table.heading, Role.HEI, 16, WIDTH)
            yield Block(10.2, (Words(line, LEFT, 6.6),), keep=True)
        for block in _table(table):
            yield block
            if block.lead:
                done += 1
                if watch and (done % WATCH_EVERY == 0 or done == total):
                    watch(done, total)


def _origin(paper: ReportPaper) -> Block:
    """Return who reports at the left and when at the right, on two lines where one is too short."""
    office = form_text.whole_lines(f"填报单位：{paper.office}", Role.FANG, CELL_SIZE, WIDTH)
    made = form_text.one_line(f"制表日期：{paper.made_on}", Role.FANG, CELL_SIZE)
    pitch, right = 7.0, LEFT + WIDTH - form_text.reach(made)
    if form_text.reach(office[-1]) + 6 > right - LEFT:
        office.append(form_text.one_line("", Role.FANG, CELL_SIZE))
    parts = [Words(line, LEFT, 9.0 + pitch * place) for place, line in enumerate(office)]
    last = 9.0 + pitch * (len(office) - 1)
    return Block(last + 3.0, (*parts, Words(made, right, last)), keep=True)


def _table(table: ReportTable) -> Iterator[Block]:
    """Yield heading row, rows and notes of a table; one that is no taller than half a page stays whole."""
    head = _row(HEADINGS, Role.HEI)
    top = Stroke(LEFT, 0, LEFT + WIDTH, 0, WEIGHT, 0)
    lead = replace(head, parts=(top, *head.parts), keep=True)
    yield lead
    rows = [_row(row, Role.FANG) for row in table.rows]
    small = sum(row.height for row in rows) <= HEIGHT / 2
    for place, row in enumerate(rows, start=1):
        last = place == len(rows)
        yield replace(row, keep=bool(table.notes) if last else small, lead=lead)
    if table.notes:
        yield from _notes(table.notes)


def _row(row: ReportRow, role: Role) -> Block:
    """Return a ruled row: the label to the left, the figure to the right, the unit in the middle."""
    heading = role is Role.HEI
    labels = _label(row.label, role, EDGES[1] - EDGES[0] - 2 * PADDING)
    units = _label(row.unit, role, EDGES[3] - EDGES[2] - 2 * PADDING)
    height = max(ROW_HEIGHT, *(len(lines) * _pitch(lines) + 3.6 for lines in (labels, units)))
    value = _fitted(row.value, role, EDGES[2] - EDGES[1] - 2 * PADDING)
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


def _label(text: str, role: Role, room: float) -> list[Line]:
    """Return a label or unit on lines, cut where it would fill half a page."""
    found = form_text.whole_lines(text, role, CELL_SIZE, room)
    if len(found) > 3:
        found = form_text.whole_lines(text, role, NOTE_SIZE, room)
    if len(found) > MOST_LINES:
        rest = "".join(line.text for line in found[MOST_LINES - 1 :])
        found = [*found[: MOST_LINES - 1], form_text.shortened(rest, role, NOTE_SIZE, room)]
    return found


def _fitted(text: str, role: Role, room: float) -> Line:
    """Return a figure whole on one line, set smaller where it has to be."""
    natural = form_text.one_line(text, role, CELL_SIZE)
    if form_text.reach(natural) <= room:
        return natural
    size = max(LEAST_SIZE, math.floor(2 * CELL_SIZE * room / form_text.reach(natural)) / 2)
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
        lines += [(line, left) for line in form_text.whole_lines(text, Role.FANG, NOTE_SIZE, WIDTH - left)]
    for place, (line, left) in enumerate(lines, start=1):
        drop = 2.0 if place == 1 else 0.0
        yield Block(6.0 + drop, (Words(line, LEFT + left, 4.6 + drop),), keep=place < len(lines))


def paged(flow: Sequence[Block]) -> list[list[Piece]]:
    """Return the parts of each page in their places; blocks bound together share a page where they fit one."""
    pages: list[list[Piece]] = [[]]
    y = TOP
    place = 0
    while place < len(flow):
        end = place + 1
        while end < len(flow) and flow[end - 1].keep:
            end += 1
        bound = flow[place:end]
        height = sum(block.height for block in bound)
        for at, block in enumerate(bound):
            if not block.parts:  # a gap, which no page begins with
                y += block.height
                continue
            rest = height if not at and height <= HEIGHT - _led(block) else block.height
            if pages[-1] and y + rest > TOP + HEIGHT + 1e-6:
                pages.append([])
                y = TOP
                if block.lead:
                    pages[-1] += _at(y, block.lead)
                    y += block.lead.height
            pages[-1] += _at(y, block)
            y += block.height
        place = end
    return pages


def _led(block: Block) -> float:
    return block.lead.height if block.lead else 0.0


def _at(y: float, block: Block) -> list[Piece]:
    """Return the parts of a block with its upper edge at `y`."""
    return [
        replace(part, baseline=part.baseline + y)
        if isinstance(part, Words)
        else replace(part, y1=part.y1 + y, y2=part.y2 + y)
        for part in block.parts
    ]


def _centred(line: Line, baseline: float) -> Words:
    return Words(line, LEFT + (WIDTH - form_text.reach(line)) / 2, baseline)


def page_number(page: int) -> Words:
    """Return "— 1 —" 7 mm below the type area, odd pages right, even pages left (GB/T 9704-2012, 7.5)."""
    line = form_text.one_line(f"— {page} —", Role.SONG, PAGE_NUMBER_SIZE)
    x = LEFT + CHARACTER if page % 2 == 0 else LEFT + WIDTH - CHARACTER - form_text.reach(line)
    return Words(line, x, TOP + HEIGHT + 7 + 0.38 * PAGE_NUMBER_SIZE / mm)
