"""期限: the arithmetic of a deadline in each unit, and its explanation day by day.

《民法典》: counted in days or months, the first day isn't counted (第二百零一条); the last day of months is the
same day of the last month, or that month's end where it has no such day (第二百零二条); a last day that is
off goes over to the day after the holiday (第二百零三条). Counted in hours, every hour counts from the moment
it begins. Working days are counted by the State Council's notices and so end on one by themselves.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from desktop.errors import UserError
from desktop.records.time_limits import LimitStart, LimitUnit, TimeLimit
from desktop.services.calendar_years import FIRST, LAST, ONE_DAY, Arrangement, Judged


class Counted(Protocol):
    """What is counted: `amount` of `unit`, from `start` on; a TimeLimit, or `Count`."""

    @property
    def amount(self) -> int | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def start(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Count:
    """A number of days to count that no rule of the office names."""

    amount: int
    unit: str = LimitUnit.WORKDAY
    start: str = LimitStart.NEXT_DAY


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: the last day, whether any day that decided it is presumed, and why it is that day.

    `nominal` is the last day as counted, before a holiday moved it; `at` is the moment a limit in hours ends.
    `days`, every date from the first to the last, is made when it is asked for.
    """

    due: datetime.date
    presumed: bool
    since: datetime.date
    nominal: datetime.date
    amount: int
    unit: str
    _by: Arrangement = field(repr=False, compare=False)
    at: datetime.datetime | None = None
    _from: datetime.datetime | None = field(default=None, repr=False, compare=False)

    @property
    def days(self) -> tuple[Judged, ...]:
        """Every date from the first one looked at to the deadline: counted or not, and why."""
        if self.at is not None and self._from is not None:
            return tuple(_hours(self._by, self._from, self.at))
        if self.unit == LimitUnit.WORKDAY:
            return tuple(self._by.judge(day) for day in _dates(self.since, self.due))
        return tuple(_calendar_days(self._by, self.since, self.nominal, self.due))

    @property
    def moved(self) -> bool:
        """Tell whether the last day fell on a holiday and went over to the next working day."""
        return self.due != self.nominal


def deadline(
    by: Arrangement, start: datetime.date | datetime.datetime, counted: Counted | TimeLimit
) -> Deadline:
    """Return the deadline of what is counted from `start`; raises UserError outside 1990–2099.

    `start` is the day of receipt, or of the open day where that is what counts. Hours run from the moment where
    `start` has one; else from the end of the day, so that nobody is told late who may not be.
    """
    moment = start if isinstance(start, datetime.datetime) else None
    day = start.date() if isinstance(start, datetime.datetime) else start
    _refuse_far(day)
    amount, unit = counted.amount or 0, counted.unit
    today = counted.start == LimitStart.SAME_DAY
    if unit == LimitUnit.HOUR:
        return _in_hours(by, moment if moment and today else _day_after(day), day, amount)
    since = day if today else day + ONE_DAY
    if unit == LimitUnit.WORKDAY:
        due = by.after(since - ONE_DAY, amount) if amount else day
        return Deadline(due, bool(amount) and by.presumes(since, due), since, due, amount, unit, by)
    nominal = _months_on(day, amount, today=today) if unit == LimitUnit.MONTH else _days_on(since, amount)
    _refuse_far(nominal)
    due = by.after(nominal - ONE_DAY, 1) if amount else nominal
    return Deadline(due, bool(amount) and by.presumes(nominal, due), since, nominal, amount, unit, by)


def _refuse_far(day: datetime.date) -> None:
    if not FIRST <= day <= LAST:
        raise UserError(f"{day} 不在 {FIRST.year}—{LAST.year} 年之间，无法推算期限，请核对日期", field="from")


def _days_on(since: datetime.date, amount: int) -> datetime.date:
    return since + datetime.timedelta(days=amount - 1)


def _months_on(day: datetime.date, amount: int, *, today: bool) -> datetime.date:
    """Return the last day of `amount` months after `day`; where the day itself is the first, one day earlier."""
    years, month = divmod(day.month - 1 + amount, 12)
    year, month = day.year + years, month + 1
    if year > LAST.year:
        raise UserError(f"从 {day} 起 {amount} 个月超出 {LAST.year} 年，请核对日期", field="from")
    end = calendar.monthrange(year, month)[1]
    if day.day > end:
        return datetime.date(year, month, end)
    corresponding = datetime.date(year, month, day.day)
    return corresponding - ONE_DAY if today else corresponding


def _day_after(day: datetime.date) -> datetime.datetime:
    """Return the end of a day: hours run from there where they begin the next day or the moment isn't known."""
    return datetime.datetime.combine(day + ONE_DAY, datetime.time())


def _in_hours(by: Arrangement, begins: datetime.datetime, day: datetime.date, amount: int) -> Deadline:
    ends = begins + datetime.timedelta(hours=amount)
    # 24:00 of a day is that day's end, not the next day's beginning
    due = (ends - datetime.timedelta(microseconds=1)).date() if amount else day
    _refuse_far(due)
    return Deadline(due, False, begins.date(), due, amount, LimitUnit.HOUR, by, ends, begins)


def _dates(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    for place in range(first.toordinal(), last.toordinal() + 1):
        yield datetime.date.fromordinal(place)


def _calendar_days(
    by: Arrangement, since: datetime.date, nominal: datetime.date, due: datetime.date
) -> Iterator[Judged]:
    for day in _dates(since, due):
        judged = by.judge(day)
        told = judged.reason
        if due != nominal and day == nominal:
            told = f"{told}，期满日遇休假日，顺延"
        elif day == due != nominal:
            told = f"{told}，休假日结束的次日，期满"
        elif day > nominal:
            told = f"{told}，顺延"
        yield Judged(day, day <= nominal, told, judged.presumed, judged.source)


def _hours(by: Arrangement, begins: datetime.datetime, ends: datetime.datetime) -> Iterator[Judged]:
    at = begins
    while at < ends:
        until = min(ends, datetime.datetime.combine(at.date() + ONE_DAY, datetime.time(), at.tzinfo))
        judged = by.judge(at.date())
        shown = "24:00" if until.date() > at.date() else f"{until:%H:%M}"
        told = f"{judged.reason}，{at:%H:%M}—{shown}，小时连续计算"
        yield Judged(at.date(), True, told, False, judged.source)
        at = until
