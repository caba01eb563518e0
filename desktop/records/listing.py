"""Lists of any length, a page at a time: no list, sort or filter reads the whole table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

import peewee

from desktop.errors import UserError
from desktop.records import finding, fulltext, readings, search
from desktop.records.base import Record, database, kinds_of, meta_of, reading
from desktop.records.kinds import Kind, Link, Text

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
    narrowed: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """Further conditions on `t` with their values, written in records/ (see ticket_views)."""


def field_of(model: type[Record], name: str) -> Kind:
    """Return the kind called `name`; raises UserError naming the ones there are."""
    for kind in kinds_of(model):
        if kind.name == name:
            return kind
    there = "、".join(kind.name for kind in kinds_of(model))
    raise UserError(f"{model.label}没有字段“{name[:40]}”，可用的有：{there}", field=name)


def count(query: Query) -> int:
    """Return how many records the query finds."""
    with reading():
        meant = _meant(query)
        if meant and not query.where and not query.keys and not query.narrowed:
            sql, values = meant.count()
        else:
            condition, values = _conditions(query, meant)
            sql = f'SELECT count(*) FROM "{meta_of(query.model).table_name}" AS t WHERE {condition}'
        found = database.execute_sql(sql, values).fetchone()[0]
    return found if query.limit is None else min(found, query.limit)


def selecting(query: Query, column: str) -> tuple[str, list[Any]]:
    """Return the SELECT of a column of the records found, in no order, to be asked within another statement."""
    condition, values = _conditions(query, _meant(query))
    return f'SELECT t."{column}" FROM "{meta_of(query.model).table_name}" AS t WHERE {condition}', values


def has_any(kind: str) -> bool:
    """Say whether there is any live record of a kind, by the name of its table."""
    with reading():
        sql = f'SELECT EXISTS (SELECT 1 FROM "{kind.replace("-", "_")}" WHERE deleted_at IS NULL)'
        return bool(database.execute_sql(sql).fetchone()[0])


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
    """Return the keys of the records found, in order.

    Without a search the sort index is walked; with one the hits are gathered and sorted, but for words so
    common that walking the sort index meets a page of them sooner.
    """
    column = sort_column(query)
    way = "DESC" if query.descending else "ASC"
    table = meta_of(query.model).table_name
    with reading():
        meant = _meant(query)
        if (
            isinstance(meant, finding.Meant)
            and meant.gathered
            and column == "reading_key"
            and not _is_narrow(query)
        ):
            hits, values = meant.hits()
            sql = f"SELECT record FROM ({hits} ORDER BY sort {way}, record {way} LIMIT ? OFFSET ?)"
        else:
            condition, values = _conditions(query, meant)
            walked = (
                f"INDEXED BY {table}_by_{column}"
                if meant and not meant.gathered and not _is_narrow(query)
                else ""
            )
            length = f'length(t."{column}") {way}, ' if column in query.model.counted_by else ""
            sql = (
                f'SELECT t.id FROM "{table}" AS t {walked} WHERE {condition} '
                f'ORDER BY {length}t."{column}" {way}, t.id {way} LIMIT ? OFFSET ?'
            )
        rows = database.execute_sql(sql, [*values, -1 if limit is None else max(limit, 0), offset]).fetchall()
    return [bytes(row[0]) for row in rows]


def _meant(query: Query) -> finding.Meant | fulltext.Meant | None:
    """Return what the search line means on a record with an index; None where nothing is searched."""
    if not search.words_of(query.search):
        return None
    if query.model.text_columns:
        return fulltext.meant_by(query.model, query.search)
    return finding.meant_by(query.model, query.search) if query.model.searchable else None


def _is_narrow(query: Query) -> bool:
    return bool(query.where or query.keys or query.narrowed)


def sort_column(query: Query) -> str:
    """Return the column a list is sorted by; a name sorts by its reading."""
    if not query.sort:
        return _default_sort(query.model)
    if query.sort in ("created_at", "changed_at"):
        return query.sort
    kind = field_of(query.model, query.sort)
    columns = meta_of(query.model).columns
    if kind.name == "full_name" and "reading_key" in columns:
        return "reading_key"
    return meta_of(query.model).fields[kind.name].column_name


def _default_sort(model: type[Record]) -> str:
    columns = meta_of(model).columns
    for column in ("reading_key", "held_on", "received_on", "visited_on", "position", "number"):
        if column in columns:
            return column
    return "created_at"


def _conditions(query: Query, meant: finding.Meant | fulltext.Meant | None) -> tuple[str, list[Any]]:
    """Return the WHERE of a query and its values; user text only ever goes into the values."""
    parts, values = ["t.deleted_at IS NULL"], []
    for name, wanted in query.where:
        kind = field_of(query.model, name)
        column = meta_of(query.model).fields[name].column_name
        parts.append(f't."{column}" IS ?')
        values.append(stored(kind, wanted))
    if query.keys:
        parts.append("t.id IN (SELECT unhex(value) FROM json_each(?))")
        values.append(json.dumps([key.hex() for key in query.keys]))
    for sql, more in query.narrowed:
        parts.append(sql)
        values += more
    if words := search.words_of(query.search):
        if meant is not None:
            part, more = meant.condition()
            parts.append(part)
            values += more
        else:
            for word in words:
                part, more = _scanned(query.model, word)
                parts.append(part)
                values += more
    return " AND ".join(parts), values


def stored(kind: Kind, wanted: Any) -> Any:
    """Return a filter value as the column holds it; typed text is parsed as in the form."""
    if isinstance(kind, Link):
        return wanted.id if isinstance(wanted, Record) else wanted
    value = kind.parse(wanted) if isinstance(wanted, str) else wanted
    return cast("peewee.Field", kind).db_value(value)


def _scanned(model: type[Record], word: str) -> tuple[str, list[Any]]:
    """Return the condition for one word on a small table: any text column holds it, or a link that names it."""
    columns = [
        meta_of(model).fields[kind.name].column_name
        for kind in kinds_of(model)
        if isinstance(kind, Text) and not kind.masked
    ]
    parts = [f"t.\"{column}\" LIKE ? ESCAPE '\\'" for column in columns]
    held = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    values: list[Any] = [held for _ in columns]
    if model.spelled_by and search.LATIN.fullmatch(word):
        parts.append("t.id IN (SELECT unhex(value) FROM json_each(?))")
        values.append(json.dumps([key.hex() for key in _spelled(model, word)]))
    for link in model.named_by:
        kind = meta_of(model).fields[link]
        called, more = _called(kind.target, word)
        table = meta_of(kind.target).table_name
        parts.append(f't."{kind.column_name}" IN (SELECT t.id FROM "{table}" AS t WHERE {called})')
        values += more
    return f"({' OR '.join(parts)})", values


def _spelled(model: type[Record], word: str) -> list[bytes]:
    """Return the records of a small table whose name is spelled so; one letter is the first of the name."""
    beginning = search.FIRST_LETTER + word if len(word) == 1 else word
    table = meta_of(model).table_name
    sql = f'SELECT id, "{model.spelled_by}" FROM "{table}" WHERE deleted_at IS NULL'
    return [
        key
        for key, name in database.execute_sql(sql).fetchall()
        if any(known.startswith(beginning) for known in readings.name_keys(name))
    ]


def _called(model: type[Record], word: str) -> tuple[str, list[Any]]:
    """Return the condition that a record which others link to is called by a word."""
    return finding.meant_by(model, word).condition() if model.searchable else _scanned(model, word)
