"""Views of the tickets: what is mine, due, late, waiting; their counts; the clock of each row; reminders."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.records import ticket_views as conditions
from desktop.records.listing import Query
from desktop.records.ticket_views import Narrow
from desktop.records.tickets import UNANSWERED, Ticket, TicketState
from desktop.records.time_limits import TimeLimit
from desktop.services.time_limits import TimeLimits
from desktop.services.workdays import Workdays

S = TicketState
WARN_BEFORE, LATE_BY = 2, 5
"""Working days before and after a deadline at which the office is told (its default limit may say otherwise)."""


class Pace(StrEnum):
    """Where a ticket stands with its clock; each has a colour and a word."""

    AHEAD = "在期限内"
    WARNING = "预警"
    TODAY = "今天到期"
    LATE = "逾期"
    PAUSED = "挂起"
    DONE = "已答复"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one row: pace, working days left (negative: late by), whether the date is only presumed."""

    pace: Pace
    days: int
    presumed: bool

    @property
    def words(self) -> str:
        """What the bar says: `还剩 3 个工作日`, `今天到期`, `逾期 5 个工作日`."""
        match self.pace:
            case Pace.AHEAD | Pace.WARNING:
                return f"还剩 {self.days} 个工作日"
            case Pace.LATE:
                return f"逾期 {-self.days} 个工作日" if self.days else "已过期限"
            case _:
                return str(self.pace)


@dataclass(frozen=True, slots=True)
class View:
    """One view: its id, its name, the column it is sorted by."""

    name: str
    label: str
    sort: str = "due_on"
    descending: bool = False


VIEWS = {
    view.name: view
    for view in (
        View("all", "全部", "received_on", descending=True),
        View("owed", "在办"),
        View("mine", "我的"),
        View("week", "本周到期"),
        View("warning", "预警"),
        View("today", "今天到期"),
        View("late", "逾期"),
        View("very_late", "逾期 5 日以上"),
        View("to_accept", "待受理"),
        View("to_assign", "待交办"),
        View("to_evaluate", "待回访", "answered_on"),
        View("to_close", "待办结", "answered_on"),
        View("to_decide", "待会议决定", "received_on"),
        View("to_carry_out", "待落实", "received_on"),
        View("to_feed_back", "待反馈", "next_feedback_on"),
        View("suspended", "挂起"),
        View("closed", "已办结", "closed_on", descending=True),
    )
}


@dataclass(frozen=True, slots=True)
class Reminders:
    """What the office is told on a working day: each figure is the count of a view. On other days, nothing."""

    counts: dict[str, int]
    is_workday: bool
    next_workday: datetime.date
    """The next day on which there are reminders."""


class TicketViews:
    """Makes the query of a view for a day, counts views, reads the clock of rows."""

    def __init__(self, workdays: Workdays, limits: TimeLimits) -> None:
        self._workdays = workdays
        self._limits = limits

    def query(
        self, name: str, *, handler: bytes | None = None, today: datetime.date | None = None, search: str = ""
    ) -> Query:
        """Return the query of a view; `mine` is of the staff member `handler`, and empty without one."""
        view = VIEWS[name]
        narrowed = self._conditions(name, handler, today or datetime.date.today())
        return Query(Ticket, search, sort=view.sort, descending=view.descending, narrowed=narrowed)

    def count(self, name: str, *, handler: bytes | None = None, today: datetime.date | None = None) -> int:
        """Return how many tickets a view shows."""
        return conditions.count(self._conditions(name, handler, today or datetime.date.today()))

    def _conditions(self, name: str, handler: bytes | None, today: datetime.date) -> Narrow:
        makers: dict[str, Callable[[], Narrow]] = {
            "all": lambda: (),
            "owed": conditions.owed,
            "mine": lambda: conditions.owed() + conditions.handled_by(handler or b""),
            "week": lambda: conditions.owed(today, today + datetime.timedelta(days=6 - today.weekday())),
            "warning": lambda: conditions.owed(today + datetime.timedelta(days=1), self.warned_until(today)),
            "today": lambda: conditions.owed(today, today),
            "late": lambda: conditions.owed(None, today - datetime.timedelta(days=1)),
            "very_late": lambda: conditions.owed(None, self.very_late_since(today)),
            "to_accept": lambda: conditions.in_state(S.REGISTERED),
            "to_assign": lambda: conditions.in_state(S.ACCEPTED, S.RETURNED),
            "to_evaluate": lambda: conditions.in_state(S.ANSWERED),
            "to_close": lambda: conditions.in_state(S.EVALUATED),
            "to_decide": conditions.to_decide,
            "to_carry_out": conditions.to_carry_out,
            "to_feed_back": lambda: conditions.to_feed_back(today),
            "suspended": lambda: conditions.in_state(S.SUSPENDED),
            "closed": conditions.closed,
        }
        return makers[name]()

    def _default(self) -> TimeLimit | None:
        return self._limits.default()

    def warned_until(self, today: datetime.date) -> datetime.date:
        """Return the last deadline of which the office is warned on a day (2 working days ahead)."""
        limit = self._default()
        days = WARN_BEFORE if limit is None or limit.warn_before is None else limit.warn_before
        return self._workdays.moved_by(today, days) if days else today

    def very_late_since(self, today: datetime.date) -> datetime.date:
        """Return the latest deadline that is late by 5 working days on a day."""
        limit = self._default()
        days = LATE_BY if limit is None or limit.late_by is None else limit.late_by
        return self._workdays.moved_by(self._workdays.on_or_before(today).date, -days)

    def reminders(self, today: datetime.date | None = None) -> Reminders:
        """Return what is due, late and waiting; nothing on a day off, when nobody is urged."""
        today = today or datetime.date.today()
        is_workday = self._workdays.judge(today).counted
        told = (
            "warning",
            "today",
            "late",
            "very_late",
            "to_accept",
            "to_assign",
            "to_evaluate",
            "to_close",
            "to_feed_back",
        )
        counts = {name: self.count(name, today=today) for name in told} if is_workday else {}
        next_day = today if is_workday else self._workdays.moved_by(today, 1)
        return Reminders(counts, is_workday, next_day)

    def clocks(self, tickets: Sequence[Ticket], today: datetime.date | None = None) -> list[Clock]:
        """Return the clocks of a page of a list on a day, in its order."""
        today = today or datetime.date.today()
        warned = self.warned_until(today)
        return [self._clock(ticket, today, warned) for ticket in tickets]

    def _clock(self, ticket: Ticket, today: datetime.date, warned: datetime.date) -> Clock:
        presumed = bool(ticket.presumed)
        if ticket.state == S.SUSPENDED:
            return Clock(Pace.PAUSED, 0, presumed)
        if ticket.state not in UNANSWERED or ticket.due_on is None:
            return Clock(Pace.DONE, 0, presumed)
        if ticket.due_on == today:
            return Clock(Pace.TODAY, 0, presumed)
        if ticket.due_on < today:
            return Clock(Pace.LATE, -self._between(ticket.due_on, today), presumed)
        pace = Pace.WARNING if ticket.due_on <= warned else Pace.AHEAD
        return Clock(pace, self._between(today, ticket.due_on), presumed)

    def _between(self, first: datetime.date, last: datetime.date) -> int:
        """Count the working days after `first` up to and including `last`."""
        start, end = first.toordinal(), last.toordinal()
        total = 0
        for year in range(first.year, last.year + 1):
            worked = self._workdays.arrangement.year(year).worked
            total += bisect_right(worked, end) - bisect_right(worked, start)
        return total
