"""How a password reaches the command line: a file, the environment, or typed unseen at a terminal.

Never as a word of the command line itself, where every user of the machine could read it.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from argparse import Namespace
from pathlib import Path

from desktop.errors import LockedError, UserError
from desktop.files import trouble
from desktop.services.rights import COMMANDS, Rights
from desktop.storage import keyring, opening, recovery_code, unlocking

LONGEST = 4_096
"""Bytes of a password file; a longer one is some other file."""


def password_in(name: str) -> str:
    """Return the password in a file: its first line, without the line's end; raises UserError, TroubleError."""
    path = Path(name)
    try:
        if path.stat().st_size > LONGEST:
            raise UserError(f"口令文件“{path}”太大，里面应当只有一行口令", field="password_file")
        content = path.read_bytes()
    except OSError as cause:
        raise trouble(path, cause, "读取") from cause
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")  # what an older Notepad writes
    lines = text.splitlines()
    if not lines or not lines[0]:
        raise UserError(f"口令文件“{path}”是空的，第一行应当是口令", field="password_file")
    if any(line.strip() for line in lines[1:]):
        raise UserError(f"口令文件“{path}”不止一行，应当只有一行口令", field="password_file")
    return lines[0]


def password_for(path: Path, asked: Namespace) -> tuple[str | None, str]:
    """Return the password and the name told for a file; no password where the file has none or was opened before.

    Raises LockedError, with what to do, where a password is needed and nobody is there to ask.
    """
    if not keyring.is_locked(path):
        return None, ""
    name = asked.user or os.environ.get("OPENDAY_USER") or ""
    file = asked.password_file or os.environ.get("OPENDAY_PASSWORD_FILE")
    if file:
        password = password_in(file)
        is_code = recovery_code.looks_like_one(password)  # which is nobody's
        if not name and not is_code and unlocking.needs_name(path):
            raise LockedError("这个数据文件有几位用户，请用 --user 写明是谁的口令")
        return password, name
    if not _at_a_terminal():
        raise LockedError(
            f"数据文件“{path}”有口令；请用 --password-file 文件 或环境变量 OPENDAY_PASSWORD_FILE 给出口令"
        )
    if not name and unlocking.needs_name(path):
        print("姓名：", end="", file=sys.stderr, flush=True)
        name = sys.stdin.readline().strip()
    return getpass.getpass(f"“{path.name}”的口令：", sys.stderr), name


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()  # pyright: ignore[reportUnnecessaryComparison] - None where it was closed


def unlock(path: Path, asked: Namespace) -> None:
    """Put the key of a file on the ring where it has one, without opening the file; raises LockedError."""
    password, name = password_for(path, asked)
    if password is not None:
        opening.unlock(path, password, name)


def try_file(asked: Namespace) -> None:
    """Unlock the office file for the window where a password file is named; the window asks where it doesn't fit."""
    if asked.password_file or os.environ.get("OPENDAY_PASSWORD_FILE"):
        with contextlib.suppress(LockedError):
            unlock(Path(asked.data), asked)


def let_in(asked: Namespace) -> None:
    """Unlock the office file of a command that works on it from outside, and the backup it names.

    Raises LockedError, and UserError where the role of who came in doesn't do this.
    """
    path = Path(asked.data)
    unlock(path, asked)
    Rights(opening.user_of(path)).require(COMMANDS[asked.command])
    if backup := getattr(asked, "file", None):
        other = getattr(asked, "backup_password_file", None)
        unlock(Path(backup), Namespace(user=asked.user, password_file=other or asked.password_file))
