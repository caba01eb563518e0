"""The rows that can still be read from a damaged file with a password: through SQLCipher, since nothing else decrypts.

A damaged page fails as a whole there, so each table is read row after row up to it and again from the first row behind
it. Where the way to the tables is damaged, or rows were lost with a page that led to others, every page is read
by itself under a first page of ours (new_start.py), and the shape of its rows tells the table.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.errors import TroubleError
from desktop.files import trouble
from desktop.records.base import DATABASE_ERRORS
from desktop.records.papers import Watch
from desktop.storage import schema
from desktop.storage.database import OfficeDatabase
from desktop.storage.keyring import DataKey
from desktop.storage.new_start import NewStart, laid_out
from desktop.storage.salvage import Row, Salvage, Shape, begun, keep_row, shapes_of, sort_out

AT_ONCE = 200
FARTHEST = 1 << 24
"""Rows of a table behind which nothing is looked for."""
NOTHING = "这个有口令的文件没有读出任何记录，可能已全部损坏；请用备份恢复"


def salvaged_locked(path: Path, folder: Path, key: DataKey, watch: Watch | None = None) -> Salvage:
    """Read what can be read of an encrypted file; `folder` holds copies meanwhile.

    Raises TroubleError where nothing of it can be decrypted.
    """
    place = folder / f"damaged-{path.name}"
    try:
        for suffix in ("", "-wal"):
            if (part := path.with_name(path.name + suffix)).exists():
                shutil.copyfile(part, place.with_name(place.name + suffix))
        found = _by_its_schema(place, key, watch)
        if found is None or found.lost_pages:
            found = _by_pages(NewStart(laid_out(place, folder, key), key), key, found, watch)
    except OSError as cause:
        raise trouble(path, cause, "读取") from cause
    if not any(found.rows.values()):
        raise TroubleError(NOTHING)
    return found


def _by_its_schema(place: Path, key: DataKey, watch: Watch | None) -> Salvage | None:
    """Read the tables as the file's own schema leads to them; None where that can't be read."""
    copy = _Copy(place, key)
    try:
        version = copy.ask("PRAGMA user_version")[0][0]
        copy.ask("SELECT count(*) FROM sqlite_master")
        if not 1 <= version <= schema.VERSION:
            return None
        found = Salvage(version, shapes_of(version))
        _read_all(copy, list(found.shapes.values()), found, watch)
    except DATABASE_ERRORS:
        return None
    finally:
        copy.close()
    return found


def _by_pages(start: NewStart, key: DataKey, found: Salvage | None, watch: Watch | None) -> Salvage:
    """Go through all pages: for the schema where nothing was found by it, then for rows that no tree leads to."""
    firsts: dict[int, tuple[int, Row]] = {}
    tables: dict[str, tuple[int, str]] = {}
    statements: set[str] = set()
    try:
        for number, rows in start.leaves(1):
            if watch and number % 64 == 0:
                watch(number, start.count)
            if not _is_schema(rows[0][1]):
                firsts[number] = rows[0]
                continue
            for sort, name, _, root, sql in (row for _, row in start.rows(number) if _is_schema(row)):
                statements.add(" ".join(str(sql).split()))
                if sort == "table" and isinstance(root, int) and root > 0:
                    tables[str(name)] = root, str(sql)
        if found is None:
            found = _by_found_schema(start, key, tables, statements, watch)
        lost = [number for number, first in firsts.items() if not _is_known(found, *first)]
        sort_out(found, (start.rows(number) for number in lost))
    finally:
        start.close()
    return found


def _is_schema(row: Row) -> bool:
    return len(row) == 5 and row[0] in ("table", "index", "trigger", "view") and isinstance(row[1], str)


def _by_found_schema(
    start: NewStart,
    key: DataKey,
    tables: dict[str, tuple[int, str]],
    statements: set[str],
    watch: Watch | None,
) -> Salvage:
    """Read the tables whose roots stand on what was found of the schema."""
    found = begun(statements)
    ways = {name: way for name, way in tables.items() if name in found.shapes and way[0] <= start.count}
    start.lead(ways)
    copy = _Copy(start.path, key)
    try:
        _read_all(copy, [found.shapes[name] for name in ways], found, watch)
    finally:
        copy.close()
    start.lead_to_pages()
    found.lost_pages += 1
    return found


def _is_known(found: Salvage, rowid: int, row: Row) -> bool:
    """Say whether the first row of a page was read already, by a tree that leads to it."""
    fitting = (shape for shape in found.shapes.values() if shape.fits(row))
    return any((row[0] if shape.keyed else rowid) in found.rows.get(shape.table, {}) for shape in fitting)


def _read_all(copy: _Copy, shapes: list[Shape], found: Salvage, watch: Watch | None) -> None:
    for turn, shape in enumerate(shapes):
        if watch:
            watch(turn, len(shapes))
        _read(copy, shape, found)


class _Copy:
    """The copy under way; it is opened anew after each failure, since a connection then decrypts nothing more."""

    def __init__(self, path: Path, key: DataKey) -> None:
        self._path, self._key = path, key
        self._file: OfficeDatabase | None = None

    def ask(self, sql: str, values: tuple[int, ...] = ()) -> list[tuple]:
        """Return the rows of a statement; raises one of DATABASE_ERRORS or UnicodeDecodeError."""
        self._file = self._file or OfficeDatabase(self._path, mode="rw", key=self._key)
        try:
            return self._file.execute_sql(sql, values).fetchall()
        except (*DATABASE_ERRORS, UnicodeDecodeError):
            self.close()
            raise

    def close(self) -> None:
        """Close it until something is asked again."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _read(copy: _Copy, shape: Shape, found: Salvage) -> None:
    """Read a table from its start, and behind each damaged page again."""
    after = 0
    while True:
        reached = _read_on(copy, shape, found, after)
        if reached is None:
            return
        found.lost_pages += 1
        behind = _next_readable(copy, shape, reached)
        if behind is None or behind <= after:
            return
        after = behind - 1


def _asked(shape: Shape, most: int) -> str:
    names = ", ".join(f'"{name}"' for name, _, _ in shape.columns)
    return f'SELECT rowid, {names} FROM "{shape.table}" WHERE rowid > ? ORDER BY rowid LIMIT {most}'


def _read_on(copy: _Copy, shape: Shape, found: Salvage, after: int) -> int | None:
    """Keep the rows after a rowid; returns None where all came, else the last one before a page that can't be read."""
    most = AT_ONCE
    while True:
        try:
            rows = copy.ask(_asked(shape, most), (after,))
        except (*DATABASE_ERRORS, UnicodeDecodeError):
            if most == 1:
                return after
            most = 1  # those before the damaged page come one by one
            continue
        for row in rows:
            _keep(found, shape, row)
        if len(rows) < most:
            return None
        after = rows[-1][0]


def _keep(found: Salvage, shape: Shape, row: tuple) -> None:
    values: Row = list(row[1:])
    if shape.rowid is not None:
        values[shape.rowid] = None
    if shape.fits(values):
        keep_row(found, shape, row[0], values)
    else:
        found.unread[shape.table] = found.unread.get(shape.table, 0) + 1


def _next_readable(copy: _Copy, shape: Shape, reached: int) -> int | None:
    """Return the first rowid behind a damaged page that can be asked for, found by doubling steps and halving."""
    low, step = reached, 1
    while not _can_ask(copy, shape, low + step):
        low, step = low + step, step * 2
        if step > FARTHEST:
            return None
    high = low + step
    while low + 1 < high:
        middle = (low + high) // 2
        if _can_ask(copy, shape, middle):
            high = middle
        else:
            low = middle
    return high


def _can_ask(copy: _Copy, shape: Shape, rowid: int) -> bool:
    """Say whether the page on which a row lies, or would lie, can be read."""
    try:
        copy.ask(_asked(shape, 1), (rowid - 1,))
    except (*DATABASE_ERRORS, UnicodeDecodeError):
        return False
    return True
