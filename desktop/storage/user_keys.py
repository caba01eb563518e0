"""The users of the encrypted file in use: who has a password to it, and changing that.

Each change writes the wrapped keys beside the file first and then their copy inside: killed in between, the newer
ones beside are taken at the next opening. The key of the file stays the same but in `encrypting.rewrite`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.errors import LockedError, UserError
from desktop.records.users import FIRST_NAME, Role, User, name_of
from desktop.storage import key_file, keyring, opening, recovery_code, unlocking
from desktop.storage.database import OfficeDatabase
from desktop.storage.key_file import KeyFile, Slot
from desktop.storage.keyring import DataKey


def first_keys(password: str, name: str = FIRST_NAME) -> tuple[DataKey, KeyFile, User]:
    """Return a new key, its wrapped form, and the one who chose the password, an administrator."""
    from desktop.storage import key_slots

    key, user = key_slots.new_key(), User(key_slots.new_id(), name_of(name), Role.ADMIN)
    return key, key_slots.sealed(key, [user], [key_slots.wrapped(key, user, password)], 1), user


class UserKeys:
    """Reads and changes who may open the encrypted file in use; what may be asked is the services' to decide."""

    def __init__(self, file: OfficeDatabase, user: User) -> None:
        self._file, self._path = file, Path(file.path)
        self.user = user

    def users(self) -> list[User]:
        """Return everybody with a password, in the order they were added."""
        keys = self._keys()
        from desktop.storage import key_slots

        return (key_slots.users_of(keys, self._key()) or []) if keys else []

    def check(self, password: str) -> None:
        """Raise LockedError unless it is the password of who sits here (or the recovery code), as slowly as at opening."""
        known = next((user for user in self.users() if user.id == self.user.id), None)
        found = unlocking.unlock(self._path, password, known.name if known else self.user.name, named=False)
        if found.keys and known and found.user.id != self.user.id:
            raise LockedError("这是别的用户的口令；要换人，请先关闭再打开")

    def recovery_code(self) -> list[str]:
        """Return the code that opens the file without any password, in its groups."""
        return recovery_code.code_of(self._key())

    def add(self, name: str, role: Role, password: str) -> User:
        """Let one more in; raises UserError where the name is taken."""
        from desktop.storage import key_slots

        users = self.users()
        user = User(key_slots.new_id(), self._free_name(name, users), role)
        slot = key_slots.wrapped(self._key(), user, password)
        self._write([*users, user], [*self._slots(), slot])
        return user

    def set_password(self, user_id: str, password: str) -> User:
        """Give a user another password."""
        from desktop.storage import key_slots

        user = self.one(user_id)
        slot = key_slots.wrapped(self._key(), user, password)
        slots = [slot if old.user == user_id else old for old in self._slots()]
        self._write(self.users(), slots)
        return user

    def change(self, user_id: str, *, name: str, role: Role) -> User:
        """Give a user another name or role; raises UserError where no administrator would remain."""
        from desktop.storage import key_slots

        users, before = self.users(), self.one(user_id)
        others = [user for user in users if user.id != user_id]
        after = replace(before, name=self._free_name(name, others), role=role)
        listed = [after if user.id == user_id else user for user in users]
        _require_admin(listed)
        slots = [key_slots.renamed(slot, after) if slot.user == user_id else slot for slot in self._slots()]
        self._write(listed, slots)
        return after

    def remove(self, user_id: str) -> User:
        """Let a user in no more; raises UserError for who sits here and where no administrator would remain."""
        gone = self.one(user_id)
        if gone.id == self.user.id:
            raise UserError("不能删除自己；请由另一位管理员来删除")
        users = [user for user in self.users() if user.id != user_id]
        _require_admin(users)
        self._write(users, [slot for slot in self._slots() if slot.user != user_id])
        return gone

    def one(self, user_id: str) -> User:
        """Return one user; raises UserError where there is none such."""
        found = next((user for user in self.users() if user.id == user_id), None)
        if found is None:
            raise UserError("没有这位用户，可能刚被删除")
        return found

    def _free_name(self, name: str, others: list[User]) -> str:
        from desktop.storage import key_slots

        clean = name_of(name)
        if any(key_slots.same_name(clean, other.name) for other in others):
            raise UserError(f"已有名为“{clean}”的用户，请换一个名字（如加上科室）", field="name")
        return clean

    def _key(self) -> DataKey:
        key = keyring.key_of(self._path)
        if key is None:
            raise UserError("数据文件没有口令，请先设置口令")
        return key

    def _keys(self) -> KeyFile | None:
        beside, fingerprint = key_file.read(key_file.beside(self._path)), self._key().fingerprint
        states = [beside, opening.kept_inside(self._file)]
        fitting = [keys for keys in states if keys and keys.fingerprint == fingerprint]
        return max(fitting, key=lambda keys: keys.turn, default=None)

    def _slots(self) -> tuple[Slot, ...]:
        keys = self._keys()
        return keys.slots if keys else ()

    def _write(self, users: list[User], slots: list[Slot]) -> None:
        from desktop.storage import key_slots

        key, before = self._key(), self._keys()
        keys = key_slots.sealed(key, users, slots, (before.turn if before else 0) + 1)
        key_file.write(self._path, keys)
        if not self._file.read_only:
            opening.keep_inside(self._file, keys)
        self.user = next((user for user in users if user.id == self.user.id), self.user)
        opening.remember(key.fingerprint, self.user, keys)


def _require_admin(users: list[User]) -> None:
    if not any(user.role is Role.ADMIN for user in users):
        raise UserError("至少要留一位管理员")
