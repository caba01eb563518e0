"""Small 连心卡: cards of 90 × 54 mm that a household keeps by the telephone, ten on a sheet of A4 with cut marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.embedding import undrawn
from desktop.documents.fitting import Block, Part, fitted
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.ink import Inks
from desktop.documents.plate import MM, RED, Plate, grey, moved
from desktop.documents.roles import Role, missing
from desktop.documents.sheet_grid import A4, Sheet, cut_marks, sheets
from desktop.documents.typeset import one_line
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.pack import BADGES
from desktop.records.papers import PreflightFault, Printed, Watch
from desktop.records.visit_papers import PocketCard, PocketCards

KIND = "连心卡"
GRID = BADGES["10张"]
INSIDE, HEAD = 6.0, 13.0
"""From the card's edge to its texts, and where the red rule lies (mm)."""
ROOM = GRID.width - 2 * INSIDE
CALL = "有困难、有意见，请打这个电话"
NAME, PHONE, WHOSE = (15.0, 16.0), (32.0, 8.5), (42.0, 8.5)
"""Where the helper, the number and the household begin below the card's edge, and how high they may be."""


def write_cards(target: Path, values: PocketCards, *, watch: Watch | None = None) -> Printed:
    """Print sheets of cards; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.cards else "没有要印的连心卡：请先登记结对")

    def begin(book: Book) -> Callable[[Sheet[PocketCard]], str]:
        marks = Plate(book.inks, A4[1])
        cut_marks(marks, GRID)
        shared = book.form(_shared(values.office, book.inks))
        ticks = book.form(grey(marks.content(), 0.4))

        def page(sheet: Sheet[PocketCard]) -> str:
            drawn = [ticks]
            for place, card in sheet:
                left, top = GRID.corner(place)
                drawn.append(moved(shared + _own(card, book.inks), left, top, GRID.height, A4[1]))
            return "".join(drawn)

        return page

    return write_book(target, Cover(KIND, values.office, A4), sheets(values.cards, GRID), begin, watch)


def preflight(values: PocketCards) -> list[PreflightFault]:
    """Return what keeps cards from being printed: no number to call, characters without a glyph, texts too long."""
    return some(_faults(values))


def _faults(values: PocketCards) -> Iterator[PreflightFault]:
    yield from fixed_faults((("单位名称", values.office, Role.KAI),))
    for card in values.cards:
        if not card.phone.strip():
            told = f"{card.helper}没有办公电话，单位也没有填联系电话；请先在“设置”里填写"
            yield PreflightFault(card.helper, "", told, card.record)
        for label, text, role in (
            ("姓名", card.helper, Role.HEI),
            ("科室", card.post, Role.SONG),
            ("电话", card.phone, Role.HEI),
            ("联系户", f"{card.home}{card.where}", Role.SONG),
        ):
            for character in missing(text, role):
                whose = f"{card.helper}联系{card.home}的卡上，{label}"
                yield PreflightFault(card.helper, character, f"{whose}：{undrawn(character)}", card.record)
        if any(block is None for block in _blocks(card)):
            told = f"{card.helper}联系{card.home}的卡上文字太长，排不下"
            yield PreflightFault(card.helper, "", told, card.record)


def _blocks(card: PocketCard) -> tuple[Block | None, Block | None, Block | None]:
    """Return who helps, the number to call, and whose card it is; None for what doesn't fit."""
    helper = (
        Part(card.helper, Role.HEI, 22, is_name=True),
        Part(card.post, Role.SONG, 10.5, 1.2),
    )
    return (
        fitted(helper, ROOM, NAME[1], least=0.5),
        fitted((Part(card.phone, Role.HEI, 17),), ROOM, PHONE[1], least=0.5),
        fitted((Part(f"联系户：{card.home}　{card.where}", Role.SONG, 8.5),), ROOM, WHOSE[1] / 2, least=0.6),
    )


def _shared(office: str, inks: Inks) -> str:
    """Return what is alike on all cards: whose they are, the word 连心卡, what they are for."""
    words = Plate(inks, GRID.height)
    title = one_line(KIND, Role.TITLE, 14, pitch=17)
    words.line(title, GRID.width - INSIDE - title.width / MM, 9.2)
    words.rule(INSIDE, HEAD, GRID.width - INSIDE, HEAD, 0.5, RED)
    told = Plate(inks, GRID.height)
    block = fitted((Part(office, Role.KAI, 10),), ROOM - title.width / MM - 4.0, 8.0, least=0.5)
    if block is not None:
        block.draw(told, INSIDE, HEAD - 2.0 - block.height)
    told.line(one_line(CALL, Role.KAI, 9), INSIDE, 50.0)
    return words.content(RED) + told.content()


def _own(card: PocketCard, inks: Inks) -> str:
    plate = Plate(inks, GRID.height)
    for block, (top, _) in zip(_blocks(card), (NAME, PHONE, WHOSE), strict=True):
        assert block is not None  # the preflight has refused what doesn't fit
        block.draw(plate, INSIDE, top)
    return plate.content()
