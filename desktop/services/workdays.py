"""法定工作日: which days count in this office, and the deadlines that follow."""

from __future__ import annotations

import datetime

from desktop.errors import UserError
from desktop.records.base import Record, database, reading
from desktop.records.holidays import DaySort, Holiday
from desktop.records.time_limits import LimitStart, LimitUnit, TimeLimit
from desktop.services import deadlines
from desktop.services.calendar_years import OWN, Arrangement, Judged, weekday
from desktop.services.deadlines import Count, Counted, Deadline

MOST_DAYS = 1000
MOST_OFF = 60
"""Working days that a year's table may make off. The law gives 13 festival days; more is a slip of the pen."""
UNITS = {"workday": LimitUnit.WORKDAY, "day": LimitUnit.DAY, "month": LimitUnit.MONTH, "hour": LimitUnit.HOUR}
"""The units by their names on the command line."""


class Workdays:
    """The calendar of one office; holds the office's own 放假安排 until `forget` is called."""

    def __init__(self) -> None:
        self._arrangement: Arrangement | None = None
        self._unsure = False

    def forget(self) -> None:
        """Read the office's 放假安排 again at the next question."""
        self._arrangement = None

    def heard(self, changed: frozenset[type[Record]]) -> None:
        """Forget where a change, an undo or an import touched the table."""
        if Holiday in changed:
            self.forget()

    @property
    def arrangement(self) -> Arrangement:
        """The office's own 放假安排 as it is now, with notices and law beside it."""
        if self._unsure and not database.in_transaction():
            self.forget()  # read within a change that may have been taken back since
        if self._arrangement is None:
            with reading():
                self._unsure = database.in_transaction()
                rows = Holiday.select().where(Holiday.deleted_at.is_null())
                self._arrangement = Arrangement(
                    {row.date: own_day(row, row.date) for row in rows if row.date}
                )
        return self._arrangement

    def judge(self, day: datetime.date) -> Judged:
        """Say whether a day is a working day and why; raises UserError outside 1990–2099."""
        return self.arrangement.judge(day)

    def deadline(self, start: datetime.date | datetime.datetime, limit: Counted | TimeLimit) -> Deadline:
        """Return the deadline of a rule counted from `start`, the day or moment that its 起算 means.

        For 当日 and 次日 that is the day of receipt, for 活动日 the day of the open day.
        """
        return deadlines.deadline(self.arrangement, start, limit)

    def due(self, start: datetime.date, days: int, unit: str = "workday") -> Deadline:
        """Return the deadline `days` working days (or other units) after `start`, explained day by day.

        The first day counted is the next day (《民法典》第二百零一条), hours run from its midnight; the last is a
        working day (calendar days and months: 第二百零三条), but for hours.
        """
        if not 0 <= days <= MOST_DAYS:
            raise UserError(f"天数应在 0 到 {MOST_DAYS} 之间，现为 {days}", field="days")
        return self.deadline(start, Count(days, UNITS[unit], LimitStart.NEXT_DAY))

    def on_or_before(self, day: datetime.date) -> Judged:
        """Return the last working day on or before `day`."""
        self.judge(day)
        return self.judge(self.arrangement.before(day))

    def moved_by(self, day: datetime.date, workdays: int) -> datetime.date:
        """Return the day `workdays` working days after `day` (before it where negative), a working day."""
        if workdays >= 0:
            return self.arrangement.after(day, workdays) if workdays else day
        for _ in range(-workdays):
            day = self.on_or_before(day - datetime.timedelta(days=1)).date
        return day


def own_day(row: Holiday, date: datetime.date) -> Judged:
    """Return what a line of the office's own table says of its day."""
    counted = row.sort == DaySort.WORKED
    told = f"{weekday(date)}，{row.name}补班" if counted else f"{row.name or '放假安排'}放假"
    return Judged(date, counted, told, False, f"{OWN}（{row.source}）" if row.source else OWN)


def refuse_too_many(year: int) -> None:
    """Raise UserError where the office's table makes more working days of a year off than any year could have."""
    with reading():
        rows = Holiday.select(Holiday.date).where(
            (Holiday.sort == DaySort.OFF)
            & Holiday.deleted_at.is_null()
            & Holiday.date.between(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        )
        weekdays = sum(row.date.weekday() < 5 for row in rows if row.date)
    if weekdays > MOST_OFF:
        raise UserError(
            f"{year} 年的放假安排把 {weekdays} 个工作日记成了放假（法定节日全年 13 天），没有保存；请核对年份和日期",
            field="date",
        )
