"""The records that many rows link to, read by one statement instead of one a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from desktop.records.base import Record, kinds_of, reading
from desktop.records.kinds import Link
from desktop.records.storing import kept

Part = TypeVar("Part", bound=Record)


def join(rows: Sequence[Any], link: str, model: type[Record]) -> None:
    """Give rows the records of `model` that they link to by the field `link`."""
    wanted = {key for row in rows if (key := row.__data__.get(link))}
    with reading():
        there = {record.id: record for record in kept(model, list(wanted))}
    for row in rows:
        if found := there.get(row.__data__.get(link)):
            row.__rel__[link] = found


def join_all(rows: Sequence[Record]) -> None:
    """Give rows of one type all the records that they link to."""
    if rows:
        for kind in kinds_of(type(rows[0])):
            if isinstance(kind, Link):
                join(rows, kind.name, kind.target)


def latest(model: type[Part], link: str, wholes: Sequence[bytes]) -> dict[bytes, Part]:
    """Return the last live row of `model` of each whole it belongs to, by the whole's key."""
    fields: Any = model
    with reading():
        rows = model.select().where(getattr(fields, link).in_(wholes) & model.deleted_at.is_null())
        return {row.__data__[link]: row for row in rows.order_by(model.created_at, model.id)}
