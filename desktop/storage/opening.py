"""Opening an office file for somebody: by a password where it has one, for reading only where the role says so."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import LockedError, TroubleError
from desktop.records.base import database
from desktop.records.users import Role, User
from desktop.storage import key_file, keyring, office, unlocking, wiping
from desktop.storage.database import OfficeDatabase
from desktop.storage.key_file import KeyFile
from desktop.storage.unlocking import Unlocked

OLD_KEYS = (
    "口令已经改过，这是以前的口令和密钥文件；请用现在的口令"
    "（密钥文件已换成现在的；口令忘了时输入恢复单上的恢复码）"
)

_opened_by: dict[bytes, Unlocked] = {}
"""By whom each encrypted file of this process was opened, so that it need not ask again to open it anew."""


def open_for(
    path: Path, password: str | None = None, name: str = "", *, read_only: bool = False
) -> tuple[OfficeDatabase, User | None]:
    """Open an office file and return it with its user; None where it has no password.

    Without a password who opened the file before is taken. Raises LockedError where a password is needed or
    wrong, TroubleError as `office.open_office` does.
    """
    wiping.finish(path)
    fingerprint = keyring.fingerprint_of(path)
    if fingerprint is None:
        return office.open_office(path, read_only=read_only), None
    if password is not None:
        unlock(path, password, name)
    unlocked = _opened_by.get(fingerprint)
    if unlocked is None or keyring.is_locked(path):
        raise LockedError(f"数据文件“{path}”有口令，请先输入口令")
    looks_only = unlocked.user.role is Role.VIEWER
    file = office.open_office(path, read_only=read_only or looks_only)
    try:
        settle(file, path, unlocked)
    except BaseException:
        office.close()
        forget(fingerprint)
        raise
    return file, unlocked.user


def unlock(path: Path, password: str, name: str = "") -> User:
    """Put the key of an encrypted file on the ring and return whose password it was; raises LockedError."""
    unlocked = unlocking.unlock(path, password, name)
    _opened_by[keyring.fingerprint_of(path) or b""] = unlocked
    return unlocked.user


def user_of(path: Path) -> User | None:
    """Return who opened an encrypted file in this process."""
    unlocked = _opened_by.get(keyring.fingerprint_of(path) or b"")
    return unlocked.user if unlocked else None


def remember(fingerprint: bytes, user: User, keys: KeyFile) -> None:
    """Note who has a file open whose keys changed under them."""
    _opened_by[fingerprint] = Unlocked(user, keys)


def forget(fingerprint: bytes | None) -> None:
    """Let nobody open a file again without a password."""
    if fingerprint is not None:
        _opened_by.pop(fingerprint, None)
        keyring.let_go(fingerprint)


def settle(file: OfficeDatabase, path: Path, unlocked: Unlocked) -> None:
    """Bring the keys beside an open file and their copy inside to the newer state of both.

    Keys are changed beside the file first; so if those inside are newer, somebody put old ones back. Raises
    LockedError then for who came in by a password that is no more.
    """
    inside, beside = kept_inside(file), key_file.read(key_file.beside(path))
    states = [keys for keys in (inside, unlocked.keys, beside) if keys and _fits(keys, path)]
    if not states:
        return
    newest = max(states, key=lambda keys: keys.turn)
    if newest != beside and not file.read_only:
        key_file.write(path, newest)
    if unlocked.keys and unlocked.keys.turn < newest.turn:
        known = {slot.box for slot in newest.slots}
        if not any(slot.box in known for slot in unlocked.keys.slots if slot.user == unlocked.user.id):
            raise LockedError(OLD_KEYS)
    if newest != inside and not file.read_only:
        keep_inside(file, newest)


def _fits(keys: KeyFile, path: Path) -> bool:
    return keys.fingerprint == keyring.fingerprint_of(path)


def kept_inside(file: OfficeDatabase) -> KeyFile | None:
    """Return the copy of the keys that an open file holds."""
    row = file.execute_sql("SELECT text FROM key_copy WHERE id = 1").fetchone()
    return key_file.parsed(row[0]) if row else None


def keep_inside(file: OfficeDatabase, keys: KeyFile) -> None:
    """Put a copy of the keys into an open file."""
    file.execute_sql("INSERT OR REPLACE INTO key_copy (id, text) VALUES (1, ?)", (key_file.text_of(keys),))


def present() -> OfficeDatabase:
    """Return the file in use; raises TroubleError where none is."""
    file = database.obj
    if not isinstance(file, OfficeDatabase):
        raise TroubleError("没有打开数据文件")
    return file
