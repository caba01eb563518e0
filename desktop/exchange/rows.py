"""From the rows of a sheet to values by field, with a fault for every cell that can't be taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.errors import UserError
from desktop.exchange import limits
from desktop.exchange.book import Cell, CellError, Row, Sheet
from desktop.exchange.cells import Unusable, shown, text_of
from desktop.exchange.headings import ColumnMatch, Mapping
from desktop.exchange.roster import choice_words, needed
from desktop.exchange.synonyms import REMARK_ROW, SECTION_ROW, SUM, TAGS, Extra
from desktop.records import cleaning
from desktop.records.kinds import Choice, Kind
from desktop.records.papers import Watch

WATCHED_ROWS = 500
REMEMBERED = 50_000
SEVERAL = re.compile(r"[、,，;；/／|\n]+")
SHOWN_CHARACTERS = 40


Outcome = tuple[Any, str]
"""The value of a cell and its text; a cell that can't be taken has its Unusable in the place of the value."""


@dataclass(slots=True)
class ParsedRow:
    """A row without fault: its number in Excel and the values of the cells that hold something.

    Fields with an empty cell are absent, so that defaults and earlier values stand. A Link is the text to
    look up; an Extra with `several` is a tuple of texts.
    """

    number: int
    values: dict[str, Any]
    fields: Sequence[str]
    outcomes: Sequence[Outcome | None]

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the cells that hold something, by field."""
        return {
            field: found[1]
            for field, found in zip(self.fields, self.outcomes, strict=True)
            if found is not None
        }


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
    notes: list[str] = field(default_factory=list)
    """What is to be known of whole columns, as sentences."""

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
    for done in range(0, len(below), WATCHED_ROWS):
        if watch:
            watch(done, len(below))
        ask.take(below[done : done + WATCHED_ROWS])
    parsed.notes.extend(
        f"“{column.match.heading}”一列有遮住的号码（138****8000），这些格子没有读入；已有的号码不受影响"
        for column in columns
        if column.has_masks
    )
    if not parsed.rows and not parsed.faults:
        raise UserError(f"工作表“{sheet.name}”里只有标题行，没有数据行", row=mapping.heading_row)
    if parsed.read > limits.ROWS:
        raise UserError(f"名单有 {parsed.read} 行，超过上限 {limits.ROWS} 行，请拆分后再导入")
    if watch:
        watch(len(below), len(below))
    return parsed


class _Known(dict[Cell, Outcome | None]):
    """What the texts of a column came to. Only texts are kept: 1, 1.0 and True would be one key."""

    def __init__(self, column: _Column) -> None:
        super().__init__({None: None})
        self.column = column

    def __missing__(self, cell: Cell) -> Outcome | None:
        found = self.column.read(cell)
        if found and found[0].__class__ is Unusable:
            self.column.faulty = True  # and not kept, so that it is told again where it stands again
        elif cell.__class__ is str:
            if len(self) >= REMEMBERED:
                self.clear()
                self[None] = None
            self[cell] = found
        return found


class _Column:
    """A column that goes to a field; it remembers what it has read, since most columns repeat themselves."""

    def __init__(self, match: ColumnMatch, field: str, kind: Kind | None, date1904: bool) -> None:
        self.match, self.field, self.kind = match, field, kind
        self.index = match.index
        self.date1904 = date1904
        self.required = False
        """Whether an empty cell is a fault: so it is in a field of the record, not in what hangs on it."""
        self.several = self.is_prose = False
        self.has_masks = False
        """Whether a cell held a masked number, which tells nothing."""
        self.words = choice_words(kind) if isinstance(kind, Choice) else {}
        self.known = _Known(self)
        self.faulty = False
        """Whether a cell read since this was last set can't be taken."""

    def read(self, cell: Cell) -> Outcome | None:
        """Return what a cell comes to; None for one that holds nothing."""
        try:
            text = cell if isinstance(cell, str) else text_of(cell, self.kind, date1904=self.date1904)
            value = self._value(text)
        except Unusable as fault:
            return fault, shown(cell)
        except UserError as fault:
            label = self.kind.label if self.kind else ""
            return Unusable(fault.message.removeprefix(label)), shown(cell)
        return (value, text) if value or (value == 0 and value is not False) else None

    def read_all(self, rows: Sequence[Row]) -> list[Outcome | None]:
        """Return what the cells of some rows in this column come to."""
        place = self.index
        cells = [cells[place] if place < len(cells := row.cells) else None for row in rows]
        self.faulty = self.required and None in cells
        return list(map(self.known.__getitem__, cells))

    def _value(self, text: str) -> Any:
        if self.kind is None:
            parts = (cleaning.one_line(word) for word in SEVERAL.split(text))
            if self.several:
                return tuple(dict.fromkeys(filter(None, parts)))
            return cleaning.many_lines(text) if self.is_prose else cleaning.one_line(text)
        if self.kind.masked and self.kind.is_mask(text):
            self.has_masks = True
            return None  # of an export that hides its numbers: what is kept stands
        value = self.kind.parse(text)
        if self.words:
            value = self.words.get(value.casefold(), value)
        if value not in ("", None) or self.required:  # an empty one is a default's
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
    hanging = {field.name: field for field in extra}
    columns = []
    for match in mapping.columns:
        if match.field:
            beside = hanging.get(match.field)
            kind = beside.kind if beside else by_name.get(match.field)
            column = _Column(match, match.field, kind, sheet.date1904)
            column.required = beside is None and kind is not None and needed(kind)
            if beside:
                column.several, column.is_prose = beside.several, beside.is_prose
            columns.append(column)
    return columns


class _Reading:
    """Takes one row after another into `parsed`."""

    def __init__(self, sheet: Sheet, columns: list[_Column], parsed: Parsed, *, tagged: bool) -> None:
        self.sheet, self.columns, self.parsed, self.tagged = sheet, columns, parsed, tagged
        self.dense = max(2, len(columns) // 3) + 2
        self.fields = tuple(column.field for column in columns)

    def take(self, rows: Sequence[Row]) -> None:
        """Read some rows, column by column, and keep each as data, as faults, or as no data."""
        by_column = [column.read_all(rows) for column in self.columns]
        faulty = any(column.faulty for column in self.columns)
        for row, outcomes in zip(rows, zip(*by_column, strict=True), strict=True):
            if reason := self._reason_against(row):
                self.parsed.ignored.append((row.number, reason))
            elif faulty and (faults := self._faults(row, outcomes)):
                if any(found and found[0].__class__ is not Unusable for found in outcomes):
                    self.parsed.faults.extend(faults)
                else:
                    self._judge(row, faults)
            else:
                values = {
                    field: found[0] for field, found in zip(self.fields, outcomes, strict=True) if found
                }
                if self.tagged and "note" in values:
                    self._mark(values)
                self.parsed.rows.append(ParsedRow(row.number, values, self.fields, outcomes))

    def _reason_against(self, row: Row) -> str:
        """Return why a row is no data, or ''; a row with many cells filled needs no second look."""
        cells = row.cells
        if (
            len(cells) - cells.count(None) > self.dense
            and not self._may_repeat(cells)
            and not _sum_head(cells)
        ):
            return ""
        return _no_data(row, self.sheet, self.columns)

    def _judge(self, row: Row, faults: list[RowFault]) -> None:
        """Keep a row without one good value: no data where anything says so, else its faults."""
        if reason := _no_data(row, self.sheet, self.columns):
            self.parsed.ignored.append((row.number, reason))
        else:
            self.parsed.faults.extend(faults)

    def _may_repeat(self, cells: tuple[Cell, ...]) -> bool:
        first = self.columns[0].match
        cell = cells[first.index] if first.index < len(cells) else None
        # a row in ten thousand begins so: its first sign is looked for before the text is taken apart
        return isinstance(cell, str) and first.heading[:1] in cell and _flat(cell) == first.heading

    def _faults(self, row: Row, outcomes: Sequence[Outcome | None]) -> list[RowFault]:
        faults: list[RowFault] = []
        for column, found in zip(self.columns, outcomes, strict=True):
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            if cell is None and column.required:
                faults.append(column.fault(row.number, "不能为空", ""))
            elif found and (reason := found[0]).__class__ is Unusable:
                told_already = faults and str(reason) in faults[-1].message
                if not (isinstance(cell, CellError) and told_already):
                    faults.append(column.fault(row.number, str(reason), found[1]))
        return faults

    def _mark(self, values: dict[str, Any]) -> None:
        """Set 内部标记 where a clerk wrote the tag into 备注, which is kept as it is."""
        tags = [tag for word in SEVERAL.split(values["note"]) if (tag := word.strip()) in TAGS]
        if tags and "restricted" not in values:
            values["restricted"] = tags[0]


def _no_data(row: Row, sheet: Sheet, columns: list[_Column]) -> str:
    """Return why a row is no data (a sum, a signature, a section line, a repeated heading), or ''."""
    cells, width = row.cells, len(row.cells)
    filled = [column for column in columns if column.index < width and _holds(cells[column.index])]
    if head := _sum_head(cells):
        return f"“{head}”是汇总或落款，不是数据行"
    if len(filled) > max(2, len(columns) // 3):
        return "是重复的标题行" if _repeats_heading(cells, filled) else ""
    words = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if not filled:
        if words:
            return f"“{words[0].strip()[:SHOWN_CHARACTERS]}”不在任何要导入的列里，不是数据行"
        has_error = any(isinstance(cell, CellError) for cell in cells)
        return "" if has_error else "除序号外没有内容"
    required = [column for column in columns if column.required]
    if len(required) > 1 and set(required).issubset(filled):
        return ""  # a matter may begin with 审批 or 说明
    first = words[0].strip() if words else ""
    if REMARK_ROW.match(first):
        return f"“{first[:SHOWN_CHARACTERS]}”是汇总或落款，不是数据行"
    if len(words) == 1 and (row.number in sheet.wide or SECTION_ROW.match(first)):
        return f"“{first[:SHOWN_CHARACTERS]}”是分段标题，不是数据行"
    return ""


def _sum_head(cells: tuple[Cell, ...]) -> str:
    """Return the 合计 that the first filled of two cells (the number, the name) is and nothing else; '' for a person."""
    head = next((cell for cell in cells[:2] if cell), None)
    return _flat(head) if isinstance(head, str) and "计" in head and SUM.fullmatch(head) else ""


def _holds(cell: Cell) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _repeats_heading(cells: tuple[Cell, ...], filled: list[_Column]) -> bool:
    return all(
        isinstance(cell := cells[column.index], str) and _flat(cell) == column.match.heading
        for column in filled
    )
