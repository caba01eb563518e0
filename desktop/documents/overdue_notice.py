"""通报 of what is late, a draft after GB/T 9704-2012: red head, number, title, a heading a section, signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.embedding import undrawn
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.letter_head import LEAST_HEAD, flow_top, head, letterhead, number
from desktop.documents.letter_rows import SIZE, SORTS, WIDTH
from desktop.documents.prose_pages import page_contents, paragraphs, prose, title
from desktop.documents.roles import Role, missing
from desktop.documents.typeset import one_line
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.papers import Head, PreflightFault, Printed, Watch
from desktop.records.ticket_papers import OverdueNotice

KIND = "逾期通报"
A4_MM = (210.0, 297.0)


def write_notice(target: Path, values: OverdueNotice, *, watch: Watch | None = None) -> Printed:
    """Print the draft; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values))

    def begin(book: Book) -> Callable[[OverdueNotice], list[str]]:
        return lambda notice: _pages(notice, book)

    return write_book(target, Cover(KIND, values.signature, A4_MM), [values], begin, watch)


def _pages(values: OverdueNotice, book: Book) -> list[str]:
    blocks = [
        title(values.title),
        prose(values.body),
        SORTS["signature"]([values.signature, values.date]),
    ]
    if values.contact:
        blocks.append(SORTS["contact"]([values.contact]))
    first, *others = page_contents(blocks, book.inks, first_top=flow_top(values.head), signed=2)
    begun = head(values.letterhead, values.head, book.inks) + number(values.number, values.head, book.inks)
    return [begun + first, *others]


def preflight(values: OverdueNotice) -> list[PreflightFault]:
    """Return what keeps it from being printed: characters that no face draws, a head too long for its line."""
    return some(_faults(values))


def _faults(values: OverdueNotice) -> Iterator[PreflightFault]:
    heads = (("红头", values.letterhead, Role.TITLE),) if values.head is Head.RED else ()
    yield from fixed_faults(
        (*heads, ("标题", values.title, Role.TITLE), ("落款", values.signature, Role.FANG))
    )
    if values.head is Head.RED and values.letterhead and letterhead(values.letterhead).size < LEAST_HEAD:
        yield PreflightFault("", "", "红头名称太长，一行排不下，请改用规范化简称")
    if one_line(values.signature, Role.FANG, SIZE).width > WIDTH - 4 * SIZE:
        yield PreflightFault("", "", "落款太长，一行排不下，请缩短")
    for paragraph, role in paragraphs(values.body):
        for character in missing(paragraph, role):
            yield PreflightFault("", character, f"通报里的{undrawn(character)}")
