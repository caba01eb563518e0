"""Searching the trail: which changes there were, the last one first, in steps that never keep anybody waiting.

Every change has its place in the chain, which numbers them without gaps and bounds its rows. Conditions that no index
answers are tried on a slice of changes at a time; a page that isn't full when its time is up says where to go on.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from desktop.records.base import database, reading

SLICE = 2_000
"""Changes tried by one statement."""
PATIENCE = 0.06
"""Seconds after which a page is shown as far as it got."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What changes are looked for; empty where all are. Times are ISO texts, `until` is left out itself.

    A word stands in what was done, in what a row held before, or the row is one of `keys`, which hold it now.
    """

    word: str = ""
    who: str = ""
    table: str = ""
    since: str = ""
    until: str = ""
    keys: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """One change: its number in the chain, when, who, what, how many rows, whether it was taken back."""

    number: int
    key: bytes
    at: str
    who: str
    action: str
    rows: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Changes found, the last first, and the number to go on below; 0 where there are none left."""

    found: list[Done] = field(default_factory=list)
    below: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """One row that a change wrote: its table, its key, what was done, and the columns before and after."""

    sequence: int
    table: str
    key: bytes
    did: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    """What the next row of the trail holds; None where the record is as this change left it."""


def page(asked: Asked, below: int = 0, limit: int = 100, patience: float = PATIENCE) -> Page:
    """Return the changes asked for below a number (0: from the last one on)."""
    with reading():
        top = (
            (below or _last() + 1) if not asked.until else min(below or _last() + 1, _first_from(asked.until))
        )
        bottom = _first_from(asked.since) if asked.since else 1
        condition, values = _condition(asked)
        found: list[Done] = []
        begun = time.monotonic()
        while top > bottom and len(found) < limit:
            low = max(top - SLICE, bottom)
            rows = database.execute_sql(
                'SELECT l.number, c.id, c.at, c.who, c."action", l.upto - l.since, c.undone_by IS NOT NULL '
                'FROM chain_link AS l JOIN "change" AS c ON c.id = l."change" '
                f"WHERE l.number < ? AND l.number >= ?{condition} ORDER BY l.number DESC LIMIT ?",
                (top, low, *values, limit - len(found)),
            ).fetchall()
            found += [
                Done(number, bytes(key), at, who, action, count, bool(undone))
                for number, key, at, who, action, count, undone in rows
            ]
            top = found[-1].number if len(found) == limit else low
            if time.monotonic() - begun > patience:
                break
        return Page(found, top if top > bottom else 0)


def _condition(asked: Asked) -> tuple[str, list[Any]]:
    parts, values = "", []
    of_change = "EXISTS (SELECT 1 FROM trail AS t WHERE t.sequence > l.since AND t.sequence <= l.upto AND "
    for text, condition in (
        (asked.who, "c.who = ?"),
        (asked.since, "c.at >= ?"),
        (asked.until, "c.at < ?"),
        (asked.table, f"{of_change}+t.place = ?)"),
    ):
        if text:
            parts += f" AND {condition}"
            values.append(text)
    if asked.word:
        kept = json.dumps(asked.word, ensure_ascii=False)[1:-1]
        held, more = "instr(t.before, ?)", list[Any]([kept])
        if asked.keys:
            held = f"({held} OR t.row IN (SELECT unhex(value) FROM json_each(?)))"
            more.append(json.dumps([key.hex() for key in asked.keys]))
        parts += f' AND (instr(c."action", ?) OR {of_change}{held}))'
        values += [asked.word, *more]
    return parts, values


def _last() -> int:
    return database.execute_sql("SELECT coalesce(max(number), 0) FROM chain_link").fetchone()[0]


def _first_from(at: str) -> int:
    """Return the number of the first change at or after a time, one past the last where there is none."""
    low, high = 1, _last() + 1
    while low < high:
        middle = (low + high) // 2
        row = database.execute_sql(
            'SELECT c.at FROM chain_link AS l JOIN "change" AS c ON c.id = l."change" WHERE l.number = ?',
            (middle,),
        ).fetchone()
        if row is not None and row[0] < at:
            low = middle + 1
        else:
            high = middle
    return low


def people() -> list[str]:
    """Return everybody who changed anything, found name by name along the index."""
    sql = (
        'WITH RECURSIVE names(who) AS (SELECT min(who) FROM "change" UNION ALL '
        'SELECT (SELECT min(who) FROM "change" WHERE who > names.who) FROM names WHERE names.who IS NOT NULL) '
        "SELECT who FROM names WHERE who IS NOT NULL AND who != ''"
    )
    with reading():
        return [who for (who,) in database.execute_sql(sql).fetchall()]


def written(number: int, offset: int = 0, limit: int = 100) -> list[Written]:
    """Return the rows that a change wrote, in order, each with what came after it."""
    with reading():
        rows = database.execute_sql(
            "SELECT t.sequence, t.place, t.row, t.did, t.before, (SELECT n.before FROM trail AS n WHERE n.row = t.row "
            "AND n.sequence > t.sequence ORDER BY n.sequence LIMIT 1) FROM chain_link AS l JOIN trail AS t "
            "ON t.sequence > l.since AND t.sequence <= l.upto WHERE l.number = ? ORDER BY t.sequence LIMIT ? OFFSET ?",
            (number, limit, offset),
        ).fetchall()
    return [
        Written(sequence, table, bytes(key), did, _columns(before), _columns(after))
        for sequence, table, key, did, before, after in rows
    ]


def _columns(text: str | None) -> dict[str, Any] | None:
    return json.loads(text) if text else None
