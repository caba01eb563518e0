"""The rows that can still be read from a damaged file with a password: through SQLCipher, since nothing else decrypts.

A damaged page fails as a whole there, so each table is read row after row up to it and again from the first row behind
it. The way to the tables has to be whole (the first pages); where it isn't, only a backup helps.
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
from desktop.storage.salvage import Row, Salvage, Shape, keep_row, shapes_of

AT_ONCE = 200
FARTHEST = 1 << 24
"""Rows of a table behind which nothing is looked for."""
NOTHING = (
    "这个有口令的文件从开头就损坏了，解不开；请用最近的备份恢复（设置 › 备份，或 openday restore 备份文件）"
)


def salvaged_locked(path: Path, folder: Path, watch: Watch | None = None) -> Salvage:
    """Read what can be read of an encrypted file whose key is on the ring; `folder` holds a copy meanwhile.

    Raises TroubleError where nothing of it can be decrypted.
    """
    place = folder / f"damaged-{path.name}"
    try:
        for suffix in ("", "-wal"):
            if (part := path.with_name(path.name + suffix)).exists():
                shutil.copyfile(part, place.with_name(place.name + suffix))
    except OSError as cause:
        raise trouble(path, cause, "读取") from cause
    copy = _Copy(place)
    try:
        version = _version_of(copy)
        found = Salvage(version, shapes_of(version))
        for turn, shape in enumerate(found.shapes.values()):
            if watch:
                watch(turn, len(found.shapes))
            _read(copy, shape, found)
    finally:
        copy.close()
    if not any(found.rows.values()):
        raise TroubleError(NOTHING)
    return found


def _version_of(copy: _Copy) -> int:
    try:
        version = copy.ask("PRAGMA user_version")[0][0]
        copy.ask("SELECT count(*) FROM sqlite_master")
    except DATABASE_ERRORS as error:
        raise TroubleError(NOTHING) from error
    if not 1 <= version <= schema.VERSION:
        raise TroubleError(NOTHING)
    return version


class _Copy:
    """The copy under way; it is opened anew after each failure, since a connection then decrypts nothing more."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: OfficeDatabase | None = None

    def ask(self, sql: str, values: tuple[int, ...] = ()) -> list[tuple]:
        """Return the rows of a statement; raises one of DATABASE_ERRORS or UnicodeDecodeError."""
        self._file = self._file or OfficeDatabase(self._path, mode="rw")
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
