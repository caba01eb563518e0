"""A look at the XML of a sheet before calamine sees it.

calamine lays a sheet out as one dense block, so a single cell at XFD1048576 asks for 549 GB and aborts the
process; it also turns error cells and formulas that were never calculated into empty text. Both are found
here. Most sheets are plain (as Excel, WPS and XlsxWriter write them) and pass after a few searches in C;
only the others are gone through cell by cell.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from desktop.errors import UserError
from desktop.exchange import limits
from desktop.exchange.parts import BROKEN, check_well_formed, chunks

UNUSUAL = re.compile(rb'<c(?! r="(?:[A-Z](?:\d{1,5}|10\d{4})|(?:[A-F][A-Z]|G[A-R])\d{1,4})")')
"""A cell of a plain sheet begins `<c r="A1"`; it lies above row 110,000, beyond column Z above row 10,000."""
MOST_CELLS = 8_000_000
"""Largest block that calamine may lay out (some 250 MB)."""
LAST_ROW = 110_000
HIDDEN = re.compile(rb"""<(?:[\w.-]+:)?row\s[^>]*?hidden\s*=\s*["'](?:1|true)["'][^>]*>""")
HIDDEN_COLUMN = re.compile(rb"""<(?:[\w.-]+:)?col\s[^>]*?hidden\s*=\s*["'](?:1|true)["'][^>]*>""")
FIRST_COLUMN = re.compile(rb"""\smin\s*=\s*["'](\d{1,5})["']""")
NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
EMPTY_CELL = re.compile(rb"<c [^>]*/>")
ATTRIBUTES = rb"""((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*"""
ELEMENT = re.compile(
    rb"<(?:[\w.-]+:)?(?:row" + ATTRIBUTES + rb"/?>|c" + ATTRIBUTES + rb"(?:/>|>(.*?)</(?:[\w.-]+:)?c\s*>))",
    re.S,
)
ADDRESS = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{1,7})(\d{1,9})\s*["']""")
TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|t)(?:\s[^>]*)?>([^<]+)")
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
BLOCK_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
CELL_BYTES = 1_000_000
CAREFUL_BYTES = 100_000_000
ROW_GAP, COLUMN_GAP = 1_000, 50
UNCALCULATED = "公式没有计算结果"


class Look(NamedTuple):
    """What a sheet's XML shows.

    `errors` are (row, column, text as Excel shows it), rows and columns from 0; `partial` are dates shown
    in part, (row, column, length of the ISO date shown); `strays` the addresses left
    out; `replaced` the XML without them where there are any.
    """

    errors: list[tuple[int, int, str]]
    partial: list[tuple[int, int, int]]
    hidden: list[int]
    hidden_columns: list[str]
    strays: list[str]
    replaced: bytes | None


class Used(NamedTuple):
    """A cell with something in it: where it is, where its bytes lie, its type, value and formula."""

    row: int
    column: int
    start: int
    end: int
    sort: bytes
    value: bytes
    formula: bool


def look(package: zipfile.ZipFile, name: str, styles: Mapping[int, int] | None = None) -> Look:
    """Go through a sheet, with the styles that show dates in part; raises UserError where it is damaged, hostile or too large."""
    plain = _Plain(styles or {})
    for chunk in chunks(package, name):
        plain.feed(chunk)
    plain.close()
    if not (plain.odd or plain.telling or plain.hidden or plain.open_cells):
        return Look([], plain.partial, [], [], [], None)
    content = b"".join(chunks(package, name))
    if len(content) > CAREFUL_BYTES:
        raise UserError(f"工作表太大（{len(content) // 1_000_000} MB），{limits.RESAVE}")
    hidden_rows = [int(number[1]) for row in HIDDEN.findall(content) if (number := NUMBER.search(row))]
    hidden_columns = _hidden_columns(content)
    empty = len(EMPTY_CELL.findall(content)) if plain.open_cells else 0
    if not (plain.odd or plain.telling) and plain.open_cells == empty:
        return Look([], plain.partial, hidden_rows, hidden_columns, [], None)
    check_well_formed(content)
    if b"<!" in content or len(BLOCK_END.findall(content)) > 1:
        raise UserError(BROKEN)
    errors, strays, replaced = _go_through(content)
    return Look(errors, plain.partial, hidden_rows, hidden_columns, strays, replaced)


class _Plain:
    """Whether a sheet is plain, told from its chunks by a few searches in C each.

    `odd`: cells written unusually or far away, comments, a second block of rows; `telling`: formulas or
    error cells; `hidden`: something is hidden; `open_cells`: cells without an end tag, empty ones if all is
    well.
    """

    def __init__(self, styles: Mapping[int, int]) -> None:
        self.styles = styles
        self.partial: list[tuple[int, int, int]] = []
        numbers = "|".join(map(str, styles))
        self.styled = re.compile(rf'<c r="([A-Z]{{1,3}})(\d{{1,7}})" s="({numbers})"(?: t="n")?>'.encode())
        self.odd = self.telling = self.hidden = self.inside = self.ended = False
        self.open_cells = 0
        self.tail = b""

    def feed(self, chunk: bytes) -> None:
        if not self.tail and b"\0" in chunk[:100]:
            raise UserError(BROKEN)
        chunk = self.tail + chunk
        cut = max(chunk.rfind(b"<"), 0)
        chunk, self.tail = chunk[:cut], chunk[cut:]
        if len(self.tail) > CELL_BYTES:
            raise UserError("有一个格子的内容过长，不像正常的名单，没有读入")
        # one letter is looked for five times as fast as a word, and most sheets have neither
        self.hidden = self.hidden or (b"h" in chunk and b"hidden=" in chunk)
        self.odd = self.odd or (b"!" in chunk and b"<!" in chunk)
        if not self.inside:
            _, opening, chunk = chunk.partition(b"<sheetData")
            self.inside = bool(opening)
        if self.inside and not self.ended:
            chunk, end, rest = chunk.partition(b"</sheetData>")
            self.ended = bool(end)
            self.odd = self.odd or b"sheetData" in rest
            self._cells(chunk)
        else:
            self.odd = self.odd or b"sheetData" in chunk

    def _cells(self, chunk: bytes) -> None:
        self.open_cells += chunk.count(b'<c r="') - chunk.count(b"</c>")
        self.telling = self.telling or (b"f" in chunk and b"<f" in chunk) or b't="e"' in chunk
        if self.styles:
            for letters, row, style in self.styled.findall(chunk):
                self.partial.append((int(row) - 1, column_of(letters.decode()), self.styles[int(style)]))
        self.odd = self.odd or UNUSUAL.search(chunk) is not None or (b":" in chunk and b":c" in chunk)

    def close(self) -> None:
        """Judge the sheet at its end; a sheet without an end is damaged."""
        if not self.tail.rstrip().endswith(b">"):
            raise UserError(BROKEN)
        self.odd = self.odd or not self.inside or not self.ended or self.open_cells < 0


def _hidden_columns(content: bytes) -> list[str]:
    firsts = [FIRST_COLUMN.search(column) for column in HIDDEN_COLUMN.findall(content)]
    indexes = [int(first[1]) - 1 for first in firsts if first]
    return [letter(index) for index in indexes if index < limits.COLUMNS]


def _used(content: bytes) -> Iterator[Used]:
    """Yield every cell that holds something, wherever its address says it is."""
    row = column = -1
    for found in ELEMENT.finditer(content):
        row_attributes, cell_attributes, inside = found.groups()
        if cell_attributes is None:
            number = NUMBER.search(row_attributes)
            row, column = (int(number[1]) - 1 if number else row + 1), -1
            continue
        address = ADDRESS.search(cell_attributes)
        if address:
            row, column = int(address[2]) - 1, column_of(address[1].decode())
        else:
            column += 1
        if not inside:
            continue
        value = VALUE.search(inside)
        formula = FORMULA.search(inside) is not None
        if value or formula:
            sort = TYPE.search(cell_attributes)
            start, end = found.span()
            yield Used(row, column, start, end, sort[1] if sort else b"", value[1] if value else b"", formula)


def _go_through(content: bytes) -> tuple[list[tuple[int, int, str]], list[str], bytes | None]:
    errors: list[tuple[int, int, str]] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for cell in _used(content):
        rows.add(cell.row)
        columns.add(cell.column)
        if cell.sort == b"e":
            errors.append((cell.row, cell.column, cell.value.decode("utf-8", "replace")))
        elif cell.formula and not cell.value and cell.sort != b"str":
            errors.append((cell.row, cell.column, UNCALCULATED))
    last_row, last_column = max(rows, default=0), max(columns, default=0)
    within = last_row < LAST_ROW and last_column < limits.COLUMNS
    if within and (last_row + 1) * (last_column + 1) <= MOST_CELLS:
        return errors, [], None
    last_row, last_column = _block_end(rows, ROW_GAP), _block_end(columns, COLUMN_GAP)
    if last_column >= limits.COLUMNS:
        raise UserError(f"表格有 {last_column + 1} 列，超过上限 {limits.COLUMNS} 列，请删去多余的列后再导入")
    if last_row >= LAST_ROW:
        count = bisect_left(sorted(rows), last_row + 1)
        raise UserError(f"表格有 {count} 行，超过上限 {limits.ROWS} 行，请拆分后再导入")
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise UserError("表格太大，请拆分后再导入，或删去多余的列")
    errors = [error for error in errors if error[0] <= last_row and error[1] <= last_column]
    return errors, *_without_strays(content, last_row, last_column)


def _block_end(used: set[int], gap: int) -> int:
    """Return the last row (or column) of the table: where nothing follows for more than `gap`."""
    ordered = sorted(used)
    for here, following in pairwise(ordered):
        if following - here > gap:
            return here
    return ordered[-1] if ordered else 0


def _without_strays(content: bytes, last_row: int, last_column: int) -> tuple[list[str], bytes]:
    """Return the addresses of the cells beyond the table, and the XML with those cells cut out."""
    kept: list[bytes] = []
    strays: list[str] = []
    done = 0
    for cell in _used(content):
        if cell.row <= last_row and cell.column <= last_column:
            continue
        strays.append(f"{letter(cell.column)}{cell.row + 1}")
        if len(strays) > limits.STRAYS:
            raise UserError("表格中间空了太多行或列，分不清哪些是名单，请删去名单以外的内容后再导入")
        kept.append(content[done : cell.start])
        done = cell.end
    return strays, b"".join([*kept, content[done:]])


def letter(index: int) -> str:
    """Return the letters of column `index`, counted from 0: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(letters: str) -> int:
    """Return the index of a column from its letters: the inverse of `letter`."""
    index = 0
    for character in letters.upper():
        index = index * 26 + ord(character) - 64
    return index - 1
