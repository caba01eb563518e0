"""民情日记 as a small book: cover, contents, diaries one after another; A5 pages, or sheets of A4 to be folded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from desktop.documents import form_text
from desktop.documents.book import Book
from desktop.documents.booklets import HEIGHT, WIDTH, folded
from desktop.documents.embedding import undrawn
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.grid_rows import Leaf, content
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.ink import Inks
from desktop.documents.plate import MM
from desktop.documents.report_paper import paged
from desktop.documents.report_rows import Block, Piece
from desktop.documents.roles import Role, missing
from desktop.documents.typeset import Line
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.papers import PreflightFault, Printed, Watch
from desktop.records.visit_papers import DIARY_BOOKLETS, FOLDED, DiaryBooklet, DiaryPiece

KIND = "民情日记"
LEAF = Leaf(WIDTH, HEIGHT, 18.0, 24.0, 112.5, 162.0)
SIZE, LEADING = 12.0, 7.0
TITLE_SIZE, ABOUT_SIZE, SMALL = 15.0, 10.5, 9.0
HEAD_AT, RULE_AT, NUMBER_AT = 14.0, 16.0, HEIGHT - 12.0
TOGETHER = 4
"""Lines of a diary that stay with its title: with fewer left on a page it begins on the next."""
BETWEEN = 14.0
"""Free height between two diaries of one page (mm)."""
AUTHOR, NUMBER, LEAST_DOTS, DOTS = 14.0, 9.0, 8.0, 8.0
"""What author and page take of a line of the contents at least, and the dots (mm); the type of the dots (points)."""
FRONT = 2
"""Pages before the contents: the cover and its blank back."""


def write_booklet(target: Path, values: DiaryBooklet, *, watch: Watch | None = None) -> Printed:
    """Print the book; raises UserError for a fault or no diary, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.pieces else "没有要印的民情日记")
    cover = Cover(KIND, values.office, DIARY_BOOKLETS[values.size])

    def begin(book: Book) -> Callable[[DiaryBooklet], list[str]]:
        return lambda one: _sides(one, book.inks)

    return write_book(target, cover, [values], begin, watch)


def preflight(values: DiaryBooklet) -> list[PreflightFault]:
    """Return what keeps the book from being printed: characters that no face draws, told by diary."""
    return some(_faults(values))


def _faults(values: DiaryBooklet) -> Iterator[PreflightFault]:
    yield from fixed_faults((("单位名称", values.office, Role.KAI),))
    for piece in values.pieces:
        told = (
            ("标题", piece.title, Role.HEI),
            ("日期和作者", _about(piece), Role.KAI),
            ("正文", piece.text, Role.FANG),
            ("所记走访", "".join(piece.visits), Role.KAI),
        )
        for label, text, role in told:
            for character in missing(text.replace("\n", ""), role):
                whose = f"{piece.author}“{piece.title}”的{label}"
                yield PreflightFault(piece.author, character, f"{whose}：{undrawn(character)}", piece.record)


def _sides(values: DiaryBooklet, inks: Inks) -> list[str]:
    pages = _pages(values)
    if values.size in FOLDED:
        pages += [[] for _ in range(-len(pages) % 4)]
    faces = [content(parts, LEAF, inks) for parts in pages]
    return folded(faces) if values.size in FOLDED else faces


def _pages(values: DiaryBooklet) -> list[list[Piece]]:
    """Return the pages from the cover on; the contents know where each diary begins."""
    heads = [_title(piece) for piece in values.pieces]
    body = paged(
        [
            block
            for place, (piece, head) in enumerate(zip(values.pieces, heads, strict=True))
            for block in (*([Block(BETWEEN)] if place else []), *_piece(piece, head))
        ],
        LEAF.top,
        LEAF.depth,
    )
    begun = _begun(body, heads)
    front = len(_contents(values.pieces, [0] * len(begun)))
    contents = _contents(values.pieces, [FRONT + front + page + 1 for page in begun])
    running = [*([KIND] * front), *_running(values.pieces, begun, len(body))]
    inside = [
        [*parts, *_frame(FRONT + place, values.office, told)]
        for place, (parts, told) in enumerate(zip((*contents, *body), running, strict=True), start=1)
    ]
    return [_cover(values), [], *inside]


# -- one diary


def _title(piece: DiaryPiece) -> list[Line]:
    return form_text.even_lines(piece.title, Role.HEI, TITLE_SIZE, LEAF.room)


def _piece(piece: DiaryPiece, head: Sequence[Line]) -> Iterator[Block]:
    for line in head:
        yield Block(8.0, (_centred(line, 5.8),), keep=True)
    for line in form_text.even_lines(_about(piece), Role.KAI, ABOUT_SIZE, LEAF.room):
        yield Block(6.2, (_centred(line, 4.2),), keep=True)
    yield Block(3.0, keep=True)
    rows = [row for paragraph in piece.text.split("\n") for row in _paragraph(paragraph)] or [Block(LEADING)]
    yield from (replace(row, keep=row.keep or place < TOGETHER - 1) for place, row in enumerate(rows[:-1]))
    yield replace(rows[-1], keep=bool(piece.visits))
    for place, line in enumerate(_visits(piece)):
        drop = 2.5 if not place else 0.0
        yield Block(5.6 + drop, (Words(line, LEAF.left, 4.0 + drop),))


def _about(piece: DiaryPiece) -> str:
    author = f"{piece.author}（{piece.section}）" if piece.section else piece.author
    return "　".join(filter(None, (piece.date, piece.weather, author)))


def _paragraph(text: str) -> list[Block]:
    """Return the lines of a paragraph; its first two stay together, and its last two."""
    if not text.strip():
        return []
    indent = 2 * SIZE / MM
    found = form_text.lines(text, Role.FANG, SIZE, LEAF.room, indent=indent)
    last = len(found) - 1
    return [
        Block(LEADING, (Words(line, LEAF.left, 5.1),), keep=last > 0 and place in (0, last - 1))
        for place, line in enumerate(found)
    ]


def _visits(piece: DiaryPiece) -> list[Line]:
    if not piece.visits:
        return []
    return form_text.lines(f"所记走访：{'；'.join(piece.visits)}。", Role.KAI, ABOUT_SIZE, LEAF.room)


# -- what a book has around them


def _begun(pages: Sequence[Sequence[Piece]], heads: Sequence[Sequence[Line]]) -> list[int]:
    """Return on which page (from 0) each diary begins: that with the first line of its title, in order."""
    found = list[int]()
    for place, parts in enumerate(pages):
        for part in parts:
            if len(found) < len(heads) and isinstance(part, Words) and part.line is heads[len(found)][0]:
                found.append(place)
    return found


def _running(pieces: Sequence[DiaryPiece], begun: Sequence[int], count: int) -> list[str]:
    """Return what stands over each page: the first diary that begins there, else the one that goes on."""
    starts = [begun.count(page) for page in range(count)]
    places = (so_far - max(own, 1) for own, so_far in zip(starts, accumulate(starts), strict=True))
    return [pieces[place].title for place in places]


def _contents(pieces: Sequence[DiaryPiece], numbers: Sequence[int]) -> list[list[Piece]]:
    """Return the pages of the contents: title, author and page of each diary."""
    (line,) = form_text.even_lines("目　录", Role.HEI, TITLE_SIZE, LEAF.room)
    blocks = [Block(14.0, (_centred(line, 6.0),), keep=True)]
    blocks += [_entry(piece, number) for piece, number in zip(pieces, numbers, strict=True)]
    return paged(blocks, LEAF.top, LEAF.depth)


def _entry(piece: DiaryPiece, number: int) -> Block:
    """Return a line of the contents; an author that a long title leaves no room for has the next line."""
    right = LEAF.left + LEAF.room
    author = form_text.one_line(piece.author, Role.KAI, ABOUT_SIZE)
    page = form_text.one_line(f"{number or ''}", Role.SONG, ABOUT_SIZE)
    lines = form_text.lines(piece.title, Role.FANG, SIZE, LEAF.room - NUMBER - AUTHOR, justify=False)
    parts: list[Piece] = [Words(line, LEAF.left, 5.1 + place * LEADING) for place, line in enumerate(lines)]
    to_x = right - NUMBER - form_text.reach(author)
    from_x, rows = LEAF.left + form_text.reach(lines[-1]) + 2.0, len(lines)
    if from_x > to_x - LEAST_DOTS:
        from_x, rows = LEAF.left + 2 * SIZE / MM, rows + 1
    base = 5.1 + (rows - 1) * LEADING
    dots = form_text.one_line("…" * int((to_x - 2.0 - from_x) * MM / DOTS), Role.SONG, DOTS)
    parts += [
        Words(dots, to_x - 2.0 - form_text.reach(dots), base),
        Words(author, to_x, base),
        Words(page, right - form_text.reach(page), base),
    ]
    return Block(LEADING * rows, tuple(parts))


def _frame(number: int, office: str, told: str) -> Iterator[Piece]:
    """Yield what stands over and under a page: the office at the left, the diary at the right, the page outside."""
    right = LEAF.left + LEAF.room
    page = form_text.one_line(f"{number}", Role.SONG, ABOUT_SIZE)
    if number % 2:
        head = form_text.shortened(told, Role.KAI, SMALL, LEAF.room)
        yield Words(head, right - form_text.reach(head), HEAD_AT)
        yield Words(page, right - form_text.reach(page), NUMBER_AT)
    else:
        yield Words(form_text.shortened(f"{office}　{KIND}", Role.KAI, SMALL, LEAF.room), LEAF.left, HEAD_AT)
        yield Words(page, LEAF.left, NUMBER_AT)
    yield Stroke(LEAF.left, RULE_AT, right, RULE_AT, 0.12, 0.4)


def _cover(values: DiaryBooklet) -> list[Piece]:
    """Return the cover: what it is, of when and of how many, whose."""
    blocks = [Block(38.0)]
    (title,) = form_text.even_lines("民情日记", Role.TITLE, 36, LEAF.room)
    blocks.append(Block(20.0, (_centred(title, 15.0),)))
    for text, size, height in ((values.period, 15.0, 12.0), (f"共 {len(values.pieces)} 篇", 12.0, 9.0)):
        blocks += _lines(text, Role.KAI, size, height)
    office = _lines(values.office, Role.KAI, 16, 9.5)
    made = _lines(values.made, Role.KAI, 13, 8.0)
    taken = sum(block.height for block in (*blocks, *office, *made))
    (page,) = paged(
        [*blocks, Block(max(LEAF.depth - taken - 6.0, 0.0)), *office, *made], LEAF.top, LEAF.depth
    )
    return page


def _lines(text: str, role: Role, size: float, height: float) -> list[Block]:
    found = form_text.even_lines(text, role, size, LEAF.room) if text else []
    return [Block(height, (_centred(line, 0.7 * height),), keep=True) for line in found]


def _centred(line: Line, baseline: float) -> Words:
    return Words(line, LEAF.left + (LEAF.room - form_text.reach(line)) / 2, baseline)
