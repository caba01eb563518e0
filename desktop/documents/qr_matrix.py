"""QR codes of versions 1 to 6, level M, byte mode, one mask (ISO/IEC 18004:2015).

A slip needs no more, and the library with all the rest takes a tenth of a second to load. What it makes
of the same text is compared in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

VERSIONS = {1: (16, 10, 1), 2: (28, 16, 1), 3: (44, 26, 1), 4: (64, 18, 2), 5: (86, 24, 2), 6: (108, 16, 4)}
"""Data bytes, check bytes a block, and blocks at level M (table 9)."""
FORMAT = 0b101111001111100
"""Level M and mask 2 with their check bits (annex C)."""
LONGEST = VERSIONS[6][0] - 2
FIELD = 0x11D
"""The polynomial of the field of 256 elements."""


def side_of(length: int) -> int:
    """Return the modules a side of the code of `length` bytes."""
    return 17 + 4 * _version(length)


def stride_of(side: int) -> int:
    """Return the bits of a row with those that fill up its last byte."""
    return (side + 7) // 8 * 8


def matrix(data: bytes) -> int:
    """Return the code as one number: rows from the top that begin at whole bytes, 1 is dark.

    Raises ValueError for more than LONGEST bytes.
    """
    version = _version(len(data))
    words = _with_checks(data, version)
    fixed, places = _frame(version)
    bits = int.from_bytes(words, "big")
    last = 8 * len(words) - 1
    return fixed ^ sum(place for at, place in enumerate(places[: last + 1]) if bits >> (last - at) & 1)


def _version(length: int) -> int:
    found = next((version for version, (room, _, _) in VERSIONS.items() if length + 2 <= room), 0)
    if not found:
        raise ValueError(f"{length} bytes are more than a code holds")
    return found


def _with_checks(data: bytes, version: int) -> bytes:
    """Return the code words in their order in the code: data of all blocks in turn, then their checks."""
    room, checks, blocks = VERSIONS[version]
    # mode 0100, length, data, end 0000: half a byte out of step
    whole = (0x4 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    words = (whole << 4).to_bytes(len(data) + 2, "big")
    words += bytes((0xEC, 0x11)[at % 2] for at in range(room - len(words)))
    size = room // blocks
    parts = [words[at : at + size] for at in range(0, room, size)]
    ends = [_remainder(part, checks) for part in parts]
    return bytes(part[at] for at in range(size) for part in parts) + bytes(
        end[at] for at in range(checks) for end in ends
    )


def _remainder(words: bytes, checks: int) -> bytes:
    """Return the check bytes of one block: the remainder by the generator polynomial."""
    logs, powers = _field()
    left = list(words) + [0] * checks
    for at in range(len(words)):
        if lead := left[at]:
            for place, factor in enumerate(_generator(checks), start=at):
                left[place] ^= powers[(logs[lead] + logs[factor]) % 255]
    return bytes(left[len(words) :])


@cache
def _field() -> tuple[list[int], list[int]]:
    """Return the logarithms and the powers of 2 in the field."""
    logs, powers, value = [0] * 256, [0] * 255, 1
    for exponent in range(255):
        powers[exponent], logs[value] = value, exponent
        value = value << 1 ^ (FIELD if value & 0x80 else 0)
    return logs, powers


@cache
def _generator(checks: int) -> list[int]:
    """Return the generator polynomial for so many check bytes, highest power first; no factor is 0."""
    logs, powers = _field()
    found = [1]
    for root in range(checks):
        times = [powers[(logs[factor] + root) % 255] for factor in found]
        found = [high ^ low for high, low in zip([*found, 0], [0, *times], strict=True)]
    return found


@cache
def _frame(version: int) -> tuple[int, list[int]]:
    """Return the code without data (masked), and the place of each bit of data in it as a number."""
    side = 17 + 4 * version
    dark, taken = _patterns(side)
    stride = stride_of(side)

    def place(row: int, column: int) -> int:
        return 1 << (side - row) * stride - 1 - column

    free = [spot for spot in _walk(side) if spot not in taken]
    masked = {(row, column) for row, column in free if column % 3 == 0}
    return sum(place(*spot) for spot in dark | masked), [place(*spot) for spot in free]


def _patterns(side: int) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Return the dark modules of finders, timing, alignment and format, and all modules they take."""
    dark, taken = set[tuple[int, int]](), set[tuple[int, int]]()

    def square(top: int, left: int, rings: str) -> None:
        """Put rings around a middle, from the outermost in; 1 is dark."""
        reach = len(rings) - 1
        for row in range(-reach, reach + 1):
            for column in range(-reach, reach + 1):
                spot = (top + row, left + column)
                if min(spot) >= 0 and max(spot) < side:
                    taken.add(spot)
                    if rings[reach - max(abs(row), abs(column))] == "1":
                        dark.add(spot)

    for at in range(side):
        for spot in ((6, at), (at, 6)):
            taken.add(spot)
            dark |= {spot} if at % 2 == 0 else set()
    for top, left in ((3, 3), (3, side - 4), (side - 4, 3)):
        dark -= {(row, column) for row in range(top - 4, top + 5) for column in range(left - 4, left + 5)}
        square(top, left, "01011")
    if side > 21:
        square(side - 7, side - 7, "101")
    for at, (one, other) in enumerate(zip(*_format_spots(side), strict=True)):
        taken |= {one, other}
        dark |= {one, other} if FORMAT >> (14 - at) & 1 else set()
    dark.add((side - 8, 8))
    taken.add((side - 8, 8))
    return dark, taken


def _format_spots(side: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the two places of the fifteen format bits, highest first."""
    around = [0, 1, 2, 3, 4, 5, 7, 8]
    first = [(8, at) for at in around] + [(at, 8) for at in reversed(around[:-1])]
    second = [(side - 1 - at, 8) for at in range(7)] + [(8, side - 8 + at) for at in range(8)]
    return first, second


def _walk(side: int) -> Iterator[tuple[int, int]]:
    """Yield modules in the order data fills them: two columns at a time, up and down, from the right."""
    right, upwards = side - 1, True
    while right > 0:
        right -= right == 6
        for row in reversed(range(side)) if upwards else range(side):
            yield row, right
            yield row, right - 1
        right, upwards = right - 2, not upwards
