"""回收站: the records that were removed, with when, why and by whom, and what is part of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.records.base import Record, database, meta_of, reading
from desktop.records.catalogue import by_kind, record_type, records

PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "representative": (("identity", "representative"), ("contact", "representative"), ("invitation", "representative")),
    "open-day": (
        ("programme-item", "open_day"),
        ("site", "open_day"),
        ("milestone", "open_day"),
        ("notice", "open_day"),
    ),
    "form": (("form-edition", "form"),),
    "household": (("member", "household"),),
    "visit": (("visit-staff", "visit"), ("diary-visit", "visit")),
    "ticket": (
        ("occurrence", "ticket"),
        ("ticket-step", "ticket"),
        ("answer", "ticket"),
        ("evaluation", "ticket"),
        ("slip", "ticket"),
        ("supervision", "ticket"),
    ),
    "diary": (("diary-visit", "diary"), ("diary-correction", "diary"), ("publication", "diary")),
    "pairing": (("pairing-progress", "pairing"),),
    "topic": (("topic-progress", "topic"),),
    "work-line": (("work-progress", "work_line"),),
}  # fmt: skip
"""What is part of a record, by which link: it comes back with it, and is cleared with it."""


@dataclass(frozen=True, slots=True)
class Removed:
    """One record in the 回收站: its kind, its key, when, why and by whom it was removed."""

    model: type[Record]
    key: bytes
    at: str
    because: str
    who: str
    caption: str


def indexes(model: type[Record]) -> list[str]:
    """Return the CREATE INDEX statement by which the removed rows of a table are found: it holds nothing else."""
    table = meta_of(model).table_name
    return [f'CREATE INDEX "{table}_removed" ON "{table}" (deleted_at) WHERE deleted_at IS NOT NULL']


def counts() -> dict[str, int]:
    """Return how many removed records there are of each kind that has any."""
    parts = " UNION ALL ".join(f"SELECT '{model.kind}', count(*) FROM {_rows(model)}" for model in records())
    with reading():
        return {kind: count for kind, count in database.execute_sql(parts).fetchall() if count}


def _rows(model: type[Record]) -> str:
    table = meta_of(model).table_name
    return f'"{table}" AS t WHERE t.deleted_at IS NOT NULL AND t.id NOT IN (SELECT record FROM purged)'


def page(kind: str = "", offset: int = 0, limit: int = 100) -> list[Removed]:
    """Return removed records, of one kind or of all, the last removed first."""
    models = [record_type(kind)] if kind else records()
    parts = " UNION ALL ".join(
        f"SELECT '{model.kind}', t.id, t.deleted_at AS at, t.deleted_because FROM {_rows(model)}"
        for model in models
    )
    with reading():
        rows = database.execute_sql(
            f"SELECT * FROM ({parts}) ORDER BY at DESC LIMIT ? OFFSET ?", (limit, offset)
        ).fetchall()
        return [_told(by_kind()[kind], bytes(key), at, because) for kind, key, at, because in rows]


def _told(model: type[Record], key: bytes, at: str, because: str) -> Removed:
    who = database.execute_sql(
        'SELECT c.who FROM trail AS t JOIN "change" AS c ON c.id = t."change" WHERE t.row = ? '
        "ORDER BY t.sequence DESC LIMIT 1",
        (key,),
    ).fetchone()
    return Removed(model, key, at, because, who[0] if who else "", model.get_by_id(key).caption())


def found(model: type[Record], key: bytes) -> Record | None:
    """Return a record in the 回收站 by its key; None where it isn't there."""
    with reading():
        row = model.get_or_none((model.id == key) & model.deleted_at.is_null(False))
        gone = row and database.execute_sql("SELECT 1 FROM purged WHERE record = ?", (key,)).fetchone()
    return None if gone else row


def parts_of(record: Record) -> list[Record]:
    """Return everything that is part of a record, live or removed, parts of parts before what they are part of."""
    made: list[Record] = []
    for kind, link in PARTS.get(record.kind, ()):
        model: Any = record_type(kind)
        for part in model.select().where(getattr(model, link) == record.id):
            made += [*parts_of(part), part]
    return made


def removed_with(record: Record) -> list[Record]:
    """Return the parts that were removed by the same change as their record."""
    row = database.execute_sql(
        'SELECT "change", since FROM trail JOIN "change" AS c ON c.id = "change" WHERE row = ? '
        "ORDER BY sequence DESC LIMIT 1",
        (record.id,),
    ).fetchone()
    if row is None:
        return []
    gone = [part for part in parts_of(record) if part.deleted_at]
    several = json.dumps([part.id.hex() for part in gone])
    with_it = database.execute_sql(
        'SELECT DISTINCT row FROM trail WHERE sequence > ? AND "change" = ? AND row IN '
        "(SELECT unhex(value) FROM json_each(?))",
        (row[1], row[0], several),
    ).fetchall()
    keys = {bytes(key) for (key,) in with_it}
    return [part for part in gone if part.id in keys]


def referring(record: Record, besides: Iterable[bytes] = ()) -> int:
    """Count the rows of whatever kind that link to a record, those in `besides` left out."""
    left_out = json.dumps([key.hex() for key in besides])
    total = 0
    for model in records():
        for field in links_to(model, type(record)):
            total += database.execute_sql(
                f'SELECT count(*) FROM "{meta_of(model).table_name}" WHERE "{field}" = ? AND id NOT IN '
                "(SELECT unhex(value) FROM json_each(?))",
                (record.id, left_out),
            ).fetchone()[0]
    return total


def links_to(model: type[Record], target: type[Record]) -> Sequence[str]:
    """Return the columns of `model` that hold keys of `target`."""
    return [
        field.column_name
        for field in meta_of(model).sorted_fields
        if getattr(field, "rel_model", None) is target
    ]
