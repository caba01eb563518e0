"""The gate before an office file is opened: what is wrong with it is told before anything is written."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PureWindowsPath
from typing import Any

from desktop.errors import DamagedError, TroubleError
from desktop.files import trouble
from desktop.records.base import DATABASE_ERRORS, trouble_of
from desktop.storage import keyring, schema
from desktop.storage.database import APPLICATION_ID, OfficeDatabase, journal_of, log_of, tidy

SMALLEST = 512
HEADER = 100
ENCRYPTED_PAGE = 4096
KEEP = "程序没有改动它。请把它留作备查，用备份恢复，或抢救还能读出的内容"
READ_ONLY = "数据文件是只读的：可以查看、统计和打印样稿，不能保存改动"
NO_ROOM = (
    "磁盘已满或不能写入，数据文件按只读打开：可以查看、统计和打印样稿，不能保存改动；请清理磁盘后重新打开"
)
JOURNAL = bytes.fromhex("d9d505f920a163d7")
"""What a journal of SQLite begins with; the number of pages to be put back follows."""
DRIVE_REMOTE = 4
"""What Windows' GetDriveTypeW answers for a drive letter that stands for a share."""
NETWORK = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "fuse.sshfs", "afpfs", "ncpfs"})


def examine(path: Path) -> None:
    """Raise TroubleError where the bytes of the file rule it out: missing, empty, foreign, cut off."""
    try:
        if path.is_dir():
            raise TroubleError(f"“{path}”是一个文件夹，不是数据文件；请选择 .openday 文件")
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # opening a pipe would wait for ever
            raise TroubleError(f"“{path}”是设备或管道，不是数据文件；请选择 .openday 文件")
        size = state.st_size
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise TroubleError(f"找不到数据文件“{path}”；请检查位置，或用 openday new 新建一个") from None
    except OSError as cause:
        raise trouble(path, cause, "打开") from cause
    if size == 0:
        raise DamagedError(f"数据文件“{path}”是空的（0 字节），已经损坏。{KEEP}")
    if head.startswith(keyring.MARK) and size >= ENCRYPTED_PAGE:  # the rest is asked with its key
        if head[8:16] != keyring.fingerprint_of(path):  # the keys beside it know better
            raise DamagedError(f"“{path}”的文件头已损坏。{KEEP}")
        if size % ENCRYPTED_PAGE and not has_log(path):
            raise DamagedError(f"数据文件“{path}”不完整，末尾缺了一段。{KEEP}")
        return
    if size < SMALLEST or not head.startswith(keyring.PLAIN):
        raise DamagedError(f"“{path}”不是本程序的数据文件，或文件头已损坏。{KEEP}")
    # a log may hold a newer header than the file; then `verify` asks SQLite, which reads both
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID and not has_log(path):
        raise _foreign(path)
    pages, page_size = int.from_bytes(head[28:32], "big"), int.from_bytes(head[16:18], "big")
    page_size = 65_536 if page_size == 1 else page_size
    # a power cut while the log was folded in leaves a part of a page at the end; the log has it whole
    if (size % page_size or size < pages * page_size) and not has_log(path):
        raise DamagedError(f"数据文件“{path}”不完整，末尾缺了一段。{KEEP}")


def _foreign(path: Path) -> DamagedError:
    # one flipped bit in the mark of ours looks the same, so a backup and a rescue are offered here too
    return DamagedError(f"“{path}”是别的程序的数据库，不是开放日工作台的数据文件，或文件头已损坏。{KEEP}")


def leftover_of(path: Path) -> Path | None:
    """Return what lies beside the file and belongs to it, so that without it the file is not whole; None for nothing.

    A log with the last saves, or, for a file that had none yet (a backup brought back, one just encrypted), the
    journal of a change that was left half made: it says how many pages there are to be put back.
    """
    log, journal = log_of(path), journal_of(path)
    if log.exists() and log.stat().st_size > 0:
        return log
    try:
        with journal.open("rb") as file:
            head = file.read(12)
    except OSError:
        return None
    return journal if head.startswith(JOURNAL) and any(head[8:]) else None


def has_log(path: Path) -> bool:
    """Say whether something lies beside the file without which it is not whole."""
    return leftover_of(path) is not None


def lies_alone(path: Path) -> bool:
    """Say whether SQLite has nothing beside the file, not even an empty log: nobody has it open."""
    return not log_of(path).exists() and not journal_of(path).exists()


def verify(file: OfficeDatabase, path: Path, *, pages: bool = True, thorough: bool = False) -> None:
    """Raise TroubleError where the content rules the file out: newer, damaged, or with a foreign schema."""
    try:
        if file.execute_sql("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise _foreign(path)
        version = schema.version_of(file)
        if version > schema.VERSION:
            raise TroubleError(
                f"数据文件“{path}”由更新的版本（第 {version} 版）写成，本程序只认到第 {schema.VERSION} 版；请先升级本程序"
            )
        check = "integrity_check" if thorough else "quick_check"
        faults = [row[0] for row in file.execute_sql(f"PRAGMA {check}(20)").fetchall()] if pages else ["ok"]
        if faults == ["ok"] and thorough and file.encrypted:  # free pages too are as they were written
            faults = [row[0] for row in file.execute_sql("PRAGMA cipher_integrity_check")] or faults
        if faults != ["ok"]:
            raise DamagedError(f"数据文件“{path}”已损坏（{len(faults)} 处）。{KEEP}")
        if names := schema.differences(file, version) if version > 0 else ["没有版本号"]:
            raise DamagedError(f"数据文件“{path}”的结构被改动过（{'、'.join(names[:5])}），不能使用。{KEEP}")
    except DATABASE_ERRORS as error:
        told = trouble_of(error)
        if told is None or "损坏" in told.message:
            raise DamagedError(f"数据文件“{path}”已损坏。{KEEP}") from error
        raise TroubleError(f"数据文件“{path}”：{told.message}") from error


def is_older(path: Path) -> bool:
    """Say by its first bytes whether a file without a password would be upgraded; the file must not be open."""
    try:
        with path.open("rb") as file:
            head = file.read(HEADER)
    except OSError:
        return False
    ours = head.startswith(keyring.PLAIN) and int.from_bytes(head[68:72], "big") == APPLICATION_ID
    return ours and 0 < int.from_bytes(head[60:64], "big") < schema.VERSION


def on_network(path: Path) -> bool:
    """Say whether the file lies on a network share, where SQLite's locks can't be trusted."""
    if os.name == "nt":
        return on_remote_drive(PureWindowsPath(path.absolute()))
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, sort = "", ""
    for line in mounts:
        parts = line.split()
        place = parts[1].replace("\\040", " ")
        if str(path.absolute()).startswith(place.rstrip("/") + "/") and len(place) >= len(best):
            best, sort = place, parts[2]
    return sort in NETWORK


def on_remote_drive(place: PureWindowsPath) -> bool:
    """Say whether an absolute path of Windows leads to a share: by its name, or by a drive letter mapped to one."""
    told = str(place).upper()
    if told.startswith("\\\\") and not told.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    if told.startswith("\\\\?\\UNC\\"):
        return True
    import ctypes  # on Windows only, and not at every start elsewhere

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - there is none elsewhere
    return kernel.GetDriveTypeW(f"{place.drive[-2:]}\\") == DRIVE_REMOTE


def access(path: Path) -> str:
    """Return how the file can be opened: `rw`, `immutable` (nothing can be written here), `ro` (and it has a log)."""
    if os.access(path.parent, os.W_OK) and os.access(path, os.W_OK):
        return "rw"
    return "ro" if has_log(path) else "immutable"


def connected(path: Path, mode: str) -> OfficeDatabase:
    """Return the file connected in `mode`, or `immutable` where SQLite has no room for its index of the log.

    Even to read, SQLite lays an index (-shm) beside a file with a log. Without a log the file can be read as it
    stands; with one raises TroubleError, since the last saves would be missing. A change left half made is undone
    first. Other faults are `verify`'s.
    """
    if mode == "ro" and journal_of(path).exists():
        tidy(path)  # who only reads may not
    file = OfficeDatabase(path, mode=mode)
    try:
        file.execute_sql("PRAGMA schema_version").fetchone()
    except DATABASE_ERRORS as error:
        file.close()
        if mode == "immutable" or not _could_not_write(error):
            return file
        if leftover := leftover_of(path):
            raise _unread(path, leftover) from error
        return OfficeDatabase(path, mode="immutable")
    return file


def _could_not_write(error: BaseException) -> bool:
    told = str(error).lower()
    return any(word in told for word in ("disk i/o", "full", "unable to open", "readonly"))


def _unread(path: Path, leftover: Path) -> TroubleError:
    logged = leftover == log_of(path)
    holds = "最近保存的内容" if logged else "上次没有写完、要退回的改动"
    kept = "程序没有改动它们" if logged else "保存过的内容都在"
    return TroubleError(
        f"数据文件“{path}”旁的 {leftover.name} 里有{holds}，磁盘已满或文件夹不能写入时读不全，所以没有打开；"
        f"请清理磁盘后再打开，或把数据文件和 {leftover.name} 一起复制到可以写入的文件夹再打开。{kept}"
    )
