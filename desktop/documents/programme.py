"""日程与参观路线: sheets of A4, or a booklet of A4 sheets printed on both sides and folded once.

The pages of the booklet are laid side by side as they have to be for the fold: front outside, back inside,
sheet in sheet. Pages left over are ruled for notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents import form_text
from desktop.documents.book import Book
from desktop.documents.booklets import folded
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.grid_rows import content
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.ink import Inks
from desktop.documents.programme_rows import (
    CLOSE_ON_A4,
    CLOSE_ON_A5,
    ON_A4,
    ON_A5,
    Sizes,
    about,
    centred,
    programme_blocks,
    route_blocks,
    section,
    texts_of,
)
from desktop.documents.report_paper import paged
from desktop.documents.report_rows import Block, Piece
from desktop.documents.roles import Role
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.cleaning import quoted
from desktop.records.handouts import BOOKLETS, PROGRAMMES, Programme
from desktop.records.papers import PreflightFault, Printed, Watch

KIND = "日程与参观路线"
NOTE_PITCH = 9.0
NUMBER_SIZE = 10.5


def write_programme(target: Path, values: Programme, *, watch: Watch | None = None) -> Printed:
    """Print programme and route; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values))
    cover = Cover(KIND, values.office, PROGRAMMES[values.size])

    def begin(book: Book) -> Callable[[Programme], list[str]]:
        return lambda one: _booklet(one, book.inks) if one.size in BOOKLETS else _sheets(one, book.inks)

    return write_book(target, cover, [values], begin, watch)


def preflight(values: Programme) -> list[PreflightFault]:
    """Return what keeps a programme from being printed: there is none, or characters that no face draws."""
    return some(_faults(values))


def _faults(values: Programme) -> Iterator[PreflightFault]:
    if not values.lines and not values.stops:
        yield PreflightFault("", "", "还没有日程和参观点；请先在开放日的“日程与参观点”里填写")
    yield from fixed_faults(texts_of(values))


def _sheets(values: Programme, inks: Inks) -> list[str]:
    pages = min((_on_a4(values, sizes) for sizes in (ON_A4, CLOSE_ON_A4)), key=len)
    numbered = len(pages) > 1
    return [
        content([*parts, *([_number(place, ON_A4)] if numbered else ())], ON_A4.leaf, inks)
        for place, parts in enumerate(pages, start=1)
    ]


def _on_a4(values: Programme, sizes: Sizes) -> list[list[Piece]]:
    blocks = [
        *centred(f"{quoted(values.theme)}开放日{KIND}", Role.TITLE, sizes.title, sizes),
        Block(4.0, keep=True),
        *about(values, sizes),
        *programme_blocks(values, sizes),
        *route_blocks(values, sizes),
    ]
    return paged(blocks, sizes.leaf.top, sizes.leaf.depth)


def _booklet(values: Programme, inks: Inks) -> list[str]:
    leaf = ON_A5.leaf
    inside = min((_inside(values, sizes) for sizes in (ON_A5, CLOSE_ON_A5)), key=len)
    pages = [_front(values), *([*parts, _number(at, ON_A5)] for at, parts in enumerate(inside, start=2))]
    while len(pages) % 4:
        pages.append(_notes())
    faces = [content(parts, leaf, inks) for parts in pages]
    return folded(faces)


def _inside(values: Programme, sizes: Sizes) -> list[list[Piece]]:
    """Return the pages within the cover: the route begins one of its own."""
    leaf = sizes.leaf
    return [
        page
        for blocks in (programme_blocks(values, sizes), route_blocks(values, sizes))
        if blocks
        for page in paged(blocks, leaf.top, leaf.depth)
    ]


def _front(values: Programme) -> list[Piece]:
    """Return the cover: who invites, to what, when and where; smaller where the longest texts need it."""
    page, *more = _cover(values, ON_A5, 22)
    if more:
        (page,) = _cover(values, CLOSE_ON_A5, 18)
    return page


def _cover(values: Programme, sizes: Sizes, size: float) -> list[list[Piece]]:
    office = centred(values.office, Role.KAI, 16, sizes)
    title = [
        *centred(f"{quoted(values.theme)}开放日", Role.TITLE, size, sizes, pitch=1.6),
        *centred(KIND, Role.TITLE, sizes.title, sizes, pitch=2.2),
    ]
    told, leaf = about(values, sizes), sizes.leaf
    spare = max(0.0, leaf.depth - sum(block.height for block in (*office, *title, *told)))
    blocks = [Block(0.06 * spare), *office, Block(0.26 * spare), *title, Block(0.4 * spare), *told]
    return paged(blocks, leaf.top, leaf.depth)


def _notes() -> list[Piece]:
    """Return a page ruled to write on."""
    leaf = ON_A5.leaf
    (page,) = paged(section("记事", ON_A5), leaf.top, leaf.depth)
    first = leaf.top + 20.0
    count = int((leaf.top + leaf.depth - first) / NOTE_PITCH)
    ruled = (first + at * NOTE_PITCH for at in range(count + 1))
    return [*page, *(Stroke(leaf.left, y, leaf.left + leaf.room, y, 0.1, 0.5) for y in ruled)]


def _number(page: int, sizes: Sizes) -> Words:
    leaf = sizes.leaf
    line = form_text.one_line(f"— {page} —", Role.SONG, NUMBER_SIZE)
    return Words(line, leaf.left + (leaf.room - form_text.reach(line)) / 2, leaf.height - 10)
