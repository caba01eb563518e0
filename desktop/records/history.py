"""Reading the trail: what happened to one record, and which change came last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from desktop.records.base import database, reading
from desktop.records.trail import KEYS, PURGING, UNDOING, Change


@dataclass(frozen=True, slots=True)
class Past:
    """One row of the trail with its change; `before` holds the columns as they were, None for an insert."""

    at: str
    who: str
    action: str
    before: dict[str, Any] | None


def past_of(key: bytes) -> list[Past]:
    """Return what happened to the row with this key, newest first."""
    with reading():
        rows = database.execute_sql(
            'SELECT c.at, c.who, c.action, t.before FROM trail AS t JOIN "change" AS c ON c.id = t."change" '
            "WHERE t.row = ? ORDER BY t.sequence DESC",
            (key,),
        ).fetchall()
    return [Past(at, who, action, json.loads(before) if before else None) for at, who, action, before in rows]


def last_change() -> Change | None:
    """Return the last change that is neither undone nor an undo itself, nor of users, passwords or a purge."""
    with reading():
        row = database.execute_sql(
            'SELECT id FROM "change" WHERE undone_by IS NULL '
            "AND action NOT LIKE ? AND action NOT LIKE ? AND action NOT LIKE ? AND action NOT LIKE ? "
            "ORDER BY rowid DESC LIMIT 1",
            (
                f"{UNDOING}%",
                "撤销：%",
                f"{KEYS}%",
                f"{PURGING}%",
            ),  # the second stands in files of earlier versions
        ).fetchone()
        return Change.get_by_id(bytes(row[0])) if row else None


def last_sequence() -> int:
    """Return the sequence of the trail's last row."""
    return database.execute_sql("SELECT coalesce(max(sequence), 0) FROM trail").fetchone()[0]
