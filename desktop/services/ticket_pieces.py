"""What a paper says of a ticket comes from many tables: read for hundreds of tickets at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.records.base import Record, reading
from desktop.records.meetings import Meeting
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.records.staff import Staff
from desktop.records.ticket_steps import Answer, Slip, TicketStep
from desktop.records.tickets import Occurrence, Ticket
from desktop.records.time_limits import TimeLimit

BATCH = 500
"""Tickets asked for by one statement."""
CHARGES, EXTENSIONS = ("assign", "redo"), ("extend", "grant")
EXPLAINED_BY_NONE = "未写明原因"


@dataclass(frozen=True, slots=True)
class Piece:
    """A ticket as its papers tell of it.

    `raised` are its 件次, first first; `answer` that of the present round, `answers` how many there are;
    `charge` what was said with the assignment, `extended` the working days granted in the round. `sort` is
    the register's series, `number` what it gave out ('' until the first print) on the day `on`; `late` are
    the working days since the deadline, `urged` the times it was urged before; `times` counts the letters.
    """

    ticket: Ticket
    raised: tuple[Occurrence, ...] = ()
    answer: Answer | None = None
    charge: str = ""
    extended: int = 0
    limit: str = ""
    slips: tuple[Slip, ...] = ()
    sort: str = ""
    number: str = ""
    on: datetime.date | None = None
    late: int = 0
    times: int = 1

    @property
    def handler(self) -> str:
        """Who handles it, '' where nobody does yet."""
        return self.ticket.handler.full_name if self.ticket.handler else ""


def pieces_of(tickets: Sequence[Ticket], *, told: bool = True) -> Iterator[Piece]:
    """Yield the tickets with what hangs on them, some statements for each `BATCH`; steps and slips where `told`."""
    for start in range(0, len(tickets), BATCH):
        batch = tickets[start : start + BATCH]
        with reading():
            for link, model in (
                ("handler", Staff),
                ("open_day", OpenDay),
                ("limit", TimeLimit),
                ("meeting", Meeting),
                ("main", Ticket),
            ):
                _join(batch, link, model)
            keys = [ticket.id for ticket in batch]
            raised = _by_ticket(Occurrence, keys, Occurrence.received_on, Occurrence.created_at)
            answers = _by_ticket(Answer, keys, Answer.round)
            steps = _by_ticket(TicketStep, keys, TicketStep.created_at) if told else {}
            slips = _by_ticket(Slip, keys, Slip.created_at) if told else {}
            _join([row for rows in raised.values() for row in rows], "representative", Representative)
        for ticket in batch:
            key = ticket.id
            yield _piece(
                ticket, raised.get(key, []), answers.get(key, []), steps.get(key, []), slips.get(key, [])
            )


def _piece(
    ticket: Ticket,
    raised: list[Occurrence],
    answers: list[Answer],
    steps: list[TicketStep],
    slips: list[Slip],
) -> Piece:
    own = [step for step in steps if step.round == ticket.round]
    charges = [step.reason for step in own if step.verb in CHARGES and step.reason != EXPLAINED_BY_NONE]
    return Piece(
        ticket,
        tuple(raised),
        next((row for row in answers if row.round == ticket.round), None),
        charge=charges[-1] if charges else "",
        extended=sum(step.days or 0 for step in own if step.verb in EXTENSIONS),
        slips=tuple(slips),
    )


def _join(rows: Sequence[Any], link: str, model: type[Record]) -> None:
    """Give rows the records they link to, read by one statement."""
    wanted = {key for row in rows if (key := row.__data__.get(link))}
    fields: Any = model
    keys, there = list(wanted), dict[bytes, Record]()
    for start in range(0, len(keys), BATCH):
        part = model.select().where(fields.id.in_(keys[start : start + BATCH]))
        there |= {record.id: record for record in part}
    for row in rows:
        if found := there.get(row.__data__.get(link)):
            row.__rel__[link] = found


def _by_ticket(model: Any, keys: list[bytes], *order: Any) -> dict[bytes, list[Any]]:
    """Return the live rows of tickets by the ticket's key, in an order."""
    rows = model.select().where(model.ticket.in_(keys) & model.deleted_at.is_null())
    found: dict[bytes, list[Any]] = {}
    for row in rows.order_by(*order, model.id):
        found.setdefault(row.__data__["ticket"], []).append(row)
    return found
