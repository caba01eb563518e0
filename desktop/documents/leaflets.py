"""明白纸: a sheet of each section for the visitors, its own text under who gives it and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from desktop.documents.balanced import balanced
from desktop.documents.book import Book
from desktop.documents.embedding import undrawn
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.letter_rows import LEADING, WIDTH, Placed, Row, Rule, baseline
from desktop.documents.notice import A4_MM
from desktop.documents.prose_pages import page_contents, paragraphs, prose, title
from desktop.documents.roles import Role, missing
from desktop.documents.typeset import one_line
from desktop.documents.writing import Cover, called_after, refuse_faults, write_apart, write_book
from desktop.records.cleaning import quoted
from desktop.records.handouts import LeafletPage, Leaflets
from desktop.records.papers import PreflightFault, Printed, Watch

KIND = "明白纸"
EMPTY = "还没有明白纸；请先在开放日的“材料”里写"
SMALL, SMALL_LEADING = 14.0, 22.0
DROP = baseline(SMALL, SMALL_LEADING)
GAP = 12.0


def write_leaflets(
    target: Path, values: Leaflets, *, separate: bool = False, watch: Watch | None = None
) -> Printed:
    """Print each section's sheet, or with `separate` a file of each; raises UserError, TroubleError, what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.pages else EMPTY)
    cover = Cover(KIND, values.office, A4_MM)

    def begin(book: Book) -> Callable[[LeafletPage], list[str]]:
        return lambda page: page_contents(_blocks(values, page), book.inks)

    if separate:
        return write_apart(
            target,
            cover,
            values.pages,
            begin,
            called_after(KIND, [("", page.section) for page in values.pages]),
            watch,
        )
    return write_book(target, cover, values.pages, begin, watch)


def preflight(values: Leaflets) -> list[PreflightFault]:
    """Return what keeps leaflets from being printed: empty ones, characters that no face draws."""
    if not values.pages:
        return [PreflightFault("", "", EMPTY)]
    return some(_faults(values))


def _faults(values: Leaflets) -> Iterator[PreflightFault]:
    yield from fixed_faults((("单位名称", values.office, Role.KAI), ("主题", values.theme, Role.KAI)))
    for page in values.pages:
        whose = f"{page.section}的明白纸"
        if not page.text.strip():
            yield PreflightFault("", "", f"{whose}没有正文，请先写")
        for text, role in ((page.title, Role.TITLE), *paragraphs(page.text)):
            for character in missing(text, role):
                yield PreflightFault("", character, f"{whose}里的{undrawn(character)}")


def _blocks(values: Leaflets, page: LeafletPage) -> list[list[Row]]:
    """Return a line that says who and when, a rule, the title, the text."""
    about = f"{quoted(values.theme)}开放日" if values.theme else ""
    return [_band(values.office, about, values.date), title(page.title), prose(page.text)]


def _band(office: str, about: str, date: str) -> list[Row]:
    """Return the office at the left and the day at the right over a rule; what is long has lines of its own."""
    day = "　".join(filter(None, (about, date)))
    ends = _ends(office, day)
    if ends is None:
        short = _ends(office, date)
        texts = (about,) if short else (office, about, date)
        found = [line for text in texts for line in balanced(text, Role.KAI, SMALL, WIDTH).lines]
        rows = [short] if short else []
        rows += [(Placed(line, 0, DROP),) for line in found]
    else:
        rows = [ends]
    placed = [Row(SMALL_LEADING, row, keep=True) for row in rows]
    placed[-1] = replace(placed[-1], rules=(Rule(SMALL_LEADING, 0.8),))
    return [*placed, Row(GAP + LEADING / 2, keep=True)]


def _ends(left: str, right: str) -> tuple[Placed, ...] | None:
    """Return two texts at both ends of a line, None where it can't hold them."""
    one, other = (one_line(text, Role.KAI, SMALL) for text in (left, right))
    if one.width + other.width + 2 * SMALL > WIDTH:
        return None
    return Placed(one, 0, DROP), Placed(other, WIDTH - other.width, DROP)
