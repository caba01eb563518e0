"""Hits: which records the words of a search line mean, as SQL over the search ranges and the units.

A word means a record where a range of it holds the record, or where its unit holds the word. There are hundreds
of units where there are 100,000 people, so units are looked through whole. A word that a great part of all
units hold is *dense*: its hits are never gathered, only tried on those of the other words or on the sorted list.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.records import search
from desktop.records.base import Record, database, meta_of

DENSE = 3_000
"""From so many hits through units alone, walking the sort index beats gathering and sorting them."""

Part = tuple[str, list[Any]]
"""SQL and its values; user text only ever goes into the values."""


NOTHING = "SELECT '' AS sort, x'' AS record WHERE 0"
IN_UNITS = "t.unit IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search line: its ranges that hold anything, and the units that hold it as a JSON list."""

    model: type[Record]
    ranges: tuple[search.Range, ...]
    units: str
    is_dense: bool

    @property
    def _columns(self) -> list[Part]:
        """Return the condition on `t` of each column that answers the word."""
        found: list[Part] = [(IN_UNITS, [self.units])] if self.units else []
        for part in self.ranges:
            if part.column:
                name = f't."{part.column}"'
                found.append((f"({name} >= ? AND {name} < ?)", [part.low, part.high]))
        return found

    @property
    def _keys(self) -> list[Part]:
        """Return the condition on the search keys of each range among them."""
        return [("(key >= ? AND key < ?)", [part.low, part.high]) for part in self.ranges if not part.column]

    def hits(self) -> Part:
        """Return a SELECT of (sort, record) of every live record that the word means, each once."""
        live = (
            f"SELECT t.reading_key AS sort, t.id AS record FROM {self._table} WHERE t.deleted_at IS NULL AND "
        )
        parts = [(live + sql, values) for sql, values in self._columns]
        # one level of UNION: SQLite merges the parts in the order asked for and stops with the page
        once = "" if parts or len(self._keys) > 1 else "DISTINCT "
        parts += [
            (f"SELECT {once}sort, record FROM search_key WHERE {sql}", more) for sql, more in self._keys
        ]
        return " UNION ".join(sql for sql, _ in parts) or NOTHING, _values(parts)

    def count(self) -> Part:
        """Return the number of `hits` as SQL: each index counts its own, less those counted before."""
        counts: list[Part] = []
        seen: list[Part] = []
        for sql, values in self._columns:
            others = "".join(f" AND NOT {other}" for other, _ in seen)
            live = f"SELECT count(*) FROM {self._table} WHERE t.deleted_at IS NULL AND {sql}{others}"
            counts.append((f"({live})", [*values, *_values(seen)]))
            seen.append((sql, values))
        if keys := self._keys:
            rows = f"SELECT DISTINCT sort, record FROM search_key WHERE {' OR '.join(sql for sql, _ in keys)}"
            # each key carries the reading its record is sorted by: only other columns need the record itself
            others = " AND NOT ".join(["1", *(sql.replace('t."reading_key"', "f.sort") for sql, _ in seen)])
            joined = f" JOIN {self._table} ON t.id = f.record" if "t." in others else ""
            counts.append(
                (
                    f"(SELECT count(*) FROM ({rows}) AS f{joined} WHERE {others})",
                    [*_values(keys), *_values(seen)],
                )
            )
        return " + ".join(sql for sql, _ in counts) or "0", _values(counts)

    @property
    def _table(self) -> str:
        return f'"{meta_of(self.model).table_name}" AS t'

    def condition(self) -> Part:
        """Return the condition on `t` that this word means it."""
        parts = self._columns
        if keys := self._keys:
            rows = f"SELECT record FROM search_key WHERE {' OR '.join(sql for sql, _ in keys)}"
            parts.append((f"t.id IN ({rows})", _values(keys)))
        return f"({' OR '.join(sql for sql, _ in parts) or '0'})", _values(parts)


@dataclass(frozen=True, slots=True)
class Meant:
    """What one search line means: words whose hits are gathered, and dense ones that are tried on records."""

    model: type[Record]
    gathered: tuple[Word, ...]
    dense: tuple[Word, ...]

    def hits(self) -> Part:
        """Return a SELECT of (sort, record) of each live record that all words mean, once; needs `gathered`."""
        if len(self.gathered) == 1 and not self.dense:
            return self.gathered[0].hits()
        parts = [word.hits() for word in self.gathered]
        sql = " INTERSECT ".join(f"SELECT * FROM ({select})" for select, _ in parts)
        if not self.dense:
            return sql, _values(parts)
        table = meta_of(self.model).table_name
        condition, more = self.tried()
        joined = f'SELECT f.sort, f.record FROM ({sql}) AS f JOIN "{table}" AS t ON t.id = f.record'
        return f"{joined} WHERE {condition}", [*_values(parts), *more]

    def tried(self) -> Part:
        """Return the condition on `t` that every dense word means it."""
        parts = [word.condition() for word in self.dense]
        return " AND ".join(sql for sql, _ in parts), _values(parts)

    def condition(self) -> Part:
        """Return the condition on `t` that all words mean it."""
        if not self.gathered:
            return self.tried()
        select, values = self.hits()
        return f"t.id IN (SELECT record FROM ({select}))", values

    def count(self) -> Part:
        """Return the SELECT of how many live records all words mean."""
        words = self.gathered + self.dense
        if len(words) == 1:
            sql, values = words[0].count()
            return f"SELECT {sql}", values
        if self.gathered:
            hits, values = self.hits()
            return f"SELECT count(*) FROM ({hits})", values
        condition, values = self.tried()
        table = meta_of(self.model).table_name
        return f'SELECT count(*) FROM "{table}" AS t WHERE t.deleted_at IS NULL AND {condition}', values


def _values(parts: Sequence[Part]) -> list[Any]:
    return [value for _, values in parts for value in values]


def meant_by(model: type[Record], text: str) -> Meant:
    """Return what the words of a search line mean in the file as it is now."""
    words = [_word(model, word) for word in search.words_of(text)]
    return Meant(
        model,
        tuple(word for word in words if not word.is_dense),
        tuple(word for word in words if word.is_dense),
    )


def _word(model: type[Record], word: str) -> Word:
    columns = meta_of(model).columns
    ranges = tuple(
        part
        for part in search.ranges(word, model.key_mark)
        if part.column in ("", *columns) and _holds(model, part)
    )
    units = _units_with(word) if "unit" in columns else []
    if not units:
        return Word(model, ranges, "", is_dense=False)
    told = json.dumps(units, ensure_ascii=False)
    sql = (
        f'SELECT count(*) FROM (SELECT 1 FROM "{meta_of(model).table_name}" WHERE deleted_at IS NULL '
        "AND unit IN (SELECT value FROM json_each(?)) LIMIT ?)"
    )
    return Word(model, ranges, told, database.execute_sql(sql, (told, DENSE)).fetchone()[0] >= DENSE)


def _holds(model: type[Record], part: search.Range) -> bool:
    """Say whether a range holds anything: most of those that a word may lie in don't."""
    if part.column:
        table = meta_of(model).table_name
        sql = f'SELECT 1 FROM "{table}" WHERE deleted_at IS NULL AND "{part.column}" >= ? AND "{part.column}" < ? LIMIT 1'
    else:
        sql = "SELECT 1 FROM search_key WHERE key >= ? AND key < ? LIMIT 1"
    return database.execute_sql(sql, (part.low, part.high)).fetchone() is not None


def _units_with(word: str) -> list[str]:
    name = "lower(name)" if word.upper() != word else "name"
    sql = f"SELECT name FROM unit WHERE deleted_at IS NULL AND instr({name}, ?)"
    return [row[0] for row in database.execute_sql(sql, (word,)).fetchall()]
