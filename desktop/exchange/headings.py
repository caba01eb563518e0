"""Which column of a sheet is which field: the heading row is found and its words are matched to kinds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Overrides
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.exchange.book import Book, CellError, Row, Sheet
from desktop.exchange.roster import headings_of, needed
from desktop.exchange.sheet_xml import letter
from desktop.exchange.synonyms import Extra
from desktop.records.kinds import Kind

SEARCHED_ROWS = 20
BRACKETED = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
TRIMMED = re.compile(r"[\s()（）\[\]【】〔〕*＊:：_、,，.。/／]+")


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column: its index from 0, its letter, its heading in one line, the field it goes to (None: ignored)."""

    index: int
    letter: str
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Several columns that claim one field; the clerk must say which it is."""

    field: str
    label: str
    columns: tuple[ColumnMatch, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of a sheet go to fields.

    `heading_row` is the row number that Excel shows; `missing_required` are labels of fields that must be
    filled but have no column.
    """

    heading_row: int
    columns: tuple[ColumnMatch, ...]
    missing_required: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()

    def fault(self) -> UserError | None:
        """Return why nothing can be imported yet, as one sentence, or None."""
        row = self.heading_row
        if self.ambiguous:
            doubt = self.ambiguous[0]
            which = "和".join(f"{column.letter} 列“{column.heading}”" for column in doubt.columns)
            return UserError(f"{which}都像是“{doubt.label}”，请指明用哪一列", field=doubt.field, row=row)
        if self.missing_required:
            labels = "、".join(self.missing_required)
            return UserError(f"没有找到“{labels}”列，请检查第 {row} 行是不是标题行，或者指定各列", row=row)
        return None


def plain(text: str) -> str:
    """Return a heading without blanks, line breaks, brackets and marks, in half-width lower case."""
    return TRIMMED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def match(
    sheet: Sheet,
    kinds: Sequence[Kind],
    *,
    extra: Sequence[Extra] = (),
    overrides: Overrides[int, str | None] | None = None,
    heading_row: int | None = None,
) -> Mapping:
    """Find the heading row and match its columns; raises UserError where the sheet has no rows.

    `overrides` ({column index: field or None}) and `heading_row` (Excel's number) are what the clerk chose.
    """
    if not sheet.rows:
        raise UserError(f"工作表“{sheet.name}”里没有数据")
    words = _words(kinds, extra)
    row = _heading(sheet, words, heading_row)
    found = [
        ColumnMatch(index, letter(index), one_line, words.get_field(one_line))
        for index, cell in enumerate(row.cells)
        if (one_line := _one_line(cell))
    ]
    if overrides:
        found = _overridden(found, row, overrides)
    return _mapping(row.number, found, kinds, extra, chosen=set(overrides or ()))


def fitting(book: Book, kinds: Sequence[Kind], *, extra: Sequence[Extra] = ()) -> Sheet:
    """Return the first visible sheet with a column for all that must be filled, else the first with data.

    A roster sent round is often headed by a sheet of 填表说明. Raises UserError where no sheet has data.
    """
    for sheet in book.sheets:
        if sheet.rows and not sheet.hidden and not match(sheet, kinds, extra=extra).missing_required:
            return sheet
    return book.sheet()


class _Words:
    """Every known heading, and the field it means."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def add(self, field: str, words: Iterable[str]) -> None:
        for word in words:
            self.fields.setdefault(plain(word), field)

    def get_field(self, heading: str) -> str | None:
        """Return the field for a heading, tried whole, without what is in brackets, and the bracket alone."""
        for candidate in (heading, BRACKETED.sub("", heading), *BRACKETED.findall(heading)):
            if (word := plain(candidate)) and (field := self.fields.get(word)):
                return field
        return None


def _words(kinds: Sequence[Kind], extra: Sequence[Extra]) -> _Words:
    """Return the headings known: labels and ids first, so that a synonym never takes another's label."""
    words = _Words()
    for kind in kinds:
        words.add(kind.name, (kind.label, kind.name))
    for field in extra:
        words.add(field.name, (field.label, field.name))
    for kind in kinds:
        words.add(kind.name, headings_of(kind))
    for field in extra:
        words.add(field.name, field.synonyms)
    return words


def _one_line(cell: object) -> str:
    return "" if cell is None or isinstance(cell, CellError) else " ".join(str(cell).split())


def _heading(sheet: Sheet, words: _Words, chosen: int | None) -> Row:
    """Return the row with most known headings; where two are alike, the lower of two that touch."""
    if chosen is not None:
        row = next((row for row in sheet.rows if row.number == chosen), None)
        if row is None:
            raise UserError(f"第 {chosen} 行是空行，不能作标题行", row=chosen)
        return row
    best, best_score = None, 0
    for row in sheet.rows[:SEARCHED_ROWS]:
        fields = {words.get_field(one_line) for cell in row.cells if (one_line := _one_line(cell))} - {None}
        below = best is not None and row.number == best.number + 1
        if len(fields) > best_score or (below and len(fields) == best_score > 1):
            best, best_score = row, len(fields)
    if best is not None:
        return best
    filled = [row for row in sheet.rows[:SEARCHED_ROWS] if sum(map(bool, map(_one_line, row.cells))) > 1]
    return filled[0] if filled else sheet.rows[0]


def _overridden(
    found: list[ColumnMatch], row: Row, overrides: Overrides[int, str | None]
) -> list[ColumnMatch]:
    kept = {column.index: column for column in found}
    for index, field in overrides.items():
        heading = _one_line(row.cells[index]) if index < len(row.cells) else ""
        kept[index] = ColumnMatch(index, letter(index), heading, field)
    chosen = {field for field in overrides.values() if field}
    return [
        column
        if column.index in overrides or column.field not in chosen
        else ColumnMatch(column.index, column.letter, column.heading, None)
        for _, column in sorted(kept.items())
    ]


def _mapping(
    number: int, found: list[ColumnMatch], kinds: Sequence[Kind], extra: Sequence[Extra], *, chosen: set[int]
) -> Mapping:
    labels = {kind.name: kind.label for kind in kinds} | {field.name: field.label for field in extra}
    unknown = [column.field for column in found if column.field and column.field not in labels]
    if unknown:
        raise UserError(f"没有“{unknown[0]}”这个字段，请重新指定各列")
    claims: dict[str, list[ColumnMatch]] = {}
    for column in found:
        if column.field:
            claims.setdefault(column.field, []).append(column)
    ambiguous = tuple(
        Ambiguity(field, labels[field], tuple(columns))
        for field, columns in claims.items()
        if len(columns) > 1
    )
    missing = tuple(kind.label for kind in kinds if needed(kind) and kind.name not in claims)
    return Mapping(number, tuple(found), missing, ambiguous)
