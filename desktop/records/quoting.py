"""What a record that is to be cleared for good said of somebody, where other records say it too.

Live records are only named: their texts are the office's to change. What the trail kept of other records is cleared
(`clear_past`), but for what such a record says itself to this day, and for a name of two characters in the past of
a record that doesn't refer to the cleared one: it may be somebody else's, or a common word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.records.base import Record, database, kinds_of, meta_of, write_rows
from desktop.records.catalogue import records
from desktop.records.kinds import IdCard, Name, Phone, Text
from desktop.records.storing import table_of

CLEARED = "（已清除）"
SURE = 3
"""Characters from which a text is looked for in the past of records that don't refer to what is cleared."""
SAID = "WITH said(sought) AS MATERIALIZED (SELECT value FROM json_each(?))"
"""The values; by a name that no column has, since some are called text."""
MOST = 200
"""Records named one by one; more are only counted."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A record that says something of the cleared one: its kind, key, what it is called, and whether it was removed."""

    kind: str
    label: str
    key: bytes
    caption: str
    removed: bool

    def told(self) -> str:
        """Return it as words."""
        return f"{self.label}“{self.caption[:30]}”{'（在回收站）' if self.removed else ''}"


@dataclass(frozen=True, slots=True)
class Quotes:
    """All records that say it: counted by what their kind is called, the first of them named."""

    counts: dict[str, int]
    named: tuple[Quote, ...]

    def told(self, most: int = 8) -> str:
        """Return counts and the first names in one sentence, '' where there are none."""
        first, *names = self.lines(most) or [""]
        return f"{first}：{'、'.join(name.strip() for name in names)}" if names else first

    def lines(self, most: int) -> list[str]:
        """Return the counts in a line, and the first of the records in one each; none where there are none."""
        if not self.counts:
            return []
        counted = "、".join(f"{label} {count} 条" for label, count in self.counts.items())
        more = ["　等"] if sum(self.counts.values()) > most else []
        return [counted, *(f"　{quote.told()}" for quote in self.named[:most]), *more]


@dataclass(frozen=True, slots=True)
class Past:
    """What was cleared out of the trail of other records: the numbers of its rows, and how many still say it."""

    touched: tuple[int, ...]
    left: int


def quotes(said: Sequence[str], besides: Sequence[bytes]) -> Quotes:
    """Return the records, live or in the 回收站, whose texts say one of these values; those in `besides` left out."""
    counts: dict[str, int] = {}
    named: list[Quote] = []
    left_out = json.dumps([key.hex() for key in besides])
    for model in records() if said else ():
        columns = " OR ".join(f'instr("{column}", sought)' for column in _texts(model))
        sql = (
            f'{SAID} SELECT id FROM "{table_of(model)}" WHERE EXISTS (SELECT 1 FROM said WHERE {columns}) '
            "AND id NOT IN (SELECT unhex(value) FROM json_each(?)) AND id NOT IN (SELECT record FROM purged)"
        )
        keys = [bytes(row[0]) for row in database.execute_sql(sql, (json.dumps(said), left_out)).fetchall()]
        if keys:
            counts[model.label] = len(keys)
            found = (model.get_by_id(key) for key in keys[: max(MOST - len(named), 0)])
            named += [
                Quote(row.kind, row.label, row.id, row.caption(), bool(row.deleted_at)) for row in found
            ]
    return Quotes(counts, tuple(named))


def _texts(model: type[Record]) -> dict[str, Any]:
    """Return the kinds of a record's texts by their columns, and the reason of its removal, which has none."""
    fields = meta_of(model).fields
    texts = {fields[kind.name].column_name: kind for kind in kinds_of(model) if isinstance(kind, Text)}
    return texts | {"deleted_because": None}


def clear_past(keys: Sequence[bytes], said: Sequence[str]) -> Past:
    """Take values out of what the trail kept of records other than these; the guards of the trail must be down."""
    models = {table_of(model): model for model in records()}
    touched: list[tuple[str, int]] = []
    left = 0
    own = {key.hex().upper() for key in keys}
    for sequence, place, row, before in list(_saying(keys, said)):
        texts = _texts(models[place]) if place in models else {}
        state = json.loads(before)
        refers = any(isinstance(value, str) and value.upper() in own for value in state.values())
        sure = [value for value in said if refers or len(value) >= SURE]
        live = _live(models.get(place), row, texts)
        for column, kind in texts.items():
            state[column] = _kept(state.get(column), live.get(column) or "", kind, sure)
        if (now := json.dumps(state, ensure_ascii=False, separators=(",", ":"))) != before:
            touched.append((now, sequence))
        left += any(value in str(state.get(column) or "") for column in texts for value in said)
    write_rows("UPDATE trail SET before = ? WHERE sequence = ?", touched)
    return Past(tuple(sequence for _, sequence in touched), left)


def _saying(keys: Sequence[bytes], said: Sequence[str]) -> Iterator[tuple[int, str, bytes, str]]:
    """Yield the rows of the trail, of records other than these, that say one of the values."""
    marks = [json.dumps(value, ensure_ascii=False)[1:-1] for value in said]
    own = json.dumps([key.hex() for key in keys])
    found = database.execute_sql(
        f"{SAID} SELECT sequence, place, row, before FROM trail WHERE before IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM said WHERE instr(before, sought)) "
        "AND row NOT IN (SELECT unhex(value) FROM json_each(?))",
        (json.dumps(marks, ensure_ascii=False), own),
    )
    for sequence, place, row, before in found:
        yield sequence, place, bytes(row), before


def _live(model: type[Record] | None, key: bytes, texts: dict[str, Any]) -> dict[str, str]:
    """Return what a record says today, nothing where it is gone."""
    if model is None or not texts:
        return {}
    names = ", ".join(f'"{column}"' for column in texts)
    row = database.execute_sql(f'SELECT {names} FROM "{table_of(model)}" WHERE id = ?', (key,)).fetchone()
    return dict(zip(texts, row, strict=True)) if row else {}


def _kept(text: Any, live: str, kind: Any, said: Sequence[str]) -> Any:
    """Return a past text without the values that the record doesn't say any more.

    A name or a number goes only where it is the whole of one: 李明 isn't taken out of 李明亮.
    """
    if not isinstance(text, str) or not text:
        return text
    gone = [value for value in said if value in text and value not in live]
    if isinstance(kind, Name | Phone | IdCard):
        parts = text.split("、")
        return CLEARED if text in gone else "、".join(CLEARED if part in gone else part for part in parts)
    return cleared(text, gone)


def cleared(text: str, said: Sequence[str]) -> str:
    """Return a text without the values said in it."""
    for value in said:
        text = text.replace(value, CLEARED)
    return text
