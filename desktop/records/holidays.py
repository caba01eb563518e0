"""放假安排: the days that the State Council's yearly notice makes off or worked."""

from __future__ import annotations

import datetime
from enum import StrEnum

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.dates import show_day
from desktop.records.kinds import Choice, Day, Text

FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)
"""The days that the clock can tell of."""


class DaySort(StrEnum):
    """放假 or 补班 (a worked Saturday or Sunday)."""

    OFF = "放假"
    WORKED = "补班"


class Holiday(Record):
    """放假安排: one day of a notice that the office entered; it goes before what the program knows."""

    kind = "holiday"
    label = "放假安排"

    date = Day("日期", required=True, index=True)
    sort = Choice("类别", DaySort, required=True)
    name = Text("节日", limit=20)
    source = Text("依据", limit=60)

    def caption(self) -> str:
        return f"{self.date} {self.sort}"

    def told_apart(self) -> str:
        more = "，".join(filter(None, (self.name, self.source)))
        day = show_day(self.date) if self.date else ""
        return f"{day} {self.sort}（{more}）" if more else f"{day} {self.sort}"

    def likenesses(self) -> list[tuple[str, ...]]:
        return [("日期相同", str(self.date))] if self.date else []

    def faults_across(self) -> list[UserError]:
        if self.date and not FIRST <= self.date <= LAST:
            reach = f"{FIRST.year}—{LAST.year}"
            return [UserError(f"日期 {self.date} 不在 {reach} 年之间，请核对年份", field="date")]
        return []
