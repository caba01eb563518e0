"""Hits: which records the words of a search line mean, as SQL over the search keys and the units.

A word means a record where one of its search keys begins with the word, or where its unit holds it.
There are hundreds of units where there are 100,000 people, so units are looked through whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.records import search
from desktop.records.base import Record, database, meta_of

DENSE = 3_000
"""From so many hits through units alone, walking the sort index beats gathering and sorting them."""
MOST_UNITS = 500


@dataclass(frozen=True, slots=True)
class Meant:
    """What one search line means: its words, the units that hold each, and whether only units do."""

    model: type[Record]
    words: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    by_unit_alone: bool

    def hits(self) -> tuple[str, list[Any]]:
        """Return a SELECT of the keys of every live record that all words mean, and its values."""
        several = [self._of_word(word, units) for word, units in zip(self.words, self.units, strict=True)]
        selects = [f"SELECT * FROM ({select})" for select, _ in several]
        return " INTERSECT ".join(selects), [value for _, values in several for value in values]

    def _of_word(self, word: str, units: tuple[str, ...]) -> tuple[str, list[Any]]:
        bounds = search.ranges(word)
        inside = " OR ".join("(key >= ? AND key < ?)" for _ in bounds) or "0"
        values: list[Any] = [end for pair in bounds for end in pair]
        if self.by_unit_alone:
            return self._of_units(units), [*units]
        if not units:
            return f"SELECT DISTINCT record FROM search_key WHERE {inside}", values
        return f"SELECT record FROM search_key WHERE {inside} UNION {self._of_units(units)}", [
            *values,
            *units,
        ]

    def _of_units(self, units: tuple[str, ...]) -> str:
        table = meta_of(self.model).table_name
        return f'SELECT id FROM "{table}" WHERE deleted_at IS NULL AND unit IN ({_marks(units)})'

    def condition(self) -> tuple[str, list[Any]]:
        """Return the condition on `t` that all words mean it, and its values."""
        if self.by_unit_alone:
            return f"t.unit IN ({_marks(self.units[0])})", list(self.units[0])
        select, values = self.hits()
        return f"t.id IN ({select})", values

    def is_dense(self) -> bool:
        """Say whether the hits come through units alone and are so many that walking the sort index pays."""
        if not self.by_unit_alone or not self.units[0]:
            return False
        sql = f"SELECT count(*) FROM ({self._of_units(self.units[0])} LIMIT {DENSE})"
        return database.execute_sql(sql, self.units[0]).fetchone()[0] >= DENSE


def meant_by(model: type[Record], text: str) -> Meant:
    """Return what the words of a search line mean in the file as it is now."""
    words = tuple(search.words_of(text))
    has_unit = "unit" in meta_of(model).columns
    units = tuple(_units_with(word) if has_unit else () for word in words)
    return Meant(model, words, units, has_unit and len(words) == 1 and not _has_key(words[0]))


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _units_with(word: str) -> tuple[str, ...]:
    rows = database.execute_sql(
        f"SELECT name FROM unit WHERE deleted_at IS NULL AND instr(lower(name), ?) LIMIT {MOST_UNITS}",
        (word,),
    )
    return tuple(row[0] for row in rows.fetchall())


def _has_key(word: str) -> bool:
    sql = "SELECT 1 FROM search_key WHERE key >= ? AND key < ? LIMIT 1"
    return any(database.execute_sql(sql, bounds).fetchone() for bounds in search.ranges(word))
