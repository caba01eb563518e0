"""What the import dialog has done off the window's thread: reading a file, and planning what its rows do."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.exchange.book import Book, Cell, CellError, Sheet
from desktop.exchange.cells import shown
from desktop.exchange.day_ranges import spread
from desktop.exchange.export import Value, write_table
from desktop.exchange.headings import Mapping
from desktop.exchange.reader import open_book
from desktop.exchange.roster import extras, headings, importable, lines
from desktop.exchange.rows import Parsed, read_rows
from desktop.exchange.scan import Sort, sort_of
from desktop.exchange.text_table import ENCODINGS, decoded
from desktop.records.base import Record, own_connection
from desktop.records.listing import Query
from desktop.records.papers import Watch
from desktop.services.importing import Importing, OnDuplicate, Outcome, Plan

if TYPE_CHECKING:
    from desktop.services.desk import Desk

SAMPLE_BYTES, SAMPLE_LINES = 4_000, 3
ROW_LABEL, FAULT_LABEL = "原表行号", "问题"


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as the dialog lists it: where in the sheet, what stands there, what is wrong."""

    row: int
    column: str
    heading: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows read and compared; nothing is written yet."""

    sheet: Sheet
    mapping: Mapping
    parsed: Parsed
    plan: Plan
    faults: list[FaultLine]

    @property
    def faulty_rows(self) -> list[int]:
        """The numbers of the rows with faults, in order."""
        return sorted({fault.row for fault in self.faults})


@dataclass(frozen=True, slots=True)
class Sample:
    """The first lines of a text file in one encoding; none where the file can't be read in it."""

    encoding: str
    lines: tuple[str, ...]


def read_book(path: Path, encoding: str | None, watch: Watch) -> Book:
    """Read a file whole; raises UserError or TroubleError, or Cancelled where `watch` stops it."""
    if not path.is_file():
        raise UserError(f"“{path.name}”不是一个文件，请选择 xlsx、xls 或 csv 文件")
    return open_book(path, encoding=encoding, watch=watch)


def samples(path: Path) -> list[Sample]:
    """Return how a text file would begin in each encoding; nothing for a workbook or an unreadable file."""
    try:
        if sort_of(path) is not Sort.TEXT:
            return []
        with path.open("rb") as file:
            content = file.read(SAMPLE_BYTES)
    except (UserError, OSError):
        return []
    if len(content) == SAMPLE_BYTES:
        content = content[: content.rfind(b"\n") + 1] or content
    return [Sample(encoding, _lines(content, encoding)) for encoding in ENCODINGS]


def _lines(content: bytes, encoding: str) -> tuple[str, ...]:
    if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ()
    try:
        text, _ = decoded(content, encoding)
    except UserError:
        return ()
    return tuple(line.replace("\0", "") for line in text.splitlines()[:SAMPLE_LINES])


def prepare(
    importing: Importing, model: type[Record], sheet: Sheet, mapping: Mapping, watch: Watch
) -> Prepared:
    """Read the rows of a sheet and plan their import."""
    with own_connection():
        rows = spread(model, sheet, mapping)
        parsed = read_rows(rows, mapping, importable(model), extra=extras(model), watch=watch)
        plan = importing.plan(model, parsed.rows, watch)
    faults = sorted(_faults(mapping, parsed, plan), key=lambda fault: fault.row)
    return Prepared(sheet, mapping, parsed, plan, faults)


def _faults(mapping: Mapping, parsed: Parsed, plan: Plan) -> Iterator[FaultLine]:
    headings = {column.letter: column.heading for column in mapping.columns}
    for fault in parsed.faults:
        heading = headings.get(fault.column, "")
        yield FaultLine(fault.row, fault.column, heading, fault.value, _reason(fault.message, fault.value))
    columns = {column.field: column for column in mapping.columns if column.field}
    rows = {row.number: row for row in parsed.rows} if plan.faults else {}
    for fault in plan.faults:
        column = columns.get(fault.field)
        value = rows[fault.row].texts.get(fault.field, fault.value)
        letter, heading = (column.letter, column.heading) if column else ("", "")
        yield FaultLine(fault.row, letter, heading, value, fault.message)


def _reason(message: str, value: str) -> str:
    """Return a fault's sentence without its place and value, which have columns of their own."""
    _, found, rest = message.partition("列（")
    reason = rest.partition("）")[2] if found else ""
    if value.strip() and reason.startswith("“"):
        reason = reason.partition("”")[2] if value[:40] in reason else reason
    return reason or message


def apply(importing: Importing, plan: Plan, decisions: dict[int, OnDuplicate], watch: Watch) -> Outcome:
    """Write a plan; a duplicate without a decision is skipped."""
    with own_connection():
        return importing.apply(plan, OnDuplicate.SKIP, decisions, watch)


def save_faulty_rows(prepared: Prepared, path: Path) -> int:
    """Write the rows with faults to a workbook of the same columns, to be corrected and imported there."""
    sheet, mapping = prepared.sheet, prepared.mapping
    width = max((len(row.cells) for row in sheet.rows), default=0)
    headings = {column.index: column.heading for column in mapping.columns}
    told: dict[int, list[str]] = {}
    for fault in prepared.faults:
        place = f"{fault.column} 列：" if fault.column else ""
        told.setdefault(fault.row, []).append(f"{place}{fault.message}")
    rows = [
        [*_padded([_value(cell) for cell in row.cells], width), row.number, "；".join(told[row.number])]
        for row in sheet.rows
        if row.number in told
    ]
    titles = [headings.get(index, "") for index in range(width)]
    return write_table(path, "有误的行", [*titles, ROW_LABEL, FAULT_LABEL], rows)


def _padded(values: list[Value], width: int) -> list[Value]:
    return [*values, *([None] * (width - len(values)))]


def _value(cell: Cell) -> Value:
    """Return a cell as it can be written again; a number keeps its digits as text."""
    if cell is None or isinstance(cell, bool | str):
        return cell
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, datetime.date):
        return cell
    return shown(cell)


def export_all(desk: Desk, query: Query, path: Path, full: bool, watch: Watch) -> int:
    """Write what a list shows to a workbook with the columns that an import reads; returns its rows.

    Numbers are masked unless `full`. Raises UserError where the user may not take it out.
    """

    def write() -> int:
        total = desk.books.count(query)
        rows: Iterator[Sequence[Any]] = _watched(lines(desk.books, query, full=full), total, watch)
        return write_table(path, query.model.label, headings(query.model), rows)

    with own_connection():
        return desk.disclosing.export(query.model.label, path.name, write, full=full)


def _watched(rows: Iterator[list[Value]], total: int, watch: Watch) -> Iterator[list[Value]]:
    for done, row in enumerate(rows):
        if done % 500 == 0:
            watch(done, max(total, done))
        yield row
