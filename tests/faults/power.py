"""A power cut: of what was written, only what was synced is sure to be on the disk; of the rest, any part may be.

The calls of a run (disk.py) are played on a model of the disk. A file's bytes are safe up to its last sync, a name up
to the last sync of its folder; what came later is lost, or kept in part, in any order, torn at any sector. The files
are then laid out as the next start would find them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from disk import Call

SECTOR, TORN = 512, 0.2
"""Bytes that a disk writes wholly or not at all, and the share of kept writes that end within."""


@dataclass
class Bytes:
    """One file: what is safe, and what was done to it since."""

    safe: bytearray
    later: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(offset, bytes) of a write, (size, None) of a cut."""

    def sync(self) -> None:
        for at, data in self.later:
            _apply(self.safe, at, data)
        self.later.clear()

    def after_a_cut(self, chance: random.Random, keeps: float) -> bytes:
        """Return the bytes that are found: each later write with a probability, some of them torn."""
        found = bytearray(self.safe)
        for at, data in self.later:
            if chance.random() >= keeps:
                continue
            if data is not None and chance.random() < TORN:
                data = data[: SECTOR * chance.randrange(1 + len(data) // SECTOR)]
            _apply(found, at, data)
        return bytes(found)


def _apply(found: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        found[at:] = b"" if at <= len(found) else bytes(at - len(found))
        return
    if at > len(found):
        found.extend(bytes(at - len(found)))
    found[at : at + len(data)] = data


@dataclass(frozen=True, slots=True)
class Naming:
    """What was done to a name: `file` has it now, None where nothing has."""

    name: str
    file: Bytes | None
    left: str = ""

    def apply(self, names: dict[str, Bytes]) -> None:
        names.pop(self.left, None)
        names.pop(self.name, None)
        if self.file is not None:
            names[self.name] = self.file

    def concerns(self, folder: str) -> bool:
        return folder in {str(Path(name).parent) for name in (self.name, self.left) if name}


class Platter:
    """The model of one folder and all below it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        there = (path for path in root.rglob("*") if path.is_file())
        self._now = {str(path): Bytes(bytearray(path.read_bytes())) for path in there}
        self._safe = dict(self._now)
        self._later: list[Naming] = []
        """What was done to names since their folder was synced."""

    def play(self, call: Call) -> None:
        """Take one call in."""
        file = self._now.get(call.path)
        match call.do:
            case "write" if file:
                file.later.append((call.offset, call.data))
            case "cut" if file:
                file.later.append((call.offset, None))
            case "sync" if file:
                file.sync()
            case "sync":
                self._sync_folder(call.path)
            case "make":
                self._name(Naming(call.path, Bytes(bytearray())))
            case "name" if file:
                self._name(Naming(call.other, file, call.path))
            case "second" if file:
                self._name(Naming(call.other, file))
            case "unname" if file:
                self._name(Naming(call.path, None))

    def _name(self, naming: Naming) -> None:
        naming.apply(self._now)
        self._later.append(naming)

    def _sync_folder(self, folder: str) -> None:
        for naming in self._later:
            if naming.concerns(folder):
                naming.apply(self._safe)
        self._later = [naming for naming in self._later if not naming.concerns(folder)]

    def lay_out(self, target: Path, chance: random.Random, keeps: float) -> None:
        """Write the files as they are found after a cut now; unsynced writes are kept with a probability."""
        names = dict(self._safe)
        kept = chance.randrange(len(self._later) + 1) if keeps else 0  # a journal keeps their order
        for naming in self._later[:kept]:
            naming.apply(names)
        for name, file in names.items():
            if not name.endswith("-shm"):  # memory shared by processes, and gone with them
                path = target / Path(name).relative_to(self._root)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.after_a_cut(chance, keeps))


def cuts(calls: list[Call], moments: Iterable[int], disk: Platter) -> Iterator[list[str]]:
    """Play the calls and stop before each moment's; gives what had been acknowledged by then."""
    said: list[str] = []
    wanted = sorted(moments)
    for number, call in enumerate(calls):
        while wanted and wanted[0] == number:
            wanted.pop(0)
            yield list(said)
        if call.do == "said":
            said.append(call.path)
        else:
            disk.play(call)
