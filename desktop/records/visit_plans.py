"""What planning visits reads: plans and visits by day and by place, and which plans come too close together."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop.records.base import database, reading
from desktop.records.visit_rows import KEYS
from desktop.records.visits import Visit, VisitState

BOTH = "state IN ('计划', '已访')"
MONDAY = "date(v.visited_on, '-6 days', 'weekday 1')"
WENT = (
    "visit AS v INDEXED BY visit_by_visited_on CROSS JOIN household AS h ON h.id = v.household_id "
    f"WHERE v.deleted_at IS NULL AND v.{BOTH}"
)
"""Visits and plans with their households, walked from the days: a week has fewer visits than a village."""


class Where(NamedTuple):
    """A part of the tree of places: some villages, of one of them perhaps a group; no village is everywhere."""

    villages: tuple[str, ...] = ()
    group: str | None = None


class DayCount(NamedTuple):
    """What is planned and was done on one day."""

    day: str
    planned: int
    done: int


class PlaceCount(NamedTuple):
    """One group of a village: 户 that are there, plans, 户 visited in the period, the day of the last visit ever."""

    village: str
    group: str
    homes: int
    planned: int
    done: int
    last: str


def at_home(where: Where, alias: str = "h") -> tuple[str, tuple[Any, ...]]:
    """Return the condition on households (under an alias) that they lie in a part of the tree."""
    if not where.villages:
        return "1", ()
    sql, values = (
        f"{alias}.village IN (SELECT value FROM json_each(?))",
        (json.dumps(where.villages, ensure_ascii=False),),
    )
    return (
        (sql, values)
        if where.group is None
        else (f"{sql} AND {alias}.village_group = ?", (*values, where.group))
    )


def homes_in(where: Where) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return the condition of a list of households (`Query.narrowed`) that they lie in a part of the tree."""
    return (at_home(where, "t"),) if where.villages else ()


def visits_in(where: Where) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return the condition of a list of visits that they are to households in a part of the tree."""
    if not where.villages:
        return ()
    sql, values = at_home(where)
    return ((f"t.household_id IN (SELECT h.id FROM household AS h WHERE {sql})", values),)


def visited(first: datetime.date, last: datetime.date, *, ever: bool = True) -> tuple[str, tuple[Any, ...]]:
    """Return the condition of a list of households that somebody visited them in a period, or that nobody did."""
    sql = (
        f"t.id {'IN' if ever else 'NOT IN'} (SELECT household_id FROM visit WHERE deleted_at IS NULL "
        "AND household_id IS NOT NULL AND state = '已访' AND visited_on BETWEEN ? AND ?)"
    )
    return sql, (first.isoformat(), last.isoformat())


def by_day(first: datetime.date, last: datetime.date, where: Where) -> list[DayCount]:
    """Return the days of a period on which something is planned or was done, in a part of the tree."""
    condition, values = at_home(where)
    joined = "JOIN household AS h ON h.id = v.household_id" if where.villages else ""
    sql = (
        f"SELECT v.visited_on, sum(v.state = '计划'), sum(v.state = '已访') FROM visit AS v {joined} "
        f"WHERE v.deleted_at IS NULL AND v.visited_on BETWEEN ? AND ? AND {condition} GROUP BY v.visited_on"
    )
    return [DayCount(*row) for row in _all(sql, (first.isoformat(), last.isoformat(), *values))]


def planned_in(first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, str]]:
    """Return on which days of a period plans go to which villages."""
    sql = (
        f"SELECT DISTINCT v.visited_on, h.village FROM {WENT} AND v.state = '计划' "
        "AND v.visited_on BETWEEN ? AND ?"
    )
    rows = _all(sql, (first.isoformat(), last.isoformat()))
    return [(datetime.date.fromisoformat(day), village) for day, village in rows]


def by_place(first: datetime.date, last: datetime.date) -> list[PlaceCount]:
    """Return what each group of each village has: households, plans, households visited in a period, the last visit."""
    sql = (
        "SELECT h.village, h.village_group, sum(h.state = '在户'), total(v.planned), total(v.done), "
        "coalesce(max(v.last), '') FROM household AS h LEFT JOIN ("
        "SELECT household_id, sum(state = '计划') AS planned, max(state = '已访' AND visited_on BETWEEN ? AND ?) AS done, "
        "max(CASE WHEN state = '已访' THEN visited_on END) AS last FROM visit "
        "WHERE deleted_at IS NULL AND household_id IS NOT NULL GROUP BY household_id"
        ") AS v ON v.household_id = h.id WHERE h.deleted_at IS NULL GROUP BY h.village, h.village_group "
        "ORDER BY h.village, h.village_group"
    )
    rows = _all(sql, (first.isoformat(), last.isoformat()))
    return [PlaceCount(row[0], row[1], row[2], int(row[3]), int(row[4]), row[5]) for row in rows]


def teams_by_week(
    village: str, first: datetime.date, last: datetime.date, without: bytes
) -> dict[datetime.date, set[bytes]]:
    """Return who goes to a village in each week (by its Monday) of a period, one visit left out."""
    sql = (
        f"SELECT DISTINCT {MONDAY}, v.staff_id FROM {WENT} "
        "AND v.visited_on BETWEEN ? AND ? AND h.village = ? AND v.id <> ?"
    )
    found: dict[datetime.date, set[bytes]] = {}
    for monday, staff in _all(sql, (first.isoformat(), last.isoformat(), village, without)):
        found.setdefault(datetime.date.fromisoformat(monday), set()).add(bytes(staff))
    return found


def days_of(
    column: str, key: bytes, first: datetime.date, last: datetime.date, without: bytes
) -> list[datetime.date]:
    """Return the days on which a household is visited, or somebody visits, in a period, one visit left out."""
    sql = (
        f'SELECT visited_on FROM visit WHERE "{column}" = ? AND deleted_at IS NULL AND {BOTH} '
        "AND visited_on BETWEEN ? AND ? AND id <> ? ORDER BY visited_on"
    )
    rows = _all(sql, (key, first.isoformat(), last.isoformat(), without))
    return [datetime.date.fromisoformat(row[0]) for row in rows]


def close(visits: Sequence[Visit], teams: int) -> dict[bytes, str]:
    """Return in a word what is too close about plans, by their keys: 过于集中, 过密; those that are well are left out."""
    plans = [visit for visit in visits if visit.state == VisitState.PLANNED and visit.visited_on]
    near = (
        f"SELECT v.id, h.village, EXISTS (SELECT 1 FROM visit AS n WHERE n.household_id = v.household_id AND n.{BOTH} "
        "AND n.deleted_at IS NULL AND n.id <> v.id AND n.visited_on BETWEEN date(v.visited_on, '-6 days') "
        f"AND date(v.visited_on, '+6 days')) FROM visit AS v JOIN household AS h ON h.id = v.household_id "
        f"WHERE v.id IN {KEYS}"
    )
    rows = {bytes(row[0]): row[1:] for row in _all(near, (json.dumps([visit.id.hex() for visit in plans]),))}
    weeks = {monday_of(visit.visited_on) for visit in plans if visit.visited_on}
    many = {(village, monday) for monday in weeks for village in _crowded(monday, teams)}
    told: dict[bytes, str] = {}
    for visit in plans:
        village, is_near = rows.get(visit.id, ("", 0))
        if visit.visited_on and (village, monday_of(visit.visited_on)) in many:
            told[visit.id] = "过于集中"
        elif is_near:
            told[visit.id] = "过密"
    return told


def monday_of(day: datetime.date) -> datetime.date:
    """Return the Monday of the week of a day."""
    return day - datetime.timedelta(days=day.weekday())


def _crowded(monday: datetime.date, teams: int) -> list[str]:
    """Return the villages to which so many teams or more go in a week."""
    sql = (
        f"SELECT h.village FROM {WENT} AND v.visited_on BETWEEN ? AND ? "
        "GROUP BY h.village HAVING count(DISTINCT v.staff_id) >= ?"
    )
    sunday = monday + datetime.timedelta(days=6)
    return [row[0] for row in _all(sql, (monday.isoformat(), sunday.isoformat(), teams))]


def _all(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with reading():
        return database.execute_sql(sql, values).fetchall()
