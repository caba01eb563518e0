"""Gestures on tickets that are several steps at once: 受理并交办, merging several into a main one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.errors import UserError
from desktop.records.backups import Reason
from desktop.records.ticket_steps import Answer, Evaluation, TicketStep
from desktop.records.tickets import Occurrence, Ticket
from desktop.services.changes import Changes
from desktop.services.tickets import Tickets

Step = tuple[Ticket, str, Mapping[str, str]]
"""A ticket, the verb, and what is told with it."""
TOUCHED = (Ticket, TicketStep, Answer, Evaluation, Occurrence)


def take_together(
    tickets: Tickets,
    changes: Changes,
    called: str,
    steps: Sequence[Step],
    after_backup: Reason | None = None,
) -> None:
    """Take several steps as one change that one undo takes back; where one is refused, none is taken.

    Raises what `Tickets.do` raises; the tickets in memory are then as they were.
    """
    before = [(ticket, dict(ticket.__data__), dict(ticket.__rel__)) for ticket, _, _ in steps]
    try:
        with changes.change(called, *TOUCHED, after_backup=after_backup):
            for ticket, verb, values in steps:
                tickets.do(ticket, verb, values)
    except BaseException:
        for ticket, data, links in before:
            ticket.__data__, ticket.__rel__ = data, links  # pyright: ignore[reportAttributeAccessIssue]
        raise


def accept_and_assign(tickets: Tickets, changes: Changes, ticket: Ticket, values: Mapping[str, str]) -> None:
    """Accept a ticket and give it to a section and a person in one go; `values` are those of `assign`."""
    on = {"on": values["on"]} if values.get("on") else {}
    steps: list[Step] = [(ticket, "accept", on), (ticket, "assign", values)]
    take_together(tickets, changes, f"受理并交办 {ticket.number}", steps)


def merge_into(
    tickets: Tickets, changes: Changes, main: Ticket, others: Sequence[Ticket], reason: str = ""
) -> None:
    """Make several tickets part of a main one, all or none; their raisers become 件次 of it."""
    those = [ticket for ticket in others if ticket.id != main.id]
    if not those:
        raise UserError("并案要选两件以上：一件做主件，其余的并进去", field="into")
    told = {"into": main.id.hex()} | ({"reason": reason} if reason else {})
    called = f"并案：{len(those)} 件并入 {main.number}"
    steps: list[Step] = [(ticket, "merge", told) for ticket in those]
    take_together(tickets, changes, called, steps, Reason.MERGE)
