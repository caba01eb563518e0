"""The clock of a ticket: from which day, by which rule, until when it is to be answered."""

from __future__ import annotations

import datetime
from typing import Protocol

from desktop.errors import UserError
from desktop.records.tickets import Ticket
from desktop.records.time_limits import LimitStart, TimeLimit
from desktop.services.workdays import Deadline, Workdays

PRESUMED = "推定"


class Limits(Protocol):
    """Where the office's default limit is read."""

    def default(self) -> TimeLimit | None:
        """Return the rule that a ticket without one of its own goes by."""
        ...


class TicketClock:
    """Reckons deadlines of tickets by their own limit, their open day's promise, or the office's default."""

    def __init__(self, workdays: Workdays, limits: Limits) -> None:
        self._workdays = workdays
        self._limits = limits

    def set_going(self, ticket: Ticket, start: datetime.date | None = None) -> None:
        """Fill 起算日, 办理期限 and 推定: of the first round, or of one that starts on `start`."""
        deadline = self.deadline(ticket, start)
        ticket.counted_from = start or self.start_of(ticket)
        ticket.due_on = deadline.due
        ticket.presumed = PRESUMED if deadline.presumed else ""

    def deadline(self, ticket: Ticket, start: datetime.date | None = None) -> Deadline:
        """Return the deadline of a round, explained day by day; raises UserError beyond the years known.

        A ticket of an open day without a limit of its own is answered as the day promised (肥西: 7 working
        days after the day), whenever it came in.
        """
        first = start or self.start_of(ticket)
        if ticket.limit is None and ticket.open_day is not None and ticket.open_day.reply_days:
            return self._workdays.due(first, ticket.open_day.reply_days)
        return self._workdays.deadline(first, self.limit_of(ticket))

    @staticmethod
    def start_of(ticket: Ticket) -> datetime.date:
        """Return the day from which the first round is counted."""
        day = ticket.open_day.held_on if ticket.open_day else None
        if day and (ticket.limit is None or ticket.limit.start == LimitStart.EVENT_DAY):
            return day
        if ticket.received_on is None:
            raise UserError("反映日期不能为空", field="received_on")
        return ticket.received_on

    def limit_of(self, ticket: Ticket) -> TimeLimit:
        """Return the limit by which a ticket is extended and warned of: its own, or the office's default."""
        limit = ticket.limit or self._limits.default()
        if limit is None:
            raise UserError("还没有办理时限的规则，请先在“设置”中加一条", field="limit")
        return limit

    def default(self) -> TimeLimit | None:
        """Return the office's default limit; None where it keeps none."""
        return self._limits.default()

    @staticmethod
    def in_words(ticket: Ticket, default: TimeLimit | None) -> str:
        """Return by which rule a ticket is due: `自次日起 7 个工作日`; `default` is the office's."""
        if ticket.limit is None and ticket.open_day is not None and ticket.open_day.reply_days:
            return f"自活动日次日起 {ticket.open_day.reply_days} 个工作日"
        limit = ticket.limit or default
        return limit.in_words() if limit else ""

    def extend(self, ticket: Ticket, days: int) -> None:
        """Move the deadline by working days counted from the present one."""
        if ticket.due_on is None:
            raise UserError(f"{ticket.number} 没有办理期限，不能延期", field="due_on")
        deadline = self._workdays.due(ticket.due_on, days)
        ticket.due_on = deadline.due
        ticket.presumed = PRESUMED if deadline.presumed or ticket.presumed else ""
