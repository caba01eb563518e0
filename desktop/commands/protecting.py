"""Setting, changing and removing the password of an office file nobody works in: for the window and the commands.

The file is closed, written anew (storage/encrypting.py) and opened again for who did it, and the deed is noted.
"""

from __future__ import annotations

from pathlib import Path

from desktop import app
from desktop.errors import UserError
from desktop.records import passwords
from desktop.records.papers import Watch
from desktop.records.trail import KEYS
from desktop.records.users import FIRST_NAME
from desktop.services.rights import Deed, Rights
from desktop.storage import encrypting, key_file, keyring, office, opening, user_keys


class Protection:
    """What can be done about the password of one office file while it is closed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def protect(self, password: str, name: str = FIRST_NAME, watch: Watch | None = None) -> None:
        """Encrypt the file for one user, under a new key where it had one; raises UserError, TroubleError."""
        Rights(opening.user_of(self.path)).require(Deed.PASSWORD)
        before = keyring.fingerprint_of(self.path)
        key, keys, user = user_keys.first_keys(passwords.checked(password), name or FIRST_NAME)
        encrypting.rewrite(self.path, key, keys, watch)
        opening.remember(key.fingerprint, user, keys)
        opening.forget(before)
        self._note("换一把密钥重新加密" if before else "设置口令")

    def unprotect(self, watch: Watch | None = None) -> None:
        """Write the file anew without a password; raises UserError, TroubleError."""
        before = keyring.fingerprint_of(self.path)
        if before is None:
            raise UserError("数据文件本来就没有口令")
        Rights(opening.user_of(self.path)).require(Deed.PASSWORD)
        encrypting.rewrite(self.path, None, None, watch)
        opening.forget(before)
        self._note("去除口令")

    @staticmethod
    def unlock(path: Path, password: str, name: str = "") -> None:
        """Put the key of another file (a backup with another password) on the ring; raises LockedError."""
        opening.unlock(path, password, name)

    def plain_copies(self) -> list[Path]:
        """Return the copies of the office beside it and among its backups that anybody can read."""
        path = self.path.resolve()
        folders = (path.parent, path.parent / key_file.BACKUPS)
        found = [other for folder in folders for other in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))]
        return [other for other in found if keyring.fingerprint_of(other) is None]

    def _note(self, what: str) -> None:
        try:
            with app.desk_for_file(self.path).changes.change(f"{KEYS}{what}"):
                pass
        finally:
            office.close()
