"""Taking a change back: its trail is walked from its end to its start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, cast

import peewee

from desktop.errors import UserError
from desktop.records import followers, register, storing
from desktop.records.base import Record, database, write_rows
from desktop.records.catalogue import records
from desktop.records.papers import Watch
from desktop.records.trail import Change, Trail, column_value

PART = 2_000
"""Rows taken back between two reports of progress."""


def extent(change: Change) -> int:
    """Return how many rows of the trail a change made."""
    return Trail.select().where(_own(change)).count()


def _own(change: Change) -> peewee.Expression:
    return (Trail.sequence > change.since) & (Trail.change == change.id)


def take_back(change: Change, watch: Watch | None = None) -> dict[str, int]:
    """Undo every row of a change, inside the transaction that is open; returns removed rows by kind.

    Raises UserError where a row was changed again since, or is used by another record now; what `watch` raises.
    """
    refuse_touched(change)
    columns = (Trail.place, Trail.did, Trail.row, Trail.before)
    rows = Trail.select(*columns).where(_own(change)).order_by(Trail.sequence.desc()).namedtuples()
    removed: dict[str, int] = {}
    kept_in = {storing.table_of(record): record for record in records()}
    done, total = 0, extent(change) if watch else 0
    try:
        for (place, did), several in _parts(rows):
            if watch:
                watch(done, total)
            done += len(several)
            model = kept_in[place]
            if did == "insert":
                remove_rows(model, [row.row for row in several])
                removed[model.kind] = removed.get(model.kind, 0) + len(several)
            elif did == "update":
                _set_back(model, several)
            else:
                _put_back(model, several)
    except peewee.IntegrityError as cause:
        raise UserError(
            f"不能撤销“{change.action}”：其中的记录已被别处使用（如已发出邀请）；请先处理那些记录"
        ) from cause
    return removed


def _parts(rows: Iterable[Trail]) -> Iterator[tuple[tuple[str, str], list[Trail]]]:
    """Return rows in their order, as many at once as are of one table and one deed, but not too many."""
    for key, group in groupby(rows, key=lambda row: (row.place, row.did)):
        while several := list(islice(group, PART)):
            yield key, several


def refuse_touched(change: Change) -> None:
    """Raise UserError where rows of the change were changed again later.

    A later change that was taken back, and its taking back, leave the rows as this change made them.
    """
    touched = database.execute_sql(
        'WITH cancelled(id) AS (SELECT id FROM "change" WHERE undone_by IS NOT NULL '
        'UNION SELECT undone_by FROM "change" WHERE undone_by IS NOT NULL) '
        "SELECT count(DISTINCT t.row) FROM trail AS t JOIN trail AS later ON later.row = t.row "
        'AND later.sequence > t.sequence AND later."change" IS NOT t."change" '
        'LEFT JOIN cancelled ON cancelled.id = later."change" '
        'WHERE t.sequence > ? AND t."change" = ? AND cancelled.id IS NULL',
        (change.since, change.id),
    ).fetchone()[0]
    if touched:
        purged = (
            'SELECT 1 FROM trail WHERE sequence > ? AND "change" = ? AND row IN (SELECT record FROM purged)'
        )
        if database.execute_sql(f"{purged} LIMIT 1", (change.since, change.id)).fetchone():
            raise UserError(f"不能撤销“{change.action}”：其中的记录已经彻底删除，找不回来了")
        raise UserError(
            f"不能撤销“{change.action}”：其中 {touched} 条记录后来又改动过；为免丢失改动，没有撤销任何内容"
        )


def remove_rows(model: type[Record], keys: list[bytes]) -> None:
    """Take rows out of their table, with what they are found by."""
    if storing.is_found(model):
        storing.drop_keys(storing.kept(model, keys))
    # many rows a statement: a statement that fires triggers copies every page it touches, once
    for start in range(0, len(keys), storing.BATCH):
        several = json.dumps([key.hex() for key in keys[start : start + storing.BATCH]])
        database.execute_sql(
            f'DELETE FROM "{storing.table_of(model)}" WHERE id IN (SELECT unhex(value) FROM json_each(?))',
            (several,),
        )


def _set_back(model: type[Record], rows: list[Trail]) -> None:
    """Make changed rows what they were before."""
    keys = list(dict.fromkeys(row.row for row in rows))
    # the row's revision must not go back, or an old form could overwrite it unseen
    fields = [field for field in storing.fields_of(model) if field.name not in ("id", "revision")]
    pairs = ", ".join(f'"{field.column_name}" = ?' for field in fields)
    held = storing.kept(model, keys)
    if storing.is_found(model):
        storing.drop_keys(held)
    for record in held:
        if record.deleted_at:  # its number was void while it was removed
            register.revive(record.id, record.deleted_because or f"{record.label}已删除")
    write_rows(
        f'UPDATE "{storing.table_of(model)}" SET revision = revision + 1, {pairs} WHERE id = ?',
        ([*_before(row, fields), row.row] for row in rows),
    )
    _find_again(model, keys)


def _put_back(model: type[Record], rows: list[Trail]) -> None:
    """Insert deleted rows as they were."""
    fields = [field for field in storing.fields_of(model) if field.name != "id"]
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    marks = ", ".join("?" * (len(fields) + 1))
    write_rows(
        f'INSERT INTO "{storing.table_of(model)}" ({names}, id) VALUES ({marks})',
        ([*_before(row, fields), row.row] for row in rows),
    )
    _find_again(model, [row.row for row in rows])


def _before(row: Trail, fields: list[peewee.Field]) -> list[Any]:
    """Return the columns of a row as the trail kept them."""
    before = json.loads(cast("str", row.before))
    return [column_value(field, before.get(field.column_name)) for field in fields]


def _find_again(model: type[Record], keys: list[bytes]) -> None:
    if storing.is_found(model):
        storing.add_keys(row for row in storing.kept(model, keys) if row.deleted_at is None)
    followers.follow(model, keys)
