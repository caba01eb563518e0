"""The faces that the office has installed, found by file and, where that fails, by family.

Only directories are read for the search by file. The names inside the files are read at most once, and
only where a face isn't found under its usual file name.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop.documents.faces import Face
from desktop.errors import TroubleError
from desktop.paths import home

FAMILY_NAMES = (1, 4, 6, 16)
"""Entries of the name table that say a family: legacy, full, PostScript and typographic name."""
WINDOWS = 3
MOST_FACES = 64
"""Faces of one collection that are looked at: a header that says more is damaged."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would do for a role, best first: names of files in lower case, and names of families."""

    files: tuple[str, ...]
    families: tuple[str, ...]


def first_usable(wanted: Wanted) -> Face | None:
    """Return the first installed face that may be embedded and can be read; None where there is none."""
    files = _installed_files()
    for name in wanted.files:
        if name in files and _usable(face := face_of(files[name])):
            return face
    if not wanted.families:
        return None
    families = _installed_families()
    for name in wanted.families:
        if (place := families.get(name.casefold())) and _usable(face := face_of(*place)):
            return face
    return None


@cache
def face_of(path: Path, index: int = 0) -> Face:
    """Return the one Face of a file (and its place in a collection): chains share it and its glyphs."""
    return Face(path, index)


def font_folders() -> list[Path]:
    """Return the folders where this system keeps its fonts."""
    windows = os.environ.get("WINDIR")
    local = os.environ.get("LOCALAPPDATA")
    return [
        *([Path(windows) / "Fonts"] if windows else []),
        *([Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []),
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home() / ".local" / "share" / "fonts",
        home() / ".fonts",
    ]


def names_of(face: Face) -> set[str]:
    """Return the family names of a face, case folded; raises TroubleError where it can't be read."""
    table = face.table("name")
    if len(table) < 6:
        return set()
    count, base = struct.unpack_from(">HH", table, 2)
    found = set[str]()
    for at in range(6, min(6 + 12 * count, len(table) - 11), 12):
        platform, _, _, sort, length, offset = struct.unpack_from(">6H", table, at)
        if platform == WINDOWS and sort in FAMILY_NAMES:
            text = table[base + offset : base + offset + length]
            found.add(text.decode("utf-16-be", "replace").casefold())
    return found


def _usable(face: Face) -> bool:
    try:
        return face.embeddable and face.measures.em > 0 and face.glyph(ord("国")) > 0
    except TroubleError:
        return False  # a damaged or foreign face of the office's is passed over: the next one serves


@cache
def _installed_files() -> dict[str, Path]:
    """Return the installed TrueType files by lower-case name, the system's folders first."""
    found: dict[str, Path] = {}
    for folder in font_folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in (".ttf", ".ttc"):
                found.setdefault(path.name.lower(), path)
    return found


@cache
def _installed_families() -> dict[str, tuple[Path, int]]:
    """Return file and place in it of the installed faces, by family."""
    found: dict[str, tuple[Path, int]] = {}
    for path in _installed_files().values():
        for index, names in _families(path):
            for name in names:
                found.setdefault(name, (path, index))
    return found


def _families(path: Path) -> Iterator[tuple[int, set[str]]]:
    """Yield each readable face of a file as (place, families)."""
    try:
        count = Face(path).count
    except TroubleError:
        return
    for index in range(min(count, MOST_FACES)):
        try:
            yield index, names_of(Face(path, index))
        except TroubleError:
            continue
