"""One TrueType face, read on demand through mmap: opening costs nothing, a character a few microseconds."""

from __future__ import annotations

import mmap
import re
import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desktop.documents.character_maps import CharacterMap, character_map
from desktop.errors import TroubleError

NEEDED = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp")
RESTRICTED, NO_SUBSET, BITMAP_ONLY = 0x0002, 0x0100, 0x0200
"""OS/2.fsType: licences that forbid embedding, embedding of a part, or embedding of outlines."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a PDF says about a face, in font units: em, ascent, descent (negative) and bounding box."""

    em: int
    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    glyphs: int
    long_loca: bool
    advances: int


class Face:
    """A face with glyf outlines in a .ttf, or the face `index` of a .ttc.

    Nothing is read before the first question. Raises TroubleError where the file is missing, damaged
    or of another kind (CFF outlines, WOFF).
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        stem = re.sub(r"[^A-Za-z0-9-]", "", path.stem) or "Face"
        self.name = f"{stem}-{index}" if index else stem

    def __repr__(self) -> str:
        return f"Face({self.name})"

    def glyph(self, code: int) -> int:
        """Return the glyph drawn for a code point; 0 where the face has none or an empty one.

        An entry in the character map is no proof: some faces map Han characters to empty outlines,
        which would print as nothing. Only blanks may be empty.
        """
        found = self._map.glyph(code)
        if not 0 < found < self.measures.glyphs:
            return 0
        start, end = self._span(found)
        return found if end > start or chr(code).isspace() else 0

    def advance(self, glyph: int) -> float:
        """Return the advance width of a glyph in em."""
        return self.metrics(glyph)[0] / self.measures.em

    def metrics(self, glyph: int) -> tuple[int, int]:
        """Return advance width and left side bearing of a glyph in font units."""
        start, many = self.tables["hmtx"][0], self.measures.advances
        if glyph < many:
            return struct.unpack_from(">Hh", self.data, start + 4 * glyph)
        width = struct.unpack_from(">H", self.data, start + 4 * (many - 1))[0]
        return width, struct.unpack_from(">h", self.data, start + 4 * many + 2 * (glyph - many))[0]

    def outline(self, glyph: int) -> bytes:
        """Return the glyf record of a glyph, empty for a blank."""
        start, end = self._span(glyph)
        base = self.tables["glyf"][0]
        return self.data[base + start : base + end]

    @property
    def embeddable(self) -> bool:
        """Tell whether the licence bits let a part of the face travel inside a PDF."""
        if "OS/2" not in self.tables:
            return True
        bits = struct.unpack_from(">H", self.data, self.tables["OS/2"][0] + 8)[0]
        return not bits & (NO_SUBSET | BITMAP_ONLY) and (bits & 0x000F) != RESTRICTED

    def table(self, tag: str) -> bytes:
        """Return a table's bytes, empty where the face has none of that name."""
        start, length = self.tables.get(tag, (0, 0))
        return self.data[start : start + length]

    @property
    def count(self) -> int:
        """How many faces the file holds: 1, or what a collection says."""
        head = self.data[:12]
        return int.from_bytes(head[8:], "big") if head.startswith(b"ttcf") else 1

    @cached_property
    def data(self) -> mmap.mmap:
        """The file, mapped (never read as a whole)."""
        try:
            with self.path.open("rb") as file:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as cause:
            raise self._damaged("无法读取") from cause

    @cached_property
    def tables(self) -> dict[str, tuple[int, int]]:
        """Start and length of each table by its tag."""
        try:
            start = 0
            if self.data[:4] == b"ttcf":
                start = struct.unpack_from(">I", self.data, 12 + 4 * self.index)[0]
            if self.data[start : start + 4] not in (b"\x00\x01\x00\x00", b"true"):
                raise self._damaged("不是 TrueType 轮廓的字体")
            found: dict[str, tuple[int, int]] = {}
            for place in range(struct.unpack_from(">H", self.data, start + 4)[0]):
                tag, _, offset, length = struct.unpack_from(">4s3I", self.data, start + 12 + 16 * place)
                found[tag.decode("latin-1")] = (offset, length)
        except struct.error as cause:
            raise self._damaged("文件不完整") from cause
        if any(tag not in found for tag in NEEDED) or max(map(sum, found.values())) > len(self.data):
            raise self._damaged("文件不完整")
        return found

    @cached_property
    def measures(self) -> Measures:
        """The measures of the face as a whole."""
        head, hhea = self.table("head"), self.table("hhea")
        try:
            left, low, right, high = struct.unpack_from(">4h", head, 36)
            ascent, descent = struct.unpack_from(">hh", hhea, 4)
            em = struct.unpack_from(">H", head, 18)[0]
            glyphs = struct.unpack_from(">H", self.table("maxp"), 4)[0]
            long_loca = bool(struct.unpack_from(">h", head, 50)[0])
            advances = struct.unpack_from(">H", hhea, 34)[0]
        except struct.error as cause:
            raise self._damaged("文件不完整") from cause
        if not em or not advances or self.tables["loca"][1] < (glyphs + 1) * (4 if long_loca else 2):
            raise self._damaged("文件不完整")
        return Measures(em, ascent, descent, (left, low, right, high), glyphs, long_loca, advances)

    @cached_property
    def _map(self) -> CharacterMap:
        try:
            return character_map(self.data, self.tables["cmap"][0])  # pyright: ignore[reportArgumentType]
        except (struct.error, ValueError, IndexError) as cause:
            raise self._damaged("没有可用的字符表") from cause

    def _span(self, glyph: int) -> tuple[int, int]:
        """Return where in glyf a glyph's record starts and ends."""
        base = self.tables["loca"][0]
        if self.measures.long_loca:
            return struct.unpack_from(">II", self.data, base + 4 * glyph)
        start, end = struct.unpack_from(">HH", self.data, base + 2 * glyph)
        return 2 * start, 2 * end

    def _damaged(self, reason: str) -> TroubleError:
        return TroubleError(f"字体文件“{self.path}”{reason}，请重新安装本程序或换一种字体来源")
