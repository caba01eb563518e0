"""The rows of a sheet about a ticket: title, number, labelled rows, what stands under them, the stub to cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from desktop.documents import form_text
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.grid_rows import Leaf, Style, led, row, ruled_above
from desktop.documents.report_rows import Block, Piece
from desktop.documents.roles import Role
from desktop.records.ticket_papers import Sheet, SheetPart, SheetRow

LEAF = Leaf(210.0, 297.0, 28.0, 28.0, 156.0, 240.0)
"""The type area of GB/T 9704-2012 is 156 mm wide; a form begins higher than a letter."""
STYLE = Style(12.0, 9.0, 2.0, 0.2)
FOUR = (26.0, 54.0, 26.0, 50.0)
TWO = (26.0, 130.0)
TITLE_SIZE, NUMBER_SIZE, HEADING_SIZE, FOOT_SIZE, SMALL = 22.0, 14.0, 14.0, 12.0, 9.0
CUT_ZONE, DASH = 9.0, 3.0
WHOLE = 120.0
"""Up to this height in mm a part with a heading isn't parted by a page's end."""
ABOVE = Stroke(LEAF.left, 0, LEAF.left + LEAF.room, 0, STYLE.weight, 0)
"""The rule above a table where it goes on on another page."""
CUT_WORDS = "请沿虚线裁下，签收后交回"


def sheet_blocks(sheet: Sheet) -> list[Block]:
    """Return a sheet from its title to who made it out; the stub lies under it, or on one more page."""
    found = [*_title(sheet.title, sheet.number)]
    for part in sheet.parts:
        found += part_blocks(part)
    if found[-1].parts:  # who made it out stays with the last row
        found[-1] = replace(found[-1], keep=True)
    return [*found, *_foot(sheet.foot)]


def part_blocks(part: SheetPart) -> Iterator[Block]:
    """Yield the rows of a part under its heading; the heading stays with its first row, a short part whole."""
    rows = [block for one in part.rows for block in labelled(one)]
    rows[0] = ruled_above(rows[0], _edges(part.rows[0]), STYLE)
    blocks = led(rows, Block(0.0, (ABOVE,)))
    if not part.heading:
        yield from blocks
        return
    line = form_text.one_line(part.heading, Role.HEI, HEADING_SIZE)
    yield Block(11.5, (Words(line, LEAF.left, 9.1),), keep=True)
    whole = sum(block.height for block in blocks) <= WHOLE
    yield from (replace(block, keep=whole) for block in blocks[:-1])
    yield from (blocks[-1], Block(2.0))


def labelled(one: SheetRow) -> list[Block]:
    """Return a row with its labels in 黑体; the labels of a long text stay at its beginning."""
    roles = [Role.FANG if place % 2 else Role.HEI for place in range(len(one.cells))]
    middle = range(0, len(one.cells), 2)
    return row(one.cells, _edges(one), STYLE, roles=roles, middle=middle, height=one.blank)


def _edges(one: SheetRow) -> list[float]:
    return list(accumulate(FOUR if len(one.cells) > 2 else TWO, initial=LEAF.left))


def _title(title: str, number: str) -> Iterator[Block]:
    for line in form_text.even_lines(title, Role.TITLE, TITLE_SIZE, LEAF.room):
        x = LEAF.left + (LEAF.room - form_text.reach(line)) / 2
        yield Block(11.5, (Words(line, x, 8.4),), keep=True)
    if number:
        line = form_text.one_line(number, Role.FANG, NUMBER_SIZE)
        yield Block(9.0, (Words(line, LEAF.left + LEAF.room - form_text.reach(line), 6.4),), keep=True)
    else:
        yield Block(3.0, keep=True)


def _foot(foot: tuple[str, str]) -> Iterator[Block]:
    """Yield who made the sheet out and when, on one line where there is room for both."""
    left, right = (form_text.one_line(text, Role.FANG, FOOT_SIZE) for text in foot)
    at_right = LEAF.left + LEAF.room - form_text.reach(right)
    if LEAF.left + form_text.reach(left) + 6 <= at_right:
        yield Block(9.0, (Words(left, LEAF.left, 6.2), Words(right, at_right, 6.2)))
        return
    for line in form_text.even_lines(foot[0], Role.FANG, FOOT_SIZE, LEAF.room):
        yield Block(7.0, (Words(line, LEAF.left, 5.6),), keep=True)
    yield Block(7.0, (Words(right, at_right, 5.6),))


def stub_blocks(sheet: Sheet) -> list[Block]:
    """Return the stub: cut line, title, rows; nothing where the sheet has none."""
    if not sheet.stub:
        return []
    words = form_text.one_line(CUT_WORDS, Role.SONG, SMALL)
    middle, half = LEAF.width / 2, form_text.reach(words) / 2
    ends = ((10.0, middle - half - 3), (middle + half + 3, LEAF.width - 10))
    dashes = [
        Stroke(first + DASH * place, 3.0, first + DASH * (place + 0.6), 3.0, 0.2, 0.4)
        for first, last in ends
        for place in range(int((last - first) / DASH))
    ]
    cut = Block(CUT_ZONE, (Words(words, middle - half, 4.1), *dashes), keep=True)
    line = form_text.one_line(sheet.stub_title, Role.TITLE, 16.0)
    title = Block(10.0, (Words(line, middle - form_text.reach(line) / 2, 6.0),), keep=True)
    rows = [block for one in sheet.stub for block in labelled(one)]
    rows[0] = ruled_above(rows[0], _edges(sheet.stub[0]), STYLE)
    return [cut, title, *(replace(block, keep=True) for block in rows[:-1]), rows[-1]]


def lowest(parts: Sequence[Piece]) -> float:
    """Return how far down a page its parts reach, in mm."""
    return max((part.baseline if isinstance(part, Words) else part.y2 for part in parts), default=LEAF.top)


def texts_of(sheet: Sheet) -> Iterator[tuple[str, str, Role]]:
    """Yield every text of a sheet as (where, text, role), for the preflight."""
    yield "标题", sheet.title, Role.TITLE
    yield "编号", sheet.number, Role.FANG
    rows = [one for part in sheet.parts for one in part.rows]
    yield from (("标题", part.heading, Role.HEI) for part in sheet.parts)
    for one in (*rows, *sheet.stub):
        for place in range(0, len(one.cells), 2):
            yield one.cells[place].replace("\n", ""), one.cells[place + 1], Role.FANG
    yield from (("落款", text, Role.FANG) for text in sheet.foot)
