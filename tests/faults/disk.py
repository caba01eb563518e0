"""The disk as the program sees it: every call that changes a file below a folder, noted and, where wanted, refused.

The calls are met where they leave Python and SQLite for the C library: the slots that the loader filled in (ELF
relocations) of the interpreter and of the driver are pointed at functions of ours while a `Disk` watches. So
SQLite's own writes are seen as well as Python's, with no compiler, no root and no preloaded library. Linux on x86_64
or aarch64 with glibc; `possible()` tells.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WORD, HEAD, PART, SYMBOL = 8, 64, 56, 24
DYNAMIC, STRINGS, SYMBOLS, TABLE, TABLE_SIZE, CALLS, CALLS_SIZE = 2, 5, 6, 7, 8, 23, 2
SLOTS = {"x86_64": (1, 6, 7), "aarch64": (257, 1025, 1026)}
"""The sorts of relocation that put a function's address into a slot."""

_int, _size, _off, _text = ctypes.c_int, ctypes.c_size_t, ctypes.c_int64, ctypes.c_char_p
_bytes, _back = ctypes.c_void_p, ctypes.c_ssize_t
KNOWN: dict[str, tuple] = {
    "write": (_back, _int, _bytes, _size),
    "pwrite": (_back, _int, _bytes, _size, _off),
    "pwrite64": (_back, _int, _bytes, _size, _off),
    "sendfile": (_back, _int, _int, _bytes, _size),
    "sendfile64": (_back, _int, _int, _bytes, _size),
    "copy_file_range": (_back, _int, _bytes, _int, _bytes, _size, ctypes.c_uint),
    "fsync": (_int, _int),
    "fdatasync": (_int, _int),
    "ftruncate": (_int, _int, _off),
    "ftruncate64": (_int, _int, _off),
    "rename": (_int, _text, _text),
    "renameat": (_int, _int, _text, _int, _text),
    "link": (_int, _text, _text),
    "linkat": (_int, _int, _text, _int, _text, _int),
    "unlink": (_int, _text),
    "unlinkat": (_int, _int, _text, _int),
    "mkdir": (_int, _text, ctypes.c_uint),
    "mkdirat": (_int, _int, _text, ctypes.c_uint),
    "rmdir": (_int, _text),
    "open": (_int, _text, _int, ctypes.c_uint),
    "open64": (_int, _text, _int, ctypes.c_uint),
    "openat": (_int, _int, _text, _int, ctypes.c_uint),
    "openat64": (_int, _int, _text, _int, ctypes.c_uint),
}
_libc = ctypes.CDLL(None, use_errno=True)


def possible() -> bool:
    """Say whether this machine's programs can be watched in this way."""
    return sys.platform == "linux" and platform.machine() in SLOTS and platform.libc_ver()[0] == "glibc"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `do` is write, sync, cut, name, second, unname, folder, unfolder, make; or said, a word of the test's own."""

    do: str
    path: str
    other: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """What is done to files below `root`, in order; `refuse(number, call)` may answer with an errno."""

    root: Path
    refuse: Callable[[int, Call], int] | None = None
    keep: bool = False
    calls: list[Call] = field(default_factory=list)
    refused: list[Call] = field(default_factory=list)
    count: int = 0

    def say(self, word: str) -> None:
        """Note a word among the calls: what the program has acknowledged by now."""
        self.calls.append(Call("said", word))

    def met(self, call: Call) -> int:
        """Note a call about to be made; the errno it is refused with, or 0."""
        self.count += 1
        if self.refuse and (why := self.refuse(self.count, call)):
            self.refused.append(call)
            return why
        if self.keep:
            self.calls.append(call)
        return 0


_watching: Disk | None = None


@contextmanager
def watched(disk: Disk) -> Iterator[Disk]:
    """Let `disk` see every call that is made inside the block, by any thread of this process.

    Outside of it the slots hold what the loader put there: no other test goes through functions of ours.
    """
    global _watching
    were = [(slot, _put(slot, ours)) for slot, ours in _all_slots()]
    _watching = disk
    try:
        yield disk
    finally:
        _watching = None
        for slot, was in were:
            _put(slot, was)


def _place(handle: int) -> str:
    try:
        return str(Path(f"/proc/self/fd/{handle}").readlink())
    except OSError:
        return ""


def _named(folder: int, name: bytes) -> str:
    there = _place(folder) if folder >= 0 else Path.cwd()
    return str(Path(there, os.fsdecode(name)))


def _call_of(name: str, args: tuple) -> Call | None:
    """Return what a C call does to a file, None where it changes nothing."""
    match name:
        case "write":
            there = _place(args[0])
            if not there.startswith("/"):
                return None
            flags = int(Path(f"/proc/self/fdinfo/{args[0]}").read_text().split("flags:")[1].split()[0], 8)
            at = Path(there).stat().st_size if flags & os.O_APPEND else os.lseek(args[0], 0, os.SEEK_CUR)
            return Call("write", there, offset=at, data=ctypes.string_at(args[1], args[2]))
        case "pwrite" | "pwrite64":
            return Call("write", _place(args[0]), offset=args[3], data=ctypes.string_at(args[1], args[2]))
        case "sendfile" | "sendfile64":
            at = 0 if args[2] is None else ctypes.c_int64.from_address(args[2]).value
            return Call(
                "write",
                _place(args[0]),
                offset=os.lseek(args[0], 0, os.SEEK_CUR),
                data=_read(args[1], args[3], at),
            )
        case "copy_file_range":
            return Call(
                "write",
                _place(args[2]),
                offset=os.lseek(args[2], 0, os.SEEK_CUR),
                data=_read(args[0], args[4], 0),
            )
        case "fsync" | "fdatasync":
            return Call("sync", _place(args[0]))
        case "ftruncate" | "ftruncate64":
            return Call("cut", _place(args[0]), offset=args[1])
        case "rename":
            return Call("name", _named(-1, args[0]), _named(-1, args[1]))
        case "renameat":
            return Call("name", _named(args[0], args[1]), _named(args[2], args[3]))
        case "link":
            return Call("second", _named(-1, args[0]), _named(-1, args[1]))
        case "linkat":
            return Call("second", _named(args[0], args[1]), _named(args[2], args[3]))
        case "unlink":
            return Call("unname", _named(-1, args[0]))
        case "unlinkat":
            return Call("unfolder" if args[2] & 0x200 else "unname", _named(args[0], args[1]))
        case "mkdir":
            return Call("folder", _named(-1, args[0]))
        case "mkdirat":
            return Call("folder", _named(args[0], args[1]))
        case "rmdir":
            return Call("unfolder", _named(-1, args[0]))
    folder, name_, flags = (-1, *args[:2]) if name in ("open", "open64") else args[:3]
    path = _named(folder, name_)
    fresh = flags & os.O_CREAT and not os.path.lexists(path)
    if not fresh and not flags & os.O_TRUNC:
        return None
    return Call("make" if fresh else "cut", path)


def _read(handle: int, size: int, at: int) -> bytes:
    return os.pread(handle, size, at)


_inside = False


def _watcher(name: str, sort: type, real: Callable) -> Callable:
    def call(*args: object) -> int:
        global _inside
        disk = _watching
        if disk is None or _inside:
            return real(*args)
        _inside = True  # what we ask the system ourselves, to find out what the call means
        try:
            told = _call_of(name, args)
            ours = told is not None and f"{told.path}/".startswith(f"{disk.root}/")
            why = disk.met(told) if ours and told else 0
        finally:
            _inside = False
        if why:
            ctypes.set_errno(why)
            return -1
        return real(*args)

    return sort(call)


_ours: dict[str, Any] = {}
"""Kept for the life of the process: a thread may still be inside one when its slot is put back."""


@functools.cache
def _all_slots() -> tuple[tuple[int, int], ...]:
    """Return the slots of the interpreter and the driver, each with the function that asks the watching disk."""
    replacements: dict[str, int] = {}
    for name, (back, *takes) in KNOWN.items():
        sort = ctypes.CFUNCTYPE(back, *takes, use_errno=True)
        try:
            real = sort((name, _libc))
        except AttributeError:
            continue
        _ours[name] = _watcher(name, sort, real)
        replacements[name] = ctypes.cast(_ours[name], ctypes.c_void_p).value or 0
    return tuple(slot for path, base in _objects() for slot in _slots(path, base, replacements))


def _objects() -> Iterator[tuple[str, int]]:
    """Return the files mapped into this process whose calls count, with where they begin."""
    seen: dict[str, int] = {}
    for line in Path("/proc/self/maps").read_text().splitlines():
        parts = line.split(None, 5)
        if len(parts) == 6 and parts[2] == "00000000":
            seen.setdefault(parts[5], int(parts[0].split("-")[0], 16))
    own = str(Path(sys.executable).resolve())
    for path, base in seen.items():
        if path == own or "libpython" in path or "sqlcipher3" in path:
            yield path, base


def _slots(path: str, base: int, wanted: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Return (address of a slot, what to put there) for every wanted function that an object calls."""
    with Path(path).open("rb") as file:
        head = file.read(HEAD)
        start, count = int.from_bytes(head[32:40], "little"), int.from_bytes(head[56:58], "little")
        file.seek(start)
        parts = [struct.unpack("<IIQQQQQQ", file.read(PART)) for _ in range(count)]
    base = base if int.from_bytes(head[16:18], "little") == 3 else 0
    place = next(part[3] for part in parts if part[0] == DYNAMIC)
    size = next(part[6] for part in parts if part[0] == DYNAMIC)
    table = dict(struct.iter_unpack("<QQ", ctypes.string_at(base + place, size)))

    def address(tag: int) -> int:  # the loader has made some of them absolute
        return table[tag] if table[tag] >= base else base + table[tag]

    for at, length in ((TABLE, TABLE_SIZE), (CALLS, CALLS_SIZE)):
        if at not in table:
            continue
        for offset, told, _ in struct.iter_unpack("<QQq", ctypes.string_at(address(at), table[length])):
            if told & 0xFFFFFFFF not in SLOTS[platform.machine()] or not told >> 32:
                continue
            entry = ctypes.string_at(address(SYMBOLS) + SYMBOL * (told >> 32), 4)
            name = ctypes.string_at(address(STRINGS) + int.from_bytes(entry, "little")).decode()
            if name in wanted:
                yield base + offset, wanted[name]


def _put(slot: int, value: int) -> int:
    """Let a slot lead to a function, and return where it led before."""
    page = os.sysconf("SC_PAGESIZE")
    start = slot - slot % page
    if _libc.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(page), 3):
        raise OSError(ctypes.get_errno(), errno.errorcode[ctypes.get_errno()])
    held = ctypes.c_uint64.from_address(slot)
    was, held.value = held.value, value
    return was
