"""Many households chosen at once: the list of those that are there, by sort, village, or what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.records.households import Household, HouseholdState
from desktop.records.listing import Query
from desktop.ui import buttons
from desktop.ui.counting import CountBeside
from desktop.ui.dialogs import Dialog
from desktop.ui.filters import FilterLine
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel
from desktop.ui.pages.households import columns
from desktop.ui.record_view import RecordView
from desktop.ui.tables import RecordTable

SHOWN = ("number", "head", "place", "sort", "last_visit", "helpers")
FILTERS = ("sort", "village")
HERE = (("state", HouseholdState.HERE.value),)


class HouseholdPicker(Dialog):
    """A list with several selected; `picked` is called with their keys. Ctrl+A selects all that are found."""

    def __init__(self, frame: Frame, parent: QWidget | None, picked: Callable[[list[bytes]], None]) -> None:
        super().__init__(parent, "从户中挑选", "household-picker")
        self._picked = picked
        books = frame.desk.books
        self.filter = FilterLine(Household, FILTERS, books, frame.memory, frame.ask, "户主、首字母、户号、村")
        self.table = RecordTable(
            books, Query(Household, where=HERE), columns(), CountBeside(self, frame.workroom, books)
        )
        self.view = RecordView(self.table, frame.memory, "household-picker", "户列表", SHOWN)
        self.told = StatusLabel("picker-told", "选了几户", "muted")
        for part in (self.filter, self.view):
            self.body.addWidget(part)
        self.go = self.add_buttons("加入")
        self.go.setToolTip("Enter")
        self.go.setDefault(False)  # Enter in the search line goes to the list
        self.footer.insertWidget(0, self.told)
        self.filter.fill_words()
        self.filter.changed.connect(self._search)
        self.filter.left.connect(self._to_list)
        self.view.opened.connect(self.take)
        self.view.selectionModel().selectionChanged.connect(self._tell)
        self.table.counted.connect(self._tell)
        self.go.clicked.connect(self.take)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, "加入", keys).triggered.connect(self.take)
        self.fit(900, 560)
        self._tell()
        self.filter.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        query = self.filter.query(self.table.query)
        self.table.search_for(replace(query, where=(*query.where, *HERE)))
        self.filter.mark()
        self._tell()

    def _to_list(self) -> None:
        if self.table.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.go_to(0)

    def _tell(self) -> None:
        chosen = self.view.chosen_count
        self.told.say(
            f"{self.table.rowCount():,} 户，已选 {chosen:,} 户；Ctrl+A 全选，Shift、Ctrl 连选和跳选"
        )
        self.go.setText(f"加入 {chosen:,} 户" if chosen else "加入")
        self.go.setEnabled(bool(chosen))

    def take(self) -> None:
        """Hand over those selected."""
        if keys := self.view.chosen_ids():
            self.accept()
            self._picked(keys)
