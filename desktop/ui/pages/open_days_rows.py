"""Ordered rows that belong to a day (日程, 参观点), edited in the table itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.records.listing import Query, field_of
from desktop.ui.frame import Frame
from desktop.ui.naming import as_tooltip, name
from desktop.ui.row_delegate import RowDelegate, RowTable
from desktop.ui.tables import Index

MOST = 300


class OrderedRows(QAbstractTableModel):
    """The rows of `model` that belong to an owner, and at the end one empty row to type a new one into.

    A cell typed is saved at once; the row that is still lacking what it must have waits, unsaved.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, frame: Frame, model: type[Record], fields: Sequence[str]) -> None:
        super().__init__()
        self._frame, self._model = frame, model
        self.kinds = [field_of(model, field) for field in fields]
        self.owner: Record | None = None
        self.rows: list[Any] = []
        self.draft: Any = None

    def show_rows_of(self, owner: Record | None) -> None:
        """Read the rows of an owner. The same rows again leave the table alone: somebody may be typing in it."""
        rows: list[Any] = []
        if owner is not None:
            query = Query(self._model, where=(("open_day", owner),), sort="position")
            rows = self._frame.desk.books.page(query, 0, MOST)
        same = owner is not None and self.owner is not None and owner.id == self.owner.id
        if same and _stamps(rows) == _stamps(self.rows):
            return
        self.beginResetModel()
        self.owner, self.rows = owner, rows
        if not same:
            self.draft = None
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        extra = 0 if self._frame.read_only else 1
        return 0 if parent.isValid() or self.owner is None else len(self.rows) + extra

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.kinds)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual if self._frame.read_only else usual | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)
        if not index.isValid() or role not in roles:
            return None
        kind, record = self.kinds[index.column()], self._record(index.row())
        text = kind.show(getattr(record, kind.name)) if record is not None else ""
        if role == Qt.ItemDataRole.DisplayRole and record is None and index.column() == self._main():
            return f"＋ 在这里输入新的{self._model.label}"
        return as_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            kind = self.kinds[section]
            return f"{kind.label} •" if kind.required else kind.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _main(self) -> int:
        return next((place for place, kind in enumerate(self.kinds) if kind.required), 0)

    def _record(self, row: int) -> Any:
        return self.rows[row] if row < len(self.rows) else self.draft

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        kind, record = self.kinds[index.column()], self._record(index.row())
        if record is None:
            if not str(value).strip():
                return False
            record = self.draft = self._begin()
        before = getattr(record, kind.name)
        try:
            parsed = kind.parse(str(value))
            if parsed == before:
                return False
            setattr(record, kind.name, parsed)
            if record is self.draft and not self._whole(record):
                kind.check(parsed)
                self.dataChanged.emit(index, index)
                return True
            self._frame.desk.books.save(record)
        except (UserError, TroubleError) as error:
            setattr(record, kind.name, before)
            self.failed.emit(error)
            return False
        if record is self.draft:
            self._take_in(record)
        self.dataChanged.emit(index, index)
        self.told.emit(f"已保存 {record.caption()}")
        return True

    def _take_in(self, record: Any) -> None:
        """Let the row just saved be one of the rows, with a new empty one after it."""
        self.draft = None
        self.beginInsertRows(QModelIndex(), len(self.rows) + 1, len(self.rows) + 1)
        self.rows.append(record)
        self.endInsertRows()

    def _begin(self) -> Any:
        record = self._frame.desk.books.new(self._model)
        positions = [row.position or 0 for row in self.rows]
        record.open_day, record.position = self.owner, max(positions, default=0) + 1  # pyright: ignore
        return record

    def _whole(self, record: Any) -> bool:
        return all(getattr(record, kind.name) for kind in self.kinds if kind.required)

    def move(self, row: int, by: int) -> bool:
        """Move a row up or down by one; all positions are written anew, as one change."""
        other = row + by
        if not (0 <= row < len(self.rows) and 0 <= other < len(self.rows)):
            return False
        self.rows[row], self.rows[other] = self.rows[other], self.rows[row]
        desk = self._frame.desk
        try:
            with desk.changes.change(f"调整{self._model.label}次序", self._model):
                for place, record in enumerate(self.rows, 1):
                    if record.position != place:
                        record.position = place
                        desk.books.save(record)
        except (UserError, TroubleError) as error:
            self.failed.emit(error)
            return False
        self.dataChanged.emit(
            self.index(min(row, other), 0), self.index(max(row, other), len(self.kinds) - 1)
        )
        return True

    def take_off(self, row: int) -> bool:
        """Remove a row; the toast brings it back. The unsaved row is simply forgotten."""
        record = self._record(row)
        if record is None:
            return False
        if record is self.draft:
            self.beginResetModel()
            self.draft = None
            self.endResetModel()
            return True
        try:
            self._frame.desk.books.remove(record, "")
        except (UserError, TroubleError) as error:
            self.failed.emit(error)
            return False
        self.beginRemoveRows(QModelIndex(), row, row)
        self.rows.remove(record)
        self.endRemoveRows()
        self.told.emit(f"已移除 {record.caption()}")
        return True


def _stamps(rows: Sequence[Any]) -> list[tuple[bytes, int]]:
    return [(row.id, row.revision) for row in rows]


class CellDelegate(RowDelegate):
    """Cells like all others; the box in them fills the cell and carries the column's name."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QLineEdit(parent)
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        box.setProperty("role", "cell")
        return name(box, f"cell-{index.row()}-{index.column()}", f"第 {index.row() + 1} 行 {heading}")

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let Enter keep what was typed and open the next cell, at the end of a row the next row's first."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget)
        if pressed and isinstance(event, QKeyEvent) and event.key() in enter:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.EditNextItem)
            return True
        return super().eventFilter(editor, event)


class OrderedTable(RowTable):
    """Shows OrderedRows: type to edit, Enter goes on to the next cell, Alt+↑ Alt+↓ move the row."""

    def __init__(self, rows: OrderedRows, identifier: str, label: str, *, wide: int) -> None:
        super().__init__()
        name(self, identifier, label)
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(CellDelegate(self, lambda column: False))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked | trigger.SelectedClicked
        )
        header = self.horizontalHeader()
        name(header, f"{identifier}-header", "列标题")
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def begin_new(self) -> None:
        """Go to the empty row at the end and open its first cell."""
        if last := self.rows.rowCount():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(self.rows.index(last - 1, 0))
            self.edit(self.currentIndex())

    def move_row(self, by: int) -> None:
        """Move the row gone to and stay on it."""
        index = self.currentIndex()
        if self.rows.move(index.row(), by):
            self.setCurrentIndex(self.rows.index(index.row() + by, index.column()))

    def take_off(self) -> None:
        """Remove the row gone to, and stay where it was."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        if row >= 0 and self.rows.take_off(row):
            self.setCurrentIndex(self.rows.index(min(row, self.rows.rowCount() - 1), column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        editing = self.state() == QAbstractItemView.State.EditingState
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_row(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.take_off()
        else:
            super().keyPressEvent(event)
