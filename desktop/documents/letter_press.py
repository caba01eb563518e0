"""Printing letters into a Book: what all share is drawn once, per letter only what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count, groupby

from desktop.documents.book import Book
from desktop.documents.letter_head import PAGE_HEIGHT, flow_top, head, number, page_number
from desktop.documents.letter_plan import Plan, Spot, bound, plan, tightened
from desktop.documents.letter_rows import HEIGHT, LEAST_SEAL_GAP, TOP, Row, blocks_of, operators
from desktop.documents.letter_slip import OVERHANG, Slip
from desktop.documents.slip_code import SlipCodes
from desktop.documents.template import fields_of
from desktop.records.papers import Letter, LetterForm


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring rows of a page that are either all common to the letters (with a name) or all not."""

    name: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A plan with its pages cut into pieces; a piece that isn't common is named -1."""

    plan: Plan
    pages: tuple[tuple[Piece, ...], ...]


class LetterSetting:
    """The setting of one form: rows of the parts without fields, and the page plans met so far."""

    def __init__(self, form: LetterForm) -> None:
        self.form = form
        self.codes = SlipCodes()
        self._blocks = blocks_of(form)
        self._closing = next(at for at, block in enumerate(self._blocks) if block.sort == "signature")
        self.fixed = {
            at: block.rows({})
            for at, block in enumerate(self._blocks)
            if not any(fields_of(text) for text in block.texts)
        }
        self.first_top = flow_top(form.head)
        self._layouts: dict[tuple[object, ...], Layout] = {}
        self._names = count()

    def rows(self, fields: Mapping[str, str]) -> list[list[Row]]:
        """Return the rows of every block of one letter."""
        return [self.fixed.get(at) or block.rows(fields) for at, block in enumerate(self._blocks)]

    def layout(self, rows: list[list[Row]], slip: float) -> Layout:
        """Return the layout for these rows and a slip of this height (0 for none)."""
        varying = tuple(
            tuple([row.height for row in part]) for at, part in enumerate(rows) if at not in self.fixed
        )
        if (key := (varying, slip)) not in self._layouts:
            planned = self._plan(rows, slip)
            self._layouts[key] = Layout(planned, tuple(map(self._pieces, planned.pages)))
        return self._layouts[key]

    def _plan(self, rows: list[list[Row]], slip: float) -> Plan:
        flow = [(at, place, row) for at, part in enumerate(rows) for place, row in enumerate(part)]
        flow = bound(flow, self._closing)
        heads = {at: rows[at][1] for at, block in enumerate(self._blocks) if block.repeats}
        room = TOP + HEIGHT - self.first_top
        variants = [flow, tightened(flow, self._closing, LEAST_SEAL_GAP)]
        plans = [
            plan(each, first=room, later=HEIGHT, slip=slip, overhang=OVERHANG, heads=heads)
            for each in variants
        ]
        return min(plans, key=lambda planned: len(planned.pages))

    def _pieces(self, spots: tuple[Spot, ...]) -> tuple[Piece, ...]:
        return tuple(
            Piece(next(self._names) if fixed else -1, tuple(group))
            for fixed, group in groupby(spots, lambda spot: spot.block in self.fixed)
        )


class LetterPress:
    """Prints letters of one setting into one Book; `shares` draws common parts once for all pages."""

    def __init__(self, setting: LetterSetting, book: Book, *, shares: bool) -> None:
        self._setting, self._book, self._shares = setting, book, shares
        self._shared: dict[int | str, str] = {}

    def print(self, letter: Letter) -> None:
        """Set one letter and write its pages."""
        setting, form = self._setting, self._setting.form
        rows = setting.rows(letter.fields)
        slip = Slip(form, letter, setting.codes) if form.slip.strip() else None
        layout = setting.layout(rows, slip.height if slip else 0.0)
        for place in range(len(layout.pages)):
            self._book.page("".join(self._page(letter, layout, place, rows, slip)))

    def _page(
        self, letter: Letter, layout: Layout, place: int, rows: list[list[Row]], slip: Slip | None
    ) -> list[str]:
        form, inks = self._setting.form, self._book.inks
        top = TOP if place else self._setting.first_top
        drawn = list[str]()
        if not place:
            drawn.append(self._once("head", lambda: head(form.letterhead, form.head, inks)))
            drawn.append(number(letter.number, form.head, inks))
        for piece in layout.pages[place]:
            placed = ((rows[spot.block][spot.number], PAGE_HEIGHT - top - spot.drop) for spot in piece.spots)
            if piece.name < 0:
                drawn.append(operators(placed, inks))
            else:
                drawn.append(self._once(piece.name, lambda placed=placed: operators(placed, inks)))
        if slip and layout.plan.slip_page == place:
            drawn.append(slip.operators(top + layout.plan.slip_drop, inks, cut=bool(layout.pages[place])))
        if len(layout.pages) > 1:
            drawn.append(self._once(f"page {place}", lambda: page_number(place + 1, inks)))
        return drawn

    def _once(self, key: int | str, make: Callable[[], str]) -> str:
        """Return the operators of a common part: themselves, or the call of what was written once."""
        if not self._shares:
            return make()
        if key not in self._shared:
            content = make()
            self._shared[key] = self._book.form(content) if content else ""
        return self._shared[key]
