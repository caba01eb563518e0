"""Writing files so that they are either whole or not there."""

from __future__ import annotations

import contextlib
import contextvars
import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import TroubleError, UserError

REASONS = {
    errno.ENOSPC: "磁盘空间不足，请清理磁盘或换一个位置",
    errno.EDQUOT: "磁盘配额已用完，请清理磁盘或换一个位置",
    errno.EROFS: "该位置是只读的，请换一个可以写入的文件夹",
    errno.EACCES: "没有写入权限，请换一个文件夹或联系管理员",
    errno.EPERM: "没有写入权限，请换一个文件夹或联系管理员",
    errno.ENOENT: "文件夹不存在，请先建立或换一个位置",
    errno.ENOTDIR: "路径中有一段不是文件夹，请检查输出位置",
    errno.EISDIR: "该名称已经是一个文件夹，请换一个文件名",
    errno.ENAMETOOLONG: "文件名太长，请缩短后再试",
    errno.EEXIST: "该位置已有同名的文件，请换一个名称",
    errno.EBUSY: "文件正被别的程序占用，请关闭后再试",
    errno.EFBIG: "文件超过了磁盘或系统允许的大小，请换一个位置",
}
_FORBIDDEN = r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
_RESERVED = r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)"
_LEFT_BEHIND = re.compile(r"\.(.{0,20}-[0-9a-f]{12}\.part|(backup|rescue|drill)-[a-z0-9_]{8})")
_DRAWN = re.compile(r"openday-(print|recovery|wording|notice|moved|calibration)-[a-z0-9_]{8}")
STALE, DAY = 3600.0, 86_400.0
"""Seconds after which a temporary name is nobody's any more."""
NAME_LIMIT = 80
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
"""The rights of what we write, for the user alone; whoever shares it gives others theirs."""


def trouble(path: Path, cause: OSError, doing: str = "写入") -> TroubleError:
    """Return the sentence for an operating-system error met while `doing` something with `path`."""
    reason = REASONS.get(cause.errno or 0, f"系统报告：{cause.strerror or cause}")
    if cause.errno == errno.ENOENT and doing in ("读取", "打开"):
        reason = "找不到这个文件，请检查位置和文件名"  # its folder may well be there
    if cause.errno in (errno.EACCES, errno.EPERM) and doing in ("读取", "打开", "查看"):
        reason = "没有读取权限，请联系管理员"
    return TroubleError(f"无法{doing}“{path}”：{reason}")


def is_there(path: Path) -> bool:
    """Say whether something lies at `path`; raises TroubleError where the system can't look (rights, length)."""
    try:
        return path.exists()
    except OSError as cause:
        raise trouble(path, cause, "查看") from cause


def is_reachable(path: Path) -> bool:
    """Say whether something lies at `path` that this user may look at."""
    try:
        return path.exists()
    except OSError:
        return False


def refuse_unwritable_name(name: str | None, *, field: str) -> None:
    """Raise UserError for a file name that isn't text: SQLite, JSON and the trail can't hold it."""
    if "\0" in (name or ""):
        raise UserError("文件名中有空字符（NUL），请改名后再试", field=field)
    try:
        (name or "").encode()
    except UnicodeEncodeError:
        shown = (name or "").encode(errors="replace").decode()[-60:]
        raise UserError(f"文件名“{shown}”中有无法识别的字符，请改名后再试", field=field) from None


class Waiting:
    """Files that lie whole under temporary names until `finish` gives them their own."""

    def __init__(self) -> None:
        self._temporaries: dict[Path, Path] = {}
        self._folders: list[Path] = []

    def add(self, temporary: Path, target: Path) -> None:
        """Let a file, written and synced, wait; raises OSError where its name could not be given to it."""
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists():
            target.rename(target)  # changes nothing, but fails where another program holds the file (Windows)
        self._temporaries[target] = temporary

    def add_folder(self, path: Path) -> None:
        """Let a folder just made go again if nothing comes of what was to lie in it."""
        self._folders.append(path)

    def __getitem__(self, target: Path) -> Path:
        """Return where the bytes for `target` lie now."""
        return self._temporaries.get(target, target)

    def finish(self) -> None:
        """Give every file its name; raises TroubleError at the first that can't have it."""
        for target, temporary in list(self._temporaries.items()):
            try:
                temporary.replace(target)
                sync_folder(target.parent)
            except OSError as cause:
                raise trouble(target, cause) from cause
            del self._temporaries[target]
        self._folders.clear()

    def forget(self) -> None:
        """Remove what still waits: nothing of it was ever seen under its own name."""
        for temporary in self._temporaries.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with contextlib.suppress(OSError):
                folder.rmdir()


_waiting: contextvars.ContextVar[Waiting | None] = contextvars.ContextVar("_waiting", default=None)
_passing: contextvars.ContextVar[bool] = contextvars.ContextVar("_passing", default=False)


@contextlib.contextmanager
def passing() -> Iterator[None]:
    """Don't wait for the disk for files `written` inside the block: they are read at once and thrown away."""
    token = _passing.set(True)
    try:
        yield
    finally:
        _passing.reset(token)


@contextlib.contextmanager
def held_back() -> Iterator[Waiting]:
    """Let every file `written` inside the block wait under its temporary name until `finish` is called.

    What was not finished when the block ends is removed; the old files are then as they were.
    """
    waiting = Waiting()
    token = _waiting.set(waiting)
    try:
        yield waiting
    finally:
        _waiting.reset(token)
        waiting.forget()


def refuse_odd_target(target: Path) -> None:
    """Raise TroubleError where something lies at `target` that a file of ours must not replace.

    A rename would put the file in the place of a device or a pipe (/dev/null, as root), and over a file that
    its owner marked read-only, since for that only the folder's rights count.
    """
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as cause:
        raise trouble(target, cause) from cause
    if stat.S_ISDIR(mode):
        raise trouble(target, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not stat.S_ISREG(mode):
        raise TroubleError(f"“{target}”是设备或管道，不是普通文件，没有写入；请换一个文件名")
    if not mode & 0o222:
        raise TroubleError(f"“{target}”已存在并且是只读的，没有覆盖它；请换一个文件名")


def refuse_other_sort(target: Path, beginning: bytes, sort: str) -> None:
    """Raise UserError where the file at `target` doesn't begin as a `sort` does: it is somebody's other file.

    A paper must never take the place of an office file, whatever name was typed; an empty file may be filled.
    """
    if not is_there(target) or not target.is_file():
        return
    try:
        with target.open("rb") as file:
            found = file.read(len(beginning))
    except OSError as cause:
        raise trouble(target, cause, "读取") from cause
    if found and found != beginning:
        raise UserError(f"“{target}”已存在而且不是 {sort} 文件，没有覆盖它；请换一个文件名", field="out")


@contextlib.contextmanager
def written(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target`; it replaces `target` when the block ends well.

    The old file stays byte for byte until the new one is complete and synced, and a failed block
    leaves nothing behind. Inside `held_back` the replacing waits. What we write holds names and numbers: it is the
    user's alone (Windows goes by the folder's rights). Raises TroubleError for every operating-system error.
    """
    temporary = target.parent / f".{target.stem[:20]}-{os.urandom(6).hex()}.part"
    waiting, waits = _waiting.get(), False
    refuse_odd_target(target)
    try:
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
    except OSError as cause:
        raise trouble(target, cause) from cause
    try:
        yield temporary
        if not _passing.get():
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
        if waiting is not None:
            waiting.add(temporary, target)
            waits = True
        else:
            temporary.replace(target)
            sync_folder(target.parent)
            sweep(target.parent)
    except OSError as cause:
        raise trouble(target, cause) from cause
    finally:
        if not waits:
            with contextlib.suppress(OSError):  # a disk that fails now must not hide what came of the file
                temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what a killed program left half written in a folder: temporary names of ours, older than an hour."""
    if not _passing.get():
        _remove_old(folder, _LEFT_BEHIND, STALE)


def sweep_drafts() -> None:
    """Remove what a killed program left of papers that it had drawn to be looked at or printed, older than a day."""
    import tempfile  # with random and more, for what a command line does without

    _remove_old(Path(tempfile.gettempdir()), _DRAWN, DAY)


def _remove_old(folder: Path, names: re.Pattern[str], age: float) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if names.fullmatch(entry.name):
                if time.time() - entry.stat(follow_symlinks=False).st_mtime < age:
                    continue  # somebody may be writing it now
                if entry.is_dir(follow_symlinks=False):
                    import shutil  # with three packers of archives, for what is hardly ever there

                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` survive a power cut (POSIX; Windows journals it itself)."""
    if os.name == "nt" or _passing.get():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder_for(path: Path) -> Path:
    """Return `path` as an existing folder, made if need be; raises TroubleError where it can't be."""
    waiting = _waiting.get()
    try:
        missing = [folder for folder in (path, *path.parents) if waiting and not folder.exists()]
        make_folder(path)
    except OSError as cause:
        raise trouble(path, cause, "建立文件夹") from cause
    if waiting:
        for folder in reversed(missing):
            waiting.add_folder(folder)
    return path


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for the user alone; raises OSError."""
    for folder in reversed([path, *path.parents]):
        if not folder.is_dir():
            folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def safe_name(text: str, *, fallback: str = "未命名") -> str:
    """Return `text` as one file name that Windows and Linux both take, at most 80 characters.

    Separators, control and bidi characters go, reserved device names get an underscore, and trailing
    dots and blanks are dropped: a person called `../../CON` is a name, not a path.
    """
    name = re.sub(_FORBIDDEN, "_", text).strip(" .\u3000")[:NAME_LIMIT].rstrip(" .\u3000")
    while len(name.encode()) > 200:
        name = name[:-1]
    if not name.strip("_"):
        return fallback
    return re.sub(r"^([^.]*)", r"\1_", name, count=1) if re.match(_RESERVED, name) else name
