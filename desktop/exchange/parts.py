"""The parts of an xlsx that say which sheets there are (workbook.xml and its relations)."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from desktop.errors import UserError
from desktop.exchange import limits

CHUNK = 1 << 20
PART_BYTES = 20_000_000
BROKEN = f"文件内部已损坏，为免只读入一半，没有读入任何内容；{limits.RESAVE}"
ENTITIES = "文件内部带有自定义实体，可能是恶意文件，没有读入"


class Part(NamedTuple):
    """A sheet of the workbook: its name, whether it is hidden, and where its XML lies in the package."""

    name: str
    hidden: bool
    path: str


class Contents(NamedTuple):
    """The sheets in order, and whether date serials count from 1904."""

    sheets: list[Part]
    date1904: bool


def chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part unpacked, at most as much as it declares; raises UserError where it is damaged."""
    try:
        with package.open(name) as part:
            while chunk := part.read(CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError):
        raise UserError(BROKEN) from None


def strict_parser() -> expat.XMLParserType:
    """Return a parser that refuses document types and entities, comments and other hiding places."""
    parser = expat.ParserCreate()

    def refuse_entities(*_: object) -> None:
        raise UserError(ENTITIES)

    parser.StartDoctypeDeclHandler = refuse_entities
    parser.EntityDeclHandler = refuse_entities
    return parser


def check_well_formed(content: bytes) -> None:
    """Raise UserError unless `content` is well-formed XML without a document type."""
    try:
        strict_parser().Parse(content, True)
    except expat.ExpatError:
        raise UserError(BROKEN) from None


def contents(package: zipfile.ZipFile) -> Contents:
    """Return the worksheets that the workbook lists; raises UserError where its parts are damaged."""
    found: list[tuple[str, bool, str]] = []
    settings = {"1904": False}

    def workbook_element(tag: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag.rpartition(":")[2] == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            found.append((local.get("name", ""), local.get("state", "visible") != "visible", key))
        elif tag.rpartition(":")[2] == "workbookPr":
            settings["1904"] = local.get("date1904", "") in ("1", "true", "on")

    parse(package, "xl/workbook.xml", workbook_element)
    targets = _targets(package)
    sheets = [Part(name, hidden, targets[key]) for name, hidden, key in found if key in targets]
    return Contents(sheets, settings["1904"])


def _targets(package: zipfile.ZipFile) -> dict[str, str]:
    """Return where each relation of the workbook that is a worksheet leads to."""
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "").replace("\\", "/")
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    parse(package, "xl/_rels/workbook.xml.rels", relation)
    return targets


def parse(package: zipfile.ZipFile, name: str, begin: object, end: object = None) -> None:
    """Hand every element of a part to `begin` (and its end to `end`); raises UserError for a broken or huge part."""
    parser = strict_parser()
    parser.StartElementHandler = begin  # type: ignore[assignment] - expat's stub wants a Callable type
    parser.EndElementHandler = end  # type: ignore[assignment] - as above
    size = 0
    try:
        for chunk in chunks(package, name):
            size += len(chunk)
            if size > PART_BYTES:
                raise UserError(BROKEN)
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise UserError(BROKEN) from None


def check_plain(package: zipfile.ZipFile, name: str) -> None:
    """Refuse a part (shared strings, styles) with a document type or in an encoding that hides one."""
    tail = b""
    for index, chunk in enumerate(chunks(package, name)):
        if index == 0 and b"\0" in chunk[:100]:
            raise UserError(BROKEN)
        if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
            raise UserError(ENTITIES)
        tail = chunk[-10:]
