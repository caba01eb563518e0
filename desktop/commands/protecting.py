"""Setting, changing and removing the password of an office file nobody works in: for the window and the commands.

The file is closed, written anew (storage/encrypting.py) and opened again for who did it, and the deed is noted.
"""

from __future__ import annotations

from pathlib import Path

from desktop.errors import UserError
from desktop.records import passwords
from desktop.records.papers import Watch
from desktop.records.users import FIRST_NAME, User
from desktop.services.rights import Deed, Rights
from desktop.storage import encrypting, keyring, opening, user_keys


def protect(path: Path, password: str, name: str = FIRST_NAME, watch: Watch | None = None) -> User:
    """Encrypt a plain file, or one with a password under a new key, for its one user; raises UserError, TroubleError."""
    Rights(opening.user_of(path)).require(Deed.PASSWORD)
    before = keyring.fingerprint_of(path)
    key, keys, user = user_keys.first_keys(passwords.checked(password), name or FIRST_NAME)
    encrypting.rewrite(path, key, keys, watch)
    opening.remember(key.fingerprint, user, keys)
    if before:
        opening.forget(before)
    return user


def unprotect(path: Path, watch: Watch | None = None) -> None:
    """Write a file with a password anew without one; raises UserError, TroubleError."""
    before = keyring.fingerprint_of(path)
    if before is None:
        raise UserError("数据文件本来就没有口令")
    Rights(opening.user_of(path)).require(Deed.PASSWORD)
    encrypting.rewrite(path, None, None, watch)
    opening.forget(before)


def plain_copies(path: Path) -> list[Path]:
    """Return the copies of an office beside it and among its backups that anybody can read."""
    folders = (path.resolve().parent, path.resolve().parent / "备份")
    copies = [other for folder in folders for other in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))]
    return [other for other in copies if keyring.fingerprint_of(other) is None]
