"""The pages of a SQLite file as they lie on the disk, read without SQLite: for files that it refuses to read.

After https://www.sqlite.org/fileformat2.html: table b-trees (pages of type 5 and 13), records, overflow chains, and
the log (-wal). Nothing here believes a number in the file: whatever leads outside raises Broken.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.files import trouble

SIZE = 4096
"""Bytes of a page of every office file."""
INTERIOR, LEAF = 5, 13
HEADER = 100
"""Bytes before the first page's own header."""
LARGEST = 64_000_000
"""Bytes of one record; a longer one is a damaged length."""
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
Value = int | float | str | bytes | None


class Broken(Exception):
    """What is read isn't what SQLite writes."""


@dataclass(slots=True)
class Image:
    """All pages of a file, those in its log in the place of the older ones; pages count from 1."""

    data: bytes
    logged: dict[int, bytes] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many pages there are, the last one perhaps cut off."""
        return max(-(-len(self.data) // SIZE), max(self.logged, default=0))

    def page(self, number: int) -> bytes:
        """Return a page; what was cut off reads as zeros. Raises Broken for one that isn't there."""
        if not 1 <= number <= self.count:
            raise Broken
        found = self.logged.get(number) or self.data[(number - 1) * SIZE : number * SIZE]
        return found.ljust(SIZE, b"\0")


def image_of(path: Path) -> Image:
    """Read a file and what its log holds whole; raises TroubleError where the system can't."""
    log = path.with_name(path.name + "-wal")
    try:
        return Image(path.read_bytes(), _logged(log.read_bytes()) if log.exists() else {})
    except OSError as cause:
        raise trouble(path, cause, "读取") from cause


def _logged(log: bytes) -> dict[int, bytes]:
    """Return the pages of a log up to its last commit; a frame that doesn't sum up ends it."""
    if len(log) < 32 or log[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
        return {}
    order = ">" if log[3] & 1 else "<"
    salts, sums = log[16:24], _summed(log[:24], order, (0, 0))
    found: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for at in range(32, len(log) - SIZE - 23, SIZE + 24):
        head, page = log[at : at + 24], log[at + 24 : at + 24 + SIZE]
        sums = _summed(head[:8], order, sums)
        sums = _summed(page, order, sums)
        if head[8:16] != salts or sums != struct.unpack(">II", head[16:24]):
            break
        waiting[int.from_bytes(head[:4], "big")] = page
        if int.from_bytes(head[4:8], "big"):  # a commit
            found |= waiting
            waiting = {}
    return found


def _summed(part: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    for left, right in struct.iter_unpack(f"{order}II", part):
        first = (first + left + second) & 0xFFFFFFFF
        second = (second + right + first) & 0xFFFFFFFF
    return first, second


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of variable length and where what follows it begins."""
    value = 0
    for turn in range(9):
        if at + turn >= len(data):
            raise Broken
        byte = data[at + turn]
        if turn == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + turn + 1
    raise Broken


def head_of(number: int, page: bytes) -> tuple[int, int, int]:
    """Return a page's type, its number of cells, and where its header begins."""
    start = HEADER if number == 1 else 0
    return page[start], int.from_bytes(page[start + 3 : start + 5], "big"), start


def children(number: int, page: bytes) -> Iterator[int]:
    """Yield the pages below an interior page of a table, in the order of their rows."""
    _, count, start = head_of(number, page)
    for at in _places(page, start + 12, count):
        if at is not None:
            yield int.from_bytes(page[at : at + 4], "big")
    yield int.from_bytes(page[start + 8 : start + 12], "big")


def _places(page: bytes, start: int, count: int) -> Iterator[int | None]:
    """Yield where the cells of a page lie; None for one that can't lie there."""
    for turn in range(min(count, (SIZE - start) // 2)):
        at = int.from_bytes(page[start + 2 * turn : start + 2 * turn + 2], "big")
        yield at if start < at <= SIZE - 4 else None


def rows_of(image: Image, number: int) -> Iterator[tuple[int, list[Value]] | None]:
    """Yield the rowid and the values of each row on a leaf; None for one that can't be read."""
    page = image.page(number)
    _, count, start = head_of(number, page)
    for at in _places(page, start + 8, count):
        try:
            yield None if at is None else _row(image, page, at)
        except (Broken, UnicodeDecodeError, struct.error, IndexError):
            yield None


def _row(image: Image, page: bytes, at: int) -> tuple[int, list[Value]]:
    size, at = varint(page, at)
    rowid, at = varint(page, at)
    rowid -= (1 << 64) if rowid >= 1 << 63 else 0
    if not 1 <= size <= LARGEST:
        raise Broken
    most, least = SIZE - 35, (SIZE - 12) * 32 // 255 - 23
    local = size
    if size > most:
        local = least + (size - least) % (SIZE - 4)
        local = local if local <= most else least
    if at + local > SIZE:
        raise Broken
    payload = page[at : at + local]
    if size > local:
        payload += _overflow(image, int.from_bytes(page[at + local : at + local + 4], "big"), size - local)
    return rowid, values_of(payload)


def _overflow(image: Image, number: int, left: int) -> bytes:
    """Return the rest of a long record from the chain of pages that holds it."""
    parts, seen = [], set[int]()
    while left > 0:
        if number in seen:
            raise Broken
        seen.add(number)
        page = image.page(number)
        parts.append(page[4 : 4 + min(left, SIZE - 4)])
        left -= SIZE - 4
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def values_of(payload: bytes) -> list[Value]:
    """Return the values of a record; raises Broken or UnicodeDecodeError where it isn't one."""
    size, at = varint(payload, 0)
    if size > len(payload):
        raise Broken
    body, found = size, list[Value]()
    while at < size:
        sort, at = varint(payload, at)
        width = _width(sort)
        if body + width > len(payload):
            raise Broken
        found.append(_value(sort, payload[body : body + width]))
        body += width
    if body != len(payload):
        raise Broken
    return found


def _width(sort: int) -> int:
    if sort >= 12:
        return (sort - 12) // 2
    if sort in (10, 11):
        raise Broken
    return 8 if sort == 7 else INTEGERS.get(sort, 0)


def _value(sort: int, raw: bytes) -> Value:
    if sort == 0:
        return None
    if sort in (8, 9):
        return sort - 8
    if sort == 7:
        return struct.unpack(">d", raw)[0]
    if sort < 7:
        return int.from_bytes(raw, "big", signed=True)
    return raw.decode() if sort % 2 else raw
