"""What of the faces a document uses, and how a PDF file says so (ISO 32000-1, 9.7 composite fonts).

Every face becomes one Type0 font with two-byte codes, given out as characters are met: text can be
written before it is known which other characters follow, and pages need no second pass.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.documents.faces import Face
from desktop.documents.roles import Chain
from desktop.documents.subset import subset
from desktop.errors import UserError

OWN = 24
"""Where the numbers of a file's own fonts begin when others come from a stock: beyond all faces of all roles."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A font as it lies in a PDF: its subset and its ToUnicode map (deflated), name and widths."""

    count: int
    name: str
    length: int
    file: bytes
    to_unicode: bytes
    widths: str


class UsedGlyphs:
    """The characters a document sets in one face; the code of each is its glyph in the subset too."""

    def __init__(self, face: Face, number: int) -> None:
        self.face, self.number = face, number
        self.name = f"F{number + 1}"
        self.codes: dict[str, int] = {}
        self._glyphs: list[int] = []
        self._embedded: Embedded | None = None

    def code(self, character: str, glyph: int) -> int:
        """Return the two-byte code of a character drawn by `glyph`; no two characters share one.

        So each reads back from the file as itself, even where the face draws two of them alike.
        """
        if character not in self.codes:
            self._glyphs.append(glyph)
            self.codes[character] = len(self._glyphs)
        return self.codes[character]

    def embedded(self) -> Embedded:
        """Return the font of the characters used so far; made once as long as none is added."""
        if self._embedded is None or self._embedded.count != len(self.codes):
            file = subset(self.face, self._glyphs)
            tag = zlib.crc32("".join(self.codes).encode())
            letters = "".join(chr(65 + tag // 26**place % 26) for place in range(6))
            self._embedded = Embedded(
                len(self.codes),
                f"{letters}+{self.face.name}",
                len(file),
                zlib.compress(file),
                zlib.compress(self._to_unicode()),
                " ".join(self._widths()),
            )
        return self._embedded

    def type0(self, descendant: str, to_unicode: str) -> str:
        """Return the Type0 dictionary; the arguments are references."""
        return (
            f"<</Type/Font/Subtype/Type0/BaseFont/{self.embedded().name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant}]/ToUnicode {to_unicode}>>"
        )

    def descendant(self, descriptor: str) -> str:
        """Return the CIDFontType2 dictionary; the argument is a reference."""
        made = self.embedded()
        return (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{made.name}/FontDescriptor {descriptor}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap/Identity/DW 1000/W[{made.widths}]>>"
        )

    def descriptor(self, file: str) -> str:
        """Return the FontDescriptor dictionary; the argument is a reference."""
        measures = self.face.measures
        box = " ".join(str(self._mille(side)) for side in measures.box)
        ascent, descent = self._mille(measures.ascent), self._mille(measures.descent)
        return (
            f"<</Type/FontDescriptor/FontName/{self.embedded().name}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
            f"/Ascent {ascent}/Descent {descent}/CapHeight {ascent}/StemV 80/FontFile2 {file}>>"
        )

    def _to_unicode(self) -> bytes:
        """Return the ToUnicode map: codes to UTF-16, right beyond U+FFFF, blocks of at most 100."""
        entries = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for text, code in self.codes.items()
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
        run, start = list[str](), 0
        for code, glyph in enumerate((*self._glyphs, -1), start=1):
            width = self._mille(self.face.metrics(glyph)[0]) if glyph >= 0 else 1000
            if width != 1000:
                start = start if run else code
                run.append(str(width))
            elif run:
                yield f"{start}[{' '.join(run)}]"
                run = []

    def _mille(self, units: int) -> int:
        return round(units * 1000 / self.face.measures.em)


class UsedFaces:
    """The faces of one document in the order of their first use.

    With a `stock`, shared by many files, only characters that the stock lacks are entered here.
    """

    def __init__(self, stock: UsedFaces | None = None) -> None:
        self._stock, self._first = stock, OWN if stock else 0
        self.by_face: dict[Face, UsedGlyphs] = {}

    @property
    def faces(self) -> list[UsedGlyphs]:
        """The fonts entered here, in the order of their numbers."""
        return list(self.by_face.values())

    def of(self, face: Face) -> UsedGlyphs:
        """Return what is used of a face, which is entered at its first use."""
        if face not in self.by_face:
            self.by_face[face] = UsedGlyphs(face, self._first + len(self.by_face))
        return self.by_face[face]

    def enter(self, characters: str, chain: Chain) -> None:
        """Enter the characters that faces of a chain draw, before any text is set."""
        for character in characters:
            if chain.place(character):
                self.encoded(character, chain)

    def home(self, chain: Chain) -> UsedGlyphs:
        """Return the font that a chain's text begins in."""
        return (self._stock or self).of(chain.faces[0])

    def all(self) -> list[UsedGlyphs]:
        """Return the fonts that a file has to hold: those of the stock, and its own."""
        return [*(self._stock.faces if self._stock else ()), *self.faces]

    def encoded(self, character: str, chain: Chain) -> tuple[UsedGlyphs, int]:
        """Return the font and the two-byte code that set a character.

        Raises UserError for a character no face draws: paper never carries an empty box.
        """
        place = chain.place(character)
        if place is None:
            raise UserError(undrawn(character))
        face, glyph = place
        known = self._stock.by_face.get(face) if self._stock else None
        if known and character in known.codes:
            return known, known.codes[character]
        used = self.of(face)
        return used, used.code(character, glyph)


def undrawn(character: str) -> str:
    """Return the sentence about a character no face draws."""
    return (
        f"“{character}”（U+{ord(character):04X}）在本机没有字形，打印会缺字。"
        "可改用标准编码的写法，或请管理员安装含该字的字体"
    )
