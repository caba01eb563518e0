"""The deadlines of tickets that a new 放假安排 would move: of those still owed, and never of one that was extended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.records import storing
from desktop.records.base import Record, reading
from desktop.records.ticket_steps import Slip, TicketStep
from desktop.records.tickets import Ticket
from desktop.services.deadlines import Deadline
from desktop.services.moved import MovedDate, why
from desktop.services.ticket_clock import PRESUMED, TicketClock
from desktop.services.workdays import Workdays

BY_TABLE = "按放假安排调整"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is known of a ticket's clock without reading its texts."""

    key: bytes
    counted_from: datetime.date
    due_on: datetime.date
    presumed: str
    rule: tuple[bytes | None, ...]
    """Its limit and its open day: tickets of one rule and one first day have one deadline."""


class TicketDates:
    """A source of MovedDates: tickets that still owe an answer."""

    touched: tuple[type[Record], ...] = (Ticket, TicketStep)

    def __init__(self, clock: TicketClock, workdays: Workdays, who: str = "") -> None:
        self._clock = clock
        self._workdays = workdays
        self._who = who

    def moved(self) -> Iterator[MovedDate]:
        for owed, deadline in self._reckoned():
            if deadline.due != owed.due_on:
                yield self._told(owed, deadline)

    def _told(self, owed: Owed, deadline: Deadline) -> MovedDate:
        with reading():
            ticket = Ticket.get_by_id(owed.key)
        last = max(owed.due_on, deadline.due)
        reason = why(self._workdays.arrangement, owed.counted_from, last)
        of = f"{ticket.sort} {ticket.number} {ticket.shown_summary}"
        printed = tuple(
            f"{slip.sort}{slip.number}（{slip.on} 印，写明 {slip.due_on}）"
            for slip in slips_of(ticket)
            if slip.due_on == owed.due_on
        )
        return MovedDate(
            Ticket.kind, owed.key, "due_on", "办理期限", of, owed.due_on, deadline.due, deadline.presumed,
            reason, printed,
        )  # fmt: skip

    def confirm(self) -> None:
        badges = {
            owed.key: PRESUMED if deadline.presumed else ""
            for owed, deadline in self._reckoned()
            if deadline.due == owed.due_on
        }
        by = self._workdays.arrangement
        badges |= {
            owed.key: PRESUMED if by.presumes(owed.counted_from, owed.due_on) else ""
            for owed in self._owed(extended=True)
        }
        held = {owed.key: owed.presumed for owed in (*self._owed(extended=True), *self._owed(extended=False))}
        changed = storing.kept(Ticket, [key for key, badge in badges.items() if held[key] != badge])
        for ticket in changed:
            ticket.presumed = badges[ticket.id]
        storing.update_all(changed)

    def move(self, moved: MovedDate) -> None:
        with reading():
            ticket = Ticket.get_or_none((Ticket.id == moved.key) & Ticket.deleted_at.is_null())
        if ticket is None or ticket.due_on != moved.old:
            raise storing.Conflict(Ticket(id=moved.key), ticket)
        ticket.due_on, ticket.presumed = moved.new, PRESUMED if moved.presumed else ""
        step = TicketStep(
            ticket=ticket, round=ticket.round, verb="reckon", name=BY_TABLE, on=datetime.date.today(), who=self._who,
            before=ticket.state, after=ticket.state, reason=moved.reason, due_before=moved.old,
            due_after=moved.new,
        )  # fmt: skip
        storing.write(ticket, is_new=False)
        storing.write(step, is_new=True)

    def _reckoned(self) -> Iterator[tuple[Owed, Deadline]]:
        """Yield the clocks that no extension touched, each with its deadline as it would be set now."""
        known: dict[tuple[datetime.date, tuple[bytes | None, ...]], Deadline] = {}
        for owed in self._owed(extended=False):
            rule = (owed.counted_from, owed.rule)
            if rule not in known:
                with reading():
                    known[rule] = self._clock.deadline(Ticket.get_by_id(owed.key), owed.counted_from)
            yield owed, known[rule]

    @staticmethod
    def _owed(*, extended: bool) -> list[Owed]:
        granted = TicketStep.select(TicketStep.ticket).where(
            (TicketStep.ticket == Ticket.id)
            & (TicketStep.round == Ticket.round)
            & TicketStep.verb.in_(("extend", "grant"))  # pyright: ignore
            & TicketStep.deleted_at.is_null()
        )
        longer = Ticket.id.in_(granted) if extended else Ticket.id.not_in(granted)  # pyright: ignore
        with reading():
            rows = (
                Ticket.select(
                    Ticket.id,
                    Ticket.counted_from,
                    Ticket.due_on,
                    Ticket.presumed,
                    Ticket.limit,
                    Ticket.open_day,
                )
                .where(
                    (Ticket.running == 1)
                    & Ticket.deleted_at.is_null()
                    & Ticket.due_on.is_null(False)
                    & Ticket.counted_from.is_null(False)
                    & longer
                )
                .tuples()
            )
            return [Owed(*row[:4], rule=row[4:]) for row in rows]  # pyright: ignore


def slips_of(ticket: Ticket) -> list[Slip]:
    """Return the numbered papers that went out about a ticket, in order."""
    with reading():
        return list(
            Slip.select().where((Slip.ticket == ticket) & Slip.deleted_at.is_null()).order_by(Slip.created_at)
        )
