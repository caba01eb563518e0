"""The chains of faces as reportlab fonts: any canvas sets rare characters and reads back exactly.

reportlab's own TTFont has no fallback, embeds 256 characters at a time and writes a wrong ToUnicode
beyond U+FFFF (measured on 5.1.0); this is its dynamic-font protocol over our chains instead.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.embedding import UsedFaces, UsedGlyphs
from desktop.documents.roles import Chain, Role, chain, printable, source

rl_config.useA85 = 0  # deflated streams stay binary: ASCII85 on top would cost 12 % of the file


class _Look:
    """What reportlab asks of `font.face`: a name and the heights."""

    def __init__(self, name: str, chain: Chain) -> None:
        measures = chain.faces[0].measures
        self.name = name
        self.ascent = 1000 * measures.ascent / measures.em
        self.descent = 1000 * measures.descent / measures.em
        self.builtIn = 0


class _Raw(pdfdoc.PDFObject):
    """A dictionary written as it stands."""

    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, document: Any) -> bytes:
        return self._text.encode("latin-1")


class _Deflated(pdfdoc.PDFObject):
    """A stream that is deflated already, with extra entries of its dictionary."""

    def __init__(self, body: bytes, extra: str = "") -> None:
        self._body, self._extra = body, extra

    def format(self, document: Any) -> bytes:
        head = f"<</Filter/FlateDecode/Length {len(self._body)}{self._extra}>>\nstream\n"
        return head.encode() + self._body + b"\nendstream"


class _Embedded:
    """The faces of one reportlab document, shared by all its chain fonts and written once."""

    def __init__(self) -> None:
        self.used = UsedFaces()
        self.written = False

    def write(self, document: Any) -> None:
        if self.written:
            return
        self.written = True
        fonts = document.idToObject["BasicFonts"].dict
        for used in self.used.faces:
            fonts[f"K{used.name}"] = self._font(document, used)

    def _font(self, document: Any, used: UsedGlyphs) -> Any:
        def reference(part: Any, what: str) -> str:
            return document.Reference(part, f"K{used.name}.{what}").format(document).decode()

        made = used.embedded()
        file = reference(_Deflated(made.file, f"/Length1 {made.length}"), "file")
        descriptor = reference(_Raw(used.descriptor(file)), "descriptor")
        descendant = reference(_Raw(used.descendant(descriptor)), "descendant")
        unicode_map = reference(_Deflated(made.to_unicode), "unicode")
        return document.Reference(_Raw(used.type0(descendant, unicode_map)), f"K{used.name}.font")


_documents: WeakKeyDictionary[Any, _Embedded] = WeakKeyDictionary()
_registered: set[str] = set()


class ChainFont:
    """reportlab's dynamic-font protocol over one role's chain; a "subset" is the number of a face."""

    _multiByte = 1  # noqa: N815 (reportlab's names, here and below)
    _dynamicFont = 1  # noqa: N815
    shapable = False

    def __init__(self, name: str, role: Role) -> None:
        self.fontName = name
        self._chain = chain(role)
        self.face = _Look(name, self._chain)

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf-8") -> float:  # noqa: N802
        """Return the width of `text` in points."""
        advances = self._chain.advances
        return size * sum(advances[character] for character in self._line(text))

    def splitString(self, text: str | bytes, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """Return (face number, two-byte codes) for each run of `text` that one face sets."""
        used, runs = self._embedded(doc).used, list[tuple[int, bytearray]]()
        for character in self._line(text):
            font, code = used.encoded(character, self._chain)
            if not runs or runs[-1][0] != font.number:
                runs.append((font.number, bytearray()))
            runs[-1][1].extend(code.to_bytes(2, "big"))
        return [(number, bytes(codes)) for number, codes in runs]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        """Return the resource name of a face, and see to its being written at the end."""
        if self.fontName not in doc.fontMapping:
            doc.fontMapping[self.fontName] = f"/KF{subset + 1}"
            doc.delayedFonts.append(self)
        return f"/KF{subset + 1}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the faces of the document (the first chain font asked does it for all)."""
        self._embedded(doc).write(doc)

    @staticmethod
    def _embedded(doc: Any) -> _Embedded:
        return _documents.setdefault(doc, _Embedded()) if doc not in _documents else _documents[doc]

    @staticmethod
    def _line(text: str | bytes) -> str:
        return printable(text if isinstance(text, str) else text.decode()).replace("\n", "")


def font_name(role: Role) -> str:
    """Return the name to hand to `canvas.setFont` for a role, registered at its first use."""
    name = f"Kaifang-{role.name}-{source().name}" + "-Blank" * chain(role).leaves_blanks
    if name not in _registered:
        pdfmetrics.registerFont(ChainFont(name, role))
        _registered.add(name)
    return name


def width(text: str, role: Role, size: float) -> float:
    """Return the width of `text` on one line in points, unjustified."""
    advances = chain(role).advances
    return size * sum(advances[character] for character in printable(text))


def open_canvas(target: Path | BytesIO, *, title: str, author: str, size: tuple[float, float] = A4) -> Canvas:
    """Return a canvas with our fonts and the document's title and author (no personal names there)."""
    canvas = Canvas(
        target if isinstance(target, BytesIO) else str(target),
        pagesize=size,
        pageCompression=1,
        pdfVersion=(1, 5),
        initialFontName=font_name(Role.FANG),  # pyright: ignore[reportArgumentType]
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("开放日工作台")
    canvas.setSubject(title)
    return canvas
