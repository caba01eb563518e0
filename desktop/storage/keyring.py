"""The keys of the encrypted files this process has opened, and how such a file is told by its first bytes.

A file with a password is encrypted whole by SQLCipher under a random key. SQLCipher begins a file with 16 bytes
of salt that it leaves to us: ours are MARK and a fingerprint of the key. So a file is known for one of ours with a
password before anything is decrypted, and a key is known for the right one before it meets a damaged page. All
connections, of copies and backups too, look their key up here by that fingerprint.

The key itself is derived from a secret of 20 random bytes, which is what the recovery code spells.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import LockedError

MARK = b"OPENDAY\x01"
"""What an encrypted office file begins with; the fingerprint of its key follows."""
PLAIN = b"SQLite format 3\0"
SECRET_BYTES = 20
"""160 random bits: beyond any guessing, and 32 signs to write down."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """What a file is encrypted with; made of the secret alone, so that the recovery code opens it alone."""

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> bytes:
        """Return the 8 bytes that tell this key from others and nothing of it."""
        return self._derived(8, b"openday-file-id")

    @property
    def sealing(self) -> bytes:
        """Return the 32 bytes that seal the list of users beside the file."""
        return self._derived(32, b"openday-users")

    def spelled(self) -> str:
        """Return key and salt as SQLCipher takes them: no derivation of its own, and the file begins with MARK."""
        key = self._derived(32, b"openday-file-key")
        return f"x'{key.hex()}{(MARK + self.fingerprint).hex()}'"

    def _derived(self, size: int, purpose: bytes) -> bytes:
        return hashlib.blake2b(self.secret, digest_size=size, person=purpose).digest()


_held: dict[bytes, DataKey] = {}
Place = tuple[int, int]
"""Device and inode: a file whatever its name is."""
_connected: dict[Place, tuple[bytes | None, int]] = {}
"""The files this process is connected to: their fingerprint, and how many connections."""


def hold(key: DataKey) -> None:
    """Let this process open the files of a key."""
    _held[key.fingerprint] = key


def let_go(fingerprint: bytes | None = None) -> None:
    """Forget one key, or all of them."""
    if fingerprint is None:
        _held.clear()
    else:
        _held.pop(fingerprint, None)


def connected(path: Path, key: DataKey | None) -> Place | None:
    """Note a connection to a file with the key it was made with, and return which file that is."""
    if place := _place(path):
        fingerprint, many = _connected.get(place, (key.fingerprint if key else None, 0))
        _connected[place] = fingerprint, many + 1
    return place


def disconnected(place: Place | None) -> None:
    """Note that a connection to a file ended, though another may lie under its name by now."""
    if place is None or place not in _connected:
        return
    fingerprint, many = _connected.pop(place)
    if many > 1:
        _connected[place] = fingerprint, many - 1


def _place(path: Path) -> Place | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def fingerprint_of(path: Path) -> bytes | None:
    """Return the fingerprint of the key a file is encrypted with; None for a plain file, or none at all.

    Where the beginning of the file is damaged the keys beside it tell (`key_file.told_beside`).
    A file that this process is connected to isn't opened again: to close it would take away the locks that SQLite
    holds on it (POSIX), and another process could then remove the log that we still write to.
    """
    if (place := _place(path)) in _connected:
        return _connected[place][0]
    try:
        if not path.is_file():  # opening a pipe would wait for ever
            return None
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return None
    if len(head) < 16 or head.startswith(PLAIN):
        return None
    told = head[8:] if head.startswith(MARK) else None
    if told in _held:
        return told
    from desktop.storage import key_file  # which asks here for much else

    return key_file.told_beside(path, head) or told


def is_plain(path: Path) -> bool:
    """Say whether a file that nobody is connected to begins as one without a password."""
    try:
        with path.open("rb") as file:
            return file.read(16) == PLAIN
    except OSError:
        return False


def is_locked(path: Path) -> bool:
    """Say whether a file has a password that was not told yet."""
    fingerprint = fingerprint_of(path)
    return fingerprint is not None and fingerprint not in _held


def key_of(path: Path) -> DataKey | None:
    """Return the key of a file, None for a plain one; raises LockedError where its password was not told yet."""
    fingerprint = fingerprint_of(path)
    if fingerprint is None:
        return None
    if fingerprint not in _held:
        raise LockedError(f"数据文件“{path}”有口令，请先输入口令")
    return _held[fingerprint]
