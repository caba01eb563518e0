"""Which backups are kept: all of today and yesterday, then 12 days', 10 weeks' and 9 months' last ones."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Sequence

DAYS, WEEKS, MONTHS = 12, 10, 9
Period = Callable[[datetime.date], Hashable]


def _week(day: datetime.date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: datetime.date) -> Hashable:
    return day.year, day.month


STAGES: tuple[tuple[int, Period], ...] = ((DAYS, lambda day: day), (WEEKS, _week), (MONTHS, _month))


def kept(made: Sequence[datetime.datetime], now: datetime.datetime) -> set[int]:
    """Return the places in `made` of the backups to keep; times are local and may be in any order.

    The newest is always kept, and so is whatever is dated after now: the clock may have been wrong. Of a day,
    a week or a month its last one stays.
    """
    yesterday = now.date() - datetime.timedelta(days=1)
    in_order = sorted(range(len(made)), key=lambda place: (made[place], place), reverse=True)
    keep = set(in_order[:1])
    older = []
    for place in in_order:
        if made[place].date() >= yesterday:
            keep.add(place)
        else:
            older.append(place)
    for most, period in STAGES:
        taken: set[Hashable] = set()
        rest = []
        for place in older:
            mark = period(made[place].date())
            if len(taken) < most and mark not in taken:
                taken.add(mark)
                keep.add(place)
            elif mark not in taken:
                rest.append(place)
        older = rest
    return keep
