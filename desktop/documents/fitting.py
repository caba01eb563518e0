"""Text fitted into the room that an envelope, a label or a card has: smaller where it must be, never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents import typeset
from desktop.documents.balanced import balanced
from desktop.documents.plate import MM, Plate
from desktop.documents.roles import Role, chain, clean
from desktop.documents.typeset import Line, Span

BASELINE = 0.88
"""How far below the top of its em box a Han character's baseline lies, in em."""
ROOMY, TIGHT, TIGHTEST = 1.3, 1.17, 1.08
"""From line to line in em."""
TRIES = (
    *((scale, ROOMY) for scale in (1.0, 0.93, 0.86)),
    (0.86, TIGHT),
    *((scale, leading) for scale in (0.8, 0.74, 0.68) for leading in (TIGHT, TIGHTEST)),
    *((scale, TIGHTEST) for scale in (0.62, 0.56, 0.5)),
)
"""How a block is set until it fits: smaller type and closer lines in turn, closest before it gets hard to read."""
MOST_NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a block: text, type at full size (points), free height above it (mm), in the middle or not.

    A `name` is never broken but after its dots, and one of two characters is as wide as one of three.
    """

    text: str
    role: Role
    size: float
    above: float = 0.0
    is_name: bool = False
    tail: str = ""
    """Set after a name in type of `tail_size`: 称谓 and 收."""
    tail_size: float = 0.0
    tail_role: Role = Role.FANG
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A set line and where it lies: left end and baseline in mm from the block's upper left corner."""

    line: Line
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Block:
    """Set lines and how high they are in all (mm)."""

    spots: tuple[Spot, ...]
    height: float

    def draw(self, plate: Plate, x: float, y: float) -> None:
        """Draw the block with its upper left corner there."""
        for spot in self.spots:
            plate.line(spot.line, x + spot.x, y + spot.baseline)


def fitted(
    parts: Sequence[Part], width: float, height: float, *, middle: bool = False, least: float = 0.5
) -> Block | None:
    """Return the parts at the largest scale at which they fit into width × height mm, else None."""
    parts = [part for part in parts if clean(part.text) or part.tail]
    long = [0.0 if part.is_name else typeset.one_line(part.text, part.role, 1.0).width for part in parts]
    for scale, leading in TRIES:
        if scale < least:
            break
        if _least_height(parts, long, scale, leading, width) > height:
            continue
        block = _set(parts, scale, leading, width, middle)
        if block is not None and block.height <= height + 1e-6:
            return block
    return None


def _least_height(
    parts: Sequence[Part], long: Sequence[float], scale: float, leading: float, width: float
) -> float:
    """Return what the parts, so many em long, take at least (mm): it saves setting what is too high anyway."""
    high = sum(
        (part.above if place else 0.0) * scale
        + max(1, int((em - 0.5) * part.size * scale / (width * MM)) + 1) * leading * part.size * scale / MM
        for place, (part, em) in enumerate(zip(parts, long, strict=True))
    )
    return high - (leading - 1.0) * parts[-1].size * scale / MM if parts else 0.0


def _set(parts: Sequence[Part], scale: float, leading: float, width: float, middle: bool) -> Block | None:
    spots, top = list[Spot](), 0.0
    for place, part in enumerate(parts):
        size = round(part.size * scale, 2)
        rows = _rows(part, size, scale, width)
        if rows is None:
            return None
        top += part.above * scale if place else 0.0
        em = size / MM
        for row in rows:
            whole = row[-1][1] + row[-1][0].width / MM
            shift = max(0.0, (width - whole) / 2) if middle or part.middle else 0.0
            spots += [Spot(line, shift + x, top + BASELINE * em) for line, x in row]
            top += em * leading
        top -= em * (leading - 1.0) if place == len(parts) - 1 else 0.0
    return Block(tuple(spots), top)


def _rows(part: Part, size: float, scale: float, width: float) -> list[list[tuple[Line, float]]] | None:
    """Return the lines of a part as rows of lines side by side; None where a name is wider than the room."""
    text = clean(part.text)
    if not part.is_name:
        return [[(line, 0.0)] for line in balanced(text, part.role, size, width * MM).lines]
    tail = (
        typeset.one_line(part.tail, part.tail_role, round(part.tail_size * scale, 2)) if part.tail else None
    )
    beside = tail.width / MM + 0.5 * size / MM if tail else 0.0
    for count in range(1, MOST_NAME_LINES + 1):
        found = name_lines(text, part.role, size, count)
        reach = max(line.width for line in found) / MM
        if max(reach, found[-1].width / MM + beside) <= width:
            rows = [[(line, 0.0)] for line in found]
            if tail:
                rows[-1].append((tail, found[-1].width / MM + 0.5 * size / MM))
            return rows
    return None


def name_lines(name: str, role: Role, size: float, count: int) -> list[Line]:
    """Return a name on at most `count` lines, broken after dots only, the lines as even as may be."""
    if count == 1:
        return [name_line(name, role, size)]
    pieces = re.findall(r"[^·]+·*|·+", name)
    best = min(_cuts(pieces, count), key=lambda texts: max(_width(text, role) for text in texts))
    return [typeset.one_line(text, role, size) for text in best]


def _cuts(pieces: list[str], count: int) -> list[list[str]]:
    """Return every way to lay pieces on at most `count` lines."""
    if count == 1 or len(pieces) < 2:
        return [["".join(pieces)]]
    ways = [["".join(pieces)]]
    for at in range(1, len(pieces)):
        ways += [["".join(pieces[:at]), *rest] for rest in _cuts(pieces[at:], count - 1)]
    return ways


def name_line(name: str, role: Role, size: float) -> Line:
    """Return a name as one line; a Han name of two characters is as wide as one of three."""
    name = clean(name)
    advances = chain(role).advances
    if len(name) == 2 and all(advances[character] >= 0.95 for character in name):
        return Line((Span(0.0, name, size),), name, 3 * size, role, size)
    return typeset.one_line(name, role, size)


def _width(text: str, role: Role) -> float:
    """Return how wide `text` is, in em."""
    advances = chain(role).advances
    return sum(advances[character] for character in text)
