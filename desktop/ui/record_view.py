"""How a table of records is shown: whole rows, hairlines, a menu of columns, and a memory of all that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu

from desktop.ui.copying import copy_rows
from desktop.ui.naming import name, shown_text
from desktop.ui.row_delegate import RowTable
from desktop.ui.tables import Column, RecordTable
from desktop.ui.widths import shared_out

if TYPE_CHECKING:
    from desktop.ui.frame import Frame

STANDARD_POINTS = 10.5
"""The size of type that the widths of columns are given for; larger type makes them wider."""

FIRST_ROW = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home)
"""Keys that select the row gone to where none is selected: Qt goes on from it, and past the first."""


class RecordView(RowTable):
    """A table that remembers its columns. `row_chosen` carries the id of the row gone to, b"" for none."""

    row_chosen = Signal(bytes)
    opened = Signal()
    copying_whole = Signal(int)
    """So many rows are about to be copied with their whole numbers."""
    _growth = 1.0
    _sharing = False
    _room = 0

    def __init__(
        self, table: RecordTable, memory: QSettings, key: str, label: str, shown: Sequence[str] = ()
    ) -> None:
        super().__init__(lambda column: table.columns[column].middle)
        self.table, self._memory, self._key = table, memory, f"tables/{key}"
        self._growth = self._type_growth()
        self._widths: dict[str, int] = {}
        self._own: set[str] = set()
        self._frame: Frame | None = None
        self._shown = tuple(shown) or tuple(column.key for column in table.columns)
        name(self, f"table-{key}", label)
        self.setModel(table)
        # the header would ask of every row whether it is selected, to paint its columns as selected
        self._header().setSelectionModel(QItemSelectionModel(table, self))
        self._set_up()
        self._remembered()
        self._saving = QTimer(self, singleShot=True, interval=400)
        self._saving.timeout.connect(self.remember)
        self._header().sectionResized.connect(self._sized)
        self._header().sectionMoved.connect(self._saving.start)
        self.selectionModel().currentRowChanged.connect(self._went)
        self.doubleClicked.connect(self.opened)

    def _header(self) -> QHeaderView:
        return self.horizontalHeader()

    def _set_up(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self._header()
        name(header, f"{self.objectName()}-header", "列标题")
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(48)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.sectionClicked.connect(self._sort_by)

    def _remembered(self) -> None:
        """Put order, widths, visibility and sort back as they were left."""
        saved = self._memory.value(f"{self._key}/columns")
        widths: dict[str, int] = {}
        order = list(self._shown)
        if isinstance(saved, str) and saved:
            parts = [part.split(":") for part in saved.split(",") if part.count(":") == 1]
            widths = {key: int(width) for key, width in parts if width.isdigit()}
            known = {column.key for column in self.table.columns}
            order = [key for key in widths if key in known] or order
        self._widths = {column.key: widths.get(column.key) or column.width for column in self.table.columns}
        self._own = {column.key for column in self.table.columns if self._widths[column.key] != column.width}
        for logical, column in enumerate(self.table.columns):
            self.setColumnHidden(logical, column.key not in order)
        self._share()
        keys = [column.key for column in self.table.columns]
        for place, key in enumerate(order):
            self._header().moveSection(self._header().visualIndex(keys.index(key)), place)
        sort = str(self._memory.value(f"{self._key}/sort") or "")
        if (wanted := sort.lstrip("-")) in keys:
            self._sort(keys.index(wanted), descending=sort.startswith("-"))

    @property
    def has_own_columns(self) -> bool:
        """Tell whether somebody chose, moved or sized the columns."""
        return bool(self._memory.value(f"{self._key}/columns"))

    def remember(self) -> None:
        """Keep how the columns stand."""
        visual = [self._header().logicalIndex(place) for place in range(len(self.table.columns))]
        shown = [logical for logical in visual if not self.isColumnHidden(logical)]
        keys = [self.table.columns[logical].key for logical in shown]
        text = ",".join(f"{key}:{self._widths[key]}" for key in keys)
        self._memory.setValue(f"{self._key}/columns", text)

    def columns_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for logical, column in enumerate(self.table.columns):
            entry = QAction(shown_text(column.label), menu, checkable=True)
            entry.setChecked(not self.isColumnHidden(logical))
            entry.setData(logical)
            menu.addAction(entry)
        menu.addSeparator()
        menu.addAction("恢复默认列").triggered.connect(self.reset_columns)
        menu.triggered.connect(self._toggle)
        return menu

    def reset_columns(self) -> None:
        """Show the usual columns in the usual order."""
        self._memory.remove(f"{self._key}/columns")
        self._remembered()

    def chosen_ids(self) -> list[bytes]:
        """Return the ids of the rows selected, in the order shown."""
        return [key for rows in self._chosen_rows() for key in self.table.keys(rows)]

    @property
    def chosen_count(self) -> int:
        """How many rows are selected."""
        return sum(map(len, self._chosen_rows()))

    def _chosen_rows(self) -> list[range]:
        """Return the rows selected, run by run: of a hundred thousand rows Qt's own list takes seconds."""
        runs = {(run.top(), run.bottom()) for run in self.selectionModel().selection().toList()}
        return [range(first, last + 1) for first, last in sorted(runs)]

    def go_to(self, row: int) -> None:
        """Select a row and bring it into sight; -1 selects none."""
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        index = self.table.index(row, self._header().logicalIndex(0))
        whole = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(
            index, whole
        )  # selectRow would toggle while Ctrl is held (Ctrl+S)
        self.scrollTo(index)

    def copies_beside(self, frame: Frame) -> None:
        """Let many rows be copied beside the window of a frame."""
        self._frame = frame

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as a sheet takes them."""
        visual = [self._header().logicalIndex(place) for place in range(len(self.table.columns))]
        shown = [self.table.columns[logical] for logical in visual if not self.isColumnHidden(logical)]
        runs = self._chosen_rows()
        if self.table.unmasked:
            self.copying_whole.emit(sum(map(len, runs)))
            shown = [replace(column, show=column.whole or column.show) for column in shown]
        copy_rows(self._frame, self.window(), self.table.books, self.table.query, shown, runs)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() in FIRST_ROW and not event.modifiers() and not self.selectionModel().hasSelection():
            self.go_to(max(self.currentIndex().row(), 0 if self.table.rowCount() else -1))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        known = hasattr(self, "table")  # Qt tells of the font while the table is still being made
        if (
            known
            and event.type() == QEvent.Type.FontChange
            and (growth := self._type_growth()) != self._growth
        ):
            self._growth = growth
            self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size().width()
        self._share()

    @property
    def wanted_width(self) -> int:
        """Return the pixels in which every column shown has its usual width."""
        edge = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
        return sum(round(self._widths[column.key] * self._growth) for _, column in self._columns()) + edge

    def _columns(self) -> list[tuple[int, Column]]:
        """Return the columns shown, each after its place in the table."""
        return [
            (logical, column)
            for logical, column in enumerate(self.table.columns)
            if not self.isColumnHidden(logical)
        ]

    def _share(self) -> None:
        """Give every column its width, and those that may grow what is left over."""
        if not hasattr(self, "table") or self._sharing:
            return
        shown = self._columns()
        usual = [
            (round(self._widths[column.key] * self._growth), column.grows and column.key not in self._own)
            for _, column in shown
        ]
        self._sharing = True
        for (logical, _), width in zip(shown, shared_out(self._room, usual), strict=True):
            self.setColumnWidth(logical, width)
        self._sharing = False

    def _sized(self, logical: int, old: int, new: int) -> None:
        """Keep the width that the user gave a column (hiding one is told as a width of 0)."""
        if not self._sharing and old and new:
            key = self.table.columns[logical].key
            self._widths[key] = round(new / self._growth)
            self._own.add(key)
            self._saving.start()

    def _type_growth(self) -> float:
        return max(self.font().pointSizeF() / STANDARD_POINTS, 0.5)

    def _went(self, current: QModelIndex) -> None:
        self.row_chosen.emit(current.data(Qt.ItemDataRole.UserRole) or b"")

    def _offer_columns(self, where: QPoint) -> None:
        self.columns_menu().popup(self._header().mapToGlobal(where))

    def _toggle(self, entry: QAction) -> None:
        if entry.data() is not None:
            self.setColumnHidden(entry.data(), not entry.isChecked())
            self._share()
            self.remember()

    def show_sort(self, field: str, *, descending: bool) -> None:
        """Show at the headings that the list is sorted by a field."""
        columns = self.table.columns
        at = next((place for place, column in enumerate(columns) if column.sort == field), -1)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header().setSortIndicator(at, way)

    def _sort_by(self, logical: int) -> None:
        column = self.table.columns[logical]
        if column.sort:
            again = self.table.query.sort == column.sort
            self._sort(logical, descending=again and not self.table.query.descending)
            self._memory.setValue(
                f"{self._key}/sort", ("-" if self.table.query.descending else "") + column.key
            )

    def _sort(self, logical: int, *, descending: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header().setSortIndicator(logical, order)
        self.table.sort(logical, order)
