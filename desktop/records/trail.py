"""The trail: every change of every row (who, when, before), written by plain triggers.

A trigger catches what any statement does, bulk imports and raw SQL included. The change that is under
way is named by the one row of `present`, so one trigger serves every verb. Undo walks a change's rows
backwards. Rows carry a local sequence: order does not depend on the clock.
"""

from __future__ import annotations

from typing import Any

import peewee

from desktop.records.base import Record, database, meta_of, now
from desktop.records.kinds import Key, new_id

UNDOING = "撤销："
"""What the changes that take others back are called by."""
PURGING = "彻底删除"
"""What the changes that clear for good are called by: nothing takes them back."""
KEYS = "口令与用户："
"""What the changes of who may open the file are called by: they touch no record and can't be taken back."""


class Local(peewee.Model):
    """A row that stays on this desk: it has no soft deletion and leaves no trail."""

    class Meta:
        database = database
        legacy_table_names = False


class Change(Local):
    """One verb of the office: what was done, by whom, when; `batch` names an import."""

    id = Key(primary_key=True, default=new_id)
    at = peewee.TextField(default=now)
    who = peewee.TextField(default="", index=True)
    action = peewee.TextField()
    batch = peewee.TextField(default="", index=True)
    since = peewee.IntegerField(default=0)
    """The last sequence of the trail before this change; one writer at a time makes its rows follow it."""
    undone_by = Key(null=True)


class Present(Local):
    """The change under way, and how far the chain (records/chain.py) goes: exactly one row.

    `number` and `head` are those of the last link; `purging` is set while a purge clears what is sealed.
    """

    id = peewee.IntegerField(primary_key=True)
    change = Key(null=True)
    number = peewee.IntegerField(null=True)
    head = peewee.BlobField(null=True)
    purging = peewee.IntegerField(null=True)


class Trail(Local):
    """One row written: its table, its key, insert/update/delete, and what it was before (JSON, BLOBs as hex)."""

    sequence = peewee.AutoField()
    change = Key(null=True)
    place = peewee.TextField()
    row = Key()
    did = peewee.TextField()
    before = peewee.TextField(null=True)

    class Meta:
        indexes = ((("row",), False),)


def is_blob(field: peewee.Field) -> bool:
    """Say whether a column holds bytes: a key, or a link to one."""
    return isinstance(field, (Key, peewee.ForeignKeyField))


def insert_trigger(model: type[Record]) -> str:
    """Return the name of the trigger that follows the new rows of a table."""
    return f"trail_{meta_of(model).table_name}_insert"


def triggers(model: type[Record]) -> list[str]:
    """Return the CREATE TRIGGER statements of one record's table."""
    table = meta_of(model).table_name
    pairs = ", ".join(
        f"'{field.column_name}', "
        + (f'hex(old."{field.column_name}")' if is_blob(field) else f'old."{field.column_name}"')
        for field in meta_of(model).sorted_fields
        if field.name != "id"
    )
    present = "(SELECT change FROM present)"
    insert = 'INSERT INTO trail("change", place, row, did, before) VALUES'
    return [
        f'CREATE TRIGGER {insert_trigger(model)} AFTER INSERT ON "{table}" BEGIN '
        f"{insert} ({present}, '{table}', new.id, 'insert', NULL); END",
        f'CREATE TRIGGER trail_{table}_update AFTER UPDATE ON "{table}" BEGIN '
        f"{insert} ({present}, '{table}', old.id, 'update', json_object({pairs})); END",
        f'CREATE TRIGGER trail_{table}_delete AFTER DELETE ON "{table}" BEGIN '
        f"{insert} ({present}, '{table}', old.id, 'delete', json_object({pairs})); END",
    ]


def column_value(field: peewee.Field, value: Any) -> Any:
    """Return a trail's JSON value as the column held it (hex of an empty BLOB is NULL)."""
    if is_blob(field):
        return bytes.fromhex(value) if value else None
    return value
