"""What lists of diaries, link points and the like show of other records, read for a whole page of rows at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop.records.base import Record, database, meta_of, reading
from desktop.records.work_lines import LinkPoint

KEYS = "(SELECT unhex(value) FROM json_each(?))"
EVER = ("0001-01-01", "9999-12-31")
"""Days before and after all others; whole ones, since a column of days would read a bare year as a number."""


def staff_names(rows: Sequence[Record], field: str) -> dict[bytes, str]:
    """Return who stands in a link to the staff, by the keys of the rows; those with nobody are left out."""
    if not rows:
        return {}
    meta = meta_of(type(rows[0]))
    sql = (
        f'SELECT t.id, s.full_name FROM "{meta.table_name}" AS t JOIN "staff" AS s '
        f'ON s.id = t."{meta.fields[field].column_name}" WHERE t.id IN {KEYS}'
    )
    return dict(_rows(sql, rows))


def with_whom(rows: Sequence[Record]) -> dict[bytes, str]:
    """Return whom appointments are with, by their keys."""
    sql = (
        'SELECT a.id, coalesce(h.head, r.full_name, a.whom) FROM "appointment" AS a '
        'LEFT JOIN "household" AS h ON h.id = a.household_id '
        f'LEFT JOIN "representative" AS r ON r.id = a.representative_id WHERE a.id IN {KEYS}'
    )
    return dict(_rows(sql, rows))


def hanging(rows: Sequence[Record], table: str, column: str) -> dict[bytes, int]:
    """Return how many live rows of `table` name each of some records in `column`; those of none are left out."""
    sql = f'SELECT "{column}", count(*) FROM "{table}" WHERE "{column}" IN {KEYS} AND deleted_at IS NULL GROUP BY 1'
    return dict(_rows(sql, rows))


class AtPoint(NamedTuple):
    """What happened at a link point, the latest first: visits by its staff member there, problems found there."""

    visits: list[bytes]
    problems: list[bytes]
    unsolved: list[bytes]


def at_point(point: LinkPoint) -> AtPoint:
    """Return the keys of the visits made to a link point and of the problems of its households, within its days.

    Problems are those of the village's households, whoever found them; merged ones count with their main 件.
    """
    since = point.since.isoformat() if point.since else EVER[0]
    until = point.until.isoformat() if point.until else EVER[1]
    # households first: without figures of its own SQLite would walk all tickets that were never merged
    visited = (
        'SELECT p.visit_id FROM "household" AS h CROSS JOIN "visit_staff" AS p ON p.household_id = h.id '
        "WHERE h.village = ? AND h.deleted_at IS NULL AND p.staff_id = ? AND p.deleted_at IS NULL "
        "AND p.visited_on BETWEEN ? AND ? ORDER BY p.visited_on DESC, p.visit_id DESC"
    )
    raised = (
        'SELECT t.id, t.running FROM "household" AS h CROSS JOIN "ticket" AS t ON t.household_id = h.id '
        "WHERE h.village = ? AND h.deleted_at IS NULL AND t.deleted_at IS NULL AND +t.main_id IS NULL "
        "AND t.received_on BETWEEN ? AND ? ORDER BY t.received_on DESC, t.id DESC"
    )
    who = point.__data__["staff"]
    with reading():
        visits = database.execute_sql(visited, (point.village, who, since, until)).fetchall()
        tickets = database.execute_sql(raised, (point.village, since, until)).fetchall()
    problems = [bytes(key) for key, _ in tickets]
    return AtPoint(
        [bytes(key) for (key,) in visits], problems, [bytes(key) for key, open_ in tickets if open_]
    )


def _rows(sql: str, records: Sequence[Record]) -> list[tuple[Any, ...]]:
    keys = json.dumps([record.id.hex() for record in records])
    with reading():
        return [(bytes(row[0]), *row[1:]) for row in database.execute_sql(sql, (keys,)).fetchall()]
