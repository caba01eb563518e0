"""口令与用户: who may open the office file and as what; each change is asked of the user's role and noted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from desktop.errors import UserError
from desktop.records import passwords
from desktop.records.papers import Watch
from desktop.records.trail import KEYS
from desktop.records.users import Role, User
from desktop.services.changes import Changes
from desktop.services.rights import Deed, Rights

PLAIN = "数据文件没有口令，不分用户；请先设置口令"


class UserKeys(Protocol):
    """What storage knows of the users of an encrypted file."""

    user: User

    def users(self) -> list[User]: ...
    def check(self, password: str) -> None: ...
    def recovery_code(self) -> list[str]: ...
    def add(self, name: str, role: Role, password: str) -> User: ...
    def set_password(self, user_id: str, password: str) -> User: ...
    def change(self, user_id: str, *, name: str, role: Role) -> User: ...
    def remove(self, user_id: str) -> User: ...


class Protection(Protocol):
    """What can be done about the password of an office file while nobody has it open; each raises OpenDayError."""

    path: Path

    def protect(self, password: str, name: str = ..., watch: Watch | None = None) -> None: ...
    def unprotect(self, watch: Watch | None = None) -> None: ...
    def unlock(self, path: Path, password: str, name: str = "") -> None: ...
    def plain_copies(self) -> list[Path]: ...


class Users:
    """The users of the open file; a plain file has none."""

    def __init__(self, keys: UserKeys | None, rights: Rights, changes: Changes) -> None:
        self._kept, self._rights, self._changes = keys, rights, changes

    @property
    def protected(self) -> bool:
        """Say whether the file has a password."""
        return self._kept is not None

    @property
    def left_open(self) -> str:
        """Return what to say of what is written out of a file with a password; '' of a plain file."""
        return "，表格本身没有口令，请保管好" if self.protected else ""

    @property
    def me(self) -> User | None:
        """Return who sits here; None on a file without a password."""
        return self._kept.user if self._kept else None

    def everybody(self) -> list[str]:
        """Return the ids of all users of the file, whoever asks; none of a file without a password."""
        return [user.id for user in self._kept.users()] if self._kept else []

    def listed(self) -> Sequence[User]:
        """Return everybody with a password; only themselves to who may not manage users."""
        if self._kept is None:
            return ()
        if self._rights.may(Deed.USERS):
            return self._kept.users()
        return [user for user in self._kept.users() if user.id == self._kept.user.id]

    def called(self, name: str) -> User:
        """Return the user so called; raises UserError with those there are."""
        users = self._keys().users()
        found = next((user for user in users if user.name == name.strip()), None)
        if found is None:
            raise UserError(f"没有名为“{name[:30]}”的用户，现有：{'、'.join(user.name for user in users)}")
        return found

    def check(self, password: str) -> None:
        """Raise LockedError unless it is the password of who sits here."""
        self._keys().check(password)

    def require_users(self) -> None:
        """Raise UserError where the file has no users, or who sits here may not manage them."""
        self._rights.require(Deed.USERS)
        self._keys()

    def recovery_code(self) -> list[str]:
        """Return the recovery code in its groups; it is shown and printed, never kept."""
        self._rights.require(Deed.PASSWORD)
        return self._keys().recovery_code()

    def add(self, name: str, role: Role, password: str) -> User:
        """Let one more in; raises UserError."""
        self._rights.require(Deed.USERS)
        made = self._keys().add(name, role, passwords.checked(password))
        self._note(f"新增用户“{made.name}”（{made.role}）")
        return made

    def change(self, user: User, *, name: str, role: Role) -> User:
        """Give a user another name or role; raises UserError. Who sits here has the new role from the next opening."""
        self._rights.require(Deed.USERS)
        after = self._keys().change(user.id, name=name, role=role)
        self._note(f"用户“{user.name}”（{user.role}）改为“{after.name}”（{after.role}）")
        return after

    def remove(self, user: User) -> User:
        """Let a user in no more; what they did stays in the trail under their name."""
        self._rights.require(Deed.USERS)
        gone = self._keys().remove(user.id)
        self._note(f"删除用户“{gone.name}”（{gone.role}）")
        return gone

    def set_password(self, user: User, password: str) -> None:
        """Give another user a password, for one who forgot theirs."""
        self._rights.require(Deed.USERS)
        self._keys().set_password(user.id, passwords.checked(password))
        self._note(f"重设用户“{user.name}”的口令")

    def change_own(self, present: str | None, password: str) -> None:
        """Change the password of who sits here; raises LockedError where the present one is wrong.

        `present` is None where it was told a moment ago.
        """
        self._rights.require(Deed.OWN_PASSWORD)
        keys, new = self._keys(), passwords.checked(password)
        if present is not None:
            keys.check(present)
        if not keys.user.id:
            raise UserError("现在是用恢复码打开的；请在用户表中为忘了口令的人重设口令")
        keys.set_password(keys.user.id, new)
        self._note("修改自己的口令")

    def _keys(self) -> UserKeys:
        if self._kept is None:
            raise UserError(PLAIN)
        return self._kept

    def _note(self, what: str) -> None:
        """Keep what was done in the trail; 查看 keeps nothing, and may change only their own password."""
        if self._rights.may(Deed.KEEP):
            with self._changes.change(f"{KEYS}{what}"):
                pass
