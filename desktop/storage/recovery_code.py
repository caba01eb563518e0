"""The recovery code: the secret of an encrypted file, spelled to be written down and typed in.

40 bytes would be a burden; 20 of the secret and a check of 20 bits make 36 signs in nine groups of four. The signs
are Crockford's 32 (no I, L, O, U), and what is easily taken for one of them is read as it.
"""

from __future__ import annotations

import hashlib
import unicodedata

from desktop.storage.keyring import SECRET_BYTES, DataKey

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
GROUP = 4
CHECK_BITS = 20
LENGTH = (SECRET_BYTES * 8 + CHECK_BITS) // 5


def code_of(key: DataKey) -> list[str]:
    """Return the code of a key in its groups."""
    number = int.from_bytes(key.secret, "big") << CHECK_BITS | _check(key.secret)
    signs = [SIGNS[number >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return ["".join(signs[start : start + GROUP]) for start in range(0, LENGTH, GROUP)]


def key_of(typed: str) -> DataKey | None:
    """Return the key that a text spells; None where it is no recovery code, or a sign of it is wrong."""
    signs = [sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum()]
    text = "".join(signs).translate(ALIKE)
    if len(text) != LENGTH or not set(text) <= set(SIGNS):
        return None
    number = 0
    for sign in text:
        number = number << 5 | SIGNS.index(sign)
    secret = (number >> CHECK_BITS).to_bytes(SECRET_BYTES, "big")
    return DataKey(secret) if number & ((1 << CHECK_BITS) - 1) == _check(secret) else None


def looks_like_one(typed: str) -> bool:
    """Say whether a text was meant for a recovery code, so that a mistyped sign can be told."""
    normal = unicodedata.normalize("NFKC", typed).upper()
    signs = sum(sign.isalnum() for sign in normal)
    return abs(signs - LENGTH) <= 3 and all(sign in SIGNS + "ILO -–—_./" for sign in normal.strip())


def _check(secret: bytes) -> int:
    told = hashlib.blake2b(secret, digest_size=4, person=b"openday-code").digest()
    return int.from_bytes(told, "big") >> (32 - CHECK_BITS)
