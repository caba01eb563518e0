"""Writing files so that they are either whole or not there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import TroubleError, UserError

REASONS = {
    errno.ENOSPC: "磁盘空间不足,请清理磁盘或换一个位置",
    errno.EDQUOT: "磁盘配额已用完,请清理磁盘或换一个位置",
    errno.EROFS: "该位置是只读的,请换一个可以写入的文件夹",
    errno.EACCES: "没有写入权限,请换一个文件夹或联系管理员",
    errno.EPERM: "没有写入权限,请换一个文件夹或联系管理员",
    errno.ENOENT: "文件夹不存在,请先建立或换一个位置",
    errno.ENOTDIR: "路径中有一段不是文件夹,请检查输出位置",
    errno.EISDIR: "该名称已经是一个文件夹,请换一个文件名",
    errno.ENAMETOOLONG: "文件名太长,请缩短后再试",
    errno.EBUSY: "文件正被别的程序占用,请关闭后再试",
}
_FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
NAME_LIMIT = 80


def trouble(path: Path, cause: OSError, doing: str = "写入") -> TroubleError:
    """Return the sentence for an operating-system error met while `doing` something with `path`."""
    reason = REASONS.get(cause.errno or 0, f"系统报告:{cause.strerror or cause}")
    return TroubleError(f"无法{doing}“{path}”:{reason}")


def is_there(path: Path) -> bool:
    """Say whether something lies at `path`; raises TroubleError where the system can't look (rights, length)."""
    try:
        return path.exists()
    except OSError as cause:
        raise trouble(path, cause, "查看") from cause


def refuse_unwritable_name(name: str | None, *, field: str) -> None:
    """Raise UserError for a file name that isn't text: SQLite, JSON and the trail can't hold it."""
    try:
        (name or "").encode()
    except UnicodeEncodeError:
        shown = (name or "").encode(errors="replace").decode()[-60:]
        raise UserError(f"文件名“{shown}”中有无法识别的字符,请改名后再试", field=field) from None


@contextlib.contextmanager
def written(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target`; it replaces `target` when the block ends well.

    The old file stays byte for byte until the new one is complete and synced, and a failed block
    leaves nothing behind. Raises TroubleError for every operating-system error.
    """
    # not mkstemp: a finished paper in a shared folder is to be read by colleagues, as the umask allows
    temporary = target.parent / f".{target.stem[:20]}-{secrets.token_hex(6)}.part"
    try:
        temporary.open("xb").close()
    except OSError as cause:
        raise trouble(target, cause) from cause
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as cause:
        raise trouble(target, cause) from cause
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` survive a power cut (POSIX; Windows journals it itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder_for(path: Path) -> Path:
    """Return `path` as an existing folder, made if need be; raises TroubleError where it can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise trouble(path, cause, "建立文件夹") from cause
    return path


def safe_name(text: str, *, fallback: str = "未命名") -> str:
    """Return `text` as one file name that Windows and Linux both take, at most 80 characters.

    Separators, control and bidi characters go, reserved device names get an underscore, and trailing
    dots and blanks are dropped: a person called `../../CON` is a name, not a path.
    """
    name = _FORBIDDEN.sub("_", text).strip(" .\u3000")[:NAME_LIMIT].rstrip(" .\u3000")
    while len(name.encode()) > 200:
        name = name[:-1]
    if not name.strip("_"):
        return fallback
    return re.sub(r"^([^.]*)", r"\1_", name, count=1) if _RESERVED.match(name) else name
