"""Opening what has a password: the password or the recovery code becomes the key on the ring."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import LockedError
from desktop.records.users import FIRST_NAME, Role, User
from desktop.storage import attempts, key_file, keyring, recovery_code

RECOVERER = User("", "恢复码", Role.ADMIN)
"""Who comes with the code from the safe."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Whose password it was; `keys` is the state of the key file it was found in, None after the recovery code."""

    user: User
    keys: key_file.KeyFile | None


def needs_name(path: Path) -> bool:
    """Say whether several users have passwords of their own, so that a name must be told."""
    fingerprint = keyring.fingerprint_of(path)
    keys = key_file.read(key_file.beside(path))
    return bool(fingerprint and keys and len(keys.slots) > 1)


def unlock(
    path: Path,
    password: str,
    name: str = "",
    *,
    named: bool | None = None,
    sleep: Callable[[float], object] = time.sleep,
) -> Unlocked:
    """Put the key of an encrypted file on the ring; `named` says whether the name may be what is wrong.

    Waits first where wrong passwords were tried lately, and a wrong one takes half a second at least. Raises
    LockedError where the password is wrong, or the keys are missing or aren't those of this file.
    """
    fingerprint = keyring.fingerprint_of(path)
    if fingerprint is None:
        raise LockedError(f"“{path}”没有口令，不用输入")
    sleep(attempts.waiting(fingerprint))
    begun = time.monotonic()
    failures = attempts.begin(fingerprint)
    unlocked = _tried(path, fingerprint, password, name)
    if unlocked is None:
        sleep(max(0.0, attempts.SHORTEST - (time.monotonic() - begun)))
        raise LockedError(_refusal(password, failures, named=needs_name(path) if named is None else named))
    attempts.succeeded(fingerprint)
    return unlocked


def _tried(path: Path, fingerprint: bytes, password: str, name: str) -> Unlocked | None:
    if spelled := recovery_code.key_of(password):
        if spelled.fingerprint != fingerprint:
            return None
        keyring.hold(spelled)
        return Unlocked(RECOVERER, None)
    try:
        keys = key_file.found(path, fingerprint)
    except LockedError:
        if recovery_code.looks_like_one(password):  # it needs no keys: a sign of it is wrong
            return None
        raise
    from desktop.storage import key_slots  # with libsodium: not for files without a password

    slot = key_slots.slot_of(keys, name or FIRST_NAME)
    if slot is None or not (key := key_slots.unwrapped(slot, password)):
        return None
    if key.fingerprint != fingerprint:
        return None
    users = key_slots.users_of(keys, key)
    user = next((user for user in users or () if user.id == slot.user), None)
    if user is None:
        raise LockedError(
            f"密钥文件“{key_file.beside(path).name}”被改动过，没有打开；"
            f"请从备份处把与它同名的 .keys 文件拿回来，或输入恢复单上的恢复码"
        )
    keyring.hold(key)
    return Unlocked(user, keys)


def _refusal(password: str, failures: int, *, named: bool) -> str:
    if recovery_code.key_of(password):
        return "恢复码不是这个数据文件的；请核对恢复单上的单位和日期"
    if recovery_code.looks_like_one(password):
        return "恢复码有误；请对照恢复单逐组核对，字母 I、L、O、U 不会出现"
    what = "姓名或口令不对" if named else "口令不对"
    pause = attempts.pause_after(failures)
    wait = f"（已连续 {failures} 次，下次要等 {pause:g} 秒）" if failures > 2 else ""
    return f"{what}，请看大小写和输入法后再输{wait}"
