"""An older office file becomes one of this version: every step, all or nothing, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from desktop.errors import TroubleError
from desktop.records import storing
from desktop.records.base import Record, database, meta_of
from desktop.records.catalogue import records
from desktop.storage import schema
from desktop.storage.database import OfficeDatabase
from desktop.storage.schema import Described
from desktop.storage.steps import STEPS, Step

AT_ONCE = 2_000
"""Records whose search keys are made at once."""
WAS = "was_"
EMPTY = {"TEXT": "''", "INTEGER": "0", "REAL": "0"}
"""What a new column that may not be NULL holds of the rows there were, unless its step says otherwise."""


def upgrade(
    file: OfficeDatabase, steps: tuple[Step, ...] = STEPS, *, by: Callable[[], None] = lambda: None
) -> None:
    """Run the steps this file has not seen, whose count its `user_version` is. Copy the file first.

    One transaction: killed at any moment, the file is of the old version, whole. `by` is called between the
    parts. Raises TroubleError where references dangle or the schema isn't a fresh file's; nothing is changed then.
    """
    seen = schema.version_of(file)
    foreign, file_before = file.execute_sql("PRAGMA foreign_keys").fetchone()[0], database.obj
    file.execute_sql("PRAGMA foreign_keys = 0")
    file.execute_sql("PRAGMA legacy_alter_table = 1")  # a table set aside takes no reference to it along
    try:
        with file.atomic():
            changed: set[str] = set()
            for version, step in enumerate(steps[seen - 1 :], start=seen + 1):
                changed |= carry(file, schema.frozen(version - 1), schema.frozen(version), step)
                by()
            database.initialize(file)
            _find_anew(file, changed)
            by()
            _prove(file, 1 + len(steps))
            file.execute_sql(f"PRAGMA user_version = {1 + len(steps)}")
    finally:
        database.initialize(file_before)
        file.execute_sql("PRAGMA legacy_alter_table = 0")
        file.execute_sql(f"PRAGMA foreign_keys = {foreign}")


def carry(file: OfficeDatabase, old: Described, new: Described, step: Step) -> set[str]:
    """Take all rows from one schema to the next and return the tables that were made or made anew.

    Triggers and indexes of what changes are made as the next schema has them; rows keep their order.
    """
    for sort, name, _ in sorted(old - new):
        if sort in ("trigger", "index", "view") and not name.startswith("sqlite_"):
            file.execute_sql(f'DROP {sort} IF EXISTS "{name}"')
    before, after = _tables(old), _tables(new)
    former = {table: step.renamed.get(table, table) for table in after}
    changed = [table for table in after if before.get(former[table]) != after[table]]
    for table in changed:
        if former[table] in before and not _is_virtual(before[former[table]]):
            _detach(file, former[table])
    kept = {former[table] for table in after}
    for table in sorted(set(before) - kept):
        if table not in step.dropped and not _is_virtual(before[table]):
            raise ValueError(f"a step gives up the table {table} without saying so")
        file.execute_sql(f'DROP TABLE "{table}"')
    for table in changed:
        if _is_virtual(after[table]) and former[table] in before:
            file.execute_sql(f'DROP TABLE "{former[table]}"')
        file.execute_sql(after[table])
        if former[table] in before and not _is_virtual(after[table]):
            _move_rows(file, former[table], table, step)
    _complete(file, new)
    for function in step.then:
        function(file)
    return set(changed)


def _tables(described: Described) -> dict[str, str]:
    """Return the statements of the tables there are, without those that SQLite keeps behind a virtual one."""
    return {name: sql for sort, name, sql in schema.own_parts(described) if sort == "table"}


def _is_virtual(sql: str) -> bool:
    return sql.startswith("CREATE VIRTUAL")


def _detach(file: OfficeDatabase, table: str) -> None:
    """Set a table aside under another name, without its indexes and triggers: their names are wanted again."""
    parts = file.execute_sql(
        "SELECT type, name FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL",
        (table,),
    ).fetchall()
    for sort, name in parts:
        file.execute_sql(f'DROP {sort} "{name}"')
    file.execute_sql(f'ALTER TABLE "{table}" RENAME TO "{WAS}{table}"')


def _move_rows(file: OfficeDatabase, former: str, table: str, step: Step) -> None:
    """Fill a table made anew from the one set aside."""
    had = {row[1] for row in _columns(file, WAS + former)}
    taken, values = set[str](), []
    for _, column, sort, required, default, *_ in (columns := _columns(file, table)):
        place = f"{table}.{column}"
        old = step.renamed.get(place, column)
        if place in step.values:
            values.append(step.values[place])
        elif old in had:
            values.append(f'"{old}"')
        else:
            values.append(default or (EMPTY[sort.upper()] if required else "NULL"))
        taken.add(old)
    for column in sorted(had - taken):
        if f"{former}.{column}" not in step.dropped:
            raise ValueError(f"a step gives up the column {former}.{column} without saying so")
    names = ", ".join(f'"{row[1]}"' for row in columns)
    order = "" if "WITHOUT ROWID" in _sql_of(file, WAS + former) else " ORDER BY rowid"
    file.execute_sql(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{WAS}{former}"{order}'
    )
    file.execute_sql(f'DROP TABLE "{WAS}{former}"')


def _columns(file: OfficeDatabase, table: str) -> list[tuple[int, str, str, int, str | None, int]]:
    return file.execute_sql(f'PRAGMA table_info("{table}")').fetchall()


def _sql_of(file: OfficeDatabase, table: str) -> str:
    return file.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]


def _complete(file: OfficeDatabase, new: Described) -> None:
    """Make the indexes, triggers and views that are missing."""
    there = {(sort, name) for sort, name, _ in schema.described(file)}
    for sort, name, sql in schema.own_parts(new):
        if sort != "table" and (sort, name) not in there:
            file.execute_sql(sql)


def find_all_anew(file: OfficeDatabase) -> None:
    """Make every search key and text index anew, in one transaction."""
    before = database.obj
    database.initialize(file)
    try:
        with file.atomic():
            file.execute_sql("DELETE FROM search_key")
            _find_anew(file, {meta_of(model).table_name for model in records()})
    finally:
        database.initialize(before)


def _find_anew(file: OfficeDatabase, changed: set[str]) -> None:
    """Make the search keys and text indexes that hang on tables that changed, as this version makes them."""
    for model in records():
        name = meta_of(model).table_name
        if model.text_columns and changed & {name, f"{name}_line", f"{name}_text"}:
            file.execute_sql(f'INSERT INTO "{name}_text" ("{name}_text") VALUES (\'delete-all\')')
            file.execute_sql(f'DELETE FROM "{name}_line"')
        elif model.searchable and changed & {name, "search_key"}:
            file.execute_sql(f'DELETE FROM search_key WHERE record IN (SELECT id FROM "{name}")')
        else:
            continue
        for part in _live(model):
            storing.add_keys(part)


def _live(model: type[Record]) -> list[list[Record]]:
    """Return the live records of a type in handy parts."""
    query = model.select().where(model.deleted_at.is_null()).order_by(model.id)
    found = list(query.iterator())
    return [found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE)]


def _prove(file: OfficeDatabase, version: int) -> None:
    """Raise TroubleError where the upgraded file isn't what a fresh one is."""
    if file.execute_sql("PRAGMA foreign_key_check").fetchall():
        raise TroubleError(f"升级到第 {version} 版时发现记录之间的联系断开，没有升级；请联系技术人员")
    if names := schema.differences(file, version):
        raise TroubleError(f"升级后的结构不对（{'、'.join(names[:5])}），没有升级；请联系技术人员")
