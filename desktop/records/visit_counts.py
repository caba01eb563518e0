"""What quotas and reports count of visits: distinct 户 and 户次 of each staff member, with their keys."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from desktop.records.base import database, reading
from desktop.records.visit_plans import MONDAY, WENT


class Counted(NamedTuple):
    """One staff member's visits in a period: distinct households, and visits to households (户次)."""

    staff: bytes
    households: int
    visits: int


def by_staff(first: datetime.date | None = None, last: datetime.date | None = None) -> list[Counted]:
    """Return what each staff member visited in a period (both days inclusive, either open); each counts for all.

    A visit makes a household one more where the same person's last visit there lies before the period
    (`records/visit_tally.py`): sums over a short range for each of them, whatever the table holds.
    """
    since, until = first.isoformat() if first else "", last.isoformat() if last else "9"
    sql = (
        'SELECT s.id, sum(t.times), sum(CASE WHEN t."before" < ? THEN t.times ELSE 0 END) FROM staff AS s '
        "JOIN visit_tally AS t ON t.staff = s.id WHERE t.day BETWEEN ? AND ? GROUP BY s.id"
    )
    with reading():
        rows = database.execute_sql(sql, (since or "0", since, until)).fetchall()
    return [Counted(bytes(staff), homes, times) for staff, times, homes in rows]


class Visited(NamedTuple):
    """The keys of what one staff member visited: distinct households, and the visits to them."""

    staff: bytes
    households: list[bytes]
    visits: list[bytes]


def visited(first: datetime.date | None = None, last: datetime.date | None = None) -> list[Visited]:
    """Return the households and visits of each staff member in a period; those who visited nobody are left out."""
    with reading():
        staff = [bytes(row[0]) for row in database.execute_sql("SELECT id FROM staff").fetchall()]
    return [one for key in staff if (one := visited_by(key, first, last)).visits]


def visited_by(staff: bytes, first: datetime.date | None, last: datetime.date | None) -> Visited:
    """Return the households and visits of one staff member in a period, by one walk of an index."""
    condition, values = _within(first, last)
    sql = (
        "SELECT household_id, visit_id FROM visit_staff WHERE deleted_at IS NULL AND household_id IS NOT NULL "
        f"AND staff_id = ?{condition} ORDER BY household_id, visited_on"
    )
    with reading():
        rows = database.execute_sql(sql, (staff, *values)).fetchall()
    return Visited(staff, list(dict.fromkeys(row[0] for row in rows)), [row[1] for row in rows])


def _within(first: datetime.date | None, last: datetime.date | None) -> tuple[str, list[Any]]:
    parts, values = "", []
    if first is not None:
        parts, values = f"{parts} AND visited_on >= ?", [*values, first.isoformat()]
    if last is not None:
        parts, values = f"{parts} AND visited_on <= ?", [*values, last.isoformat()]
    return parts, values


class Crowded(NamedTuple):
    """One village in one week (its Monday): how many teams and visits go there."""

    village: str
    monday: str
    teams: int
    visits: int


def crowded(first: datetime.date, last: datetime.date, teams: int) -> list[Crowded]:
    """Return the villages to which `teams` or more go within one week, plans included."""
    sql = (
        f"SELECT h.village, {MONDAY} AS monday, count(DISTINCT v.staff_id) AS teams, count(*) FROM {WENT} "
        "AND v.visited_on BETWEEN ? AND ? GROUP BY h.village, monday HAVING teams >= ? ORDER BY monday, h.village"
    )
    with reading():
        rows = database.execute_sql(sql, (first.isoformat(), last.isoformat(), teams)).fetchall()
    return [Crowded(*row) for row in rows]


def between(
    column: str, first: datetime.date | None, last: datetime.date | None
) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return the conditions of a list (`Query.narrowed`) that a day of its records lies in a period."""
    found: list[tuple[str, tuple[Any, ...]]] = []
    if first is not None:
        found.append((f't."{column}" >= ?', (first.isoformat(),)))
    if last is not None:
        found.append((f't."{column}" <= ?', (last.isoformat(),)))
    return tuple(found)
