"""From the rows of a sheet to values by field, with a fault for every cell that can't be taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.errors import UserError
from desktop.exchange import limits
from desktop.exchange.book import Cell, CellError, Row, Sheet
from desktop.exchange.cells import Unusable, shown, text_of
from desktop.exchange.headings import ColumnMatch, Mapping
from desktop.exchange.synonyms import CHOICE_WORDS, REMARK_ROW, SECTION_ROW, TAGS, Extra
from desktop.records import cleaning
from desktop.records.kinds import Choice, Kind
from desktop.records.papers import Watch

WATCHED_ROWS = 500
REMEMBERED = 50_000
SEVERAL = re.compile(r"[、,，;；/／|\n]+")
SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row without fault: its number in Excel, the values and the texts of the cells that hold something.

    Fields with an empty cell are absent from both, so that defaults and earlier values stand. A Link is
    the text to look up; an Extra with `several` is a tuple of texts.
    """

    number: int
    values: dict[str, Any]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A cell at fault: row and column as Excel shows them, field id, what stands there, a sentence."""

    row: int
    column: str
    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """All rows of a sheet: those without fault, every fault, and rows that are no data with the reason."""

    rows: list[ParsedRow]
    faults: list[RowFault]
    ignored: list[tuple[int, str]]

    @property
    def read(self) -> int:
        """How many data rows there are, with fault or without."""
        return len(self.rows) + len({fault.row for fault in self.faults})


def read_rows(
    sheet: Sheet,
    mapping: Mapping,
    kinds: Sequence[Kind],
    *,
    extra: Sequence[Extra] = (),
    watch: Watch | None = None,
) -> Parsed:
    """Read every row below the heading; raises UserError where the mapping is not settled or no row is left."""
    if fault := mapping.fault():
        raise fault
    columns = _columns(sheet, mapping, kinds, extra)
    tagged = any(kind.name == "restricted" for kind in kinds)
    below = [row for row in sheet.rows if row.number > mapping.heading_row]
    parsed = Parsed([], [], [])
    ask = _Reading(sheet, columns, parsed, tagged=tagged)
    for done, row in enumerate(below):
        if watch and done % WATCHED_ROWS == 0:
            watch(done, len(below))
        ask.take(row)
    if not parsed.rows and not parsed.faults:
        raise UserError(f"工作表“{sheet.name}”里只有标题行，没有数据行", row=mapping.heading_row)
    if parsed.read > limits.ROWS:
        raise UserError(f"名单有 {parsed.read} 行，超过上限 {limits.ROWS} 行，请拆分后再导入")
    if watch:
        watch(len(below), len(below))
    return parsed


class _Column:
    """A column that goes to a field; it remembers what it has read, since most columns repeat themselves."""

    def __init__(self, match: ColumnMatch, field: str, kind: Kind | None, date1904: bool) -> None:
        self.match, self.field, self.kind = match, field, kind
        self.index = match.index
        self.date1904 = date1904
        self.required = kind is not None and kind.required
        self.several = False
        self.words = CHOICE_WORDS.get(field, {}) if isinstance(kind, Choice) else {}
        self.known: dict[str, tuple[Any, str]] = {}

    def read(self, cell: Cell) -> tuple[Any, str]:
        """Return value and text; a cell that can't be taken has its Unusable in the place of the value."""
        try:
            text = text_of(cell, self.kind, date1904=self.date1904)
            outcome: tuple[Any, str] = (self._value(text), text)
        except Unusable as fault:
            outcome = (fault, shown(cell))
        except UserError as fault:
            label = self.kind.label if self.kind else ""
            outcome = (Unusable(fault.message.removeprefix(label)), shown(cell))
        if isinstance(cell, str):
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[cell] = outcome
        return outcome

    def _value(self, text: str) -> Any:
        if self.kind is None:
            parts = (cleaning.one_line(word) for word in SEVERAL.split(text))
            return tuple(dict.fromkeys(filter(None, parts))) if self.several else cleaning.one_line(text)
        value = self.kind.parse(text)
        if self.words:
            value = self.words.get(value.casefold(), value)
        self.kind.check(value)
        return value

    def fault(self, row: int, reason: str, value: str) -> RowFault:
        """Return the sentence `第 85 行 F 列（出生年月）“1990年13月45日”没有 13 月`."""
        heading = cleaning.HAN_GAP.sub("", self.match.heading) or (
            self.kind.label if self.kind else self.field
        )
        quoted = value if len(value) <= SHOWN_CHARACTERS else f"{value[:SHOWN_CHARACTERS]}…"
        told = f"“{quoted}”" if quoted.strip() and not reason.startswith("“") else ""
        message = f"第 {row} 行 {self.match.letter} 列（{heading}）{told}{reason}"
        return RowFault(row, self.match.letter, self.field, value, message)


def _columns(sheet: Sheet, mapping: Mapping, kinds: Sequence[Kind], extra: Sequence[Extra]) -> list[_Column]:
    by_name = {kind.name: kind for kind in kinds}
    several = {field.name for field in extra if field.several}
    columns = []
    for match in mapping.columns:
        if match.field:
            column = _Column(match, match.field, by_name.get(match.field), sheet.date1904)
            column.several = match.field in several
            columns.append(column)
    return columns


class _Reading:
    """Takes one row after another into `parsed`."""

    def __init__(self, sheet: Sheet, columns: list[_Column], parsed: Parsed, *, tagged: bool) -> None:
        self.sheet, self.columns, self.parsed, self.tagged = sheet, columns, parsed, tagged
        self.dense = max(2, len(columns) // 3) + 2
        self.places = [(column.index, column.field, column.known, column) for column in columns]

    def take(self, row: Row) -> None:
        cells = row.cells
        dense = len(cells) - cells.count(None) > self.dense and not self._may_repeat(cells)
        if not dense and (reason := _no_data(row, self.sheet, self.columns)):
            self.parsed.ignored.append((row.number, reason))
            return
        values, texts, faults = self._read(row)
        if not faults:
            self._mark(values)
            self.parsed.rows.append(ParsedRow(row.number, values, texts))
        elif not values and (reason := _no_data(row, self.sheet, self.columns)):
            self.parsed.ignored.append((row.number, reason))
        else:
            self.parsed.faults.extend(faults)

    def _may_repeat(self, cells: tuple[Cell, ...]) -> bool:
        first = self.columns[0].match
        return (
            first.index < len(cells)
            and isinstance(cell := cells[first.index], str)
            and _flat(cell) == first.heading
        )

    def _read(self, row: Row) -> tuple[dict[str, Any], dict[str, str], list[RowFault]]:
        values: dict[str, Any] = {}
        texts: dict[str, str] = {}
        faults: list[RowFault] = []
        cells, width = row.cells, len(row.cells)
        for index, field, known, column in self.places:
            cell = cells[index] if index < width else None
            if cell is None:
                if column.required:
                    faults.append(column.fault(row.number, "不能为空", ""))
                continue
            outcome = known.get(cell) if cell.__class__ is str else None  # type: ignore[arg-type]
            value, text = outcome or column.read(cell)
            if value.__class__ is Unusable:
                if not (isinstance(cell, CellError) and faults and str(value) in faults[-1].message):
                    faults.append(column.fault(row.number, str(value), text))
            elif value or (value == 0 and value is not False):
                values[field], texts[field] = value, text
        return values, texts, faults

    def _mark(self, values: dict[str, Any]) -> None:
        """Set 内部标记 where a clerk wrote the tag into 备注, which is kept as it is."""
        note = values.get("note")
        if note and self.tagged and "restricted" not in values:
            tags = [tag for word in SEVERAL.split(note) if (tag := word.strip()) in TAGS]
            if tags:
                values["restricted"] = tags[0]


def _no_data(row: Row, sheet: Sheet, columns: list[_Column]) -> str:
    """Return why a row is no data (a sum, a signature, a section line, a repeated heading), or ''."""
    cells, width = row.cells, len(row.cells)
    filled = [column for column in columns if column.index < width and _holds(cells[column.index])]
    if len(filled) > max(2, len(columns) // 3):
        return "是重复的标题行" if _repeats_heading(cells, filled) else ""
    words = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if not filled:
        if words:
            return f"“{words[0].strip()[:SHOWN_CHARACTERS]}”不在任何要导入的列里，不是数据行"
        has_error = any(isinstance(cell, CellError) for cell in cells)
        return "" if has_error else "除序号外没有内容"
    first = words[0].strip() if words else ""
    if REMARK_ROW.match(first):
        return f"“{first[:SHOWN_CHARACTERS]}”是汇总或落款，不是数据行"
    if len(words) == 1 and (row.number in sheet.wide or SECTION_ROW.match(first)):
        return f"“{first[:SHOWN_CHARACTERS]}”是分段标题，不是数据行"
    return ""


def _holds(cell: Cell) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _repeats_heading(cells: tuple[Cell, ...], filled: list[_Column]) -> bool:
    return all(
        isinstance(cell := cells[column.index], str) and _flat(cell) == column.match.heading
        for column in filled
    )
