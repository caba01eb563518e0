"""The conditions that views of tickets are made of, and how many records meet them, each by an index."""

from __future__ import annotations

import datetime
from typing import Any

from desktop.records.base import database, reading

Narrow = tuple[tuple[str, tuple[Any, ...]], ...]
"""Conditions on the ticket `t`, all of which must hold, with their values."""


def owed(since: datetime.date | None = None, until: datetime.date | None = None) -> Narrow:
    """An answer is owed, due from `since` to `until` (both inclusive, either may be open)."""
    found: list[tuple[str, tuple[Any, ...]]] = [("t.running = 1", ())]
    if since is not None:
        found.append(("t.due_on >= ?", (since.isoformat(),)))
    if until is not None:
        found.append(("t.due_on <= ?", (until.isoformat(),)))
    return tuple(found)


def handled_by(person: bytes) -> Narrow:
    """A staff member handles it."""
    return (("t.handler_id = ?", (person,)),)


def in_state(*states: str) -> Narrow:
    """It stands in one of these states."""
    if len(states) == 1:
        return (("t.state = ?", states),)
    return ((f"t.state IN ({', '.join('?' * len(states))})", states),)


def to_decide() -> Narrow:
    """A meeting was given it and has not decided yet."""
    return (("t.meeting_id IS NOT NULL", ()), ("t.decision = ''", ()))


def to_carry_out() -> Narrow:
    """It was adopted, whole or in part, and isn't carried out yet."""
    return (("t.decision IN ('采纳', '部分采纳')", ()), ("t.carried_out_on IS NULL", ()))


def closed() -> Narrow:
    """It was closed, and not opened again."""
    return (("t.closed_on IS NOT NULL", ()),)


def to_feed_back(until: datetime.date) -> Narrow:
    """Its next feedback is due by a day."""
    return (("t.next_feedback_on IS NOT NULL", ()), ("t.next_feedback_on <= ?", (until.isoformat(),)))


def count(narrow: Narrow) -> int:
    """Return how many live tickets meet all conditions."""
    parts = " AND ".join(["t.deleted_at IS NULL", *(sql for sql, _ in narrow)])
    values = [value for _, more in narrow for value in more]
    with reading():
        return database.execute_sql(f'SELECT count(*) FROM "ticket" AS t WHERE {parts}', values).fetchone()[0]
