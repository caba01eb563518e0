"""慰问合计: 户, 户次 and money of a year, by occasion, helper, village or sort; every figure opens its rows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.records import gift_counts, pairing_rows
from desktop.records.base import Record
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Condolence
from desktop.services.gift_totals import BY, HOMES, MONEY, UNITS, UNSIGNED, GiftTotal, gift_totals
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import hairline, row
from desktop.ui.naming import name, set_property
from desktop.ui.plain_table import PlainTable
from desktop.ui.segments import Segments

MOST = 500
"""Rows shown of one figure."""


class GiftTotalsPanel(QWidget):
    """Groups at the left, the rows behind a figure at the right."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self._frame = frame
        self.totals: list[GiftTotal] = []
        self._rows: list[Record] = []
        self.year = name(ChoiceBox([]), "gift-year", "哪一年")
        self.by = Segments("按什么合计", tuple(BY), clearable=False)
        self.by.pick(next(iter(BY)))
        self.groups = PlainTable("gift-groups", "慰问合计", ("分项", *UNITS), wide=0)
        self.unit = Segments("看哪个数", UNITS, clearable=False)
        self.unit.pick(HOMES)
        self.whose = StatusLabel("gift-whose", "所选的一行", "strong")
        self.rows = PlainTable(
            "gift-rows", "是哪些", ("户号或日期", "户主", "村组", MONEY, "慰问品或类别"), wide=4
        )
        self._lay_out()
        self.year.activated.connect(self._show)
        self.by.picked.connect(self._show)
        self.groups.row_chosen.connect(self._show_rows)
        self.unit.picked.connect(self._show_rows)
        self.rows.activated.connect(lambda index: self.open_row(index.row()))
        buttons.action(self, "回到慰问", "Esc").triggered.connect(self.left)

    def _lay_out(self) -> None:
        done = buttons.plain("回到慰问", "totals-done", "check")
        done.setToolTip("Esc")
        done.clicked.connect(self.left)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(row(self.whose, None, self.unit, margins=(16, 8, 16, 8)))
        right.addWidget(self.rows, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.groups, 1)
        body.addWidget(hairline(upright=True))
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(
            row(Text("慰问合计", "heading"), self.year, self.by, None, done, margins=(16, 8, 16, 8))
        )
        layout.addWidget(hairline())
        layout.addLayout(body, 1)

    def refresh(self) -> None:
        """Read years and figures again; the year shown stays, at first this one."""
        kept = self.year.currentData() if self.year.count() else f"{datetime.date.today().year}"
        told = {f"{datetime.date.today().year}", *(f"{one}" for one in gift_counts.years())}
        self.year.clear()
        for one in sorted(told, reverse=True):
            self.year.addItem(f"{one} 年", one)
        self.year.addItem("历年", "")
        self.year.pick(kept or "")
        self._show()

    def _show(self) -> None:
        at, year = self.groups.row(), self.year.currentData()
        first = datetime.date(int(year), 1, 1) if year else None
        last = datetime.date(int(year), 12, 31) if year else None
        self.totals = gift_totals(first, last, self.by.value())
        self.groups.fill([(one.label, *(f"{one.value(unit):,}" for unit in UNITS)) for one in self.totals])
        self.groups.selectRow(at if 0 <= at < len(self.totals) else 0)
        self._show_rows()

    def _show_rows(self) -> None:
        """Show which households, or which condolences, make the figure of the row gone to."""
        at = self.groups.row()
        if not 0 <= at < len(self.totals):
            return
        total, unit = self.totals[at], self.unit.value()
        money = total.homes() if unit == HOMES else {}
        keys = list(money) if unit == HOMES else total.gifts(unit)
        model = Household if unit == HOMES else Condolence
        query = Query(
            model, keys=tuple(keys[:MOST]), sort="" if unit == HOMES else "on", descending=unit != HOMES
        )
        self._rows = self._frame.desk.books.page(query, 0, MOST) if keys else []
        self.whose.say(_told(total, unit, len(keys)))
        self.rows.fill(_lines(self._rows, money))

    def open_row(self, at: int) -> None:
        """Open the household or the condolence of a row."""
        if 0 <= at < len(self._rows):
            record = self._rows[at]
            self._frame.go("households" if isinstance(record, Household) else "pairings", record.id)


def _told(total: GiftTotal, unit: str, rows: int) -> str:
    """Return a figure in words."""
    number = f"{total.value(unit):,}"
    words = {MONEY: f"{number} 元", UNSIGNED: f"{number} 户次未签收"}.get(unit, f"{number} {unit}")
    more = f"，列出前 {MOST} 条" if rows > MOST else ""
    return (f"{total.label}：" if total.by else "") + words + more


def _lines(records: list[Record], money: Mapping[bytes, int]) -> list[tuple[str, ...]]:
    homes = [one for one in records if isinstance(one, Household)]
    if homes:
        return [
            (one.number, one.head, f"{one.village}{one.group}", _money(money[one.id]), one.sort)
            for one in homes
        ]
    gifts = [one for one in records if isinstance(one, Condolence)]
    faces = pairing_rows.faces(gifts)
    return [(f"{one.on}", *faces[one.id][1:3], _money(one.amount), one.goods) for one in gifts]


def _money(amount: int | None) -> str:
    return f"{amount:,}" if amount else ""
