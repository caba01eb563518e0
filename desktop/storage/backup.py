"""Verified copies of the office file, and the way back."""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
from pathlib import Path

from desktop.errors import TroubleError
from desktop.files import folder_for, sync_folder, trouble
from desktop.records.base import DATABASE_ERRORS, trouble_of
from desktop.records.catalogue import RECORDS
from desktop.records.storing import table_of
from desktop.storage import gate, office
from desktop.storage.database import OfficeDatabase


def stamp() -> str:
    """Return the present time for a file name."""
    return datetime.datetime.now().strftime("%Y%m%d-%H%M%S")


def free_name(path: Path) -> Path:
    """Return `path`, or the same with -2, -3 … where it is taken (the clock may have gone back)."""
    candidate, turn = path, 1
    while candidate.exists():
        turn += 1
        candidate = path.with_name(f"{path.stem}-{turn}{path.suffix}")
    return candidate


def copy_to(file: OfficeDatabase, target: Path) -> dict[str, int]:
    """Write a verified copy of the open file to `target` and return its counts by kind.

    VACUUM INTO a temporary name, integrity check of the copy, fsync, rename; a failed one leaves no
    stump and does not touch what was at `target`.
    """
    folder_for(target.parent)
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=target.parent))
    temporary = folder / target.name
    try:
        file.execute_sql("VACUUM INTO ?", (str(temporary),))
        counts = verified(temporary)
        with temporary.open("rb+") as copy:
            os.fsync(copy.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as cause:
        raise trouble(target, cause, "备份到") from cause
    except DATABASE_ERRORS as error:
        if reason := trouble_of(error):
            raise TroubleError(f"没有备份成:{reason.message}") from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return counts


def verified(path: Path) -> dict[str, int]:
    """Check a file that is not in use from its header to its last page and return its counts by kind."""
    gate.examine(path)
    copy = OfficeDatabase(path, mode="immutable")
    try:
        gate.verify(copy, path, thorough=True)
        return counts(copy)
    finally:
        copy.close()


def counts(file: OfficeDatabase) -> dict[str, int]:
    """Return how many records of each kind a file holds, the removed ones left out."""
    return {
        record.kind: file.execute_sql(
            f'SELECT count(*) FROM "{table_of(record)}" WHERE deleted_at IS NULL'
        ).fetchone()[0]
        for record in RECORDS
    }


def restore(path: Path, backup: Path) -> tuple[Path | None, dict[str, int]]:
    """Put a verified backup in the place of `path`; the present file is kept aside, never mixed.

    Returns where the present file went (None where there was none) and the counts of the backup.
    """
    found = verified(backup)
    if path.exists() and path.samefile(backup):
        raise TroubleError(f"“{backup}”就是现在的数据文件,不是备份;请选择另一个文件")
    office.close()
    folder_for(path.parent)
    temporary = path.with_name(f".{path.name}.restoring")
    aside = free_name(path.with_name(f"{path.stem}-恢复前-{stamp()}{path.suffix}")) if path.exists() else None
    try:
        shutil.copyfile(backup, temporary)
        with temporary.open("rb+") as copy:
            os.fsync(copy.fileno())
        if aside:
            _set_aside(path, aside)
        temporary.replace(path)
        path.chmod(0o600)
        sync_folder(path.parent)
    except OSError as cause:
        raise trouble(path, cause, "恢复到") from cause
    finally:
        temporary.unlink(missing_ok=True)
    return aside, found


def _set_aside(path: Path, aside: Path) -> None:
    """Move the present file away together with its log, so that nothing of it meets the restored one."""
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
