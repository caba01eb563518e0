"""Taking a change back: its trail is walked from its end to its start."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any, cast

import peewee

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import Record, database, write_rows
from desktop.records.catalogue import RECORDS
from desktop.records.search import rows_for
from desktop.records.trail import Change, Trail, column_value


def _meta(model: type[Record]) -> Any:
    return cast("Any", model)._meta  # noqa: SLF001 - peewee's public-by-custom name


TABLES: dict[str, type[Record]] = {_meta(record).table_name: record for record in RECORDS}


def take_back(change: Change) -> dict[str, int]:
    """Undo every row of a change, inside the transaction that is open; returns removed rows by kind.

    Raises UserError where a row was changed again since, or is used by another record now.
    """
    refuse_touched(change)
    own = (Trail.sequence > change.since) & (Trail.change == change.id)
    rows = list(Trail.select().where(own).order_by(Trail.sequence.desc()))
    removed: dict[str, int] = {}
    try:
        for (place, did), group in groupby(rows, key=lambda row: (row.place, row.did)):
            model = TABLES[place]
            several = list(group)
            if did == "insert":
                _remove(model, [row.row for row in several])
                removed[model.kind] = removed.get(model.kind, 0) + len(several)
            else:
                for row in several:
                    _bring_back(model, row)
    except peewee.IntegrityError as cause:
        raise UserError(
            f"不能撤销“{change.action}”:其中的记录已被别处使用(如已发出邀请);请先处理那些记录"
        ) from cause
    return removed


def refuse_touched(change: Change) -> None:
    """Raise UserError where rows of the change were changed again later."""
    touched = database.execute_sql(
        "SELECT count(DISTINCT t.row) FROM trail AS t JOIN trail AS later ON later.row = t.row "
        'AND later.sequence > t.sequence AND later."change" IS NOT t."change" WHERE t.sequence > ? AND t."change" = ?',
        (change.since, change.id),
    ).fetchone()[0]
    if touched:
        raise UserError(
            f"不能撤销“{change.action}”:其中 {touched} 条记录后来又改动过;为免丢失改动,没有撤销任何内容"
        )


def _remove(model: type[Record], keys: list[bytes]) -> None:
    several = [(key,) for key in keys]
    if model.searchable:
        for key in keys:
            storing.drop_keys(model.get_by_id(key))
    write_rows(f'DELETE FROM "{_meta(model).table_name}" WHERE id = ?', several)


def _bring_back(model: type[Record], row: Trail) -> None:
    """Put one row back as it was before it was changed or deleted."""
    before = json.loads(cast("str", row.before))
    values = {
        field: column_value(field, before.get(field.column_name))
        for field in storing.fields_of(model)
        if field.name != "id"
    }
    if model.searchable and row.did == "update":
        storing.drop_keys(model.get_by_id(row.row))
    table = _meta(model).table_name
    columns = [field.column_name for field in values]
    if row.did == "delete":
        marks = ", ".join("?" * (len(columns) + 1))
        names = ", ".join(f'"{column}"' for column in ("id", *columns))
        database.execute_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [row.row, *values.values()])
    else:
        pairs = ", ".join(f'"{column}" = ?' for column in columns)
        database.execute_sql(f'UPDATE "{table}" SET {pairs} WHERE id = ?', [*values.values(), row.row])
        # the row's revision must not go back, or an old form could overwrite it unseen
        database.execute_sql(f'UPDATE "{table}" SET revision = revision + 2 WHERE id = ?', [row.row])
    if model.searchable:
        record = model.get_by_id(row.row)
        storing.add_keys(rows_for(record) if record.deleted_at is None else [])
