"""What wraps the secret of a file by a user's password: argon2id, then XSalsa20-Poly1305 (libsodium's secretbox).

argon2id with 64 MiB and two rounds is libsodium's measure for a login somebody waits for; it takes some 0.15 seconds.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from desktop.records.users import Role, User
from desktop.storage import key_file
from desktop.storage.key_file import KeyFile, Slot
from desktop.storage.keyring import SECRET_BYTES, DataKey

ROUNDS = 2
MEMORY = 64 << 20
MOST_ROUNDS, MOST_MEMORY = 20, 1 << 30
"""What a slot may ask for; more was not written by us and would only stop the machine."""


def new_key() -> DataKey:
    """Return a key that never was before."""
    return DataKey(os.urandom(SECRET_BYTES))


def new_id() -> str:
    """Return an id for a user."""
    return os.urandom(8).hex()


def wrapped(key: DataKey, user: User, password: str) -> Slot:
    """Return the slot that lets a user in by a password."""
    salt = os.urandom(pwhash.argon2id.SALTBYTES)
    box = SecretBox(_stretched(password, salt, ROUNDS, MEMORY)).encrypt(key.secret)
    return Slot(user.id, _called(user.name, salt), salt, ROUNDS, MEMORY, bytes(box))


def unwrapped(slot: Slot, password: str) -> DataKey | None:
    """Return the key in a slot, None where the password isn't the user's (or the slot isn't whole)."""
    fit = 1 <= slot.rounds <= MOST_ROUNDS and 8192 <= slot.memory <= MOST_MEMORY
    if not fit or len(slot.salt) != pwhash.argon2id.SALTBYTES:
        return None
    try:
        secret = SecretBox(_stretched(password, slot.salt, slot.rounds, slot.memory)).decrypt(slot.box)
    except (CryptoError, ValueError):
        return None
    return DataKey(secret) if len(secret) == SECRET_BYTES else None


def renamed(slot: Slot, user: User) -> Slot:
    """Return the slot of a user who is called otherwise now."""
    return replace(slot, called=_called(user.name, slot.salt))


def same_name(one: str, other: str) -> bool:
    """Say whether two names find the same slot."""
    return _plain_name(one) == _plain_name(other)


def slot_of(keys: KeyFile, name: str) -> Slot | None:
    """Return the slot of the user so called; where there is one user only, any name will do."""
    if len(keys.slots) == 1:
        return keys.slots[0]
    return next((slot for slot in keys.slots if slot.called == _called(name, slot.salt)), None)


def users_of(keys: KeyFile, key: DataKey) -> list[User] | None:
    """Return the users by the sealed list; None where somebody without the key put something else in place."""
    try:
        told = json.loads(SecretBox(key.sealing).decrypt(keys.sealed))
    except (CryptoError, ValueError):
        return None
    if told["turn"] != keys.turn or told["slots"] != _sum(keys.slots):
        return None
    return [User(user["id"], user["name"], Role(user["role"])) for user in told["users"]]


def sealed(key: DataKey, users: Iterable[User], slots: Iterable[Slot], turn: int) -> KeyFile:
    """Return a state of the key file; nobody without the key can make another."""
    slots = tuple(slots)
    listed = [{"id": user.id, "name": user.name, "role": user.role.value} for user in users]
    told = json.dumps({"turn": turn, "slots": _sum(slots), "users": listed}, ensure_ascii=False)
    box = SecretBox(key.sealing).encrypt(told.encode())
    return KeyFile(key.fingerprint, turn, slots, bytes(box))


def _stretched(password: str, salt: bytes, rounds: int, memory: int) -> bytes:
    typed = unicodedata.normalize("NFKC", password).encode()
    return pwhash.argon2id.kdf(SecretBox.KEY_SIZE, typed, salt, opslimit=rounds, memlimit=memory)


def _called(name: str, salt: bytes) -> str:
    return hashlib.blake2b(_plain_name(name).encode(), digest_size=8, key=salt).hexdigest()


def _plain_name(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _sum(slots: Iterable[Slot]) -> str:
    text = key_file.text_of(KeyFile(b"", 0, tuple(slots)))
    return hashlib.sha256(text.encode()).hexdigest()
