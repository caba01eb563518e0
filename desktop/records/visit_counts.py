"""What quotas and reports count of visits, by an index: distinct 户 and 户次 of each staff member, with their keys."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from desktop.records.base import database, reading


class Counted(NamedTuple):
    """One staff member's visits in a period: distinct households, and visits to households (户次)."""

    staff: bytes
    households: int
    visits: int


def by_staff(first: datetime.date | None = None, last: datetime.date | None = None) -> list[Counted]:
    """Return what each staff member visited in a period (both days inclusive, either open); each counts for all."""
    condition, values = _within(first, last)
    sql = (
        "SELECT staff_id, count(DISTINCT household_id), count(*) FROM visit_staff "
        f"WHERE deleted_at IS NULL AND household_id IS NOT NULL{condition} GROUP BY staff_id"
    )
    with reading():
        return [
            Counted(bytes(staff), homes, visits) for staff, homes, visits in database.execute_sql(sql, values)
        ]


def households_of(
    staff: bytes, first: datetime.date | None = None, last: datetime.date | None = None
) -> list[bytes]:
    """Return the distinct households that a staff member visited in a period."""
    return _keys("household_id", "DISTINCT ", staff, first, last)


def visits_of(
    staff: bytes, first: datetime.date | None = None, last: datetime.date | None = None
) -> list[bytes]:
    """Return the visits to households that a staff member made in a period."""
    return _keys("visit_id", "", staff, first, last)


def _keys(
    column: str, distinct: str, staff: bytes, first: datetime.date | None, last: datetime.date | None
) -> list[bytes]:
    condition, values = _within(first, last)
    sql = (
        f"SELECT {distinct}{column} FROM visit_staff WHERE deleted_at IS NULL AND household_id IS NOT NULL "
        f"AND staff_id = ?{condition}"
    )
    with reading():
        return [bytes(row[0]) for row in database.execute_sql(sql, (staff, *values)).fetchall()]


def of_everybody(first: datetime.date | None = None, last: datetime.date | None = None) -> Counted:
    """Return the households and visits of a period, whoever made them: what several made together counts once."""
    condition, values = _within(first, last)
    sql = (
        "SELECT count(DISTINCT household_id), count(DISTINCT visit_id) FROM visit_staff "
        f"WHERE deleted_at IS NULL AND household_id IS NOT NULL{condition}"
    )
    with reading():
        homes, visits = database.execute_sql(sql, values).fetchone()
    return Counted(b"", homes, visits)


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
    monday = "date(v.visited_on, '-6 days', 'weekday 1')"
    sql = (
        f"SELECT h.village, {monday} AS monday, count(DISTINCT v.staff_id) AS teams, count(*) FROM visit AS v "
        "JOIN household AS h ON h.id = v.household_id WHERE v.deleted_at IS NULL AND v.state IN ('计划', '已访') "
        "AND v.visited_on BETWEEN ? AND ? GROUP BY h.village, monday HAVING teams >= ? ORDER BY monday, h.village"
    )
    with reading():
        rows = database.execute_sql(sql, (first.isoformat(), last.isoformat(), teams)).fetchall()
    return [Crowded(*row) for row in rows]
