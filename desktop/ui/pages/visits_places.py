"""区划 as a tree with figures: 户, plans, 户 visited, the last visit; the place gone to narrows what is listed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from desktop.records.visit_plans import Where
from desktop.services.place_tree import Branch
from desktop.ui.naming import as_tooltip, name

HEADINGS = ("地方", "户", "计划", "已访", "最近走访")
FIGURES = (1, 2, 3)
DAYS_FROM, STANDARD_LINE = 340, 18
"""Pixels from which the day of the last visit is shown, where a line of type has so many."""
OPEN_FIRST = 12
"""Places at the top that are shown with what lies below them at first."""


class _Roomy(QStyledItemDelegate):
    """Rows with room between them, growing with the type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), option.fontMetrics.height() + 10)  # pyright: ignore


class PlaceTree(QTreeWidget):
    """Keeps what is open and where one is when it is filled again; `gone` says that another place was gone to."""

    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        name(self, "plan-places", "区划")
        self.setHeaderLabels(HEADINGS)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setIndentation(16)
        self.setItemDelegate(_Roomy(self))
        header = self.header()
        name(header, "plan-places-header", "列标题")
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in FIGURES:
            self.headerItem().setTextAlignment(
                column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        self._branches: list[Branch] = []
        self.currentItemChanged.connect(lambda *_: self.gone.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < DAYS_FROM * self.fontMetrics().height() / STANDARD_LINE
        self.setColumnHidden(len(HEADINGS) - 1, narrow)
        self.setIndentation(10 if narrow else 16)

    @property
    def branch(self) -> Branch | None:
        """Return the place gone to."""
        item = self.currentItem()
        return self._of(item) if item is not None else None

    @property
    def where(self) -> Where:
        """Return which part of the tree that is; everywhere where none is gone to."""
        branch = self.branch
        return branch.where if branch is not None else Where()

    def fill(self, root: Branch) -> None:
        """Show the tree as it is now."""
        was, opened = _way(self.currentItem()), self._opened()
        self.blockSignals(True)
        self.clear()
        self._branches = []
        top = self._item(root)
        self.addTopLevelItem(top)
        first = {
            (root.name,),
            *((root.name, one.name) for one in root.below if len(root.below) <= OPEN_FIRST),
        }
        self._open(opened or first)
        found = next((item for item in self._items() if _way(item) == was), top)
        self.setCurrentItem(found)
        self.blockSignals(False)

    def _item(self, branch: Branch) -> QTreeWidgetItem:
        texts = (
            branch.name,
            f"{branch.homes}",
            f"{branch.planned or ''}",
            f"{branch.done or ''}",
            branch.last,
        )
        item = QTreeWidgetItem(list(texts))
        item.setToolTip(0, as_tooltip(branch.name))
        for column in FIGURES:
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(0, Qt.ItemDataRole.UserRole, len(self._branches))
        self._branches.append(branch)
        for child in branch.below:
            item.addChild(self._item(child))
        return item

    def _of(self, item: QTreeWidgetItem) -> Branch:
        return self._branches[item.data(0, Qt.ItemDataRole.UserRole)]

    def _items(self) -> list[QTreeWidgetItem]:
        waiting, found = [self.topLevelItem(0)], []
        while waiting:
            if (item := waiting.pop()) is not None:
                found.append(item)
                waiting += [item.child(place) for place in range(item.childCount())]
        return found

    def _opened(self) -> set[tuple[str, ...]]:
        return {_way(item) for item in self._items() if item.isExpanded()}

    def _open(self, opened: set[tuple[str, ...]]) -> None:
        for one in self._items():
            one.setExpanded(_way(one) in opened)


def _way(item: QTreeWidgetItem | None) -> tuple[str, ...]:
    """Return the names from the top down to a place: a town of one village lies where its village does."""
    names: list[str] = []
    while item is not None:
        names.append(item.text(0))
        item = item.parent()
    return tuple(reversed(names))
