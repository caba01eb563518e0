"""What of the faces a document uses, and how a PDF file says so (ISO 32000-1, 9.7 composite fonts).

Every face becomes one Type0 font with two-byte codes. A code is the face's own glyph id, so text can be
written before it is known which other characters follow, and pages need no second pass.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from desktop.documents.faces import Face
from desktop.documents.roles import Chain
from desktop.documents.subset import subset
from desktop.errors import UserError


class UsedGlyphs:
    """The characters a document sets in one face."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.glyphs: dict[int, int] = {}
        self.texts: dict[int, str] = {}
        self._codes: dict[str, int] = {}

    def code(self, character: str, glyph: int) -> int:
        """Return the two-byte code of a character drawn by `glyph`.

        Where two characters share a glyph, the second gets a code beyond the face's glyphs, so that
        each reads back from the file as itself.
        """
        if character not in self._codes:
            code = glyph
            while code in self.texts:
                code = max(code + 1, self.face.measures.glyphs)
            self._codes[character] = code
            self.glyphs[code], self.texts[code] = glyph, character
        return self._codes[character]

    @property
    def base_font(self) -> str:
        """The PostScript name with the six-letter tag of a subset."""
        number = zlib.crc32("".join(self.texts.values()).encode())
        letters = "".join(chr(65 + number // 26**place % 26) for place in range(6))
        return f"{letters}+{self.face.name}"

    def font_file(self) -> bytes:
        """Return the TrueType file with the used outlines."""
        return subset(self.face, self.glyphs)

    def type0(self, descendant: str, to_unicode: str) -> str:
        """Return the Type0 dictionary; the arguments are references."""
        return (
            f"<</Type/Font/Subtype/Type0/BaseFont/{self.base_font}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant}]/ToUnicode {to_unicode}>>"
        )

    def descendant(self, descriptor: str) -> str:
        """Return the CIDFontType2 dictionary; the argument is a reference."""
        return (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{self.base_font}/FontDescriptor {descriptor}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap/Identity/DW 1000/W[{' '.join(self._widths())}]>>"
        )

    def descriptor(self, file: str) -> str:
        """Return the FontDescriptor dictionary; the argument is a reference."""
        measures = self.face.measures
        box = " ".join(str(self._mille(side)) for side in measures.box)
        ascent, descent = self._mille(measures.ascent), self._mille(measures.descent)
        return (
            f"<</Type/FontDescriptor/FontName/{self.base_font}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
            f"/Ascent {ascent}/Descent {descent}/CapHeight {ascent}/StemV 80/FontFile2 {file}>>"
        )

    def to_unicode(self) -> bytes:
        """Return the ToUnicode map: codes to UTF-16, right beyond U+FFFF, blocks of at most 100."""
        entries = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for code, text in sorted(self.texts.items())
        ]
        blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode()

    def _widths(self) -> Iterator[str]:
        """Yield `first [width …]` for each run of neighbouring codes that aren't 1 em wide."""
        run: list[str] = []
        start = previous = -2
        for code in sorted(self.glyphs):
            width = self._mille(self.face.metrics(self.glyphs[code])[0])
            if width == 1000:
                continue
            if code != previous + 1 and run:
                yield f"{start}[{' '.join(run)}]"
                run = []
            if not run:
                start = code
            run.append(str(width))
            previous = code
        if run:
            yield f"{start}[{' '.join(run)}]"

    def _mille(self, units: int) -> int:
        return round(units * 1000 / self.face.measures.em)


class UsedFaces:
    """The faces of one document in the order of their first use."""

    def __init__(self) -> None:
        self.faces: list[UsedGlyphs] = []
        self._numbers: dict[Face, int] = {}

    def number(self, face: Face) -> int:
        """Return the place of a face in `faces`, where it is entered at its first use."""
        if face not in self._numbers:
            self._numbers[face] = len(self.faces)
            self.faces.append(UsedGlyphs(face, f"F{len(self.faces) + 1}"))
        return self._numbers[face]

    def encoded(self, character: str, chain: Chain) -> tuple[int, int]:
        """Return the face's number and the two-byte code that set a character.

        Raises UserError for a character no face draws: paper never carries an empty box.
        """
        place = chain.place(character)
        if place is None:
            raise UserError(undrawn(character))
        number = self.number(place[0])
        return number, self.faces[number].code(character, place[1])


def undrawn(character: str) -> str:
    """Return the sentence about a character no face draws."""
    return (
        f"“{character}”(U+{ord(character):04X})在本机没有字形,打印会缺字。"
        "可改用标准编码的写法,或请管理员安装含该字的字体"
    )
