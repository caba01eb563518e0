"""A PDF file written page by page: what is on disk is forgotten, so 10,000 pages need no more memory.

Contents go out at once, page dictionaries in object streams, fonts last (ISO 32000-1, 7.5.7 and 7.5.8).
"""

from __future__ import annotations

import struct
import zlib
from datetime import datetime
from typing import BinaryIO

from desktop.documents.embedding import UsedGlyphs
from desktop.documents.ink import Inks

A4 = (595.276, 841.89)
PACK = 100
"""Dictionaries that share an object stream, and pages that share a node of the page tree."""
CATALOG, INFO, RESOURCES, ROOT = 1, 2, 3, 4
CREATOR = "开放日工作台"


def text_string(text: str) -> str:
    """Return `text` as a PDF text string (UTF-16 in hex)."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


class Book:
    """One PDF, on A4 unless another `size` in points is told, open for pages until `close`.

    All text goes through its `inks`.
    """

    def __init__(self, file: BinaryIO, *, title: str, author: str, size: tuple[float, float] = A4) -> None:
        self.inks = Inks()
        self.pages = 0
        self._file, self._title, self._author = file, title, author
        self._box = f"[0 0 {size[0]:g} {size[1]:g}]"
        self._at = 0
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)] + [(0, 0, 0)] * ROOT
        self._waiting: list[tuple[int, str]] = []
        self._forms: list[int] = []
        self._nodes: list[tuple[int, list[int]]] = []
        self._write(b"%PDF-1.5\n%\xe5\xbc\x80\xe6\x94\xbe\n")

    def form(self, content: str) -> str:
        """Write operators that several pages share and return the operator that shows them."""
        number = self._number()
        extra = f"/Type/XObject/Subtype/Form/BBox{self._box}/Resources {RESOURCES} 0 R"
        self._stream(number, content.encode("latin-1"), extra)
        self._forms.append(number)
        return f"/X{len(self._forms)} Do\n"

    def page(self, content: str) -> None:
        """Write one page of operators (Latin-1 text)."""
        contents = self._number()
        self._stream(contents, content.encode("latin-1"))
        if not self._nodes or len(self._nodes[-1][1]) == PACK:
            self._nodes.append((self._number(), []))
        node, kids = self._nodes[-1]
        kids.append(self._number())
        self._dictionary(kids[-1], f"<</Type/Page/Parent {node} 0 R/Contents {contents} 0 R>>")
        self.pages += 1

    def close(self) -> None:
        """Write what the pages refer to: the page tree, the fonts, the tables; the file stays open."""
        fonts = [f"/{used.name} {self._font(used)} 0 R" for used in self.inks.used.faces]
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

    def _page_tree(self) -> None:
        """Write the nodes of the page tree; what all pages share stands in its root."""
        for node, kids in self._nodes:
            listed = " ".join(f"{kid} 0 R" for kid in kids)
            self._dictionary(node, f"<</Type/Pages/Parent {ROOT} 0 R/Count {len(kids)}/Kids[{listed}]>>")
        listed = " ".join(f"{node} 0 R" for node, _ in self._nodes)
        self._dictionary(
            ROOT,
            f"<</Type/Pages/Count {self.pages}/Kids[{listed}]/MediaBox{self._box}"
            f"/Resources {RESOURCES} 0 R>>",
        )

    def _font(self, used: UsedGlyphs) -> int:
        content = used.font_file()
        file, unicode_map = self._number(), self._number()
        self._stream(file, content, f"/Length1 {len(content)}")
        self._stream(unicode_map, used.to_unicode())
        descriptor, descendant, font = self._number(), self._number(), self._number()
        self._dictionary(descriptor, used.descriptor(f"{file} 0 R"))
        self._dictionary(descendant, used.descendant(f"{descriptor} 0 R"))
        self._dictionary(font, used.type0(f"{descendant} 0 R", f"{unicode_map} 0 R"))
        return font

    def _number(self) -> int:
        self._places.append((0, 0, 0))
        return len(self._places) - 1

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)

    def _stream(self, number: int, content: bytes, extra: str = "") -> None:
        body = zlib.compress(content)
        self._places[number] = (1, self._at, 0)
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
            self._places[number] = (2, stream, place)
            heads.append(f"{number} {at}")
            at += len(text) + 1
        head = " ".join(heads) + "\n"
        body = head + "\n".join(text for _, text in self._waiting)
        self._stream(stream, body.encode("latin-1"), f"/Type/ObjStm/N {len(self._waiting)}/First {len(head)}")
        self._waiting.clear()

    def _tables(self) -> None:
        """Write the cross-reference stream and the end of the file."""
        number, start = self._number(), self._at
        self._places[number] = (1, start, 0)
        table = b"".join(struct.pack(">BIH", *place) for place in self._places)
        identity = f"{zlib.crc32(table):08X}{start:024X}"
        extra = (
            f"/Type/XRef/W[1 4 2]/Size {len(self._places)}/Root {CATALOG} 0 R/Info {INFO} 0 R"
            f"/ID[<{identity}><{identity}>]"
        )
        self._stream(number, table, extra)
        self._write(f"startxref\n{start}\n%%EOF\n".encode())
