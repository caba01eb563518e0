"""A tab of a form with the records of another kind that hang on the record shown; Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.base import Record
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState, StatusLabel
from desktop.ui.layouts import hairline
from desktop.ui.naming import set_property
from desktop.ui.plain_table import Cell, PlainTable

Row = tuple[Record, tuple[Cell, ...]]
"""The record that a row stands for, and what its cells show."""


class HangingTab(QWidget):
    """A table of rows that `read` returns for the record shown; read only while the tab is in front.

    `page` is the place where Enter or a double click opens a row's record, '' where rows are only read; under the
    table stands how many rows there are, in `unit`, or the whole text of a row that `whole` tells.
    """

    def __init__(
        self,
        frame: Frame,
        identifier: str,
        label: str,
        headings: Sequence[str],
        read: Callable[[Record], list[Row]],
        *,
        page: str = "",
        unit: str = "条",
        empty: str = "",
        wide: int = -1,
        whole: Callable[[Record], str] | None = None,
    ) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self._frame, self._read, self._page = frame, read, page
        self._unit, self._whole = unit, whole
        self._owner: Record | None = None
        self.rows: list[Row] = []
        self.told = StatusLabel(f"{identifier}-told", label, "muted", wrap=True)
        self.table = PlainTable(identifier, label, headings, wide=wide)
        if page:
            self.table.setToolTip("Enter 打开这一条")
            self.table.activated.connect(lambda index: self.open_row(index.row()))
        self.table.row_chosen.connect(self._tell)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(EmptyState("list", f"还没有{label}", empty))
        self._below = QHBoxLayout()
        self._below.setContentsMargins(16, 8, 24, 8)
        self._below.addWidget(self.told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._lists, 1)
        layout.addWidget(hairline())
        layout.addLayout(self._below)

    def add_tool(self, button: QPushButton) -> None:
        """Put a button at the right end of the line under the table."""
        self._below.addWidget(button)

    def show_of(self, owner: Record | None) -> None:
        """Show what hangs on a record, nothing where none is shown."""
        self._owner, self.rows = owner, []
        self.table.fill([])
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the rows again, if they are in sight."""
        if not self.isVisible():
            return
        self.rows = self._read(self._owner) if self._owner is not None else []
        self.table.fill([cells for _, cells in self.rows])
        self._lists.setCurrentIndex(0 if self.rows else 1)
        self._tell(-1)

    def open_row(self, row: int) -> None:
        """Open the record of a row on its page."""
        if self._page and 0 <= row < len(self.rows):
            self._frame.go(self._page, self.rows[row][0].id)

    def _tell(self, row: int) -> None:
        if self._whole is not None and 0 <= row < len(self.rows):
            self.told.say(self._whole(self.rows[row][0])[:2000])
        else:
            self.told.say(f"{len(self.rows):,} {self._unit}" if self.rows else "")
