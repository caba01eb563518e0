"""What the days of a month say on the page 计划."""

from __future__ import annotations

import datetime

from desktop.records import visit_counts
from desktop.records.visit_plans import Where, by_day, monday_of, planned_in
from desktop.services.visiting import TEAMS
from desktop.services.workdays import Workdays
from desktop.ui.month_calendar import DayWords
from desktop.ui.tints import Tint


def month_words(
    first: datetime.date, last: datetime.date, where: Where, workdays: Workdays
) -> dict[datetime.date, DayWords]:
    """Return what the days of a month say: plans and visits, weeks in which a village is crowded, days off."""
    counts = {datetime.date.fromisoformat(one.day): one for one in by_day(first, last, where)}
    crowded = {
        (one.village, datetime.date.fromisoformat(one.monday))
        for one in visit_counts.crowded(first, last, TEAMS)
        if not where.villages or one.village in where.villages
    }
    close = {day for day, village in planned_in(first, last) if (village, monday_of(day)) in crowded}
    told: dict[datetime.date, DayWords] = {}
    for ahead in range((last - first).days + 1):
        day = first + datetime.timedelta(days=ahead)
        count, off = counts.get(day), not workdays.judge(day).counted
        parts = []
        if count and count.planned:
            parts.append((f"计划 {count.planned}", Tint.PRESUMED))
        if count and count.done:
            parts.append((f"已访 {count.done}", Tint.DONE))
        mark = "密" if day in close else "休" if off else ""
        told[day] = DayWords(tuple(parts), mark, day in close, off)
    return told
