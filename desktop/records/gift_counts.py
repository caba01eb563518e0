"""What was brought to households: the rows that 户, 户次 and amounts are counted from."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from desktop.records.base import database, reading


class Gift(NamedTuple):
    """One condolence: its key and household, what was given, and what it may be grouped by."""

    key: bytes
    home: bytes
    amount: int
    signed: bool
    occasion: str
    staff: str
    village: str
    sort: str


def gifts(first: datetime.date | None, last: datetime.date | None) -> list[Gift]:
    """Return the condolences of a period, the latest first; those whose day is still to come are none yet."""
    end = min(last or datetime.date.today(), datetime.date.today())
    sql = (
        "SELECT c.id, c.household_id, coalesce(c.amount, 0), c.signed, c.occasion, coalesce(s.full_name, ''), "
        'h.village, h.sort FROM "condolence" AS c JOIN "household" AS h ON h.id = c.household_id '
        'LEFT JOIN "staff" AS s ON s.id = c.staff_id WHERE c.deleted_at IS NULL AND c."on" <= ? '
        'AND c."on" >= ? ORDER BY c."on" DESC, c.created_at DESC, c.id DESC'
    )
    begin = (first or datetime.date.min).isoformat()
    with reading():
        rows = database.execute_sql(sql, (end.isoformat(), begin)).fetchall()
    return [
        Gift(bytes(key), bytes(home), amount, bool(signed), *words)
        for key, home, amount, signed, *words in rows
    ]


def years() -> list[int]:
    """Return the years that have condolences, the latest first."""
    sql = 'SELECT DISTINCT substr("on", 1, 4) AS year FROM "condolence" WHERE deleted_at IS NULL ORDER BY year DESC'
    with reading():
        return [int(row[0]) for row in database.execute_sql(sql).fetchall()]
