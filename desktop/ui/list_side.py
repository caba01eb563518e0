"""The left side of a record page: the list, under it the count and what is done to rows; or why it is empty."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.ui import buttons
from desktop.ui.labels import EmptyState, StatusLabel
from desktop.ui.layouts import hairline
from desktop.ui.naming import set_property
from desktop.ui.record_view import RecordView

LEAST = 260
WORDS_FROM = 420
"""Pixels from which the buttons under the list show their words."""


class ListSide(QStackedWidget):
    """Shows the list, what the page is for while there is nothing, or that the filter finds nothing.

    `unit` is the measure word of the count.
    """

    def __init__(
        self, parent: QWidget, view: RecordView, unit: str, nothing: EmptyState, unfound: EmptyState
    ) -> None:
        super().__init__(parent)
        self._view, self._unit = view, unit
        self.counted = StatusLabel("count", "条数", "muted")
        self.remove = buttons.quiet("删除", "remove", "trash")
        self.remove.setEnabled(False)
        self.remove.setToolTip("删除选中的（Delete）")
        self._offer = buttons.tool("columns-settings", "columns", "选择显示的列")
        self._offer.clicked.connect(self._offer_columns)
        for part in (self._listed(), nothing, unfound):
            self.addWidget(part)
        self.setMinimumWidth(LEAST)
        set_property(self, "role", "surface")

    def _listed(self) -> QWidget:
        bottom = QHBoxLayout()
        bottom.setContentsMargins(12, 4, 8, 4)
        bottom.setSpacing(8)
        bottom.addWidget(self.counted)
        bottom.addStretch(1)
        bottom.addWidget(self.remove)
        bottom.addWidget(self._offer)
        self._bottom = bottom
        self._tools: list[tuple[QPushButton, str]] = [(self.remove, self.remove.text())]
        side = QWidget(self)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._view, 1)
        layout.addWidget(hairline())
        layout.addLayout(bottom)
        return side

    def add_tool(self, button: QPushButton) -> None:
        """Put a button that does something to the rows selected before 删除."""
        self._bottom.insertWidget(self._bottom.indexOf(self.remove), button)
        self._tools.append((button, button.text()))

    def add_icon(self, button: QToolButton) -> None:
        """Put a button that changes how the list is shown before the choice of columns."""
        self._bottom.insertWidget(self._bottom.indexOf(self._offer), button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button, words in self._tools:
            button.setText(words if self.width() >= WORDS_FROM or len(self._tools) == 1 else "")

    def tell(self, found: int, *, filtered: bool) -> None:
        """Say how many were found, or why there are none."""
        self._say(f"{found:,} {self._unit}")
        self.setCurrentIndex(0 if found else 2 if filtered else 1)

    def tell_chosen(self, found: int, chosen: int, *, may_remove: bool) -> None:
        """Say how many are found and selected."""
        self._say(f"{found:,} {self._unit}" + (f"，已选 {chosen:,}" if chosen > 1 else ""))
        self.remove.setEnabled(bool(chosen) and may_remove)

    def _say(self, words: str) -> None:
        if self._view.table.complete:  # else the words of before stay for the moment that counting takes
            self.counted.say(words)

    def _offer_columns(self) -> None:
        self._view.columns_menu().popup(self._offer.mapToGlobal(self._offer.rect().topLeft()))
