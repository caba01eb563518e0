"""Many new rows for tables that hold fewer: their indexes are built at the end, their trail is written at once.

An index built from all its rows costs two thirds of one that grows by each, and a trigger's row of the trail twice
as much as one written with all others (measured). It is all part of the transaction: whatever stops it, a
kill included, leaves indexes and triggers as they were.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from desktop.records import storing, visit_tally
from desktop.records.base import Record, database, meta_of
from desktop.records.kinds import new_ids
from desktop.records.trail import insert_trigger

LARGE = 2_000
"""Rows from which it pays to build the indexes anew."""
TALLIED = "visit_staff"
"""The table that `visit_tally` follows."""


def insert_in_order(rows: Sequence[Record]) -> None:
    """Insert rows of several types, those of a type with keys that rise in their order: so histories are read."""
    of_type: dict[type[Record], list[Record]] = {}
    for row in rows:
        of_type.setdefault(type(row), []).append(row)
    for those in of_type.values():
        for row, key in zip(those, new_ids(len(those)), strict=True):
            row.id = key
        storing.insert_all(those)


@contextlib.contextmanager
def filling(models: Sequence[type[Record]], count: int) -> Iterator[None]:
    """Let a block insert about `count` rows of each of `models`, in the transaction that is open.

    Tables that hold more than comes in are written row by row as ever. The rows' trail follows the block, in
    the order of `models`; the block is only to insert, and finds rows by their keys at most.
    """
    few = [model for model in models if count >= LARGE and _held(model, count + 1) <= count]
    with database.atomic():
        last = {model: _last_row(model) for model in few}
        again = [statement for model in few for statement in _drop(model)]
        yield
        if any(_table(model) == TALLIED for model in few):  # row by row it would look back without an index
            again += visit_tally.rebuilding()
        for statement in again:
            database.execute_sql(statement)
        for model in few:
            database.execute_sql(
                'INSERT INTO trail("change", place, row, did) '
                f"SELECT (SELECT change FROM present), '{_table(model)}', id, 'insert' "
                f'FROM "{_table(model)}" WHERE rowid > ? ORDER BY rowid',
                (last[model],),
            )


def _table(model: type[Record]) -> str:
    return meta_of(model).table_name


def _last_row(model: type[Record]) -> int:
    return database.execute_sql(f'SELECT coalesce(max(rowid), 0) FROM "{_table(model)}"').fetchone()[0]


def _held(model: type[Record], most: int) -> int:
    """Return how many rows a table holds, counted up to `most`."""
    counted = f'SELECT count(*) FROM (SELECT 1 FROM "{_table(model)}" LIMIT ?)'
    return database.execute_sql(counted, (most,)).fetchone()[0]


def _drop(model: type[Record]) -> list[str]:
    """Drop the indexes of a table and its triggers for new rows; returns the statements that make them again."""
    parts = database.execute_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL "
        "AND (type = 'index' OR name IN (?, ?))",
        (_table(model), insert_trigger(model), f"tally_{_table(model)}_insert"),
    ).fetchall()
    for sort, name, _ in parts:
        database.execute_sql(f'DROP {sort} "{name}"')
    return [sql for *_, sql in parts]
