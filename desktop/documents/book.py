"""A PDF file written page by page: what is on disk is forgotten, so 10,000 pages need no more memory.

Contents go out at once, page dictionaries in object streams, fonts last (ISO 32000-1, 7.5.7 and 7.5.8).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Hashable
from datetime import datetime
from typing import BinaryIO

from desktop.documents.embedding import UsedGlyphs
from desktop.documents.ink import Inks

A4 = (595.276, 841.89)
PACK = 100
"""Dictionaries that share an object stream, and pages that share a node of the page tree."""
CATALOG, INFO, RESOURCES, ROOT = 1, 2, 3, 4
CREATOR = "开放日工作台"
SMALL = 4096
"""Bytes up to which a stream fits a window of 12 bits."""
PLACE = struct.Struct(">BIH")
"""One row of the cross-reference table: sort, offset (or object stream), generation (or place in it)."""


def deflated(content: str) -> bytes:
    """Return operators or dictionaries (Latin-1 text) as the body of a stream.

    A page is small: a small window saves clearing 200 KB of tables, which takes as long as the page itself.
    """
    data = content.encode("latin-1")
    if len(data) > SMALL:
        return zlib.compress(data)
    packer = zlib.compressobj(wbits=12, memLevel=5)
    return packer.compress(data) + packer.flush()


def text_string(text: str) -> str:
    """Return `text` as a PDF text string (UTF-16 in hex)."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


class Book:
    """One PDF, on A4 unless another `size` in points is told, open for pages until `close`.

    All text goes through its `inks`. A `stock` of inks is shared by many books: what it sets is embedded
    in each of them, but cut out of its faces and deflated once.
    """

    def __init__(
        self,
        file: BinaryIO,
        *,
        title: str,
        author: str,
        size: tuple[float, float] = A4,
        stock: Inks | None = None,
    ) -> None:
        self.inks = Inks(stock)
        self.pages = 0
        self._file, self._title, self._author = file, title, author
        self._box = f"[0 0 {size[0]:g} {size[1]:g}]"
        self._at = 0
        self._places = bytearray(PLACE.pack(0, 0, 65535) + bytes(PLACE.size * ROOT))
        self._waiting: list[tuple[int, str]] = []
        self._forms: list[int] = []
        self.shown: dict[Hashable, str] = {}
        self._nodes: list[int] = []
        self._kids: list[int] = []
        self._write(b"%PDF-1.5\n%\xe5\xbc\x80\xe6\x94\xbe\n")

    def form(self, content: str | bytes) -> str:
        """Write operators that several pages share and return the operator that shows them.

        Operators come as text, or as bytes that `deflated` made of it.
        """
        number = self._number()
        extra = f"/Type/XObject/Subtype/Form/BBox{self._box}/Resources {RESOURCES} 0 R"
        self._stream(number, deflated(content) if isinstance(content, str) else content, extra)
        self._forms.append(number)
        return f"/X{len(self._forms)} Do\n"

    def page(self, content: str) -> None:
        """Write one page of operators (Latin-1 text)."""
        contents = self._number()
        self._stream(contents, deflated(content))
        if not self._kids:
            self._nodes.append(self._number())
        page = self._number()
        self._dictionary(page, f"<</Type/Page/Parent {self._nodes[-1]} 0 R/Contents {contents} 0 R>>")
        self._kids.append(page)
        self.pages += 1
        if len(self._kids) == PACK:
            self._node()

    def close(self) -> None:
        """Write what the pages refer to: the page tree, the fonts, the tables; the file stays open."""
        fonts = [f"/{used.name} {self._font(used)} 0 R" for used in self.inks.used.all()]
        forms = [f"/X{place} {number} 0 R" for place, number in enumerate(self._forms, start=1)]
        self._dictionary(RESOURCES, f"<</Font<<{''.join(fonts)}>>/XObject<<{''.join(forms)}>>>>")
        self._page_tree()
        self._dictionary(
            CATALOG,
            f"<</Type/Catalog/Pages {ROOT} 0 R/Lang(zh-CN)"
            "/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>",
        )
        made = datetime.now().astimezone().strftime("D:%Y%m%d%H%M%S%z")
        self._dictionary(
            INFO,
            f"<</Title{text_string(self._title)}/Author{text_string(self._author)}"
            f"/Creator{text_string(CREATOR)}/Producer{text_string(CREATOR)}"
            f"/CreationDate({made[:-2]}'{made[-2:]}')>>",
        )
        self._pack()
        self._tables()

    def _node(self) -> None:
        """Write the node of the page tree that holds the pages since the last one."""
        listed = " ".join(f"{kid} 0 R" for kid in self._kids)
        count = len(self._kids)
        self._dictionary(self._nodes[-1], f"<</Type/Pages/Parent {ROOT} 0 R/Count {count}/Kids[{listed}]>>")
        self._kids.clear()

    def _page_tree(self) -> None:
        """Write the root of the page tree, which says what all pages share."""
        if self._kids:
            self._node()
        listed = " ".join(f"{node} 0 R" for node in self._nodes)
        self._dictionary(
            ROOT,
            f"<</Type/Pages/Count {self.pages}/Kids[{listed}]/MediaBox{self._box}"
            f"/Resources {RESOURCES} 0 R>>",
        )

    def _font(self, used: UsedGlyphs) -> int:
        made = used.embedded()
        file, unicode_map = self._number(), self._number()
        self._stream(file, made.file, f"/Length1 {made.length}")
        self._stream(unicode_map, made.to_unicode)
        descriptor, descendant, font = self._number(), self._number(), self._number()
        self._dictionary(descriptor, used.descriptor(f"{file} 0 R"))
        self._dictionary(descendant, used.descendant(f"{descriptor} 0 R"))
        self._dictionary(font, used.type0(f"{descendant} 0 R", f"{unicode_map} 0 R"))
        return font

    def _number(self) -> int:
        self._places += bytes(PLACE.size)
        return len(self._places) // PLACE.size - 1

    def _place(self, number: int, *place: int) -> None:
        PLACE.pack_into(self._places, PLACE.size * number, *place)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)

    def _stream(self, number: int, body: bytes, extra: str = "") -> None:
        self._place(number, 1, self._at, 0)
        head = f"{number} 0 obj\n<</Length {len(body)}/Filter/FlateDecode{extra}>>stream\n"
        self._write(head.encode() + body + b"\nendstream\nendobj\n")

    def _dictionary(self, number: int, text: str) -> None:
        self._waiting.append((number, text))
        if len(self._waiting) == PACK:
            self._pack()

    def _pack(self) -> None:
        """Write the waiting dictionaries as one object stream."""
        if not self._waiting:
            return
        stream, heads, at = self._number(), list[str](), 0
        for place, (number, text) in enumerate(self._waiting):
            self._place(number, 2, stream, place)
            heads.append(f"{number} {at}")
            at += len(text) + 1
        head = " ".join(heads) + "\n"
        body = head + "\n".join(text for _, text in self._waiting)
        self._stream(stream, deflated(body), f"/Type/ObjStm/N {len(self._waiting)}/First {len(head)}")
        self._waiting.clear()

    def _tables(self) -> None:
        """Write the cross-reference stream and the end of the file."""
        number, start = self._number(), self._at
        self._place(number, 1, start, 0)
        table = bytes(self._places)
        identity = f"{zlib.crc32(table):08X}{start:024X}"
        extra = (
            f"/Type/XRef/W[1 4 2]/Size {number + 1}/Root {CATALOG} 0 R/Info {INFO} 0 R"
            f"/ID[<{identity}><{identity}>]"
        )
        self._stream(number, zlib.compress(table), extra)
        self._write(f"startxref\n{start}\n%%EOF\n".encode())
