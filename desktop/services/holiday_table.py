"""放假安排表: what is known of each year and by whom, and how a notice gets into it."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from desktop.records import storing
from desktop.records.base import reading
from desktop.records.holidays import DaySort, Holiday
from desktop.services.calendar_years import FIRST_NOTICE, LAST_NOTICE, ONE_DAY, known, special
from desktop.services.changes import Changes
from desktop.services.moved import MovedDates
from desktop.services.notice_text import NoticeDay, NoticeText
from desktop.services.workdays import Workdays, refuse_too_many

AHEAD = 2
"""Years to come that the table shows."""


class Origin(StrEnum):
    """Whose word a year or a day is."""

    OFFICIAL = "官方"
    OWN = "本单位录入"
    LAW = "法定"
    PRESUMED = "推定"


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year of the table: whose word it is, days of the office's own, festivals nobody told of yet."""

    year: int
    origin: Origin
    own: int
    missing: tuple[str, ...]

    @property
    def told(self) -> str:
        """Return what a reader should know of the year in a sentence."""
        if self.origin is Origin.OFFICIAL:
            return f"国务院通知已收录；本单位另登记 {self.own} 天" if self.own else "国务院通知已收录"
        if self.origin is Origin.PRESUMED:
            return "通知还没有录入，按法定节日和周末推定"
        more = f"；{'、'.join(self.missing)}还没有登记，仍是推定" if self.missing else ""
        return f"本单位录入 {self.own} 天{more}"


@dataclass(frozen=True, slots=True)
class TableDay:
    """A day out of the ordinary; `key` is the office's own line, where it has one."""

    date: datetime.date
    sort: DaySort
    name: str
    source: str
    origin: Origin
    key: bytes | None = None


class Standing(StrEnum):
    """How a day of a notice stands to what is known of it."""

    NEW = "新增"
    SAME = "已有"
    DIFFERS = "不一致"


@dataclass(frozen=True, slots=True)
class Compared:
    """A day of a notice beside what is known: `before` says that in words, `key` is the own line it would change."""

    day: NoticeDay
    standing: Standing
    before: str
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a notice in did; `batch` names it for undo ('' where nothing was written)."""

    added: int
    changed: int
    left: int
    batch: str


class HolidayTable:
    """Shows the table, compares notices with it and takes them in."""

    def __init__(self, changes: Changes, workdays: Workdays, moved: MovedDates) -> None:
        self._changes = changes
        self._workdays = workdays
        self._moved = moved

    def years(self, today: datetime.date | None = None) -> list[YearLine]:
        """Return every year with a word of its own and the next ones, latest first."""
        own = Counter(day.year for day in self._workdays.arrangement.own)
        last = max((today or datetime.date.today()).year + AHEAD, LAST_NOTICE + 1, *own)
        first = min(FIRST_NOTICE, *own, last)
        return [self._line(year, own[year]) for year in range(last, first - 1, -1)]

    def _line(self, year: int, own: int) -> YearLine:
        if FIRST_NOTICE <= year <= LAST_NOTICE:
            return YearLine(year, Origin.OFFICIAL, own, ())
        missing = self._workdays.arrangement.missing(year)
        return YearLine(year, Origin.OWN if own else Origin.PRESUMED, own, missing)

    def days(self, year: int) -> list[TableDay]:
        """Return the days out of the ordinary of a year in order, the office's own before what else is known."""
        own = {row.date: row for row in self._own() if row.date and row.date.year == year}
        found: list[TableDay] = []
        day = datetime.date(year, 1, 1)
        while day.year == year:
            if row := own.get(day):
                found.append(TableDay(day, DaySort(row.sort), row.name, row.source, Origin.OWN, row.id))
            elif known_day := self._known(day):
                found.append(known_day)
            day += ONE_DAY
        return found

    def _known(self, day: datetime.date) -> TableDay | None:
        """Return what notice or law make of a day that the office has no line for, where that holds."""
        judged, told = self._workdays.judge(day), special(day)
        if told is None or judged.counted != (told[0] is DaySort.WORKED):
            return None
        if FIRST_NOTICE <= day.year <= LAST_NOTICE:
            return TableDay(day, *told, judged.source, Origin.OFFICIAL)
        return TableDay(day, *told, "放假办法", Origin.PRESUMED if judged.presumed else Origin.LAW)

    @staticmethod
    def _own() -> list[Holiday]:
        with reading():
            return list(Holiday.select().where(Holiday.deleted_at.is_null()))

    def compare(self, notice: NoticeText) -> list[Compared]:
        """Return the days of a notice, each beside what is known of it already."""
        own = {row.date: row for row in self._own()}
        return [self._compared(day, own.get(day.date)) for day in notice.days]

    @staticmethod
    def _compared(day: NoticeDay, row: Holiday | None) -> Compared:
        if row is not None:
            standing = Standing.SAME if row.sort == day.sort else Standing.DIFFERS
            more = "，".join(filter(None, (row.name, row.source)))
            return Compared(day, standing, f"{row.sort}（{more}）" if more else row.sort, row.id)
        if FIRST_NOTICE <= day.date.year <= LAST_NOTICE:
            works = known(day.date).counted
            standing = Standing.SAME if works == (day.sort is DaySort.WORKED) else Standing.DIFFERS
            return Compared(day, standing, f"{'上班' if works else '放假'}（国务院通知）")
        return Compared(day, Standing.NEW, "")

    def take(self, notice: NoticeText, replaced: Collection[datetime.date] = ()) -> Taken:
        """Keep the days of a notice as one change with one undo.

        What is known the same is left alone; what is known otherwise is changed only where its date is in `replaced`.
        """
        compared = self.compare(notice)
        new = [one.day for one in compared if one.standing is Standing.NEW]
        other = [one for one in compared if one.standing is Standing.DIFFERS and one.day.date in replaced]
        new += [one.day for one in other if one.key is None]
        changed = {one.key: one.day for one in other if one.key}
        if not new and not changed:
            return Taken(0, 0, len(compared), "")
        batch = f"{Holiday.kind}/{uuid.uuid4().hex[:8]}"
        with self._changes.change(f"录入{notice.year}年放假安排（{notice.source}）", Holiday, batch=batch):
            storing.insert_all([self._row(day, notice.source) for day in new])
            self._change(changed, notice.source)
            for year in {day.date.year for day in notice.days}:
                refuse_too_many(year)
            self._workdays.forget()
            self._moved.confirm()
        return Taken(len(new), len(changed), len(compared) - len(new) - len(changed), batch)

    @staticmethod
    def _row(day: NoticeDay, source: str) -> Holiday:
        row = Holiday(date=day.date, sort=day.sort, name=day.name[:20], source=source[:60])
        if faults := row.faults():
            raise faults[0]
        return row

    @staticmethod
    def _change(changed: dict[bytes, NoticeDay], source: str) -> None:
        rows = storing.kept(Holiday, list(changed))
        for row in rows:
            day = changed[row.id]
            row.sort, row.name, row.source = day.sort, day.name[:20], source[:60]
        storing.update_all(rows)
