"""What calamine does not tell of an old xls: error cells, and dates of which only the month is shown.

Reads the Workbook stream of the OLE file ([MS-CFB]) and its records ([MS-XLS]) just far enough for that; a
file that isn't built as expected yields nothing, and the parser judges it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from desktop.exchange.styles import BUILT_IN_MONTHS, MONTH, shown_length

BOUNDSHEET, FORMAT, XF, BOF, EOF = 0x85, 0x41E, 0xE0, 0x809, 0x0A
BOOLERR, FORMULA, NUMBER, RK, MULRK = 0x205, 0x06, 0x203, 0x27E, 0xBD
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
END_OF_CHAIN = 0xFFFFFFFA
SHORT_STREAM = 4096
HEADER = 512
SECTOR_SHIFTS = (9, 12)


class Told(NamedTuple):
    """Of one sheet: errors as (row, column, text) and dates shown in part as (row, column, length)."""

    errors: list[tuple[int, int, str]]
    partial: list[tuple[int, int, int]]


def told(content: bytes) -> list[Told]:
    """Return what each sheet of an xls has, in the order of the workbook; [] where it can't be told."""
    try:
        book = _workbook_stream(content)
        lengths: dict[int, int] = dict.fromkeys(BUILT_IN_MONTHS, MONTH)
        styles: list[int] = []
        starts: list[int] = []
        for sort, data in _records(book, 0):
            if sort == BOUNDSHEET:
                starts.append(struct.unpack_from("<I", data)[0])
            elif sort == FORMAT and (length := shown_length(_format_code(data))):
                lengths[struct.unpack_from("<H", data)[0]] = length
            elif sort == XF:
                styles.append(struct.unpack_from("<H", data, 2)[0])
        partial = {index: lengths[number] for index, number in enumerate(styles) if number in lengths}
        return [_sheet(book, start, partial) for start in starts]
    except (struct.error, IndexError, ValueError):
        return []


def _workbook_stream(content: bytes) -> bytes:
    shift, directory, short_fat = (
        struct.unpack_from("<H", content, 0x1E)[0],
        struct.unpack_from("<I", content, 0x30)[0],
        struct.unpack_from("<I", content, 0x3C)[0],
    )
    if shift not in SECTOR_SHIFTS:
        raise ValueError("no OLE file")
    size = 1 << shift
    fat_sectors = [sector for sector in struct.unpack_from("<109I", content, 0x4C) if sector < END_OF_CHAIN]
    fat: list[int] = []
    for sector in fat_sectors:
        fat.extend(struct.unpack_from(f"<{size // 4}I", content, HEADER + sector * size))

    def chain(start: int, table: list[int]) -> Iterator[int]:
        for _ in range(len(table)):
            if start >= END_OF_CHAIN:
                return
            yield start
            start = table[start]

    def long_stream(start: int) -> bytes:
        return b"".join(content[HEADER + at * size : HEADER + (at + 1) * size] for at in chain(start, fat))

    entries = long_stream(directory)
    root, found = b"", None
    for at in range(0, len(entries), 128):
        entry = entries[at : at + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "ignore")
        if entry[66] == 5:
            root = long_stream(struct.unpack_from("<I", entry, 116)[0])
        elif name in ("Workbook", "Book"):
            found = struct.unpack_from("<II", entry, 116)
    if found is None:
        raise ValueError("no workbook stream")
    start, length = found
    if length >= SHORT_STREAM:
        return long_stream(start)[:length]
    table = (
        list(struct.unpack(f"<{size // 4}I", long_stream(short_fat)[:size]))
        if short_fat < END_OF_CHAIN
        else []
    )
    return b"".join(root[at * 64 : at * 64 + 64] for at in chain(start, table))[:length]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from `at` to the end of that part of the stream (charts lie nested inside)."""
    depth = 0
    while at + 4 <= len(book):
        sort, length = struct.unpack_from("<HH", book, at)
        depth += (sort == BOF) - (sort == EOF)
        if depth <= 1:
            yield sort, book[at + 4 : at + 4 + length]
        if depth == 0:
            return
        at += 4 + length


def _format_code(data: bytes) -> str:
    length, flags = struct.unpack_from("<HB", data, 2)
    return (
        data[5:].decode("utf-16-le", "ignore")[:length]
        if flags & 1
        else data[5 : 5 + length].decode("latin-1")
    )


def _sheet(book: bytes, start: int, partial: dict[int, int]) -> Told:
    found = Told([], [])
    for sort, data in _records(book, start):
        if sort == BOOLERR and data[7]:
            row, column = struct.unpack_from("<HH", data)
            found.errors.append((row, column, ERRORS.get(data[6], "#N/A")))
        elif sort == FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff":
            row, column = struct.unpack_from("<HH", data)
            found.errors.append((row, column, ERRORS.get(data[8], "#N/A")))
        elif sort in (NUMBER, RK, FORMULA) and partial:
            row, column, style = struct.unpack_from("<HHH", data)
            if style in partial:
                found.partial.append((row, column, partial[style]))
        elif sort == MULRK and partial:
            row, first = struct.unpack_from("<HH", data)
            for index in range((len(data) - 6) // 6):
                style = struct.unpack_from("<H", data, 4 + index * 6)[0]
                if style in partial:
                    found.partial.append((row, first + index, partial[style]))
    return found
