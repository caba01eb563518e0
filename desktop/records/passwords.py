"""What is asked of a new password, and what is said of its strength."""

from __future__ import annotations

import math
import unicodedata
from enum import StrEnum

from desktop.errors import UserError

SHORTEST = 6
"""Counted in signs of a keyboard; a Chinese character counts for two."""
LONGEST = 200
COMMON = frozenset({
    "123456", "12345678", "123456789", "1234567890", "111111", "000000", "888888", "666666", "password", "qwerty",
    "qwertyuiop", "abc123", "a123456", "iloveyou", "admin", "admin123", "administrator", "zuzhibu", "kaifangri",
    "openday", "woaini", "5201314", "1qaz2wsx", "p@ssw0rd",
})  # fmt: skip
RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


class Strength(StrEnum):
    """How hard a password is to guess, in one word."""

    SHORT = "太短"
    WEAK = "弱"
    FAIR = "中"
    STRONG = "强"


ADVICE = {
    Strength.SHORT: f"至少 {SHORTEST} 个字母或数字，或 {SHORTEST // 2} 个汉字",
    Strength.WEAK: "容易猜到，再长一些",
    Strength.FAIR: "可以用；再长一些更稳妥",
    Strength.STRONG: "不容易猜到",
}


def checked(password: str) -> str:
    """Return a new password as it is kept (full-width signs made plain); raises UserError."""
    plain = unicodedata.normalize("NFKC", password)
    if not plain.strip():
        raise UserError("口令不能为空", field="password")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in plain):
        raise UserError("口令中有看不见的控制字符（如换行），请去掉后再试", field="password")
    if _length(plain) < SHORTEST:
        raise UserError(f"口令太短，{ADVICE[Strength.SHORT]}", field="password")
    if len(plain) > LONGEST:
        raise UserError(f"口令太长，最多 {LONGEST} 个字", field="password")
    return plain


def strength(password: str) -> Strength:
    """Return how hard a password is to guess, by its length, its signs and what everybody tries first."""
    plain = unicodedata.normalize("NFKC", password)
    if _length(plain) < SHORTEST:
        return Strength.SHORT
    bits = _bits(plain)
    if bits < 36:
        return Strength.WEAK
    return Strength.FAIR if bits < 60 else Strength.STRONG


def _bits(plain: str) -> float:
    """Return an estimate of the bits a guesser has to try: what follows from the sign before it counts little."""
    low = plain.casefold()
    if low in COMMON:
        return 1.0
    each = math.log2(sum(size for size, held in _pools(plain) if held) or 2)
    return sum(1.0 if _follows(low[:place], sign) else each for place, sign in enumerate(low))


def _pools(plain: str) -> list[tuple[int, bool]]:
    marks = any(not sign.isalnum() for sign in plain)
    return [
        (10, any(sign.isdigit() for sign in plain)),
        (26, any("a" <= sign <= "z" for sign in plain)),
        (26, any("A" <= sign <= "Z" for sign in plain)),
        (30, marks),
        (3_000, any(ord(sign) > 0x2E7F for sign in plain)),
    ]


def _follows(before: str, sign: str) -> bool:
    """Say whether a sign repeats the last, goes on with a run of the keyboard, or begins what stood before again."""
    if not before:
        return False
    pair = before[-1] + sign
    run = any(pair in row or pair in row[::-1] for row in RUNS)
    return before[-1] == sign or run or (len(before) >= 2 and pair in before)


def _length(plain: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in plain.strip())
