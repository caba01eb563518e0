"""Templates with {字段}: which fields a text has, whether they are known, and what they become.

`{{` and `}}` stand for the braces themselves. A value is inserted as it is: braces in it mean nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.errors import UserError
from desktop.records.patterns import pattern

_PIECES = pattern(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]|[^{}]+")


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong with a template: the field's name ('' for a brace), line and column from 1, a sentence."""

    name: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A literal piece of a template, or a field, or (sort '{' or '}') a brace without its partner."""

    sort: str
    text: str
    at: int


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[_Piece, ...]:
    found = list[_Piece]()
    for match in _PIECES.finditer(text):
        piece = match[0]
        if piece in ("{{", "}}"):
            found.append(_Piece("", piece[0], match.start()))
        elif piece in ("{", "}"):
            found.append(_Piece(piece, piece, match.start()))
        elif match[1] is not None:
            found.append(_Piece("field", match[1].strip(), match.start()))
        else:
            found.append(_Piece("", piece, match.start()))
    return tuple(found)


def fields_of(text: str) -> tuple[str, ...]:
    """Return the names of the fields of a template, each once, in order."""
    return tuple(dict.fromkeys(piece.text for piece in _pieces(text) if piece.sort == "field"))


def literal(text: str) -> str:
    """Return what of a template prints for everyone: its text without the fields."""
    return "".join(piece.text for piece in _pieces(text) if not piece.sort)


def unknown(text: str, known: Collection[str]) -> list[TemplateFault]:
    """Return the faults of a template: fields that aren't `known`, and braces without their partner."""
    return list(_faults(text, known))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its fields replaced by `values`.

    Raises UserError with the place of the first unknown field or unmatched brace: a letter never goes
    out with a hole in it.
    """
    pattern, names, sound = _compiled(text)
    try:
        if sound:
            return pattern % tuple([values[name] for name in names])
    except KeyError:
        pass  # told with its place below
    raise UserError(next(_faults(text, values)).message)


@lru_cache(maxsize=256)
def _compiled(text: str) -> tuple[str, tuple[str, ...], bool]:
    """Return a template as a %-pattern, the fields of its holes in order, and whether its braces match."""
    pieces = _pieces(text)
    pattern = "".join("%s" if piece.sort else piece.text.replace("%", "%%") for piece in pieces)
    names = tuple(piece.text for piece in pieces if piece.sort == "field")
    return pattern, names, all(piece.sort in ("", "field") for piece in pieces)


def _faults(text: str, known: Collection[str]) -> Iterator[TemplateFault]:
    for piece in _pieces(text):
        if not piece.sort or (piece.sort == "field" and piece.text in known):
            continue
        line = text.count("\n", 0, piece.at) + 1
        column = piece.at - (text.rfind("\n", 0, piece.at) + 1) + 1
        where = f"第{line}行第{column}个字"
        if piece.sort == "field":
            names = "、".join(known) if known else "无"
            told = (
                f"没有“{piece.text}”这个字段（可用字段：{names}）" if piece.text else "花括号里没有写字段名"
            )
            yield TemplateFault(piece.text, line, column, f"模板{where}：{told}")
        else:
            other = "}" if piece.sort == "{" else "{"
            told = f"“{piece.sort}”没有与之配对的“{other}”（要打印花括号本身，请写两个：{piece.sort * 2}）"
            yield TemplateFault("", line, column, f"模板{where}：{told}")
