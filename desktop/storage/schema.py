"""The tables of an office file: built fresh, upgraded by frozen steps, and compared."""

from __future__ import annotations

import json
from collections.abc import Callable

from desktop import paths
from desktop.errors import TroubleError
from desktop.records import fulltext
from desktop.records.catalogue import records, tables
from desktop.records.trail import triggers
from desktop.storage.database import APPLICATION_ID, OfficeDatabase

Step = Callable[[OfficeDatabase], None]
STEPS: tuple[Step, ...] = ()
"""Frozen upgrade steps, oldest first, in plain SQL: step 1 takes a file from version 1 to version 2."""
VERSION = 1 + len(STEPS)


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
    kept = [(sort, name, sql) for sort, name, sql in frozen() if sql and not name.startswith("sqlite_")]
    virtual = tuple(f"{name}_" for _, name, sql in kept if sql.startswith("CREATE VIRTUAL"))
    own = [entry for entry in kept if not (virtual and entry[1].startswith(virtual))]
    return [sql for _, _, sql in sorted(own, key=lambda entry: (entry[0] != "table", entry[1]))]


def upgrade(file: OfficeDatabase, steps: tuple[Step, ...] = STEPS) -> None:
    """Run the steps this file has not seen; `user_version` counts those it has. Copy the file first.

    Raises TroubleError where a step leaves dangling references or another schema than a fresh file's.
    """
    done = version_of(file) - 1
    file.execute_sql("PRAGMA foreign_keys = 0")
    try:
        for number, step in enumerate(steps[done:], start=done + 2):
            with file.atomic():
                step(file)
                if file.execute_sql("PRAGMA foreign_key_check").fetchall():
                    raise TroubleError(
                        f"升级到第 {number} 版时发现记录之间的联系断开，没有升级；请联系技术人员"
                    )
                file.execute_sql(f"PRAGMA user_version = {number}")
    finally:
        file.execute_sql("PRAGMA foreign_keys = 1")


def version_of(file: OfficeDatabase) -> int:
    """Return the schema version stamped in the file."""
    return file.execute_sql("PRAGMA user_version").fetchone()[0]


def described(file: OfficeDatabase) -> set[tuple[str, str, str]]:
    """Return every table, index, trigger and view of a file as (type, name, SQL)."""
    rows = file.execute_sql(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"
    ).fetchall()
    return {(sort, name, " ".join(sql.split())) for sort, name, sql in rows}


def fresh() -> set[tuple[str, str, str]]:
    """Return what `described` gives for a file made from the records as they are today."""
    memory = OfficeDatabase(":memory:", mode="rwc")
    try:
        with memory.bind_ctx(tables(), bind_refs=False, bind_backrefs=False):
            memory.create_tables(tables())
        for record in records():
            for statement in (*triggers(record), *(fulltext.tables(record) if record.text_columns else ())):
                memory.execute_sql(statement)
        return described(memory)
    finally:
        memory.close()


def frozen() -> set[tuple[str, str, str]]:
    """Return what `fresh` gave when this version was frozen: a start need not build 24 tables to compare."""
    kept = json.loads((paths.resources() / "schema" / f"{VERSION}.json").read_text(encoding="utf-8"))
    return {(sort, name, sql) for sort, name, sql in kept}


def differences(file: OfficeDatabase) -> list[str]:
    """Return the names of tables, indexes, triggers and views that are missing, foreign or changed."""
    return sorted({name for _, name, _ in described(file) ^ frozen()})


if __name__ == "__main__":
    # python -m desktop.storage.schema writes what the tests compare with; a released version is never rewritten
    target = paths.resources() / "schema" / f"{VERSION}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(sorted(fresh()), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
