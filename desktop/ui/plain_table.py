"""A small read-only table of texts: identities of a person, contacts, history, faults of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.ui.marks import Mark
from desktop.ui.naming import as_tooltip, name
from desktop.ui.row_delegate import RowTable
from desktop.ui.tables import MARKS_ROLE, Index

Cell = str | Mark
"""What a cell holds: text, or a mark (官方, 推定) that says its text on a plate."""
MEASURED = 60
"""Rows looked at for the width of a column: more than a screen shows."""


class Rows(QAbstractTableModel):
    """Rows of text under headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self.rows: list[tuple[Cell, ...]] = []

    def fill(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        cell = self.rows[index.row()][index.column()]
        if role == MARKS_ROLE:
            return (cell,) if isinstance(cell, Mark) and cell.text else None
        text = cell.text if isinstance(cell, Mark) else cell
        if role == Qt.ItemDataRole.DisplayRole:
            return text.replace("\n", " ")
        return as_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class PlainTable(RowTable):
    """Shows Rows; the column `wide` takes the room that is left. `row_chosen` carries the row, -1 for none."""

    row_chosen = Signal(int)

    def __init__(self, identifier: str, label: str, headings: Sequence[str], *, wide: int = -1) -> None:
        super().__init__()
        name(self, identifier, label)
        self.rows = Rows(headings)
        self.setModel(self.rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        name(header, f"{identifier}-header", "列标题")
        header.setMinimumSectionSize(72)
        header.setResizeContentsPrecision(MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide % len(headings), QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._went)

    def fill(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other rows."""
        self.rows.fill(rows)

    def row(self) -> int:
        """Return the row gone to, or -1."""
        return self.currentIndex().row()

    def _went(self, current: QModelIndex) -> None:
        self.row_chosen.emit(current.row())
