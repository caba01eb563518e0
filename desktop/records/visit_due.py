"""How many planned visits are overdue, due today and in the days ahead: by one index, without loading their type."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from desktop.records.base import database, reading


class PlansDue(NamedTuple):
    """Plans whose day has gone by, those of today, and those of the days ahead."""

    late: int
    today: int
    ahead: int


def plans_due(today: datetime.date, days: int) -> PlansDue:
    """Count the plans up to so many days ahead."""
    sql = (
        "SELECT total(visited_on < ?1), total(visited_on = ?1), total(visited_on > ?1) FROM visit "
        "WHERE state = '计划' AND deleted_at IS NULL AND visited_on <= ?2"
    )
    last = today + datetime.timedelta(days=days)
    with reading():
        row = database.execute_sql(sql, (today.isoformat(), last.isoformat())).fetchone()
    return PlansDue(*map(int, row))
