"""The SQLite that every machine gets: sqlcipher3's own, so that no old system library is met."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import peewee
from sqlcipher3 import dbapi2

from desktop.errors import LockedError
from desktop.records.base import DATABASE_ERRORS
from desktop.storage import keyring

APPLICATION_ID = 0x4F444431
"""'ODD1' in the header says whose file it is."""
BUSY_SECONDS = 1.0
PRAGMAS = (
    ("journal_mode", "wal"),
    ("synchronous", "full"),
    ("foreign_keys", 1),
    ("trusted_schema", 0),
    ("secure_delete", 1),
    ("cache_size", -32_000),
    ("temp_store", "memory"),
)
TIDY = "tidy"
"""The mode that may write but changes nothing by itself, not even the sort of journal."""
READ_ONLY_PRAGMAS = (("foreign_keys", 1), ("trusted_schema", 0), ("query_only", 1), ("cache_size", -32_000))

# A key or a missing value goes in as it is. Without an adapter the driver asks each one for two methods that
# it has not and drops two exceptions: more than half of what inserting a search key costs (measured).
dbapi2.register_adapter(bytes, bytes)  # pyright: ignore[reportAttributeAccessIssue] - a C module without stubs
dbapi2.register_adapter(type(None), lambda none: none)  # pyright: ignore[reportAttributeAccessIssue] - the same


class OfficeDatabase(peewee.SqliteDatabase):
    """peewee's SQLite classes on sqlcipher3; `mode` is rwc, rw, ro, immutable for a read-only folder, or `tidy`'s.

    The key of a file with a password comes from the key ring; `key` is that of a file made by this connection.
    Connecting raises LockedError where the ring hasn't the key.
    """

    def __init__(self, path: Path | str, *, mode: str = "rw", key: keyring.DataKey | None = None) -> None:
        self.path = path
        self.mode = mode
        self._key = key
        self._places: dict[int, keyring.Place | None] = {}
        pragmas = PRAGMAS if mode.startswith("rw") else () if mode == TIDY else READ_ONLY_PRAGMAS
        super().__init__(str(path), pragmas=pragmas, timeout=BUSY_SECONDS, lock_type="IMMEDIATE")

    @property
    def read_only(self) -> bool:
        """Say whether nothing can be written through this database."""
        return not self.mode.startswith("rw")

    @property
    def encrypted(self) -> bool:
        """Say whether the file has a password."""
        return (self._key or self._kept_key()) is not None

    def _kept_key(self) -> keyring.DataKey | None:
        return None if str(self.path) == ":memory:" else keyring.key_of(Path(self.path))

    def _connect(self) -> Any:
        connection = dbapi2.connect(  # pyright: ignore[reportAttributeAccessIssue] - a C module without stubs
            self._address(), timeout=BUSY_SECONDS, isolation_level=None, uri=True
        )
        try:
            if key := self._key or self._kept_key():
                unlock(connection, key)
            self._add_conn_hooks(connection)  # pyright: ignore[reportAttributeAccessIssue] - missing from the stubs
            self._places[id(connection)] = keyring.connected(Path(self.path), key)
        except (
            UnicodeDecodeError
        ) as cause:  # the driver quotes a schema so damaged that it isn't text any more
            connection.close()
            self._tidy()
            raise dbapi2.DatabaseError("malformed database schema") from cause  # pyright: ignore[reportAttributeAccessIssue] - the same
        except BaseException:
            connection.close()
            self._tidy()
            raise
        return connection

    def _close(self, conn: Any) -> None:
        keyring.disconnected(self._places.pop(id(conn), None))
        super()._close(conn)  # pyright: ignore[reportAttributeAccessIssue] - missing from the stubs
        self._tidy()

    def _tidy(self) -> None:
        """Take away the empty log that a connection which only reads lays beside the file, and may not remove."""
        if self.mode == "ro" and not self._places and _is_empty(log_of(Path(self.path))):
            tidy(Path(self.path), self._key)

    def _address(self) -> str:
        if str(self.path) == ":memory:":
            return "file::memory:"
        access = {"immutable": "mode=ro&immutable=1", TIDY: "mode=rw"}.get(self.mode, f"mode={self.mode}")
        return f"file:{quote(Path(self.path).absolute().as_posix())}?{access}"


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the log of a file: beside the file itself, not beside a link to it."""
    real = path.resolve()
    return real.with_name(real.name + "-wal")


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps what a change overwrites in a file that has no log."""
    real = path.resolve()
    return real.with_name(real.name + "-journal")


def tidy(path: Path, key: keyring.DataKey | None = None) -> None:
    """Let SQLite undo a change that was left half made in a file, and take away a log with nothing in it.

    It does both by itself for who may write, unless its locks say that the file is in use. A file that can't be
    written or read stays as it is.
    """
    file = OfficeDatabase(path, mode=TIDY, key=key)
    with contextlib.suppress(LockedError, OSError, *DATABASE_ERRORS):
        file.execute_sql("PRAGMA schema_version").fetchone()
    with contextlib.suppress(*DATABASE_ERRORS):
        file.close()


def _is_empty(log: Path) -> bool:
    try:
        return log.stat().st_size == 0
    except OSError:
        return False


def unlock(connection: Any, key: keyring.DataKey) -> None:
    """Give a fresh connection its key, before anything else is asked of it."""
    # or it tells of damaged pages on standard error by itself
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key.spelled()}"')
