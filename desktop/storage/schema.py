"""The tables of an office file: built fresh, described, frozen, and compared.

The schema of every version is frozen in `resources/schema/<version>.json`. That of a released version is never
written again; `RELEASED` names them, and `tests/data/released/` keeps a file of each, which the tests upgrade.

To change a table or a column while version 2 isn't released:

1. Change the record (or its trigger, index, text columns).
2. `python -m desktop.storage.schema` freezes version 2 as it is now. Commit 2.json with the record.
3. Run `pytest tests/storage/test_upgrading.py`. What is new and may be empty needs no more: rows of 0.1.0 are
   carried over, a new NOT NULL column holds '' or 0, search keys and text indexes are made anew. Where the
   old rows need another value, or something is renamed or given up, add it to the last `Step` in `steps.py`
   (`values={"table.column": "SQL over the old row"}`, `renamed`, `dropped`, `then` for a function in plain SQL).

Two people who freeze at once: whoever comes second freezes again, since the file is written from all records.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Set as AbstractSet

from desktop import paths
from desktop.records import chain, fulltext, removed, visit_tally
from desktop.records.catalogue import records, tables
from desktop.records.trail import triggers
from desktop.storage.database import APPLICATION_ID, OfficeDatabase
from desktop.storage.steps import STEPS

Described = AbstractSet[tuple[str, str, str]]
"""Parts of a schema as (type, name, SQL)."""
VERSION = 1 + len(STEPS)
RELEASED = {1: "0.1.0"}
"""Versions that offices have files of, by the version of the program that first wrote them."""


def build(file: OfficeDatabase) -> None:
    """Make every table, index and trigger in an empty file and stamp it, in one transaction.

    They are made as they are frozen: to put the same statements together from the records takes three times as long.
    """
    with file.atomic():
        for statement in statements():
            file.execute_sql(statement)
        file.execute_sql("INSERT INTO present (id, change) VALUES (1, NULL)")
        file.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute_sql(f"PRAGMA user_version = {VERSION}")


def statements() -> list[str]:
    """Return the frozen statements in an order in which they can run, without what SQLite makes by itself."""
    return [sql for _, _, sql in own_parts(frozen(VERSION))]


def own_parts(schema: Described) -> list[tuple[str, str, str]]:
    """Return what of a schema is made by statements of ours, tables first."""
    kept = [(sort, name, sql) for sort, name, sql in schema if sql and not name.startswith("sqlite_")]
    virtual = tuple(f"{name}_" for _, name, sql in kept if sql.startswith("CREATE VIRTUAL"))
    own = [entry for entry in kept if not (virtual and entry[1].startswith(virtual))]
    return sorted(own, key=lambda entry: (entry[0] != "table", entry[1]))


def version_of(file: OfficeDatabase) -> int:
    """Return the schema version stamped in the file."""
    return file.execute_sql("PRAGMA user_version").fetchone()[0]


def described(file: OfficeDatabase) -> Described:
    """Return every table, index, trigger and view of a file as (type, name, SQL)."""
    rows = file.execute_sql(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"
    ).fetchall()
    return {(sort, name, " ".join(sql.split())) for sort, name, sql in rows}


def fresh() -> Described:
    """Return what `described` gives for a file made from the records as they are today."""
    memory = OfficeDatabase(":memory:", mode="rwc")
    try:
        with memory.bind_ctx(tables(), bind_refs=False, bind_backrefs=False):
            memory.create_tables(tables())
        for record in records():
            own = (*triggers(record), *removed.indexes(record))
            for statement in (*own, *(fulltext.tables(record) if record.text_columns else ())):
                memory.execute_sql(statement)
        for statement in (*visit_tally.triggers(), *chain.guards()):
            memory.execute_sql(statement)
        return described(memory)
    finally:
        memory.close()


@functools.cache
def frozen(version: int) -> Described:
    """Return what `fresh` gave when a version was frozen: a start need not build 50 tables to compare."""
    kept = json.loads((paths.resources() / "schema" / f"{version}.json").read_text(encoding="utf-8"))
    return frozenset((sort, name, sql) for sort, name, sql in kept)


def differences(file: OfficeDatabase, version: int = VERSION) -> list[str]:
    """Return the names of tables, indexes, triggers and views that are missing, foreign or changed."""
    return sorted({name for _, name, _ in described(file) ^ frozen(version)})


def freeze() -> None:
    """Write the schema of the version under way from the records; a released one is never written again."""
    if VERSION in RELEASED:
        raise SystemExit(
            f"version {VERSION} was released as {RELEASED[VERSION]}: begin a new step in steps.py"
        )
    target = paths.resources() / "schema" / f"{VERSION}.json"
    target.write_text(json.dumps(sorted(fresh()), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze()
