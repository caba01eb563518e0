"""放假安排: the days that the State Council's yearly notice makes off or worked."""

from __future__ import annotations

from enum import StrEnum

from desktop.records.base import Record
from desktop.records.kinds import Choice, Day, Text


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
