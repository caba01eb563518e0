"""Ruled tables in mm on paper of any size: rows of cells as blocks that pages are made of, and pages drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from desktop.documents import form_text
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.ink import Inks
from desktop.documents.plate import MM, Plate
from desktop.documents.report_rows import Block, Piece
from desktop.documents.roles import Chain, Role, chain
from desktop.documents.typeset import Line

MOST_LINES, PART = 10, 3
"""Lines of a row before it goes on in blocks of their own, each of so many lines, which a page may end after."""
PITCH = 1.36
"""From line to line within a cell, in em."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page in mm: its size, the upper left corner of its text and how wide and high that may be."""

    width: float
    height: float
    left: float
    top: float
    room: float
    depth: float


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of a table are set: type in points, least height and padding of a row and its rules in mm."""

    size: float
    height: float
    padding: float = 1.6
    weight: float = 0.15


def row(
    texts: Sequence[str],
    edges: Sequence[float],
    style: Style,
    *,
    roles: Sequence[Role] | Role = Role.FANG,
    middle: Sequence[int] = (),
    height: float = 0.0,
) -> list[Block]:
    """Return a row of cells between `edges` (mm from the page's left) as one block, or several where it is long.

    Columns of `middle` are centred where they have one line. Each block has its verticals; a rule is
    under the last one.
    """
    each = [roles] * len(texts) if isinstance(roles, Role) else roles
    cells = [
        _cell(text, chain(role), style.size, right - left - 2 * style.padding)
        for text, role, (left, right) in zip(texts, each, pairwise(edges), strict=True)
    ]
    most = max(map(len, cells))
    if most <= MOST_LINES:
        found = [_slice(cells, edges, style, middle, height)]
    else:
        slices = [[cell[at : at + PART] for cell in cells] for at in range(0, most, PART)]
        found = [
            _part(lines, edges, style, first=not at, last=lines is slices[-1])
            for at, lines in enumerate(slices)
        ]
    last = found[-1]
    under = Stroke(edges[0], last.height, edges[-1], last.height, style.weight, 0)
    found[-1] = replace(last, parts=(*last.parts, under))
    return found


@lru_cache(maxsize=2048)
def _cell(text: str, faces: Chain, size: float, room: float) -> list[Line]:
    """Return the lines of a cell; remembered, since sections, states and dates of a list are few."""
    return form_text.even_lines(text, faces.role, size, room, spare=True)


def _slice(
    cells: Sequence[Sequence[Line]], edges: Sequence[float], style: Style, middle: Sequence[int], least: float
) -> Block:
    pitch = style.size / MM * PITCH
    height = max(style.height, least, max(map(len, cells)) * pitch + 2 * style.padding)
    parts = list[Piece]()
    for column, (lines, (left, right)) in enumerate(zip(cells, pairwise(edges), strict=True)):
        first = height / 2 - (len(lines) - 1) * pitch / 2 + style.size / MM * 0.37
        for place, line in enumerate(lines):
            centred = column in middle and len(lines) == 1
            x = (left + right - form_text.reach(line)) / 2 if centred else left + style.padding
            parts.append(Words(line, x, first + place * pitch))
    parts += [Stroke(x, 0, x, height, style.weight, 0) for x in edges]
    return Block(height, tuple(parts))


def _part(
    cells: Sequence[Sequence[Line]], edges: Sequence[float], style: Style, *, first: bool, last: bool
) -> Block:
    """Return a part of a long row: its lines from the top, no free height where it goes on."""
    pitch = style.size / MM * PITCH
    above, below = (style.padding if end else 0.0 for end in (first, last))
    height = above + max(map(len, cells)) * pitch + below
    words = [
        Words(line, left + style.padding, above + (place + 0.5) * pitch + style.size / MM * 0.37)
        for lines, left in zip(cells, edges, strict=False)
        for place, line in enumerate(lines)
    ]
    return Block(height, (*words, *(Stroke(x, 0, x, height, style.weight, 0) for x in edges)))


def heading(texts: Sequence[str], edges: Sequence[float], style: Style) -> Block:
    """Return the heading row of a table, ruled above too, which stays with the row under it."""
    (block,) = row(texts, edges, style, roles=Role.HEI, middle=range(len(texts)))
    above = Stroke(edges[0], 0, edges[-1], 0, style.weight, 0)
    return replace(block, parts=(above, *block.parts), keep=True)


def led(blocks: Sequence[Block], lead: Block) -> list[Block]:
    """Return the rows of a table, each with the heading row that a new page begins with."""
    return [replace(block, lead=lead) for block in blocks]


def ruled_above(block: Block, edges: Sequence[float], style: Style) -> Block:
    """Return a row with a rule above it: the first of a table that has no headings."""
    return replace(block, parts=(Stroke(edges[0], 0, edges[-1], 0, style.weight, 0), *block.parts))


def needed(texts: Sequence[str], style: Style, most: float) -> float:
    """Return the width in mm that a column takes for its longest line, at most `most`."""
    pieces = [piece for text in texts for piece in text.split("\n")]
    widest = max(
        (form_text.reach(form_text.one_line(piece, Role.FANG, style.size)) for piece in pieces), default=0
    )
    return min(max(widest + 2 * style.padding + 1.0, 4 * style.size / MM), most)


def content(parts: Sequence[Piece], leaf: Leaf, inks: Inks) -> str:
    """Return the operators of a page."""
    plate = Plate(inks, leaf.height)
    for part in parts:
        if isinstance(part, Words):
            plate.line(part.line, part.x, part.baseline)
        else:
            colour = " ".join([f"{part.grey:g}"] * 3)
            plate.rule(part.x1, part.y1, part.x2, part.y2, part.weight, colour)
    return plate.content()
