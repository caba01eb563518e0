"""打印 of tickets: the print dialog with the papers of tickets, opened from a list or a form of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.records import listing
from desktop.records.listing import Query
from desktop.records.tickets import Ticket, TicketState
from desktop.ui.frame import Frame
from desktop.ui.print_dialog import PrintDialog
from desktop.ui.printers import Printers
from desktop.ui.printing import Fault
from desktop.ui.ticket_choices import LETTERS, TicketChoices, Tickets

MOST_LOOKED_AT = 200
"""Tickets of a choice whose states say which paper is meant."""
MEANT = (
    ("reply-letters", (TicketState.ANSWERED, TicketState.EVALUATED, TicketState.CLOSED, TicketState.ARCHIVED)),
    ("assignment-slips", (TicketState.ASSIGNED, TicketState.SIGNED, TicketState.WORKING, TicketState.REDOING)),
)  # fmt: skip
USUAL = "ticket-ledger"


class TicketPrintDialog(PrintDialog):
    """The print dialog for tickets; a fault leads to its ticket."""

    def __init__(
        self,
        frame: Frame,
        documents: Sequence[str],
        tickets: Tickets,
        *,
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        choices = TicketChoices(frame.memory, documents, tickets)
        super().__init__(frame, documents, None, choices=choices, printers=printers, parent=parent)
        choices.wording_asked.connect(self.edit_wording)

    def edit_wording(self) -> None:
        """Open the wording of the letters; the preview follows what is kept."""
        from desktop.ui.reply_wording_dialog import ReplyWordingDialog

        ReplyWordingDialog(self.frame, self, self.changed).open()

    def jump(self, fault: Fault) -> None:
        if fault.document == LETTERS and not fault.record:
            self.edit_wording()
            return
        self.reject()
        self.frame.go("tickets", fault.record)


def print_tickets(
    frame: Frame,
    parent: QWidget,
    keys: Sequence[bytes],
    listed: Query | None = None,
    documents: Sequence[str] = (),
) -> TicketPrintDialog:
    """Open the print dialog over a window for tickets: those chosen by `keys`, and all that a list shows.

    Without `documents` the paper that the states of the chosen tickets mean is checked at first.
    """
    chosen = cast(
        "list[Ticket]",
        listing.page(Query(Ticket, keys=tuple(keys)), 0, MOST_LOOKED_AT) if keys else [],
    )
    meetings = {ticket.meeting for ticket in chosen}
    tickets = Tickets(
        tuple(keys),
        listed,
        listing.count(listed) if listed else 0,
        meetings.pop() if len(meetings) == 1 else None,
    )
    dialog = TicketPrintDialog(frame, documents or [_meant(chosen)], tickets, parent=parent)
    dialog.open()
    return dialog


def _meant(chosen: Sequence[Ticket]) -> str:
    """Return the paper that tickets in these states are waiting for; a list where they differ."""
    states = {ticket.state for ticket in chosen}
    return next((document for document, meant in MEANT if states and states <= set(meant)), USUAL)
