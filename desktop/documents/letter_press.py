"""Printing set letters into books: what all share is drawn once, for the rest holes are filled."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from desktop.documents.book import Book, deflated
from desktop.documents.ink import Inks
from desktop.documents.letter_head import PAGE_HEIGHT, head, number, page_number
from desktop.documents.letter_rows import TOP, drawn
from desktop.documents.letter_setting import COMMON, LetterSetting, Piece, SetLetter
from desktop.documents.letter_slip import Slip
from desktop.documents.mould import Mould, Recent, mould
from desktop.documents.typeset import Line
from desktop.records.letters import Letter


class LetterPress:
    """Prints the letters of one setting.

    `inks` set what letters have alike: those of the one book that is printed, or a stock for many books.
    """

    def __init__(self, setting: LetterSetting, inks: Inks) -> None:
        self._setting, self._inks = setting, inks
        self._commons: dict[Hashable, bytes] = {}
        self._moulds = Recent[Hashable, Mould]()

    def print(self, letter: Letter, book: Book) -> None:
        """Set one letter and write its pages."""
        form, found = self._setting.form, self._setting.set(letter)
        for place, pieces in enumerate(found.layout.pages):
            top, shown = TOP, list[str]()
            if not place:
                top = self._setting.first_top
                shown.append(self._common("head", book, lambda: head(form.letterhead, form.head, self._inks)))
                shown.append(number(letter.number, form.head, book.inks))
            shown += [self._piece(letter, found, piece, top, book) for piece in pieces]
            if found.slip and found.layout.plan.slip_page == place:
                drop = top + found.layout.plan.slip_drop
                shown.append(self._slip(letter, found.slip, drop, book, cut=bool(pieces)))
            if len(found.layout.pages) > 1:
                shown.append(
                    self._common(("page", place), book, lambda at=place: page_number(at + 1, self._inks))
                )
            book.page("".join(shown))

    def _piece(self, letter: Letter, found: SetLetter, piece: Piece, top: float, book: Book) -> str:
        """Return the rows of one piece of a page that begins `top` below the paper's edge."""

        def rows() -> tuple[str, list[tuple[Line, float, float]]]:
            casts, height = found.casts, PAGE_HEIGHT - top
            return drawn((casts[spot.block].rows[spot.number], height - spot.drop) for spot in piece.spots)

        def common() -> str:
            rules, placed = rows()
            return rules + self._inks.text(placed)

        if piece.block == COMMON:
            return self._common(piece.name, book, common)
        cast = found.casts[piece.block]
        return self._filled(
            (piece.name, cast.name), letter, book, lambda: mould(*rows(), cast.fields, self._inks)
        )

    def _slip(self, letter: Letter, slip: Slip, drop: float, book: Book, *, cut: bool) -> str:
        """Return the slip with its top `drop` below the paper's edge, and its code."""
        key = (slip.name, drop, cut)
        shown = self._filled(key, letter, book, lambda: slip.mould(drop, self._inks, cut=cut))
        return shown + slip.code(letter, drop, self._setting.codes, book.inks)

    def _common(self, key: Hashable, book: Book, make: Callable[[], str]) -> str:
        """Return the operator that shows a common part, which is drawn and deflated once."""
        if key not in book.shown:
            if key not in self._commons:
                self._commons[key] = deflated(make())
            book.shown[key] = book.form(self._commons[key])
        return book.shown[key]

    def _filled(self, key: Hashable, letter: Letter, book: Book, make: Callable[[], Mould]) -> str:
        """Return the operators of a mould, made at its first use, filled for a letter."""
        made = self._moulds.get(key) or self._moulds.keep(key, make())
        return made.filled(letter.fields, book.inks)
