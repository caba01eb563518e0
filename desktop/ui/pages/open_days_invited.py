"""The list of 名单: its columns, and the keys that set replies and attendance."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QItemSelection, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from desktop.records.invitations import Attendance, Invitation, InvitationState, Reply
from desktop.records.listing import Query
from desktop.services.roll import Roll
from desktop.ui.record_view import RecordView
from desktop.ui.tables import MUTED_ROLE, Column, Index, RecordTable

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
SALUTATION = "salutation"
NARROW = 800
"""Pixels under which a list leaves the salutations out, until somebody chose its columns."""


def signed(word: str) -> str:
    """Return a reply or attendance with its sign, so that a column is read at a glance."""
    return SIGNS.get(cast("Any", word), word)


def _unit(row: Any) -> str:
    """Return the unit; of a void invitation the reason, since nobody looks for its unit any more."""
    return f"作废：{row.void_because}" if row.state == InvitationState.VOID else row.representative.unit


class InvitedRows(RecordTable):
    """The rows of 名单; those of void invitations are grey."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == MUTED_ROLE:
            record = self.record(index.row())
            return record is not None and record.__data__["state"] == InvitationState.VOID
        return super().data(index, role)


COLUMNS = (
    Column("number", "编号", lambda row: row.number, width=132),
    Column("name", "姓名", lambda row: row.representative.full_name, width=100),
    Column("unit", "单位", _unit, width=140, middle=True, grows=True),
    Column(SALUTATION, "称呼", lambda row: row.salutation, width=108),
    Column("reply", "回执", lambda row: signed(row.reply), width=80),
    Column("attendance", "出席", lambda row: signed(row.attendance), width=98),
    Column("seat", "座位", lambda row: row.seat, width=78),
    Column("state", "状态", lambda row: row.state, width=56),
    Column("note", "回执备注", lambda row: row.reply_note, width=140, grows=True),
)
SHOWN = tuple(column.key for column in COLUMNS[:-1])


class InvitedView(RecordView):
    """The list of 名单; `typed` carries a key that means a reply or an attendance."""

    typed = Signal(str)

    def __init__(self, roll: Roll, memory: QSettings) -> None:
        super().__init__(InvitedRows(roll, Query(Invitation), COLUMNS), memory, "invited", "名单", SHOWN)
        self._roll = roll

    def show_found(self, typed: str) -> None:
        """Show those whom typed characters mean; who is shown still stays selected."""
        kept, current = set(self.chosen_ids()), self.currentIndex().row()
        self.table.search_for(Query(Invitation, search=typed))
        self._select(kept)
        if 0 <= current < self.table.rowCount():
            flag = self.selectionModel().SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.table.index(current, 0), flag)

    def _select(self, keys: set[bytes]) -> None:
        """Select the rows of these invitations, run by run."""
        if not keys:
            return
        rows = [place for place, key in enumerate(self._roll.ids(self.table.query)) if key in keys]
        runs, last = QItemSelection(), len(self.table.columns) - 1
        for first, end in _runs(rows):
            runs.select(self.table.index(first, 0), self.table.index(end, last))
        flag = self.selectionModel().SelectionFlag
        self.selectionModel().select(runs, flag.Select)

    def go_to_key(self, key: bytes) -> None:
        """Go to the row of an invitation, where it is shown."""
        keys = self._roll.ids(self.table.query)
        if key in keys:
            self.go_to(keys.index(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.text() and event.text() in "0123cqjt" and plain:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self.has_own_columns:
            place = [column.key for column in COLUMNS].index(SALUTATION)
            self.setColumnHidden(place, self.viewport().width() < NARROW)
        super().resizeEvent(event)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return rows in order as runs of neighbours, first and last of each."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
