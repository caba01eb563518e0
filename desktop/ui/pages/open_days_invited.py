"""The rows of 名单: the invitations of one day with their people, chosen by what is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.records.invitations import Attendance, Invitation, InvitationState, Reply
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.services.books import Books
from desktop.ui.naming import as_tooltip, name
from desktop.ui.row_delegate import EDGE, RowTable
from desktop.ui.tables import Index

SIGNS = {
    Reply.COMING: "✓ 参加",
    Reply.DECLINED: "✕ 不参加",
    Reply.SUBSTITUTE: "⇄ 代替",
    Reply.NONE: "· 未回复",
    Attendance.PRESENT: "✓ 出席",
    Attendance.ABSENT: "✕ 缺席",
    Attendance.EXCUSED: "○ 请假",
    Attendance.WALKED_IN: "＋ 临时到会",
}


def signed(word: str) -> str:
    """Return a reply or attendance with its sign, so that a column is read at a glance."""
    return SIGNS.get(cast("Any", word), word)


def short_number(number: str) -> str:
    """Return the running number of `邀〔2026〕17号`: 17."""
    found = re.search(r"(\d+)\D*$", number)
    return found[1] if found else ""


def in_order(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Return invitations in the order of their running numbers."""
    return sorted(invitations, key=lambda row: (int(short_number(row.number) or 0), row.number))


def found_by(books: Books, invitations: Sequence[Invitation], typed: str) -> list[Invitation]:
    """Return the invitations that typed characters mean: a number, or name, pinyin, initials, phone tail, unit."""
    typed = typed.strip()
    if not typed:
        return list(invitations)
    by_number = [row for row in invitations if short_number(row.number) == typed or row.number == typed]
    keys = tuple(row.representative.id for row in invitations)
    people = set(books.ids(Query(Representative, search=typed, keys=keys))) if keys else set()
    numbered = {row.id for row in by_number}
    return by_number + [
        row for row in invitations if row.representative.id in people and row.id not in numbered
    ]


HEADINGS: tuple[tuple[str, str, Callable[[Invitation], str]], ...] = (
    ("编号", "邀〔2026〕188号", lambda row: row.number),
    ("姓名", "嘉木样·洛桑", lambda row: row.representative.full_name),
    ("单位", "肥西县人民医院", lambda row: row.representative.unit),
    ("称呼", "欧阳重庆先生", lambda row: row.salutation),
    ("回执", "· 未回复", lambda row: signed(row.reply)),
    ("出席", "＋ 临时到会", lambda row: signed(row.attendance)),
    ("座位", "3排12座", lambda row: row.seat),
    ("状态", "待印", lambda row: row.state),
)
"""Heading, a text that the column has to hold at any size of type, what it shows."""
UNIT, SALUTATION = 2, 3


class InvitedRows(QAbstractTableModel):
    """Invitations of a day as rows; a day has hundreds, so they are all held."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Invitation] = []

    def fill(self, rows: Sequence[Invitation]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row.id
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = HEADINGS[index.column()][2](row)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        more = f"({row.void_because})" if row.state == InvitationState.VOID else row.reply_note
        return as_tooltip(f"{text} {more}".strip())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section][0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class InvitedView(RowTable):
    """The list of 名单; `typed` carries a key that means a reply or an attendance."""

    typed = Signal(str)
    opened = Signal()

    def __init__(self, rows: InvitedRows) -> None:
        super().__init__(lambda column: column == UNIT)
        name(self, "invited", "名单")
        self.rows = rows
        self.setModel(rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        name(header, "invited-header", "列标题")
        header.setMinimumSectionSize(48)
        self._fit()
        header.setSectionResizeMode(UNIT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self.opened)

    def _fit(self) -> None:
        for column, (_, sample, _show) in enumerate(HEADINGS):
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance(sample) + 2 * EDGE + 4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.model() is not None:
            self._fit()

    def chosen(self) -> list[Invitation]:
        """Return the invitations selected, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.rows[row] for row in rows if row < len(self.rows.rows)]

    def keep(self, keys: set[bytes], current: int) -> None:
        """Select the rows of these invitations again, after they were read anew."""
        selection = self.selectionModel()
        flag = selection.SelectionFlag
        for place, row in enumerate(self.rows.rows):
            if row.id in keys:
                selection.select(self.rows.index(place, 0), flag.Select | flag.Rows)
        if 0 <= current < len(self.rows.rows):
            selection.setCurrentIndex(self.rows.index(current, 0), flag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif (
            event.text()
            and event.text() in "0123cqjt"
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(SALUTATION, self.viewport().width() < 720)
