"""法定工作日, a year at a time: what notice, law and the office's own 放假安排 say of each of its days.

Sources, the first that knows a day decides: the office's own 放假安排 (entered from the State Council's
yearly notice); the notices of 2004–2026 as chinesecalendar holds them; and for later years the fixed
festivals of 《全国年节及纪念日放假办法》 (2024 revision, lunar ones included; resources/festivals, a table made with
the package `holidays`, which takes 0.3 s to load) with plain weekends: presumed (推定) until the notice is out.
"""

from __future__ import annotations

import datetime
import functools
import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from desktop import paths
from desktop.errors import UserError
from desktop.records.holidays import FIRST as FIRST
from desktop.records.holidays import LAST as LAST
from desktop.records.holidays import DaySort

FIRST_NOTICE, LAST_NOTICE = 2004, 2026
WEEKDAYS = "一二三四五六日"
ONE_DAY = datetime.timedelta(days=1)
BY_LAW, OWN = "按法定节日推定", "本单位录入"
AROUND = 7
"""Days around a festival that a notice moves: one that the office's table is silent on stays presumed so far."""
FESTIVALS = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One date: whether it counts as a working day, why, and whether that is only presumed."""

    date: datetime.date
    counted: bool
    reason: str
    presumed: bool = False
    source: str = ""
    """Whose word it is: the notice's, the office's, or the law's alone."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year as the clock reads it: days by their ordinal, each list in order."""

    worked: tuple[int, ...]
    presumed: tuple[int, ...]


def weekday(day: datetime.date) -> str:
    """Return `周二`."""
    return f"周{WEEKDAYS[day.weekday()]}"


@functools.cache
def _table() -> dict[str, list[str]]:
    return json.loads((paths.resources() / "festivals" / "festivals.json").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=200)
def by_law(year: int) -> dict[datetime.date, tuple[str, bool]]:
    """Return the festivals of a year by the law alone: name, and whether it is a day in place of a weekend's."""
    return {
        datetime.date(year, int(told[:2]), int(told[2:4])): (told[4:].rstrip("*"), told.endswith("*"))
        for told in _table().get(str(year), ())
    }


def festivals(year: int) -> dict[datetime.date, str]:
    """Return the festivals of a year by the law alone, days in place of weekends included."""
    return {day: name for day, (name, _) in by_law(year).items()}


def special(day: datetime.date) -> tuple[DaySort, str] | None:
    """Return what is out of the ordinary on a day by notice or law: its sort and festival; None for a plain one."""
    if not FIRST_NOTICE <= day.year <= LAST_NOTICE:
        name = festivals(day.year).get(day)
        return (DaySort.OFF, name) if name else None
    import chinese_calendar

    on_holiday, name = chinese_calendar.get_holiday_detail(day)
    festival = FESTIVALS.get(name or "", name or "")
    if on_holiday:
        return (DaySort.OFF, festival) if festival else None
    return (DaySort.WORKED, festival) if day.weekday() >= 5 else None


@functools.lru_cache(maxsize=50_000)
def known(day: datetime.date) -> Judged:
    """Return what notice or law say of a day, the office's own table left aside."""
    announced = FIRST_NOTICE <= day.year <= LAST_NOTICE
    source = f"国务院{day.year}年放假通知" if announced else BY_LAW
    match special(day):
        case (DaySort.WORKED, festival):
            return Judged(day, True, f"{weekday(day)}，{festival}调休补班", False, source)
        case (_, festival):
            told = f"{festival}放假" if announced else f"{festival}（法定节日，推定）"
            return Judged(day, False, told, not announced, source)
        case None:
            return Judged(day, day.weekday() < 5, weekday(day), not announced, source)


class Arrangement:
    """One state of the office's 放假安排 with what is known beside it; never changes, so a deadline can keep it."""

    def __init__(self, own: Mapping[datetime.date, Judged]) -> None:
        self.own = dict(own)
        self._years: dict[int, Year] = {}
        self._gaps: dict[int, tuple[datetime.date, ...]] = {}

    def judge(self, day: datetime.date) -> Judged:
        """Say whether a day is a working day and why; raises UserError outside 1990–2099."""
        if not FIRST <= day <= LAST:
            raise UserError(
                f"{day} 不在 {FIRST.year}—{LAST.year} 年之间，无法推算工作日，请核对日期", field="from"
            )
        if day in self.own:
            return self.own[day]
        judged = known(day)
        if judged.presumed and day.year in self.entered and not self._silent_on(day):
            if by_law(day.year).get(day, ("", False))[1]:  # in place of a weekend: the notice says which
                return Judged(day, day.weekday() < 5, weekday(day), False, OWN)
            return Judged(day, judged.counted, judged.reason.replace("，推定", ""), False, OWN)
        return judged

    @functools.cached_property
    def entered(self) -> frozenset[int]:
        """The years of which the office's own table says anything: announced, not presumed."""
        return frozenset(day.year for day in self.own)

    def _silent_on(self, day: datetime.date) -> bool:
        """Tell whether a day lies around a festival that the office's table leaves out."""
        near = self._left_out(day.year)
        return any(abs((day - festival).days) <= AROUND for festival in near)

    def _left_out(self, year: int) -> tuple[datetime.date, ...]:
        if year not in self._gaps:
            missing = set(self.missing(year))
            self._gaps[year] = tuple(day for day, name in festivals(year).items() if name in missing)
        return self._gaps[year]

    def missing(self, year: int) -> tuple[str, ...]:
        """Return the festivals of a year, in order, that no line of the office's own table falls on or names."""
        told = "、".join(judged.reason for day, judged in self.own.items() if day.year == year)
        by_name: dict[str, list[datetime.date]] = {}
        for day, name in sorted(festivals(year).items()):
            by_name.setdefault(name, []).append(day)
        return tuple(
            name
            for name, days in by_name.items()
            if name not in told and not any(day in self.own for day in days)
        )

    def year(self, number: int) -> Year:
        """Return a year's working days and presumed days; raises UserError outside 1990–2099."""
        if number not in self._years:
            first = datetime.date(number, 1, 1).toordinal()
            last = datetime.date(number, 12, 31).toordinal()
            days = [(place, self.judge(datetime.date.fromordinal(place))) for place in range(first, last + 1)]
            self._years[number] = Year(
                tuple(place for place, judged in days if judged.counted),
                tuple(place for place, judged in days if judged.presumed),
            )
        return self._years[number]

    def after(self, day: datetime.date, count: int) -> datetime.date:
        """Return the `count`-th working day after `day` (count ≥ 1); raises UserError past 2099."""
        number, place = day.year, day.toordinal()
        while True:
            worked = self.year(number).worked
            at = bisect_left(worked, place + 1) + count - 1
            if at < len(worked):
                return datetime.date.fromordinal(worked[at])
            count -= len(worked) - bisect_left(worked, place + 1)
            number, place = number + 1, 0
            if number > LAST.year:
                raise UserError(
                    f"从 {day} 起推算，到 {LAST.year} 年底还数不满工作日；请核对日期、天数和放假安排",
                    field="from",
                )

    def before(self, day: datetime.date) -> datetime.date:
        """Return the last working day on or before `day`; raises UserError where none is after 1990."""
        number, place = day.year, day.toordinal()
        while number >= FIRST.year:
            worked = self.year(number).worked
            if at := bisect_left(worked, place + 1):
                return datetime.date.fromordinal(worked[at - 1])
            number -= 1
        raise UserError(f"{day} 之前找不到工作日，请核对放假安排", field="from")

    def presumes(self, first: datetime.date, last: datetime.date) -> bool:
        """Tell whether any day from `first` to `last` is only presumed."""
        start, end = first.toordinal(), last.toordinal()
        for number in range(first.year, last.year + 1):
            presumed = self.year(number).presumed
            at = bisect_left(presumed, start)
            if at < len(presumed) and presumed[at] <= end:
                return True
        return False
