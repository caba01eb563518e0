"""带出记录: prints, exports, copies and backups in one list: who took personal data out, when, what, whereto."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.records.base import Record
from desktop.services.taken_out import PRINT, taken_out
from desktop.ui import buttons
from desktop.ui.boxes import search_line
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import EmptyState, StatusLabel
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import name
from desktop.ui.plain_table import PlainTable

HEADINGS = ("时间", "经手人", "方式", "内容", "数量", "去向", "号码")
MOST = 500


class TakenPanel(Page):
    """One list, the latest first; a word narrows it."""

    key, label, icon = "taken", "带出记录", "export"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._all: list[tuple[str, ...]] = []
        self._shown: list[tuple[str, ...]] = []
        self.word = name(search_line("经手人、内容或去向"), "taken-search", "搜索带出记录")
        self.word.textChanged.connect(self._narrow)
        self.rows = PlainTable("taken-rows", "带出记录", HEADINGS, wide=3)
        self.told = StatusLabel("taken-count", "条数", "muted")
        self.export = buttons.quiet("导出", "taken-export", "export")
        self.export.clicked.connect(self.take_out)
        empty = EmptyState("export", "还没有带出记录", "印制、导出、复制号码、备份到别处，都会记在这里。")
        under = row(self.told, None, self.export, margins=(12, 4, 8, 4))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(empty)
        layout = column(
            row(self.word, margins=(12, 8, 16, 8)), hairline(), self._stack, hairline(), under, gap=0
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        buttons.action(self, "搜索带出记录", "Ctrl+F").triggered.connect(self.word.setFocus)

    def shown(self) -> None:
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.word

    def heard(self, models: frozenset[type[Record]]) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read both logs anew."""
        self._all = [
            (
                one.at[:16].replace("T", " "),
                one.who,
                one.how,
                one.what,
                f"{one.items:,} 份" if one.how == PRINT else f"{one.items:,}",
                one.whereto,
                one.numbers(),
            )
            for one in taken_out(self.frame.desk.disclosing, MOST)
        ]
        self._narrow()

    def _narrow(self) -> None:
        word = self.word.text().strip().casefold()
        self._shown = [
            line for line in self._all if not word or any(word in cell.casefold() for cell in line)
        ]
        self.rows.fill(self._shown)
        self.told.say(f"{len(self._shown):,} 条")
        self._stack.setCurrentIndex(0 if self._all else 1)
        self.export.setEnabled(bool(self._shown))

    def take_out(self) -> None:
        """Write the list to a workbook."""
        from desktop.ui.export_traces import export_table

        export_table(self.frame, self, "带出记录", HEADINGS, self._shown)
