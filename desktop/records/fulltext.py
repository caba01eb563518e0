"""Long texts: found by any part of them, in an index of SQLite's own (FTS5) over pairs of characters.

A run of Chinese becomes its overlapping pairs and its last character (路灯不亮: 路灯 灯不 不亮 亮), so that a word of
two characters is one look-up, a longer one a phrase, a single character a beginning. Latin words and numbers
stay whole and are found by their beginning. The index keeps no text; `<table>_line` says which record a line
of it is, since a row's own number doesn't outlast a backup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.records import cleaning, search
from desktop.records.base import Record, database, meta_of, write_rows

RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
LATIN = re.compile(r"[a-z0-9]+")
DENSE = 2_000
"""From so many hits, walking the list in its order meets a page of them sooner than gathering and sorting all."""
NAMES_MOST = 500
RAREST, COMMON = 12, 5_000
"""Tokens asked for when texts are compared; from so many records on a token is common, whatever the rest."""

Part = tuple[str, list[Any]]


def tables(model: type[Record]) -> list[str]:
    """Return the statements that make the index of a record's texts."""
    name = meta_of(model).table_name
    return [
        f'CREATE TABLE "{name}_line" (line INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE)',
        f"CREATE VIRTUAL TABLE \"{name}_text\" USING fts5(text, content='', contentless_delete=1, "
        "tokenize='ascii', prefix='1')",
    ]


def add(records: Sequence[Record]) -> None:
    """Put the texts of live records into their index; must run inside the change that writes them."""
    if not records:
        return
    name = meta_of(type(records[0])).table_name
    write_rows(f'INSERT OR IGNORE INTO "{name}_line" (record) VALUES (?)', ([row.id] for row in records))
    write_rows(
        f'INSERT INTO "{name}_text" (rowid, text) VALUES ((SELECT line FROM "{name}_line" WHERE record = ?), ?)',
        ([row.id, " ".join(tokens("\n".join(row.texts())))] for row in records),
    )


def drop(records: Iterable[Record], model: type[Record]) -> None:
    """Take the texts of records out of their index."""
    name = meta_of(model).table_name
    keys = [[row.id] for row in records]
    write_rows(
        f'DELETE FROM "{name}_text" WHERE rowid = (SELECT line FROM "{name}_line" WHERE record = ?)', keys
    )
    write_rows(f'DELETE FROM "{name}_line" WHERE record = ?', keys)


def folded(text: str) -> str:
    """Return a text as it is compared: plain digits and letters, one case."""
    return cleaning.narrow(text).casefold()


def tokens(text: str) -> list[str]:
    """Return what is kept of a text: pairs of Chinese characters, whole Latin words and numbers."""
    found: list[str] = []
    for run in RUNS.findall(folded(text)):
        if LATIN.fullmatch(run):
            found.append(run)
        else:
            found += (run[at : at + 2] for at in range(len(run)))
    return found


def asked(word: str) -> str:
    """Return one word of a search line as the index is asked for it; '' where nothing of it can be looked for."""
    parts = []
    for run in RUNS.findall(word):
        if LATIN.fullmatch(run) or len(run) == 1:
            parts.append(f'"{run}"*')
        else:
            parts.append('"' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"')
    return " AND ".join(parts)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a search line means on the texts of a record; `is_dense` where a list is better walked than gathered."""

    model: type[Record]
    match: str
    words: tuple[str, ...]
    people: tuple[Part, ...]
    """For each Latin word, the condition on `t` that the person linked is called so."""
    is_dense: bool

    @property
    def gathered(self) -> bool:
        """Whether hits are gathered; a dense word is tried on the records of the walked list instead."""
        return not self.is_dense

    def condition(self) -> Part:
        """Return the condition on `t` that it holds all words."""
        if self.is_dense:
            return self._tried()
        name = meta_of(self.model).table_name
        lines = f'SELECT rowid FROM "{name}_text" WHERE "{name}_text" MATCH ?'
        found = f'SELECT record FROM "{name}_line" WHERE line IN ({lines})'
        parts: list[Part] = [(f"t.id IN ({found})", [self.match])] if self.match else []
        return _all([*parts, *self.people]) if parts or self.people else ("0", [])

    def _tried(self) -> Part:
        """Return the condition as a look into the texts themselves; only for words that are kept as typed."""
        columns = [f't."{column}"' for column in self.model.text_columns]
        parts: list[Part] = [
            ("(" + " OR ".join(f"instr({column}, ?)" for column in columns) + ")", [word] * len(columns))
            for word in self.words
        ]
        return _all(parts)

    def count(self) -> Part:
        """Return the SELECT of how many live records hold all words."""
        name = meta_of(self.model).table_name
        if self.match and not self.people:
            return f'SELECT count(*) FROM "{name}_text" WHERE "{name}_text" MATCH ?', [self.match]
        condition, values = self.condition()
        return f'SELECT count(*) FROM "{name}" AS t WHERE t.deleted_at IS NULL AND {condition}', values


def _all(parts: Sequence[Part]) -> Part:
    return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def meant_by(model: type[Record], text: str) -> Meant:
    """Return what the words of a search line mean in the file as it is now.

    A Latin word may also be the reading of the person who is linked (`Record.text_person`).
    """
    words = [word for word in search.words_of(text) if RUNS.search(word)]
    by_name = {word: called for word in words if (called := _called(model, word))}
    match = " AND ".join(filter(None, (asked(word) for word in words if word not in by_name)))
    is_plain = not by_name and all(len(RUNS.findall(word)) == 1 and not LATIN.search(word) for word in words)
    people = tuple(_or_text(model, word, part) for word, part in by_name.items())
    return Meant(model, match, tuple(words), people, is_plain and _is_dense(model, match))


def _is_dense(model: type[Record], match: str) -> bool:
    name = meta_of(model).table_name
    sql = f'SELECT count(*) FROM (SELECT 1 FROM "{name}_text" WHERE "{name}_text" MATCH ? LIMIT ?)'
    return bool(match) and database.execute_sql(sql, (match, DENSE)).fetchone()[0] >= DENSE


def _called(model: type[Record], word: str) -> Part | None:
    """Return the condition that the person linked is called so by reading or initials; None where nobody is."""
    from desktop.records import finding

    link = getattr(model, model.text_person, None) if model.text_person else None
    if link is None or not search.LATIN.fullmatch(word):
        return None
    hits, values = finding.meant_by(link.target, word).hits()
    rows = database.execute_sql(f"SELECT record FROM ({hits}) LIMIT ?", [*values, NAMES_MOST]).fetchall()
    if not rows:
        return None
    marks = ", ".join("?" * len(rows))
    return f't."{link.column_name}" IN ({marks})', [bytes(row[0]) for row in rows]


def _or_text(model: type[Record], word: str, person: Part) -> Part:
    name = meta_of(model).table_name
    lines = f'SELECT rowid FROM "{name}_text" WHERE "{name}_text" MATCH ?'
    sql = f't.id IN (SELECT record FROM "{name}_line" WHERE line IN ({lines}))'
    return f"({sql} OR {person[0]})", [asked(word), *person[1]]


def nearest(model: type[Record], pairs: Sequence[str], most: int) -> list[bytes]:
    """Return the records that share the most telling tokens of `pairs`, the likeliest first.

    Only the rarest tokens are asked for: what most texts hold tells nothing and costs most.
    """
    name = meta_of(model).table_name
    quoted = " OR ".join(f'"{pair}"' for pair in _rarest(name, pairs))
    if not quoted:
        return []
    rows = database.execute_sql(
        f'SELECT l.record FROM "{name}_text" AS f JOIN "{name}_line" AS l ON l.line = f.rowid '
        f'WHERE f."{name}_text" MATCH ? ORDER BY f.rank LIMIT ?',
        (quoted, most),
    ).fetchall()
    return [bytes(row[0]) for row in rows]


def _rarest(name: str, pairs: Sequence[str]) -> list[str]:
    """Return those of `pairs` that the fewest records hold, but at least one."""
    held = [(_held(name, pair), pair) for pair in pairs]
    return [pair for count, pair in sorted(held) if count][:RAREST]


def _held(name: str, pair: str) -> int:
    """Count the records that hold a token, as far as it matters."""
    sql = f'SELECT count(*) FROM (SELECT 1 FROM "{name}_text" WHERE "{name}_text" MATCH ? LIMIT ?)'
    return database.execute_sql(sql, (f'"{pair}"', COMMON)).fetchone()[0]
