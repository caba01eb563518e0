"""工作简报: prose after GB/T 9704-2012 with its signature, then the figures in ruled tables from a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents import report_paper
from desktop.documents.book import Book
from desktop.documents.embedding import undrawn
from desktop.documents.grid_rows import Leaf, content
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.letter_head import LEAST_HEAD, flow_top, head, letterhead
from desktop.documents.letter_rows import SORTS
from desktop.documents.prose_pages import page_contents, paragraphs, prose, title
from desktop.documents.report_rows import CLOSE, HEIGHT, LEFT, TOP, WIDTH, blocks
from desktop.documents.roles import Role, missing
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.briefings import Briefing
from desktop.records.papers import Head, PreflightFault, Printed, Watch

LEAF = Leaf(210.0, 297.0, LEFT, TOP, WIDTH, HEIGHT)


def write_briefing(target: Path, values: Briefing, *, watch: Watch | None = None) -> Printed:
    """Print the briefing; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values))

    def begin(book: Book) -> Callable[[Briefing], list[str]]:
        return lambda briefing: _pages(briefing, book)

    return write_book(target, Cover("工作简报", values.signature, (210.0, 297.0)), [values], begin, watch)


def _pages(values: Briefing, book: Book) -> list[str]:
    parts = [title(values.title), prose(values.body), SORTS["signature"]([values.signature, values.date])]
    first, *others = page_contents(parts, book.inks, first_top=flow_top(values.head), signed=2)
    tables = report_paper.paged(list(blocks(values.table, CLOSE)))
    begun = head(values.letterhead, values.head, book.inks)
    numbered = [
        content([*table, report_paper.page_number(number)], LEAF, book.inks)
        for number, table in enumerate(tables, start=len(others) + 2)
    ]
    return [begun + first, *others, *numbered]


def preflight(values: Briefing) -> list[PreflightFault]:
    """Return what keeps it from being printed: characters that no face draws, a head too long for its line."""
    return some(_faults(values))


def _faults(values: Briefing) -> Iterator[PreflightFault]:
    heads = (("红头", values.letterhead, Role.TITLE),) if values.head is Head.RED else ()
    yield from fixed_faults(
        (*heads, ("标题", values.title, Role.TITLE), ("落款", values.signature, Role.FANG))
    )
    if values.head is Head.RED and values.letterhead and letterhead(values.letterhead).size < LEAST_HEAD:
        yield PreflightFault("", "", "红头名称太长，一行排不下，请改用规范化简称")
    for paragraph, role in paragraphs(values.body):
        for character in missing(paragraph, role):
            yield PreflightFault("", character, f"简报里的{undrawn(character)}")
    yield from report_paper.preflight(values.table)
