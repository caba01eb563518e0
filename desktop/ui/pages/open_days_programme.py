"""日程与参观点: what happens when, and where the representatives are led."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.records.base import Record
from desktop.records.open_days import OpenDay, ProgrammeItem, Site
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.layouts import row
from desktop.ui.pages.open_days_rows import OrderedRows, OrderedTable
from desktop.ui.pages.open_days_tab import LOW, DayTab, open_wording


class OrderedPanel(QWidget):
    """A heading with its verbs over an editable table."""

    def __init__(
        self, frame: Frame, model: type[Record], fields: Sequence[str], widths: Sequence[int], wide: int
    ) -> None:
        super().__init__()
        self._frame = frame
        self.rows = OrderedRows(frame, model, fields)
        self.table = OrderedTable(self.rows, f"rows-{model.kind}", f"{model.label}列表", wide=wide)
        for column, width in enumerate(widths):
            self.table.setColumnWidth(column, width)
        self.add = buttons.quiet("添加", f"add-{model.kind}", "plus")
        self.up = buttons.tool("arrow-up", f"up-{model.kind}", f"{model.label}上移（Alt+↑）")
        self.down = buttons.tool("arrow-down", f"down-{model.kind}", f"{model.label}下移（Alt+↓）")
        self.off = buttons.tool("trash", f"remove-{model.kind}", f"移除这一行{model.label}(Delete)")
        self.add.setToolTip(f"添加一行{model.label}(Insert)")
        self.table.setMinimumHeight(LOW)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        tools = row(
            Text(model.label, "heading"),
            None,
            self.add,
            self.up,
            self.down,
            self.off,
            gap=4,
            margins=(16, 0, 16, 4),
        )
        layout.addLayout(tools)
        layout.addWidget(self.table, 1)
        self.add.clicked.connect(self.table.begin_new)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.off.clicked.connect(self.table.take_off)
        self.rows.told.connect(self._tell)
        self.rows.failed.connect(frame.tell)
        buttons.action(self, "添加一行", "Ins").triggered.connect(self.table.begin_new)
        for button in (self.add, self.up, self.down, self.off):
            button.setEnabled(not frame.read_only)

    def _up(self) -> None:
        self.table.move_row(-1)

    def _down(self) -> None:
        self.table.move_row(1)

    def _tell(self, words: str) -> None:
        self._frame.toast(words, undo=True)


class ProgrammeTab(DayTab):
    """Programme above, sites below."""

    key = "programme"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.items = OrderedPanel(
            frame, ProgrammeItem, ("time", "item", "place", "host"), (118, 200, 120, 88), 1
        )
        self.sites = OrderedPanel(frame, Site, ("name", "address", "guide"), (180, 200, 88), 1)
        self.body.addWidget(self.items, 3)
        self.body.addWidget(self.sites, 2)

    def fill(self, day: OpenDay) -> None:
        """Read both tables again, keeping the place one is at."""
        for panel in (self.items, self.sites):
            here = panel.table.currentIndex()
            row_, column = here.row(), here.column()
            panel.rows.show_rows_of(day)
            if row_ >= 0 and row_ < panel.rows.rowCount():
                panel.table.setCurrentIndex(panel.rows.index(row_, column))
        items, sites = len(self.items.rows.rows), len(self.sites.rows.rows)
        if items:
            self.offer(f"日程 {items} 项，参观点 {sites} 处；日程会印在邀请函上", "看邀请函怎样印")
        else:
            self.offer("还没有日程；邀请函上会少一张日程表", "填第一项日程")

    def take_next(self) -> None:
        if self.day is None:
            return
        if self.items.rows.rows:
            open_wording(self, self.frame, self.day)
        else:
            self.items.table.begin_new()
