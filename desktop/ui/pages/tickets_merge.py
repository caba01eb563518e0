"""并案: several tickets that are one matter; one becomes the main one, the others' raisers become its 件次."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.backups import Reason
from desktop.records.occurrences import times_raised
from desktop.records.ticket_steps import TicketStep
from desktop.records.tickets import Ticket
from desktop.services.ticket_gestures import merge_into
from desktop.ui.backup_first import backup_first
from desktop.ui.dialogs import Dialog
from desktop.ui.editors import editor_for
from desktop.ui.field_row import FieldRow
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel
from desktop.ui.plain_table import PlainTable

MOST = 50
"""Tickets merged at once: more than anybody compares by eye."""


class MergeDialog(Dialog):
    """Asks which of the tickets is the main one; `merged` is called with what the toast says."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, tickets: Sequence[Ticket], merged: Callable[[str], None]
    ) -> None:
        super().__init__(parent, f"把 {len(tickets)} 件并成一件", "ticket-merge")
        self._frame, self._merged = frame, merged
        self.tickets = sorted(tickets, key=lambda ticket: (ticket.received_on, ticket.number))
        told = StatusLabel("merge-told", "并案", "muted", wrap=True)
        told.say("选哪一件做主件：其余的并进去，不再单独办；所有反映人都成为主件的件次，办结时一并答复。")
        self.table = PlainTable("merge-tickets", "主件", ("编号", "状态", "件次", "摘要"), wide=3)
        times = times_raised(self.tickets)
        self.table.fill(
            [
                (one.number, str(one.state), str(times[one.id]), one.shown_summary)
                for one in self.tickets
            ]
        )  # fmt: skip
        self.table.selectRow(0)
        self._reason = editor_for(TicketStep.reason, frame.desk.books)  # pyright: ignore[reportArgumentType]
        self.body.addWidget(told)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(FieldRow(self._reason))
        self.table.row_chosen.connect(self._name_button)
        self.go = self.add_buttons("并案")
        self.go.clicked.connect(self.take)
        self._name_button(0)
        self.fit(640, 420)
        self.table.setFocus()

    def _name_button(self, row: int) -> None:
        if 0 <= row < len(self.tickets):
            self.go.setText(f"其余 {len(self.tickets) - 1} 件并入 {self.tickets[row].number}")

    def take(self) -> None:
        """Merge the others into the one chosen, all or none, after a backup."""
        backup_first(self._frame, self, Reason.MERGE, self._take)

    def _take(self) -> None:
        main, desk = self.tickets[max(self.table.row(), 0)], self._frame.desk
        try:
            merge_into(desk.tickets, desk.changes, main, self.tickets, self._reason.store())
        except UserError as refused:
            self.complain(refused.message)
        except TroubleError as trouble:
            self.complain(trouble.message)
        else:
            self.accept()
            self._merged(f"{len(self.tickets) - 1} 件已并入 {main.number}")
