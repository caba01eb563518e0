"""Writing an office file anew: under a key, under another one, or plain.

The new file is whole and verified under a temporary name before it takes the place of the old one, so a file that
opens lies there at every moment. Its keys lie beside it under a name of their own until then, where they are found
for whichever of the two files is there.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop.errors import TroubleError
from desktop.files import trouble, written
from desktop.records.base import DATABASE_ERRORS, trouble_of
from desktop.records.papers import Watch
from desktop.storage import gate, key_file, keyring, office, wiping
from desktop.storage.database import OfficeDatabase, log_of
from desktop.storage.key_file import KeyFile
from desktop.storage.keyring import DataKey
from desktop.storage.stopping import watched

PATIENCE = 3.0
"""Seconds that somebody else's reading is waited for."""
IN_USE = "正被另一个窗口或程序占用，口令没有改动；请关闭其他窗口再试"


def rewrite(path: Path, key: DataKey | None, keys: KeyFile | None, watch: Watch | None = None) -> None:
    """Encrypt an office file under `key`, or make it plain where there is none; nobody may have it open.

    `keys` are the wrapped forms of the key. Raises TroubleError, LockedError where the file's present key isn't on
    the ring; what `watch` raises stops the work. The old file is then as it was.
    """
    office.close()
    path = path.resolve()
    gate.examine(path)
    _fold(path)
    plain_before = keyring.fingerprint_of(path) is None
    if key:
        keyring.hold(key)
    coming = path.with_name(f"{path.name}.next")
    try:
        if keys:
            key_file.write(coming, keys)
        with written(path) as temporary:
            _export(path, temporary, key, keys, watch)
            if key and plain_before:
                wiping.keep_in_reach(path)
        if keys:
            key_file.write(path, keys)
        else:
            key_file.drop(path)
    except OSError as cause:
        raise trouble(path, cause) from cause
    except DATABASE_ERRORS as error:
        if reason := trouble_of(error):
            raise TroubleError(f"口令没有改动：{reason.message}") from error
        raise
    finally:
        key_file.drop(coming)
        wiping.finish(path)


def _fold(path: Path) -> None:
    """Fold the log into the file; raises TroubleError where somebody else has the file open."""
    log = log_of(path)
    plain = keyring.fingerprint_of(path) is None
    if plain:
        wiping.keep_in_reach(log)
    file = OfficeDatabase(path, mode="rw")
    try:
        gate.verify(file, path)
        _have_alone(file, path)
    finally:
        file.close()
    if plain:
        wiping.write_over(log)


def _have_alone(file: OfficeDatabase, path: Path) -> None:
    """Take the file out of its log, for which nobody else may have it open; somebody who just reads is waited for.

    SQLite itself doesn't wait here. Raises TroubleError where the file isn't let go.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if file.execute_sql("PRAGMA journal_mode = delete").fetchone()[0] == "delete":
                return
        except DATABASE_ERRORS as error:
            told = trouble_of(error)
            if told is None or "占用" not in told.message:
                raise
        if time.monotonic() > until:
            raise TroubleError(f"数据文件“{path}”{IN_USE}")
        time.sleep(0.05)


def _export(path: Path, target: Path, key: DataKey | None, keys: KeyFile | None, watch: Watch | None) -> None:
    """Write the content of a closed file to `target` under a key, and check it row for row."""
    size = path.stat().st_size
    if watch:
        watch(0, 2 * size)
    with closing(OfficeDatabase(path, mode="rw")) as file:
        _have_alone(file, path)
        file.execute_sql("ATTACH DATABASE ? AS coming KEY ?", (str(target), key.spelled() if key else ""))
        # a file nobody has seen needs no journal; it is synced whole before it gets its name
        file.execute_sql("PRAGMA coming.journal_mode = off")
        file.execute_sql("PRAGMA coming.synchronous = off")
        with watched(file, watch, lambda: (target.stat().st_size, 2 * size)), file.atomic("EXCLUSIVE"):
            file.execute_sql("SELECT sqlcipher_export('coming')").fetchall()
            file.execute_sql("DELETE FROM coming.key_copy")
            if keys:
                text = key_file.text_of(keys)
                file.execute_sql("INSERT INTO coming.key_copy (id, text) VALUES (1, ?)", (text,))
        for name in ("application_id", "user_version"):
            file.execute_sql(f"PRAGMA coming.{name} = {file.execute_sql(f'PRAGMA {name}').fetchone()[0]}")
        file.execute_sql("DETACH DATABASE coming")
        before = _rows(file)
    target.chmod(0o600)
    with closing(OfficeDatabase(target, mode="immutable")) as file:
        with watched(file, watch, lambda: (2 * size, 2 * size)):
            gate.verify(file, target, thorough=True)
        if _rows(file) != before:
            raise TroubleError(f"重写“{path}”后核对不符，口令没有改动；请先备份，再联系技术人员")


def _rows(file: Any) -> dict[str, int]:
    """Return how many rows each table holds, but for the copy of the keys."""
    listed = file.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' AND name <> 'key_copy'"
    ).fetchall()
    return {name: file.execute_sql(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in listed}
