"""Which records are lost: those that the trail knows of and that are not in the rescued file."""

from __future__ import annotations

import json
from collections.abc import Mapping

from desktop.records.base import Record
from desktop.records.catalogue import records
from desktop.records.rescued import Lost
from desktop.records.storing import table_of
from desktop.storage.database import OfficeDatabase

MOST = 5_000
"""Lines of a report; more nobody reads."""
NAMES = ("full_name", "head", "name", "title", "theme", "number", "content", "word", "text", "salutation")
"""Columns that say best which record it was."""
GONE = "读不出来"


def losses(file: OfficeDatabase, known: Mapping[tuple[str, bytes], str]) -> list[Lost]:
    """Return the records that are missing, with what the trail still tells; `known` are those left out, and why."""
    tables = {table_of(model): model for model in records()}
    there = set(file.get_tables())
    lost: list[Lost] = []
    for table, model in tables.items():
        if table not in there:
            continue
        for key, at, action in _missing(file, table):
            why = known.get((table, key), GONE)
            when = f"{at[:16].replace('T', ' ')}“{action}”时登记的一条" if at else "说不出是哪一条"
            what = _told(file, model, key) or when
            lost.append(Lost(model.label, what, why))
            if len(lost) == MOST:
                return lost
    return lost


def _missing(file: OfficeDatabase, table: str) -> list[tuple[bytes, str, str]]:
    """Return the rows that were written and never deleted, and aren't there: key, when, by which change."""
    rows = file.execute_sql(
        "SELECT t.row, min(coalesce(c.at, '')), coalesce(c.\"action\", '') FROM trail AS t "
        'LEFT JOIN "change" AS c ON c.id = t."change" WHERE t.place = ? '
        f'AND NOT EXISTS (SELECT 1 FROM "{table}" AS r WHERE r.id = t.row) '
        "AND NOT EXISTS (SELECT 1 FROM trail AS d WHERE d.row = t.row AND d.did = 'delete' AND d.sequence > t.sequence) "
        "GROUP BY t.row ORDER BY t.sequence",
        (table,),
    ).fetchall()
    return [(bytes(key), at, action) for key, at, action in rows]


def _told(file: OfficeDatabase, model: type[Record], key: bytes) -> str:
    """Return what the last known state of a record says of it, '' where none is kept."""
    kept = file.execute_sql(
        "SELECT before FROM trail WHERE row = ? AND before IS NOT NULL ORDER BY sequence DESC LIMIT 1", (key,)
    ).fetchone()
    try:
        state = json.loads(kept[0]) if kept else {}
    except ValueError:
        state = {}
    said = [str(state[name]) for name in NAMES if isinstance(state, dict) and state.get(name)]
    return " ".join(" ".join(said[:2]).split())[:60]
