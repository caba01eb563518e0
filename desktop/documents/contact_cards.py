"""联系档案卡: a card of A5 for the files, or two of them on A4 to be cut in the middle; long ones go on overleaf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from desktop.documents import form_text
from desktop.documents.book import Book
from desktop.documents.contact_card_rows import LEAF, blank_rows, card_blocks, texts_of
from desktop.documents.embedding import undrawn
from desktop.documents.form_parts import Words
from desktop.documents.grid_rows import content
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.ink import Inks
from desktop.documents.plate import Plate, grey, moved
from desktop.documents.report_paper import paged
from desktop.documents.report_rows import Piece
from desktop.documents.roles import Role, missing
from desktop.documents.writing import Cover, called_after, refuse_faults, write_apart, write_book
from desktop.records.handouts import CONTACT_CARDS, ContactCard, ContactCards
from desktop.records.papers import PreflightFault, Printed, Watch

KIND = "联系档案卡"
EMPTY = "没有要印联系档案卡的人：请先选择代表"
HALVES = "A4对裁"
MIDDLE = CONTACT_CARDS[HALVES][0] / 2
FOOT_SIZE, TICK = 9.0, 6.0


def write_cards(
    target: Path, values: ContactCards, *, separate: bool = False, watch: Watch | None = None
) -> Printed:
    """Print the cards, or with `separate` a file of each; raises UserError, TroubleError, what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.cards else EMPTY)
    cover = Cover(KIND, values.office, CONTACT_CARDS[values.size])

    def begin(book: Book) -> Callable[[ContactCard], list[str]]:
        if values.size != HALVES:
            return lambda card: _faces(card, values.office, book.inks)
        last = None if separate else values.cards[-1]
        return _Halves(book, values.office, last).sheets

    if separate:
        return write_apart(
            target,
            cover,
            values.cards,
            begin,
            called_after(KIND, [("", card.name) for card in values.cards]),
            watch,
        )
    printed = write_book(target, cover, values.cards, begin, watch)
    if values.size == HALVES:  # what is on the back of a sheet would be another person's
        return replace(printed, starts=tuple(range(printed.pages)))
    return printed


def preflight(values: ContactCards) -> list[PreflightFault]:
    """Return what keeps cards from being printed: people without a name, characters that no face draws."""
    return some(_faults(values))


def _faults(values: ContactCards) -> Iterator[PreflightFault]:
    yield from fixed_faults((("单位名称", values.office, Role.KAI),))
    for card in values.cards:
        if not card.name.strip():
            yield PreflightFault("", "", "有一位代表没有姓名", card.record)
        for label, text, role in texts_of(card):
            for character in missing(text, role):
                told = f"{card.name}的{label}：{undrawn(character)}"
                yield PreflightFault(card.name, character, told, card.record)


def _faces(card: ContactCard, office: str, inks: Inks) -> list[str]:
    """Return the pages of a card, the last one ruled to its foot for what is still to come."""
    pages = paged(card_blocks(card), LEAF.top, LEAF.depth)
    lowest = max(part.baseline if isinstance(part, Words) else part.y2 for part in pages[-1])
    pages[-1] += paged(blank_rows(lowest), lowest, LEAF.top + LEAF.depth - lowest)[0]
    return [
        content([*parts, *_foot(card, office, place, len(pages))], LEAF, inks)
        for place, parts in enumerate(pages, start=1)
    ]


def _foot(card: ContactCard, office: str, page: int, pages: int) -> Iterator[Piece]:
    """Yield who keeps the card, and on a card of several pages whose it is and which page."""
    baseline, right = LEAF.height - 8.0, LEAF.left + LEAF.room
    yield Words(form_text.shortened(office, Role.KAI, FOOT_SIZE, 0.4 * LEAF.room), LEAF.left, baseline)
    if pages > 1:
        number = form_text.one_line(f"第 {page} 页，共 {pages} 页", Role.KAI, FOOT_SIZE)
        right -= form_text.reach(number)
        yield Words(number, right, baseline)
        name = form_text.shortened(card.name, Role.KAI, FOOT_SIZE, right - LEAF.left - 0.4 * LEAF.room - 5)
        yield Words(name, right - form_text.reach(name) - 3, baseline)


class _Halves:
    """Lays cards side by side on A4 across; a half sheet is left only after the last card."""

    def __init__(self, book: Book, office: str, last: ContactCard | None) -> None:
        self._book, self._office, self._last = book, office, last
        plate = Plate(book.inks, LEAF.height)
        for end, inwards in ((0.0, TICK), (LEAF.height, -TICK)):
            plate.rule(MIDDLE, end, MIDDLE, end + inwards, 0.2, "0.5 0.5 0.5")
        self._ticks = book.form(grey(plate.content(), 0.5))
        self._waiting = ""

    def sheets(self, card: ContactCard) -> list[str]:
        """Return the sheets that are full with this card; with `last` None every card has sheets of its own."""
        faces = _faces(card, self._office, self._book.inks)
        found = list[str]()
        for face in faces:
            if self._waiting:
                found.append(self._waiting + moved(face, MIDDLE, 0, LEAF.height, LEAF.height))
                self._waiting = ""
            else:
                self._waiting = self._ticks + face
        if self._waiting and (self._last is None or card is self._last):
            found.append(self._waiting)
            self._waiting = ""
        return found
