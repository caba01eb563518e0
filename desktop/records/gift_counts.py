"""What was brought to households, counted by SQLite: 户, 户次, money and what is not signed for, and their rows."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from desktop.records.base import database, reading

HOME = 'JOIN "household" AS h ON h.id = c.household_id'
GROUPS = {
    "occasion": ("c.occasion", ""),
    "staff": ("coalesce(s.full_name, '')", 'LEFT JOIN "staff" AS s ON s.id = c.staff_id'),
    "village": ("h.village", HOME),
    "sort": ("h.sort", HOME),
}
"""What condolences may be grouped by: the column, and the table it stands in."""
NARROWED = {"money": "coalesce(c.amount, 0) > 0", "unsigned": "NOT c.signed"}
"""What narrows the rows of a figure; the others count all of a group."""


class Sum(NamedTuple):
    """A group: distinct households, condolences, money in 元, condolences not signed for."""

    label: str
    homes: int
    times: int
    money: int
    unsigned: int


def sums(first: datetime.date | None, last: datetime.date | None, by: str = "") -> list[Sum]:
    """Return the groups of a period, the one with most condolences first; without `by` all of it as one.

    What is still to come is none yet.
    """
    column, joined = GROUPS[by] if by else ("''", "")
    where, values = _period(first, last)
    sql = (
        f"SELECT {column} AS label, count(DISTINCT c.household_id), count(*), coalesce(sum(c.amount), 0), "
        f'coalesce(sum(NOT c.signed), 0) FROM "condolence" AS c {joined} WHERE {where} '
        + ("GROUP BY label ORDER BY count(*) DESC, label" if by else "")
    )
    with reading():
        return [Sum(*row) for row in database.execute_sql(sql, values).fetchall()]


def gifts_of(
    first: datetime.date | None, last: datetime.date | None, by: str, label: str, unit: str
) -> list[bytes]:
    """Return the condolences behind a figure, the latest first; without `by` those of the whole period."""
    joined, where, values = _rows(first, last, by, label, unit)
    sql = f'SELECT c.id FROM "condolence" AS c {joined} WHERE {where} ORDER BY c."on" DESC, c.created_at DESC, c.id DESC'
    with reading():
        return [bytes(row[0]) for row in database.execute_sql(sql, values).fetchall()]


def homes_of(
    first: datetime.date | None, last: datetime.date | None, by: str, label: str
) -> dict[bytes, int]:
    """Return the households behind a figure with what each was given in 元."""
    joined, where, values = _rows(first, last, by, label, "")
    sql = (
        f'SELECT c.household_id, coalesce(sum(c.amount), 0) FROM "condolence" AS c {joined} WHERE {where} '
        "GROUP BY c.household_id"
    )
    with reading():
        return {bytes(key): money for key, money in database.execute_sql(sql, values).fetchall()}


def years() -> list[int]:
    """Return the years that have condolences, the latest first."""
    sql = 'SELECT DISTINCT substr("on", 1, 4) AS year FROM "condolence" WHERE deleted_at IS NULL ORDER BY year DESC'
    with reading():
        return [int(row[0]) for row in database.execute_sql(sql).fetchall()]


def _rows(
    first: datetime.date | None, last: datetime.date | None, by: str, label: str, unit: str
) -> tuple[str, str, list[Any]]:
    where, values = _period(first, last)
    if unit in NARROWED:
        where += f" AND {NARROWED[unit]}"
    if not by:
        return "", where, values
    column, joined = GROUPS[by]
    return joined, f"{where} AND {column} = ?", [*values, label]


def _period(first: datetime.date | None, last: datetime.date | None) -> tuple[str, list[Any]]:
    today = datetime.date.today()
    begin, end = first or datetime.date.min, min(last or today, today)
    return 'c.deleted_at IS NULL AND c."on" >= ? AND c."on" <= ?', [begin.isoformat(), end.isoformat()]
