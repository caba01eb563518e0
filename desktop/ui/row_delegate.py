"""How rows look in every table: ground, hairline, accent at the chosen one, text elided where it should be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui.marks import marks_width, paint_marks
from desktop.ui.naming import name
from desktop.ui.tables import MARKS_ROLE, MUTED_ROLE, Index

EDGE = 10


class RowTable(QTableView):
    """A table of whole rows that knows which one the mouse is over; `middle` names the units' columns."""

    def __init__(self, middle: Callable[[int], bool] | None = None) -> None:
        super().__init__()
        self.hovered = -1
        self.setItemDelegate(RowDelegate(self, middle or _never))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        name(self.verticalHeader(), "row-numbers", "行号").hide()
        self.horizontalHeader().setHighlightSections(False)
        self._row_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._row_height()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _row_height(self) -> None:
        """Set 34 px at the standard size of type; rows grow with it."""
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 0.5) * 2 + 16)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()


def _never(column: int) -> bool:
    return False


class RowDelegate(QStyledItemDelegate):
    """Paints one cell by the palette: Highlight is the chosen row's ground, AlternateBase the hovered one's."""

    def __init__(self, view: RowTable, middle: Callable[[int], bool]) -> None:
        super().__init__(view)
        self._view, self._middle = view, middle

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, rect = self._view.palette(), QRect(option.rect)
        self._ground(painter, option, index)
        text = index.data() or ""
        room = rect.adjusted(EDGE, 0, -EDGE, -1)
        if marks := index.data(MARKS_ROLE):
            paint_marks(painter, room, marks, option.font, palette)
        elif text:
            middle = self._middle(index.column())
            mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
            painter.setFont(option.font)
            ink = QPalette.ColorRole.PlaceholderText if index.data(MUTED_ROLE) else QPalette.ColorRole.Text
            painter.setPen(palette.color(QPalette.ColorGroup.Active, ink))
            side = index.data(Qt.ItemDataRole.TextAlignmentRole) or LEFT
            painter.drawText(room, int(side), option.fontMetrics.elidedText(text, mode, room.width()))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = index.data() or ""
        marks = index.data(MARKS_ROLE)
        words = (
            marks_width(marks, option.fontMetrics) if marks else option.fontMetrics.horizontalAdvance(text)
        )
        width = words + 2 * EDGE + 2
        return QSize(width, self._view.verticalHeader().defaultSectionSize())

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, rect, role = self._view.palette(), QRect(option.rect), QPalette.ColorRole
        chosen = self._view.selectionModel().isSelected(index)
        if chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorGroup.Active, role.Highlight))
        elif index.row() == self._view.hovered:
            painter.fillRect(rect, palette.color(role.AlternateBase))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, palette.color(role.Shadow))
        if chosen and self._view.horizontalHeader().visualIndex(index.column()) == self._first():
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), palette.color(role.Accent))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            for y in (rect.y(), rect.bottom() - 1):
                painter.fillRect(rect.x(), y, rect.width(), 2, palette.color(role.Link))

    def _first(self) -> int:
        header = self._view.horizontalHeader()
        return next(
            (v for v in range(header.count()) if not header.isSectionHidden(header.logicalIndex(v))), 0
        )


LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
