"""Text of forms and lists in mm: lines set by typeset.py, measured and cut to the room there is."""

from __future__ import annotations

import unicodedata

from reportlab.lib.units import mm

from desktop.documents import typeset
from desktop.documents.balanced import balanced
from desktop.documents.chain_font import width
from desktop.documents.roles import Role, clean, printable
from desktop.documents.typeset import Line, Span


def lines(
    text: str, role: Role, size: float, room: float, *, indent: float = 0.0, justify: bool = True
) -> list[Line]:
    """Return `text` on lines of `room` mm, the first one indented by `indent` mm; always at least one."""
    kept = "\n".join(part for part in map(clean, printable(text).split("\n")) if part)
    found = typeset.lines(kept, role, size, room * mm, first_indent=indent * mm, justify=justify)
    return found or [one_line("", role, size)]


def even_lines(text: str, role: Role, size: float, room: float, *, spare: bool = False) -> list[Line]:
    """Return `text` on as few lines of `room` mm as it needs, even and parted between words (`balanced`)."""
    kept = "\n".join(filter(None, map(clean, printable(text).split("\n"))))
    return balanced(kept, role, size, room * mm, spare=spare).lines or [one_line("", role, size)]


def one_line(text: str, role: Role, size: float) -> Line:
    """Return `text` as one line, however long."""
    return typeset.one_line(clean(text), role, size)


def spread_line(text: str, role: Role, size: float, room: float) -> Line:
    """Return `text` with even spaces between its characters, `room` mm wide in all."""
    space = (room * mm - width(text, role, size)) / (len(text) - 1)
    return Line((Span(0.0, text, space),), text, room * mm, role, size)


def shortened(text: str, role: Role, size: float, room: float) -> Line:
    """Return `text` as one line, cut with … where it is longer than `room` mm."""
    text = clean(text)
    line = one_line(text, role, size)
    while text and reach(line) > room:
        text = text[:-1]
        line = one_line(f"{text}…", role, size)
    return line


def reach(line: Line) -> float:
    """Return how far a line reaches, in mm."""
    return line.width / mm


def is_han(character: str) -> bool:
    """Tell whether `character` is a Chinese ideograph, rare ones included."""
    return unicodedata.name(character, "").startswith(
        ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")
    )
