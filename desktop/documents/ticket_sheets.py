"""交办单, 催办单, 督办单, 议题单: sheets of labelled rows on A4; a long text flows over pages, a stub is cut off below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.documents import form_text
from desktop.documents.book import Book
from desktop.documents.embedding import undrawn
from desktop.documents.form_parts import Words
from desktop.documents.grid_rows import content
from desktop.documents.guest_check import some
from desktop.documents.ink import Inks
from desktop.documents.plate import MM
from desktop.documents.report_paper import paged
from desktop.documents.report_rows import Block, Piece
from desktop.documents.roles import Role, missing
from desktop.documents.sheet_rows import LEAF, lowest, sheet_blocks, stub_blocks, texts_of
from desktop.documents.slip_code import SlipCodes
from desktop.documents.writing import Cover, called_after, refuse_faults, write_apart, write_book
from desktop.records.papers import PreflightFault, Printed, Watch
from desktop.records.ticket_papers import Sheet, Sheets

FOOT_AT, FOOT_SIZE = LEAF.height - 17.0, 10.5
CODE_TOP = 10.0
"""Millimetres from the edge of the paper to a code, which has its own quiet zone."""
A4_MM = (LEAF.width, LEAF.height)


def write_sheets(
    target: Path, values: Sheets, *, separate: bool = False, watch: Watch | None = None
) -> Printed:
    """Print the sheets, or with `separate` a file of each; raises UserError, TroubleError, what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.sheets else f"没有要印的{values.kind}")
    cover = Cover(values.kind, values.office, A4_MM)

    def begin(book: Book) -> Callable[[Sheet], list[str]]:
        codes = SlipCodes()
        return lambda sheet: list(_pages(sheet, book.inks, codes))

    if separate:
        return write_apart(target, cover, values.sheets, begin, _called(values.sheets), watch)
    return write_book(target, cover, values.sheets, begin, watch)


def preflight(values: Sheets) -> list[PreflightFault]:
    """Return what keeps sheets from being printed: characters that no face draws, told by number and place."""
    return some(_faults(values))


def _faults(values: Sheets) -> Iterator[PreflightFault]:
    drawn: dict[Role, set[str]] = {role: {"\n"} for role in Role}
    for sheet in values.sheets:
        for label, text, role in texts_of(sheet):
            if drawn[role].issuperset(text):
                continue
            bad = missing(text, role)
            drawn[role] |= set(text) - set(bad)
            for character in bad:
                told = f"{sheet.about}的{label}：{undrawn(character)}"
                yield PreflightFault(sheet.about, character, told, sheet.record)


def _pages(sheet: Sheet, inks: Inks, codes: SlipCodes) -> Iterator[str]:
    pages = paged(sheet_blocks(sheet), LEAF.top, LEAF.depth)
    if stub := stub_blocks(sheet):
        _add_stub(pages, stub)
    for place, parts in enumerate(pages, start=1):
        foot = _foot(sheet, place, len(pages)) if len(pages) > 1 else ()
        code = _code(sheet.code, codes) if sheet.code and place == 1 else ""
        yield content([*parts, *foot], LEAF, inks) + code


def _code(text: str, codes: SlipCodes) -> str:
    """Return the operators of a sheet's code, in the upper right corner of the first page, above the table."""
    right = (LEAF.left + LEAF.room) * MM - codes.width(text)
    return codes.operators(text, right, (LEAF.height - CODE_TOP) * MM - codes.width(text))


def _add_stub(pages: list[list[Piece]], stub: list[Block]) -> None:
    """Lay the stub at the foot of the last page, or of one more where there is no room left."""
    height = sum(block.height for block in stub)
    top = LEAF.top + LEAF.depth - height
    if lowest(pages[-1]) + 4.0 > top:
        pages.append([])
        top = LEAF.top
    pages[-1] += paged(stub, top, height + 1.0)[0]


def _foot(sheet: Sheet, page: int, pages: int) -> Iterator[Piece]:
    """Yield whose page it is and which, for who has several of them loose on the desk."""
    told = "　".join(filter(None, (sheet.number or sheet.title, f"第 {page} 页，共 {pages} 页")))
    line = form_text.one_line(told, Role.KAI, FOOT_SIZE)
    yield Words(line, LEAF.left + LEAF.room - form_text.reach(line), FOOT_AT)


def _called(sheets: Sequence[Sheet]) -> list[str]:
    """Return what the files are called: 问题交办单-交〔2026〕01号-2026-0001-李明."""
    names = called_after("", [(sheet.number, sheet.about) for sheet in sheets])
    return [f"{sheet.title}-{name}" for sheet, name in zip(sheets, names, strict=True)]
