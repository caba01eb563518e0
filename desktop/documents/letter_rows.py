"""How the parts of a letter are set: rows of lines and rules that a page break may fall between.

Texts come with their fields filled, by values or by stand-ins (`letter_blocks.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.documents.balanced import balanced
from desktop.documents.roles import Role
from desktop.documents.typeset import Line, lines, one_line
from desktop.records.letters import ProgrammeRow

MM = 72 / 25.4
WIDTH, HEIGHT = 156 * MM, 225 * MM
LEFT, TOP = 28 * MM, 37 * MM
"""GB/T 9704-2012 5.2: the type area, the binding margin 订口 and the head margin 天头."""
SIZE, PITCH, LEADING = 16.0, WIDTH / 28, HEIGHT / 22
"""3号 type, 28 characters a line, 22 lines a page."""
TITLE_SIZE, TITLE_LEADING = 22.0, 34.0
SEAL_GAP, LEAST_SEAL_GAP = 2 * LEADING, 1 * LEADING
"""Free height above the signature, and what it may shrink to where that saves a page."""
BASELINE = 0.88
"""How far below the top of its em box a Han character's baseline lies, in em."""
CELL_SIZE, CELL_LEADING, CELL_PAD = 12.0, 17.0, 5.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its left end `x` from the type area's left and its baseline `drop` below the row's top."""

    line: Line
    x: float
    drop: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A level rule from the type area's left to its right, `drop` below the row's top."""

    drop: float
    weight: float


@dataclass(frozen=True, slots=True)
class Row:
    """A slice of the letter that no page break cuts; `keep` binds it to the next one."""

    height: float
    placed: tuple[Placed, ...] = ()
    rules: tuple[Rule, ...] = ()
    keep: bool = False


def baseline(size: float, leading: float) -> float:
    """Return where the baseline lies in a row `leading` high, its line in the middle."""
    return (leading - size) / 2 + BASELINE * size


def text_rows(found: Iterable[Line], leading: float = LEADING, x: float = 0) -> list[Row]:
    """Return one row a line."""
    return [Row(leading, (Placed(line, x, baseline(line.size, leading)),)) for line in found]


def _title(texts: Sequence[str]) -> list[Row]:
    """Set the title in the middle, its lines of even length, a blank line after it."""
    text = " ".join(texts[0].split("\n"))
    found = balanced(text, Role.TITLE, TITLE_SIZE, WIDTH).lines
    drop = baseline(TITLE_SIZE, TITLE_LEADING)
    rows = [Row(TITLE_LEADING, (Placed(line, (WIDTH - line.width) / 2, drop),), keep=True) for line in found]
    return [*rows, Row(0.75 * LEADING, keep=True)]


def _salutation(texts: Sequence[str]) -> list[Row]:
    rows = text_rows(lines(texts[0].strip(), Role.FANG, SIZE, WIDTH, pitch=PITCH))
    return [replace(row, keep=True) for row in rows]


def _paragraph(texts: Sequence[str]) -> list[Row]:
    found = lines(texts[0], Role.FANG, SIZE, WIDTH, first_indent=2 * PITCH, pitch=PITCH)
    return text_rows(found) or [Row(LEADING)]


def _programme(texts: Sequence[str]) -> list[Row]:
    """Set the programme as a table: 时间, 内容, 地点; strong rules outside, fine ones between rows."""
    table = [ProgrammeRow(*texts[at : at + 3]) for at in range(0, len(texts), 3)]
    times, places = _needed([row.time for row in table], 0.34), _needed([row.place for row in table], 0.36)
    widths = (times, WIDTH - times - places, places)
    head = _table_row(("时间", "内容", "地点"), widths, Role.HEI, (Rule(0, 1.2),), 0.6)
    rows = [_table_row((row.time, row.item, row.place), widths, Role.FANG, (), 0.3) for row in table]
    last = rows[-1]
    rows[-1] = replace(last, rules=(*last.rules[:-1], Rule(last.height, 1.2)))
    return [Row(0.3 * LEADING, keep=True), replace(head, keep=True), *rows, Row(0.2 * LEADING)]


def _needed(cells: Sequence[str], most: float) -> float:
    """Return the width of a column: its widest cell, within `most` of the type area."""
    widest = max(
        (one_line(piece, Role.FANG, CELL_SIZE).width for cell in cells for piece in cell.split("\n")),
        default=0,
    )
    return min(max(widest + 3 * CELL_PAD, 5 * CELL_SIZE), most * WIDTH)


def _table_row(
    cells: Sequence[str], widths: Sequence[float], role: Role, above: tuple[Rule, ...], below: float
) -> Row:
    """Return a row of cells; columns of one-line times and places stand in the middle."""
    columns = [
        balanced(cell.strip(), role, CELL_SIZE, width - 2 * CELL_PAD, spare=True).lines
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(1, *map(len, columns)) * CELL_LEADING + 2 * 0.7 * CELL_PAD
    placed, left = list[Placed](), 0.0
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        top = (height - len(column) * CELL_LEADING) / 2
        middle = role is Role.HEI or (place != 1 and len(column) == 1)
        for number, line in enumerate(column):
            x = left + ((width - line.width) / 2 if middle else CELL_PAD)
            placed.append(Placed(line, x, top + number * CELL_LEADING + baseline(CELL_SIZE, CELL_LEADING)))
        left += width
    return Row(height, tuple(placed), (*above, Rule(height, below)))


def _signature(texts: Sequence[str]) -> list[Row]:
    """Set 落款 after GB/T 9704-2012 7.3.5.2: two characters from the right, the date two further in.

    The date begins two characters right of the name's beginning; a longer date stands two characters
    from the right itself and moves the name. The free lines above leave the seal its place.
    """
    name, date = (one_line(text.strip(), Role.FANG, SIZE, pitch=PITCH) for text in texts)
    edge, inset = WIDTH - 2 * PITCH, 2 * PITCH
    begin = edge - name.width
    if begin + inset + date.width > edge:
        begin = min(begin, edge - date.width - inset)
    drop = baseline(SIZE, LEADING)
    return [
        Row(SEAL_GAP, keep=True),
        Row(LEADING, (Placed(name, max(0, begin), drop),), keep=True),
        Row(LEADING, (Placed(date, max(0, begin + inset), drop),)),
    ]


def _contact(texts: Sequence[str]) -> list[Row]:
    """Set the contact as 附注: two characters from the left, in brackets, under the date."""
    text = texts[0].strip()
    if not text.startswith(("(", "（")):
        text = f"（{text}）"
    found = lines(text, Role.FANG, SIZE, WIDTH, first_indent=2 * PITCH, pitch=PITCH)
    return [Row(0.3 * LEADING, keep=True), *text_rows(found)]


SORTS: dict[str, Callable[[Sequence[str]], list[Row]]] = {
    "title": _title,
    "salutation": _salutation,
    "paragraph": _paragraph,
    "programme": _programme,
    "signature": _signature,
    "contact": _contact,
}
"""How each sort of block is set, by its name."""


def drawn(rows: Iterable[tuple[Row, float]]) -> tuple[str, list[tuple[Line, float, float]]]:
    """Return the operators of the rules and the places of the lines, for rows with their tops (points up)."""
    rules, placed = list[str](), list[tuple[Line, float, float]]()
    for row, top in rows:
        rules.extend(
            f"{rule.weight:g} w {LEFT:.2f} {top - rule.drop:.2f} m {LEFT + WIDTH:.2f} {top - rule.drop:.2f} l S\n"
            for rule in row.rules
        )
        placed.extend((part.line, LEFT + part.x, top - part.drop) for part in row.placed)
    return "".join(rules), placed
