"""Verified copies of the office file, and the way back."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import shutil
import tempfile
from pathlib import Path

from desktop.errors import LockedError, TroubleError, UserError
from desktop.files import folder_for, is_there, refuse_odd_target, sweep, sync_folder, trouble, written
from desktop.records.base import DATABASE_ERRORS, trouble_of
from desktop.records.catalogue import records
from desktop.records.papers import Watch
from desktop.records.storing import table_of
from desktop.storage import gate, key_file, office
from desktop.storage.database import OfficeDatabase
from desktop.storage.stopping import watched

PAGE = 4096


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


def copy_to(file: OfficeDatabase, target: Path, *, watch: Watch | None = None) -> dict[str, int]:
    """Write a verified copy of the open file to `target` and return its counts by kind.

    VACUUM INTO a temporary name, integrity check of the copy, fsync, rename; a failed one leaves no
    stump and does not touch what was at `target`. The copy of a file with a password has the same one.
    `watch` hears how far it is; what it raises stops the copy, and nothing comes of it.
    """
    folder_for(target.parent)
    refuse_odd_target(target)
    _refuse_other_office(file, target)
    try:
        folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=target.parent))
    except OSError as cause:
        raise trouble(target, cause, "备份到") from cause
    temporary = folder / target.name
    try:
        # what can't be written can still be copied: the mode it is open in guards the file itself
        file.execute_sql("PRAGMA query_only = 0")
        size = file.execute_sql("PRAGMA page_count").fetchone()[0] * PAGE
        with watched(file, watch, lambda: (_size_of(temporary), 2 * size)):
            file.execute_sql("VACUUM INTO ?", (str(temporary),))
        counts = verified(temporary, watch=watch)
        with temporary.open("rb+") as copy:
            os.fsync(copy.fileno())
        with contextlib.suppress(
            OSError
        ):  # names and addresses are nobody else's; a stick may know no rights
            temporary.chmod(0o600)
        temporary.replace(target)
        sync_folder(target.parent)
        key_file.carry(Path(file.path), target)
        sweep(target.parent)
    except OSError as cause:
        raise trouble(target, cause, "备份到") from cause
    except DATABASE_ERRORS as error:
        if reason := trouble_of(error):
            raise _not_written(target, reason) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return counts


def _not_written(target: Path, reason: TroubleError) -> TroubleError:
    """Return what a database error means for a copy: nothing of the office itself was lost by it."""
    if "磁盘已满" in reason.message:
        return trouble(target, OSError(errno.ENOSPC, ""), "备份到")
    return TroubleError(f"无法备份到“{target}”：{reason.message}")


def _refuse_other_office(file: OfficeDatabase, target: Path) -> None:
    """Raise TroubleError where what lies at `target` isn't an older backup of this office."""
    if not target.exists() or not target.stat().st_size:
        return
    own = "SELECT id FROM office LIMIT 1"
    there = OfficeDatabase(target, mode="immutable")
    try:
        gate.examine(target)
        same = there.execute_sql(own).fetchone() == file.execute_sql(own).fetchone()
    except (TroubleError, *DATABASE_ERRORS):
        same = False
    finally:
        there.close()
    if not same or gate.has_log(target):
        raise TroubleError(f"“{target}”已存在，不是本单位的备份或正在使用，没有覆盖它；请换一个文件名")


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def verified(path: Path, *, watch: Watch | None = None) -> dict[str, int]:
    """Check a file that is not in use from its header to its last page and return its counts by kind."""
    gate.examine(path)
    copy = OfficeDatabase(path, mode="immutable")
    size = path.stat().st_size
    try:
        with watched(copy, watch, lambda: (size, 2 * size)):
            gate.verify(copy, path, thorough=True)
            return counts(copy)
    finally:
        copy.close()


def counts(file: OfficeDatabase) -> dict[str, int]:
    """Return how many records of each kind a file holds, the removed ones left out; an older file lacks kinds."""
    there = set(file.get_tables())
    return {
        record.kind: file.execute_sql(
            f'SELECT count(*) FROM "{table_of(record)}" WHERE deleted_at IS NULL'
        ).fetchone()[0]
        if table_of(record) in there
        else 0
        for record in records()
    }


def restore(path: Path, backup: Path) -> tuple[Path | None, dict[str, int]]:
    """Put a verified backup in the place of `path`; the present file is kept aside, never mixed.

    Returns where the present file was copied to (None where there was none) and the counts of the backup.
    The copy aside is whole before the backup takes the name in one step, so at every moment a whole file lies
    at `path`. Raises UserError where both are one file or there is no backup, TroubleError where the backup
    isn't sound or the present file is in use.
    """
    if not is_there(backup):
        raise UserError(f"找不到备份“{backup}”，请检查位置和文件名", field="file")
    found = verified(backup)
    if leftover := gate.leftover_of(backup):
        raise TroubleError(
            f"备份“{backup}”旁有 {leftover.name}，其中的内容还没有并入；"
            f"请先用 openday --data 备份文件 backup 另一个文件 做成完整的备份，再用它恢复"
        )
    path = path.resolve()
    if path.exists() and path.samefile(backup):
        raise UserError(f"“{backup}”就是现在的数据文件，不是备份；请选择另一个文件", field="file")
    office.close()
    folder_for(path.parent)
    _fold_log(path)
    try:
        aside = _copied_aside(path) if path.exists() else None
        with written(path) as temporary:
            _copy_privately(backup, temporary)
            # a log or journal left by a damaged file would be read into the restored one; it lies aside by now
            for suffix in ("-wal", "-shm", "-journal"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        key_file.carry(backup, path)
    except OSError as cause:
        raise trouble(path, cause, "恢复到") from cause
    return aside, found


def _fold_log(path: Path) -> None:
    """Fold the log of the present file into it, which also shows whether anybody else has it open.

    Raises TroubleError if so: they would go on saving into the file set aside. A file that isn't sound
    keeps its log.
    """
    try:
        gate.examine(path)
    except TroubleError:
        return
    file = OfficeDatabase(path, mode="rw")
    try:
        file.execute_sql("PRAGMA journal_mode = delete")
    except LockedError:  # its password is lost, perhaps: that must not keep a backup from coming back
        return
    except DATABASE_ERRORS as error:
        told = trouble_of(error)
        if told and "占用" in told.message:
            raise TroubleError(
                f"数据文件“{path}”正被另一个窗口或程序占用，没有恢复；请关闭其他窗口再试"
            ) from error
    finally:
        file.close()


def _copied_aside(path: Path) -> Path:
    """Copy the present file, and a log or journal that could not be folded, under a name of its own and return it."""
    aside = free_name(path.with_name(f"{path.stem}-恢复前-{stamp()}{path.suffix}"))
    for suffix in ("-wal", "-journal", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            with written(aside.with_name(aside.name + suffix)) as temporary:
                _copy_privately(part, temporary)
    key_file.carry(path, aside)
    return aside


def _copy_privately(source: Path, target: Path) -> None:
    """Copy the bytes of a file; names and addresses are nobody else's business on a shared machine."""
    shutil.copyfile(source, target)
    target.chmod(0o600)
