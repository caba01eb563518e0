"""A damaged file with a password under a first page of ours, so that SQLCipher reads the others again.

Without its first page SQLCipher opens nothing, though each page is encrypted and sealed by itself and the salt is known
with the key. So the pages are laid behind the first page of a new file under the same key. There the schema is ours
to write: it leads to one page after the other, each as the root of a table of columns without names.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from desktop.records.base import DATABASE_ERRORS
from desktop.storage.database import OfficeDatabase
from desktop.storage.keyring import DataKey
from desktop.storage.salvage import Row

PAGE = 4096
ROOM = 4016
"""Bytes of a page that SQLCipher leaves for content."""
WIDEST = 120
"""Columns that a row is read with, more than any table has."""
MOST = 700
"""Rows read of a page: more than one leaf can hold."""
NAMED = "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, ?, ?)"


def laid_out(damaged: Path, folder: Path, key: DataKey) -> Path:
    """Return a copy of a damaged file in a folder, what its log holds folded in, behind a first page of ours."""
    folded = _behind_ours(damaged, folder / "folded", key)
    log = damaged.with_name(f"{damaged.name}-wal")
    if not log.exists():
        return folded
    shutil.copyfile(log, folded.with_name(f"{folded.name}-wal"))
    with contextlib.suppress(*DATABASE_ERRORS):
        file = OfficeDatabase(folded, mode="rw", key=key)
        try:
            file.execute_sql("PRAGMA journal_mode = delete")
        finally:
            file.close()
    return _behind_ours(folded, folder / "anew", key)  # the log may have brought a first page of its own


def _behind_ours(source: Path, target: Path, key: DataKey) -> Path:
    """Make a file of at least as many pages under the key, and lay the pages of `source` behind its first."""
    file = OfficeDatabase(target, mode="rwc", key=key)
    try:
        file.execute_sql("CREATE TABLE room (filler)")
        file.execute_sql(
            "INSERT INTO room VALUES (zeroblob(?))", (source.stat().st_size // PAGE * ROOM + ROOM,)
        )
    finally:
        file.close()
    with source.open("rb") as damaged, target.open("rb+") as made:
        damaged.seek(PAGE)
        made.seek(PAGE)
        shutil.copyfileobj(damaged, made)
        made.seek(0, os.SEEK_END)
        made.truncate(-(-made.tell() // PAGE) * PAGE)
    return target


class NewStart:
    """The pages of such a file, read one by one; the connection is made anew after each that doesn't decrypt."""

    def __init__(self, path: Path, key: DataKey) -> None:
        self.path, self._key = path, key
        self.count = path.stat().st_size // PAGE
        self._nothing = f"none {os.urandom(8).hex()}"
        """Stands for columns that a row hasn't."""
        self._file: OfficeDatabase | None = None
        self.lead_to_pages()

    def _opened(self) -> OfficeDatabase:
        if self._file is None:
            self._file = OfficeDatabase(self.path, mode="rw", key=self._key)
            for setting in ("journal_mode = memory", "synchronous = off", "writable_schema = 1"):
                self._file.execute_sql(f"PRAGMA {setting}")
        return self._file

    def close(self) -> None:
        """Close the file until something is read again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def lead(self, tables: dict[str, tuple[int, str]]) -> None:
        """Let the schema have these tables and nothing else: their root page and statement by name."""
        self.close()  # it may have met a page that doesn't decrypt
        file = self._opened()
        file.execute_sql("DELETE FROM sqlite_master")
        for name, (root, sql) in tables.items():
            file.execute_sql(NAMED, (name, name, root, sql))
        self.close()

    def lead_to_pages(self) -> None:
        """Let the schema have the one table that is led from page to page."""
        columns = ", ".join(f"c{number} DEFAULT '{self._nothing}'" for number in range(WIDEST))
        self.lead({"page": (2, f"CREATE TABLE page ({columns})")})

    def rows(self, number: int, most: int = MOST) -> list[tuple[int, Row]]:
        """Return the rows of a page, and below it; none where it is no page of a table or can't be decrypted."""
        try:
            try:
                file = self._led_to(number)
            except DATABASE_ERRORS:  # the page before this one didn't decrypt
                self.close()
                file = self._led_to(number)
            found = file.execute_sql(f"SELECT rowid, * FROM page LIMIT {most}").fetchall()
        except (*DATABASE_ERRORS, UnicodeDecodeError):
            return []
        return [(row[0], [value for value in row[1:] if value != self._nothing]) for row in found]

    def _led_to(self, number: int) -> OfficeDatabase:
        file = self._opened()
        file.execute_sql("UPDATE sqlite_master SET rootpage = ? WHERE name = 'page'", (number,))
        file.execute_sql("PRAGMA writable_schema = reset")
        file.execute_sql("PRAGMA writable_schema = 1")
        return file

    def leaves(self, most: int = MOST) -> Iterator[tuple[int, list[tuple[int, Row]]]]:
        """Yield the number of each page of a table with its first rows."""
        for number in range(2, self.count + 1):
            if rows := self.rows(number, most):
                yield number, rows
