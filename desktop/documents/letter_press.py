"""Printing letters into a Book: what all share is drawn once, per letter only what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from desktop.documents.book import Book
from desktop.documents.letter_head import PAGE_HEIGHT, flow_top, head, number, page_number
from desktop.documents.letter_plan import Plan, Spot, bound, plan, tightened
from desktop.documents.letter_rows import HEIGHT, LEAST_SEAL_GAP, TOP, Row, blocks_of, operators
from desktop.documents.letter_slip import Slip
from desktop.documents.slip_code import SlipCodes
from desktop.documents.template import fields_of
from desktop.records.papers import Letter, LetterForm


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
        self._plans: dict[tuple[object, ...], Plan] = {}

    def rows(self, fields: Mapping[str, str]) -> list[list[Row]]:
        """Return the rows of every block of one letter."""
        return [self.fixed.get(at) or block.rows(fields) for at, block in enumerate(self._blocks)]

    def plan(self, rows: list[list[Row]], slip: float) -> Plan:
        """Return the plan for these rows and a slip of this height (0 for none)."""
        varying = tuple(
            tuple(row.height for row in part) for at, part in enumerate(rows) if at not in self.fixed
        )
        if (key := (varying, slip)) not in self._plans:
            flow = [(at, place, row) for at, part in enumerate(rows) for place, row in enumerate(part)]
            flow = bound(flow, self._closing)
            heads = {at: rows[at][1] for at, block in enumerate(self._blocks) if block.repeats}
            room = TOP + HEIGHT - self.first_top
            variants = [flow, tightened(flow, self._closing, LEAST_SEAL_GAP)]
            plans = [plan(each, first=room, later=HEIGHT, slip=slip, heads=heads) for each in variants]
            self._plans[key] = min(plans, key=lambda planned: len(planned.pages))
        return self._plans[key]


class LetterPress:
    """Prints letters of one setting into one Book; `shares` draws common parts once for all pages."""

    def __init__(self, setting: LetterSetting, book: Book, *, shares: bool) -> None:
        self._setting, self._book, self._shares = setting, book, shares
        self._shared: dict[tuple[object, ...], str] = {}

    def print(self, letter: Letter) -> None:
        """Set one letter and write its pages."""
        setting, form = self._setting, self._setting.form
        rows = setting.rows(letter.fields)
        slip = Slip(form, letter, setting.codes) if form.slip.strip() else None
        planned = setting.plan(rows, slip.height if slip else 0.0)
        for place, spots in enumerate(planned.pages):
            self._book.page("".join(self._page(letter, planned, place, spots, rows, slip)))

    def _page(
        self,
        letter: Letter,
        planned: Plan,
        place: int,
        spots: tuple[Spot, ...],
        rows: list[list[Row]],
        slip: Slip | None,
    ) -> list[str]:
        form, inks = self._setting.form, self._book.inks
        top = TOP if place else self._setting.first_top
        drawn = list[str]()
        if not place:
            drawn.append(self._once(("head",), lambda: head(form.letterhead, form.head, inks)))
            drawn.append(number(letter.number, form.head, inks))
        for fixed, group in groupby(spots, lambda spot: spot.block in self._setting.fixed):
            part = tuple(group)
            placed = [(rows[spot.block][spot.number], PAGE_HEIGHT - top - spot.drop) for spot in part]
            if fixed:
                drawn.append(self._once((top, part), lambda placed=placed: operators(placed, inks)))
            else:
                drawn.append(operators(placed, inks))
        if slip and planned.slip_page == place:
            drawn.append(slip.operators(top + planned.slip_drop, inks, cut=bool(spots)))
        if len(planned.pages) > 1:
            drawn.append(self._once(("page", place), lambda: page_number(place + 1, inks)))
        return drawn

    def _once(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        """Return the operators of a common part: themselves, or the call of what was written once."""
        if not self._shares:
            return make()
        if key not in self._shared:
            content = make()
            self._shared[key] = self._book.form(content) if content else ""
        return self._shared[key]
