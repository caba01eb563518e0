"""Texts that tell of other records: a visit by its household, a diary by its author, also after they were renamed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.records import fulltext
from desktop.records.base import Record
from desktop.records.catalogue import record_type

FOLLOWED = {
    "household": (("head", "village"), "visit", "household"),
    "representative": (("full_name",), "visit", "representative"),
    "staff": (("full_name",), "diary", "author"),
}
"""By kind: the fields that others' texts tell, whose texts those are, and by which link they hang on it."""
PART = 500
"""Records whose followers are read at a time."""


def renamed(records: Iterable[Record], before: Mapping[bytes, Record]) -> list[bytes]:
    """Return the keys of records that others' texts tell of and that differ in it from what they were before."""
    return [
        record.id
        for record in records
        if record.kind in FOLLOWED
        and any(
            getattr(record, name) != getattr(before[record.id], name) for name in FOLLOWED[record.kind][0]
        )
    ]


def follow(model: type[Record], keys: Sequence[bytes]) -> None:
    """Put the texts that tell of these records into their index as they are now. Inside a change."""
    if model.kind not in FOLLOWED:
        return
    _, kind, link = FOLLOWED[model.kind]
    other: Any = record_type(kind)
    for start in range(0, len(keys), PART):
        part = keys[start : start + PART]
        told = {record.id: record for record in model.select().where(model.id.in_(part))}  # pyright: ignore
        rows = list(other.select().where(getattr(other, link).in_(part) & other.deleted_at.is_null()))
        for row in rows:
            setattr(row, link, told[row.__data__[link]])
        fulltext.drop(rows, other)
        fulltext.add(rows)
