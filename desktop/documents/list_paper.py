"""台账, 销号表, 决定事项: a ruled list on A4 across, written page by page, so that a long one needs no more memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from desktop.documents import form_text
from desktop.documents.book import Book
from desktop.documents.embedding import undrawn
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.grid_rows import Leaf, Style, content, heading, row
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.plate import MM
from desktop.documents.report_rows import Block, Piece
from desktop.documents.roles import Role, missing
from desktop.documents.writing import Cover, refuse_faults, watched
from desktop.files import trouble, written
from desktop.records.papers import PreflightFault, Printed, Watch
from desktop.records.ticket_papers import ListPaper

LEAF = Leaf(297.0, 210.0, 14.0, 18.0, 269.0, 172.0)
STYLE = Style(9.0, 7.0, 1.0, 0.15)
TITLE_SIZE, SUBTITLE_SIZE, TOTAL_SIZE, PAGE_SIZE = 20.0, 12.0, 11.0, 9.0
FOOT = 11.0
"""Height in mm that a signature line takes, and the total."""


def write_list(target: Path, values: ListPaper, *, watch: Watch | None = None) -> Printed:
    """Print the list; raises UserError for a fault or an empty list, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.rows else f"没有要印的内容，{values.kind}是空的")
    cover = Cover(values.kind, values.office, (LEAF.width, LEAF.height))
    with written(target) as temporary:
        try:
            with temporary.open("wb") as file:
                size = (cover.size[0] * MM, cover.size[1] * MM)
                book = Book(file, title=values.title, author=cover.author, size=size)
                for number, parts in enumerate(_pages(values, watch), start=1):
                    book.page(content([*parts, _page_number(number)], LEAF, book.inks))
                book.close()
        except OSError as cause:
            raise trouble(target, cause) from cause
    return Printed((str(target),), book.pages)


def preflight(values: ListPaper) -> list[PreflightFault]:
    """Return what keeps the list from being printed: characters that no face draws, told by row and column."""
    return some(_faults(values))


def _faults(values: ListPaper) -> Iterator[PreflightFault]:
    yield from fixed_faults(
        (
            ("标题", values.title, Role.TITLE),
            ("副标题", values.subtitle, Role.KAI),
            ("合计", values.total, Role.HEI),
            ("签字处", values.foot, Role.FANG),
        )
    )
    drawn = {"\n"}
    for texts in values.rows:
        for column, text in zip(values.columns, texts, strict=True):
            if drawn.issuperset(text):
                continue
            bad = missing(text, Role.FANG)
            drawn |= set(text) - set(bad)
            for character in bad:
                told = f"{values.kind}第 {texts[0]} 行 {texts[1]} 的{column.label}：{undrawn(character)}"
                yield PreflightFault(texts[1], character, told)


def _pages(values: ListPaper, watch: Watch | None) -> Iterator[list[Piece]]:
    """Yield the parts of each page: rows as long as there is room, the headings above each page's first one."""
    edges = _edges(values)
    lead = heading([column.label for column in values.columns], edges, STYLE)
    middle = [place for place, column in enumerate(values.columns) if column.middle]
    page, y = _begun(values, lead)
    for texts in watched(values.rows, watch):
        for block in row(texts, edges, STYLE, middle=middle):
            if y + block.height > LEAF.top + LEAF.depth + 1e-6:
                yield page
                page, y = _headed([], LEAF.top, lead)
            page += _at(block, y)
            y += block.height
    tail = [_line(values.total, Role.HEI, TOTAL_SIZE)]
    tail += [_line(values.foot, Role.FANG, TOTAL_SIZE)] if values.foot else []
    if y + FOOT * len(tail) > LEAF.top + LEAF.depth + 1e-6:
        yield page
        page, y = [], LEAF.top
    for block in tail:
        page += _at(block, y)
        y += block.height
    yield page


def _begun(values: ListPaper, lead: Block) -> tuple[list[Piece], float]:
    """Return the first page with its title, and where its rows begin."""
    page, y = list[Piece](), LEAF.top
    for text, role, size, height in (
        (values.title, Role.TITLE, TITLE_SIZE, 10.5),
        (values.subtitle, Role.KAI, SUBTITLE_SIZE, 7.0),
    ):
        for line in form_text.even_lines(text, role, size, LEAF.room) if text else ():
            page.append(Words(line, (LEAF.width - form_text.reach(line)) / 2, y + 0.72 * height))
            y += height
    return _headed(page, y, lead)


def _headed(page: list[Piece], y: float, lead: Block) -> tuple[list[Piece], float]:
    return [*page, *_at(lead, y)], y + lead.height


def _edges(values: ListPaper) -> list[float]:
    """Return where the columns begin and end: their shares of the width there is."""
    scale = LEAF.room / sum(column.width for column in values.columns)
    return list(accumulate((column.width * scale for column in values.columns), initial=LEAF.left))


def _line(text: str, role: Role, size: float) -> Block:
    line = form_text.one_line(text, role, size)
    return Block(FOOT, (Words(line, LEAF.left, 7.2),))


def _at(block: Block, y: float) -> list[Piece]:
    return [
        Words(part.line, part.x, part.baseline + y)
        if isinstance(part, Words)
        else Stroke(part.x1, part.y1 + y, part.x2, part.y2 + y, part.weight, 0)
        for part in block.parts
    ]


def _page_number(number: int) -> Words:
    line = form_text.one_line(f"— {number} —", Role.SONG, PAGE_SIZE)
    return Words(line, (LEAF.width - form_text.reach(line)) / 2, LEAF.height - 11.0)
