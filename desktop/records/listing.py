"""Lists of any length, a page at a time: no list, sort or filter reads the whole table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import peewee

from desktop.errors import UserError
from desktop.records import search
from desktop.records.base import Record, database, kinds_of, reading
from desktop.records.kinds import Kind, Link, Text

DENSE = 3_000
"""From so many hits on, walking the sort index and testing each row beats sorting the hits."""

MOST_MARKS = 5_000
"""How many keys go into one statement."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows: a record type, words searched for, exact field values, one sort column."""

    model: type[Record]
    search: str = ""
    where: tuple[tuple[str, Any], ...] = ()
    sort: str = ""
    descending: bool = False
    limit: int | None = None
    keys: tuple[bytes, ...] = ()
    """Only these records, where any are named."""


def _meta(model: type[Record]) -> Any:
    return cast("Any", model)._meta  # noqa: SLF001 - peewee's public-by-custom name


def field_of(model: type[Record], name: str) -> Kind:
    """Return the kind called `name`; raises UserError naming the ones there are."""
    for kind in kinds_of(model):
        if kind.name == name:
            return kind
    there = "、".join(kind.name for kind in kinds_of(model))
    raise UserError(f"{model.label}没有字段“{name[:40]}”,可用的有:{there}", field=name)


def count(query: Query) -> int:
    """Return how many records the query finds."""
    condition, values = _conditions(query)
    table = _meta(query.model).table_name
    with reading():
        found = database.execute_sql(
            f'SELECT count(*) FROM "{table}" AS t WHERE {condition}', values
        ).fetchone()[0]
    return found if query.limit is None else min(found, query.limit)


def page(query: Query, offset: int = 0, limit: int = 100) -> list[Record]:
    """Return records `offset` to `offset + limit` of the query in its order."""
    if query.limit is not None:
        limit = min(limit, query.limit - offset)
    keys = ids(query, offset, limit)
    found: dict[bytes, Record] = {}
    with reading():
        for start in range(0, len(keys), MOST_MARKS):
            part = keys[start : start + MOST_MARKS]
            found |= {record.id: record for record in query.model.select().where(query.model.id.in_(part))}  # pyright: ignore
    return [found[key] for key in keys if key in found]


def ids(query: Query, offset: int = 0, limit: int | None = None) -> list[bytes]:
    """Return the keys of the records found, in order; only the sort index is walked."""
    condition, values = _conditions(query, walking=True)
    column = sort_column(query)
    direction = "DESC" if query.descending else "ASC"
    table = _meta(query.model).table_name
    order = f'ORDER BY t."{column}" {direction}, t.id {direction}'
    bounds = "LIMIT ? OFFSET ?"
    with reading():
        rows = database.execute_sql(
            f'SELECT t.id FROM "{table}" AS t WHERE {condition} {order} {bounds}',
            [*values, -1 if limit is None else max(limit, 0), offset],
        ).fetchall()
    return [bytes(row[0]) for row in rows]


def sort_column(query: Query) -> str:
    """Return the column a list is sorted by; a name sorts by its reading."""
    if not query.sort:
        return _default_sort(query.model)
    if query.sort in ("created_at", "changed_at"):
        return query.sort
    kind = field_of(query.model, query.sort)
    columns = _meta(query.model).columns
    if kind.name == "full_name" and "reading_key" in columns:
        return "reading_key"
    return _meta(query.model).fields[kind.name].column_name


def _default_sort(model: type[Record]) -> str:
    columns = _meta(model).columns
    for column in ("reading_key", "held_on", "position", "number"):
        if column in columns:
            return column
    return "created_at"


def _conditions(query: Query, *, walking: bool = False) -> tuple[str, list[Any]]:
    """Return the WHERE of a query and its values; user text only ever goes into the values."""
    parts, values = ["t.deleted_at IS NULL"], []
    for name, wanted in query.where:
        kind = field_of(query.model, name)
        column = _meta(query.model).fields[name].column_name
        parts.append(f't."{column}" IS ?')
        values.append(stored(kind, wanted))
    if query.keys:
        parts.append("t.id IN (SELECT unhex(value) FROM json_each(?))")
        values.append(json.dumps([key.hex() for key in query.keys]))
    for word in search.words_of(query.search):
        part, more = (
            _keyed(query.model, word, walking) if query.model.searchable else _scanned(query.model, word)
        )
        parts.append(part)
        values += more
    return " AND ".join(parts), values


def stored(kind: Kind, wanted: Any) -> Any:
    """Return a filter value as the column holds it; typed text is parsed as in the form."""
    if isinstance(kind, Link):
        return wanted.id if isinstance(wanted, Record) else wanted
    value = kind.parse(wanted) if isinstance(wanted, str) else wanted
    return cast("peewee.Field", kind).db_value(value)


def _keyed(model: type[Record], word: str, walking: bool) -> tuple[str, list[Any]]:
    """Return the condition for one word on a record with search keys, and on its unit where it has one."""
    bounds = search.ranges(word)
    inside = " OR ".join("(key >= ? AND key < ?)" for _ in bounds)
    values: list[Any] = [end for pair in bounds for end in pair]
    units = _units_with(word) if "unit" in _meta(model).columns else []
    also = f" OR t.unit IN ({','.join('?' * len(units))})" if units else ""
    if walking and _is_dense(inside, values):
        ranged = " OR ".join("(k.key >= ? AND k.key < ?)" for _ in bounds)
        return f"(EXISTS (SELECT 1 FROM search_key AS k WHERE k.record = +t.id AND ({ranged})){also})", [
            *values,
            *units,
        ]
    return f"(t.id IN (SELECT record FROM search_key WHERE {inside}){also})", [*values, *units]


def _is_dense(inside: str, values: Sequence[Any]) -> bool:
    hits = database.execute_sql(
        f"SELECT count(*) FROM (SELECT 1 FROM search_key WHERE {inside} LIMIT {DENSE})", values
    ).fetchone()[0]
    return hits >= DENSE


def _units_with(word: str) -> list[str]:
    """Return the units whose name holds the word; there are hundreds of units where there are 100,000 people."""
    rows = database.execute_sql(
        "SELECT name FROM unit WHERE deleted_at IS NULL AND instr(lower(name), ?) LIMIT 500", (word,)
    )
    return [row[0] for row in rows.fetchall()]


def _scanned(model: type[Record], word: str) -> tuple[str, list[Any]]:
    """Return the condition for one word on a small table: any text column holds it."""
    columns = [
        _meta(model).fields[kind.name].column_name
        for kind in kinds_of(model)
        if isinstance(kind, Text) and not kind.masked
    ]
    return "(" + " OR ".join(f"t.\"{column}\" LIKE ? ESCAPE '\\'" for column in columns) + ")", [
        "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for _ in columns
    ]
