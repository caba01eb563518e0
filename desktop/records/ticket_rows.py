"""What figures need of tickets, row by row and light: 200,000 of them are counted in a second."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from desktop.records.base import database, reading


class TicketRow(NamedTuple):
    """One ticket as figures see it; days as ISO text, '' or None where there are none."""

    id: bytes
    sort: str
    state: str
    source: str
    section: str
    category: str
    decision: str
    verdict: str
    due_on: str | None
    answered_on: str | None
    closed_on: str | None
    carried_out_on: str | None
    fed_back_on: str | None
    round: int


class Raised(NamedTuple):
    """One time a matter was raised: its own key, and that of its ticket."""

    id: bytes
    ticket: bytes


def received(
    first: datetime.date | None, last: datetime.date | None, day: bytes | None = None
) -> list[TicketRow]:
    """Return the live tickets received in a period (both days inclusive, either open), of one open day if told."""
    condition, values = _within("t.received_on", first, last)
    if day is not None:
        condition, values = f"{condition} AND t.open_day_id = ?", [*values, day]
    names = ", ".join(f't."{name}"' for name in TicketRow._fields)
    sql = f'SELECT {names} FROM "ticket" AS t WHERE t.deleted_at IS NULL{condition} ORDER BY t.received_on, t.id'
    with reading():
        return [TicketRow(bytes(key), *rest) for key, *rest in database.execute_sql(sql, values).fetchall()]


def raised(first: datetime.date | None, last: datetime.date | None, day: bytes | None = None) -> list[Raised]:
    """Return every live 件次 of a period, by the day it was raised; of one open day if told."""
    condition, values = _within("o.received_on", first, last)
    if day is not None:
        condition, values = f"{condition} AND t.open_day_id = ?", [*values, day]
    sql = (
        'SELECT o.id, o.ticket_id FROM "occurrence" AS o JOIN "ticket" AS t ON t.id = o.ticket_id '
        f"WHERE o.deleted_at IS NULL AND t.deleted_at IS NULL{condition} ORDER BY o.received_on, o.id"
    )
    with reading():
        return [
            Raised(bytes(key), bytes(ticket)) for key, ticket in database.execute_sql(sql, values).fetchall()
        ]


def _within(column: str, first: datetime.date | None, last: datetime.date | None) -> tuple[str, list[Any]]:
    """Return the condition that a day lies in a period, from ` AND` on, and its values."""
    parts, values = "", []
    if first is not None:
        parts, values = f"{parts} AND {column} >= ?", [*values, first.isoformat()]
    if last is not None:
        parts, values = f"{parts} AND {column} <= ?", [*values, last.isoformat()]
    return parts, values
