"""法定工作日: which days count, and why.

Sources, the first that knows a day decides: the office's own 放假安排 (entered from the State Council's
yearly notice); the notices of 2004–2026 as chinesecalendar holds them; and for later years the fixed
festivals of 《全国年节及纪念日放假办法》 (2024 revision, through the package `holidays`, lunar ones
included) with plain weekends, which is only presumed (推定) until the notice is out.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.records.base import reading
from desktop.records.holidays import DaySort, Holiday

FIRST_NOTICE, LAST_NOTICE = 2004, 2026
FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)
WEEKDAYS = "一二三四五六日"
MOST_DAYS = 1000
ONE_DAY = datetime.timedelta(days=1)
FESTIVALS = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}  # fmt: skip
PRESUMED = {
    "Spring": "春节", "Chinese New Year": "春节", "New Year": "元旦", "Tomb": "清明节", "Labor": "劳动节", "Dragon": "端午节",
    "National": "国庆节", "Mid-Autumn": "中秋节",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One date: whether it counts as a working day, why, and whether that is only presumed."""

    date: datetime.date
    counted: bool
    reason: str
    presumed: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline with every date from the start to it; `presumed` where any of them is."""

    due: datetime.date
    presumed: bool
    days: tuple[Judged, ...]


@functools.lru_cache(maxsize=200)
def _festivals(year: int) -> dict[datetime.date, str]:
    """Return the statutory festivals of a year without a notice, moved-off weekends included."""
    from holidays.countries.china import China

    return {
        day: next((chinese for english, chinese in PRESUMED.items() if english in name), "法定节日")
        for day, name in China(years=year, language="en_US").items()
    }


@functools.lru_cache(maxsize=50_000)
def _known(day: datetime.date) -> Judged:
    """Return what notice or law say of a day, the office's own table left aside."""
    weekend = day.weekday() >= 5
    called = f"周{WEEKDAYS[day.weekday()]}"
    if FIRST_NOTICE <= day.year <= LAST_NOTICE:
        import chinese_calendar

        on_holiday, name = chinese_calendar.get_holiday_detail(day)
        festival = FESTIVALS.get(name or "", name or "")
        if on_holiday:
            return Judged(day, False, f"{festival}放假" if festival else called)
        return Judged(day, True, f"{called}，{festival}调休补班" if weekend else called)
    if name := _festivals(day.year).get(day):
        return Judged(day, False, f"{name}（法定节日，推定）", True)
    return Judged(day, not weekend, called, True)


class Workdays:
    """The calendar of one office; holds the office's own 放假安排 until `forget` is called."""

    def __init__(self) -> None:
        self._own: dict[datetime.date, Judged] | None = None

    def forget(self) -> None:
        """Read the office's 放假安排 again at the next question."""
        self._own = None

    def _table(self) -> dict[datetime.date, Judged]:
        if self._own is None:
            self._own = {}
            with reading():
                for row in Holiday.select().where(Holiday.deleted_at.is_null()):
                    if row.date:
                        self._own[row.date] = self._own_day(row, row.date)
        return self._own

    @staticmethod
    def _own_day(row: Holiday, date: datetime.date) -> Judged:
        called = f"周{WEEKDAYS[date.weekday()]}"
        counted = row.sort == DaySort.WORKED
        return Judged(
            date, counted, f"{called}，{row.name}补班" if counted else f"{row.name or '放假安排'}放假"
        )

    def judge(self, day: datetime.date) -> Judged:
        """Say whether a day is a working day and why; raises UserError outside 1990–2099."""
        if not FIRST <= day <= LAST:
            raise UserError(
                f"{day} 不在 {FIRST.year}—{LAST.year} 年之间，无法推算工作日，请核对日期", field="from"
            )
        own = self._table()
        if day in own:
            return own[day]
        judged = _known(day)
        # a year whose notice the office has entered is known, not presumed
        if judged.presumed and any(other.year == day.year for other in own):
            return Judged(day, judged.counted, judged.reason.replace("，推定", ""), False)
        return judged

    def due(self, start: datetime.date, days: int, unit: str = "workday") -> Deadline:
        """Return the deadline `days` working days (or calendar days) after `start`, explained day by day.

        The first day counted is the next day (《民法典》第二百零一条); the last is a working day.
        """
        if not 0 <= days <= MOST_DAYS:
            raise UserError(f"天数应在 0 到 {MOST_DAYS} 之间，现为 {days}", field="days")
        passed: list[Judged] = []
        day, left = start, days
        if unit == "day":
            for _ in range(days):
                day += ONE_DAY
                judged = self.judge(day)
                passed.append(Judged(day, True, judged.reason, judged.presumed))
            return Deadline(day, False, tuple(passed))
        self.judge(start)
        while left > 0:
            day += ONE_DAY
            judged = self.judge(day)
            passed.append(judged)
            left -= judged.counted
        return Deadline(day, any(judged.presumed for judged in passed), tuple(passed))

    def on_or_before(self, day: datetime.date) -> Judged:
        """Return the last working day on or before `day`."""
        judged = self.judge(day)
        while not judged.counted:
            judged = self.judge(judged.date - ONE_DAY)
        return judged
