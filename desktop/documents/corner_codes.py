"""The 12 characters in each corner of a form page, so that a scan says what it is.

form (3, base 36) · version (1) · serial (4) · page (1) · corner (1) · check (2)

The check characters are those of ISO 7064 MOD 1271-36: the whole code, read as a number in base 36,
leaves 1 when divided by 1271. Neither 36 nor 35 shares a factor with 1271 = 31 × 41, and two
characters differ by less than 36, so one wrong character changes the remainder (d · 36^k), and so
does a swap of neighbours (d · 35 · 36^k), check characters included; of other errors 1 in 1271
passes. A single check character (MOD 37-36) would let 1 in 36 of those pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.errors import UserError

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LENGTH = 12
LAST_FORM = 36**3 - 1
LAST_VERSION = 35
LAST_SERIAL = 36**4 - 1
LAST_PAGE = 35
_MODULUS = 1271


class Place(StrEnum):
    """Which corner of the page, seen upright."""

    TOP_LEFT = "A"
    TOP_RIGHT = "B"
    BOTTOM_LEFT = "C"
    BOTTOM_RIGHT = "D"


@dataclass(frozen=True, slots=True)
class Corner:
    """What one corner code says; serial 0 is a specimen 样张."""

    form: int
    version: int
    serial: int
    page: int
    place: Place


def encode(corner: Corner) -> str:
    """Return the 12 characters of `corner`; UserError where a number is beyond the code's range."""
    _demand("表单号", corner.form, 1, LAST_FORM)
    _demand("版本号", corner.version, 1, LAST_VERSION)
    _demand("序号", corner.serial, 0, LAST_SERIAL)
    _demand("页码", corner.page, 1, LAST_PAGE)
    body = (
        _base36(corner.form, 3)
        + _base36(corner.version, 1)
        + _base36(corner.serial, 4)
        + _base36(corner.page, 1)
        + corner.place
    )
    return body + check_characters(body)


def decode(text: str) -> Corner:
    """Return what a scanned code says; UserError where it isn't one of ours or was misread."""
    code = text.strip().upper()
    if len(code) != LENGTH or any(character not in DIGITS for character in code):
        raise UserError(f"“{text[:40]}”不是本程序表单的角码（应为 12 位数字和字母），请重新扫描")
    if int(code, 36) % _MODULUS != 1:
        raise UserError(f"角码“{code}”校验不符，可能扫描有误，请重新扫描或按编号录入")
    if code[9] not in set(Place):
        raise UserError(f"角码“{code}”中的角位“{code[9]}”无法识别，请重新扫描或按编号录入")
    corner = Corner(int(code[:3], 36), int(code[3], 36), int(code[4:8], 36), int(code[8], 36), Place(code[9]))
    if not (corner.form and corner.version and corner.page):
        raise UserError(f"角码“{code}”中的表单号、版本或页码为 0，请重新扫描或按编号录入")
    return corner


def check_characters(body: str) -> str:
    """Return the two ISO 7064 MOD 1271-36 check characters of `body` (digits and A–Z)."""
    return _base36((1 - int(body, 36) * 36**2) % _MODULUS, 2)


def _base36(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def _demand(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise UserError(f"{name} {number} 超出范围，应为 {least}–{most}")
