"""The table of records: reads only the pages that are painted, sorts and searches by the service."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.records import kinds
from desktop.records.base import Record, kinds_of
from desktop.records.kinds import Kind
from desktop.records.listing import Query
from desktop.ui.marks import Mark
from desktop.ui.naming import as_tooltip

PAGE = 100
KEPT = 24
"""Rows read at once, and pages kept: what was looked at last stays in memory, the rest is forgotten."""
GROWS_FROM = 20
"""Texts that may be as long as this take of the room left over."""
MARKS_ROLE = Qt.ItemDataRole.UserRole + 1
"""The marks that a cell shows instead of its plain text."""
MUTED_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether a row is shown in grey: it is there to be seen, not to be worked on."""
Index = QModelIndex | QPersistentModelIndex
ANSWERED = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.UserRole,
    MARKS_ROLE,
)
WIDTHS: tuple[tuple[type[Kind], int], ...] = (
    (kinds.Name, 120),
    (kinds.Prose, 240),
    (kinds.Phone, 124),
    (kinds.IdCard, 110),
    (kinds.Day, 132),
    (kinds.PartialDay, 104),
    (kinds.Clock, 80),
    (kinds.Whole, 80),
    (kinds.Flag, 64),
    (kinds.Choice, 88),
    (kinds.Link, 180),
)


class Pages(Protocol):
    """What a table asks of the office's books."""

    def count(self, query: Query) -> int:
        """Return how many records a query finds."""
        ...

    def page(self, query: Query, offset: int = 0, limit: int = 100) -> list[Record]:
        """Return some of them in order."""
        ...

    def ids(self, query: Query, offset: int = 0, limit: int | None = None) -> list[bytes]:
        """Return the keys of some of them in order."""
        ...


CountLater = Callable[[Query, Callable[[int], None]], None]
"""Counts a query beside the window and tells the count, unless another was asked for meanwhile."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the text of a record in it, the field it sorts by ('' doesn't sort)."""

    key: str
    label: str
    show: Callable[[Any], str]
    width: int = 120
    right: bool = False
    middle: bool = False
    sort: str = ""
    batch: Callable[[list[Record]], Mapping[bytes, str]] | None = None
    """Where the text comes from other records: called once a page, instead of `show` once a row."""
    grows: bool = False
    """Whether it takes of the room that the columns leave over."""
    marks: Callable[[str], Sequence[Mark]] | None = None
    """Where its text is painted on coloured plates: those that a text means."""
    whole: Callable[[Any], str] | None = None
    """Where `show` masks numbers: their whole text, shown while somebody asked for it."""


def column_of(kind: Kind, *, sortable: bool = True) -> Column:
    """Return the column of a kind: masked numbers, numbers at the right, units elided in the middle."""
    name = kind.name

    def show(record: Record) -> str:
        value = getattr(record, name)
        if value is None or value == "":
            return ""
        return kind.masked_text(value) if kind.masked else kind.show(value).replace("\n", " ")

    def whole(record: Record) -> str:
        return kind.show(getattr(record, name) or "")

    width = next((width for of, width in WIDTHS if isinstance(kind, of)), 0) or _text_width(kind)
    return Column(
        name,
        kind.label,
        show,
        width=width,
        right=isinstance(kind, kinds.Whole),
        middle=isinstance(kind, kinds.Listed) and kind.limit > 40,
        sort=name if sortable else "",
        grows=isinstance(kind, kinds.Text) and kind.limit >= GROWS_FROM and not kind.masked,
        whole=whole if kind.masked else None,
    )


def _text_width(kind: Kind) -> int:
    limit = kind.limit if isinstance(kind, kinds.Text) else 20
    return 88 if limit <= 20 else 120 if limit <= 40 else 220


class RecordTable(QAbstractTableModel):
    """Records of one query as rows; UserRole is the record's id, the tooltip the whole text.

    With `count_later` a list longer than a page shows its first page, and `counted` says when its length is
    known; until then `complete` is False.
    """

    counted = Signal()

    def __init__(
        self,
        books: Pages,
        query: Query,
        columns: Sequence[Column],
        count_later: CountLater | None = None,
    ) -> None:
        super().__init__()
        self.books, self.query, self._count_later = books, query, count_later
        self.columns = tuple(columns)
        self.complete = True
        self.unmasked = False
        """Whether numbers are shown whole for the moment (ui/unmasking.py)."""
        self._pages: OrderedDict[int, list[Record]] = OrderedDict()
        self._batched: dict[tuple[int, str], Mapping[bytes, str]] = {}
        self._count = self._first_count()

    def record(self, row: int) -> Record | None:
        """Return the record of a row; None where it went away since the rows were counted."""
        if not 0 <= row < self._count:
            return None
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self.books.page(self.query, number * PAGE, PAGE)
            if len(self._pages) > KEPT:
                gone, _ = self._pages.popitem(last=False)
                self._batched = {key: texts for key, texts in self._batched.items() if key[0] != gone}
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def text(self, row: int, column: Column) -> str:
        """Return what a column shows of a row."""
        record = self.record(row)
        if record is None:
            return ""
        if self.unmasked and column.whole is not None:
            return column.whole(record)
        if column.batch is None:
            return column.show(record)
        number = row // PAGE
        if (number, column.key) not in self._batched:
            self._batched[number, column.key] = column.batch(self._pages[number])
        return self._batched[number, column.key].get(record.id, "")

    def row_of(self, key: bytes, near: int = 0) -> int:
        """Return the row of a record on the pages around row `near` or read already, else -1."""
        self.record(near)
        for number, page in self._pages.items():
            for place, record in enumerate(page):
                if record.id == key:
                    return number * PAGE + place
        return -1

    def search_for(self, query: Query) -> None:
        """Show another query."""
        self.beginResetModel()
        kept = self._count if query == self.query else 0
        self.query = query
        self._pages.clear()
        self._batched.clear()
        self._count = self._first_count(kept)
        self.endResetModel()

    def refresh(self) -> None:
        """Read the same query again, because records changed; until it is counted, the rows stay as many."""
        self.search_for(self.query)

    def _first_count(self, kept: int = 0) -> int:
        """Return how many rows to show now: all, or what the first page has and `kept` while they are counted."""
        self.complete = True
        if self._count_later is None:
            return self.books.count(self.query)
        first = self._pages[0] = self.books.page(self.query, 0, PAGE)
        if len(first) < PAGE:
            return len(first)
        self.complete = False
        self._count_later(self.query, partial(self._was_counted, self.query))
        return max(len(first), kept)

    def _was_counted(self, query: Query, count: int) -> None:
        """Add the rows that the count knows of, or drop those that went."""
        if query != self.query:
            return
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        self.complete = True
        self.counted.emit()

    def keys(self, rows: range) -> list[bytes]:
        """Return the ids of some rows: of the pages read where they are few, else by one question."""
        if len(rows) <= PAGE:
            return [record.id for row in rows if (record := self.record(row)) is not None]
        return self.books.ids(self.query, rows.start, len(rows))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.column() < len(self.columns):
            return None
        column = self.columns[index.column()]
        if role == MARKS_ROLE and column.marks is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in ANSWERED:
            return None
        record = self.record(index.row())
        if record is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return record.id
        text = self.text(index.row(), column)
        if role == MARKS_ROLE:
            return column.marks(text) if column.marks and text else None
        return text if role == Qt.ItemDataRole.DisplayRole else as_tooltip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sort:
            descending = order == Qt.SortOrder.DescendingOrder
            self.search_for(replace(self.query, sort=self.columns[column].sort, descending=descending))


def columns_of(model: type[Record], sortable: Sequence[str] | None = None) -> list[Column]:
    """Return a column for every kind of a record but links to its owner and prose."""
    return [column_of(kind, sortable=sortable is None or kind.name in sortable) for kind in kinds_of(model)]
