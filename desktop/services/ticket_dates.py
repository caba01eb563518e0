"""The deadlines of tickets that a new 放假安排 would move: of those still owed, and never of one that was extended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import Record, reading
from desktop.records.ticket_steps import Slip, TicketStep
from desktop.records.tickets import Ticket
from desktop.services.deadlines import Deadline
from desktop.services.moved import MovedDate, why
from desktop.services.ticket_clock import PRESUMED, TicketClock
from desktop.services.workdays import Workdays

BY_TABLE = "按放假安排调整"


GRANTED = ("extend", "grant")


@dataclass(frozen=True, slots=True)
class Clock:
    """What tickets of one first day, rule, deadline and badge share: they are reckoned once together."""

    counted_from: datetime.date
    due_on: datetime.date
    presumed: str
    limit: bytes | None
    open_day: bytes | None


class TicketDates:
    """A source of MovedDates: tickets that still owe an answer."""

    touched: tuple[type[Record], ...] = (Ticket, TicketStep)

    def __init__(self, clock: TicketClock, workdays: Workdays, who: str = "") -> None:
        self._clock = clock
        self._workdays = workdays
        self._who = who

    def moved(self) -> Iterator[MovedDate]:
        for clock, deadline in self._reckoned():
            if deadline.due != clock.due_on:
                last = max(clock.due_on, deadline.due)
                reason = why(self._workdays.arrangement, clock.counted_from, last)
                tickets = _tickets(clock)
                slips = _slips([ticket.id for ticket in tickets])
                for ticket in tickets:
                    yield _told(ticket, deadline, reason, slips.get(ticket.id, []))

    def confirm(self) -> None:
        changed: list[Ticket] = []
        for clock, deadline in self._reckoned():
            badge = PRESUMED if deadline.presumed else ""
            if deadline.due == clock.due_on and badge != clock.presumed:
                changed += _badged(_tickets(clock), badge)
        by = self._workdays.arrangement
        for clock in _clocks(extended=True):
            badge = PRESUMED if by.presumes(clock.counted_from, clock.due_on) else ""
            if badge != clock.presumed:
                changed += _badged(_tickets(clock, extended=True), badge)
        storing.update_all(changed)

    def move(self, moved: Sequence[MovedDate]) -> None:
        wanted = {one.key: one for one in moved}
        with reading():
            tickets = storing.kept(Ticket, list(wanted))
        steps = []
        for ticket in tickets:
            one = wanted.pop(ticket.id)
            if ticket.deleted_at or ticket.due_on != one.old:
                raise storing.Conflict(ticket, None if ticket.deleted_at else ticket)
            ticket.due_on, ticket.presumed = one.new, PRESUMED if one.presumed else ""
            steps.append(self._step(ticket, one))
        if wanted:
            raise UserError("有的问题已经不在了，期限没有调整；请重新查看", field="id")
        storing.update_all(tickets)
        storing.insert_all(steps)

    def _step(self, ticket: Ticket, one: MovedDate) -> TicketStep:
        return TicketStep(
            ticket=ticket, round=ticket.round, verb="reckon", name=BY_TABLE, on=datetime.date.today(),
            who=self._who, before=ticket.state, after=ticket.state, reason=one.reason, due_before=one.old,
            due_after=one.new,
        )  # fmt: skip

    def _reckoned(self) -> Iterator[tuple[Clock, Deadline]]:
        """Yield the clocks that no extension touched, each with its deadline as it would be set now."""
        known: dict[tuple[datetime.date, bytes | None, bytes | None], Deadline] = {}
        for clock in _clocks(extended=False):
            rule = (clock.counted_from, clock.limit, clock.open_day)
            if rule not in known:
                known[rule] = self._clock.deadline(_tickets(clock, most=1)[0], clock.counted_from)
            yield clock, known[rule]


def _told(ticket: Ticket, deadline: Deadline, reason: str, slips: Sequence[Slip]) -> MovedDate:
    old = ticket.due_on or deadline.due
    of = f"{ticket.sort} {ticket.number} {ticket.shown_summary}"
    printed = tuple(
        f"{slip.sort}{slip.number}（{slip.on} 印，写明 {slip.due_on}）"
        for slip in slips
        if slip.due_on == old
    )
    return MovedDate(
        Ticket.kind,
        ticket.id,
        "due_on",
        "办理期限",
        of,
        old,
        deadline.due,
        deadline.presumed,
        reason,
        printed,
    )


def _badged(tickets: list[Ticket], badge: str) -> list[Ticket]:
    for ticket in tickets:
        ticket.presumed = badge
    return tickets


def _owed(*, extended: bool) -> Any:
    """Return the condition of tickets that owe an answer, and were extended in their round or not."""
    granted = TicketStep.select(TicketStep.ticket).where(
        (TicketStep.ticket == Ticket.id)
        & (TicketStep.round == Ticket.round)
        & TicketStep.verb.in_(GRANTED)  # pyright: ignore
        & TicketStep.deleted_at.is_null()
    )
    owed = (Ticket.running == 1) & Ticket.deleted_at.is_null() & Ticket.counted_from.is_null(False)
    owed &= Ticket.due_on.is_null(False)
    return owed & (Ticket.id.in_(granted) if extended else Ticket.id.not_in(granted))  # pyright: ignore


def _clocks(*, extended: bool) -> list[Clock]:
    columns = (Ticket.counted_from, Ticket.due_on, Ticket.presumed, Ticket.limit, Ticket.open_day)
    with reading():
        found = Ticket.select(*columns).where(_owed(extended=extended)).group_by(*columns).tuples()
        return [Clock(*row) for row in found]  # pyright: ignore


def _tickets(clock: Clock, *, extended: bool = False, most: int | None = None) -> list[Ticket]:
    """Return the tickets of a clock, or `most` of them."""
    fields: Any = Ticket
    same = (Ticket.counted_from == clock.counted_from) & (Ticket.due_on == clock.due_on)
    same &= (Ticket.presumed == clock.presumed) & _same(fields.limit, clock.limit)
    same &= _same(fields.open_day, clock.open_day)
    with reading():
        return list(Ticket.select().where(_owed(extended=extended) & same).limit(most))


def _same(field: Any, key: bytes | None) -> Any:
    return field.is_null() if key is None else field == key


def _slips(keys: Sequence[bytes]) -> dict[bytes, list[Slip]]:
    """Return the numbered papers that went out about tickets, in order, by ticket."""
    found: dict[bytes, list[Slip]] = {}
    fields: Any = Slip
    with reading():
        for start in range(0, len(keys), storing.BATCH):
            part = list(keys[start : start + storing.BATCH])
            live = fields.ticket.in_(part) & Slip.deleted_at.is_null()
            for slip in Slip.select().where(live).order_by(Slip.created_at):
                found.setdefault(slip.__data__["ticket"], []).append(slip)
    return found
