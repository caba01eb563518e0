"""Tables that go out as xlsx: every text stays the text it is, whatever it looks like.

Texts are written as texts, so that `=1+1`, `-1` and `@SUM` never become formulas; phones and ID numbers keep
their zeros. What XML can't hold (control characters, lone surrogates) is dropped, line breaks become one
newline; a text longer than a cell can be is refused with its place, since cutting it would change what
somebody said.
"""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import files
from desktop.errors import TroubleError, UserError
from desktop.exchange.headings import letter
from desktop.records.papers import Watch

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | bool | datetime.date | None

CELL_CHARACTERS = 32_767
LAST_ROW = 1_048_576
SHEET_NAME_CHARACTERS = 31
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_BREAKS = re.compile("\r\n?")
WATCHED_ROWS = 500
MEASURED_ROWS = 200
LEAST_WIDTH, MOST_WIDTH = 6.0, 50.0


def write_table(
    path: Path,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    widths: Sequence[float] | None = None,
    watch: Watch | None = None,
) -> int:
    """Write one sheet called `title` with a frozen, filtered heading row; return how many rows it has.

    int and float become numbers (pass them for number fields only), dates `2026-09-29`, True 是 and False 否,
    None an empty cell; `widths` are in characters, else they follow the first rows. The old file stays until
    the new one is complete. Raises UserError for a text no cell can hold, TroubleError where the file can't
    be written, and whatever `watch` raises.
    """
    # a tenth of a second to load: only what writes a sheet waits for it
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError

    files.refuse_other_sort(path, b"PK", "xlsx")
    with files.written(path) as temporary:
        # packed in memory: on a full disk a zip file left open would complain again when it is collected
        packed = io.BytesIO()
        book = xlsxwriter.Workbook(packed, {"constant_memory": True, "strings_to_urls": False})
        done = False
        try:
            count = _write(book, title, headings, rows, widths, watch)
            book.close()
            temporary.write_bytes(packed.getbuffer())
            done = True
        except XlsxFileError as fault:
            cause = fault.args[0] if fault.args else None
            if isinstance(cause, OSError):
                raise files.trouble(path, cause) from fault
            raise TroubleError(f"无法写入“{path}”：{fault}") from fault
        finally:
            if not done:
                _abandon(book)
    return count


def _write(
    book: Workbook,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[float] | None,
    watch: Watch | None,
) -> int:
    sheet = book.add_worksheet(sheet_name(title))
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "bottom": 1, "valign": "vcenter"})
    total = len(rows) if isinstance(rows, Sequence) else 0
    arriving = iter(rows)
    first = list(islice(arriving, MEASURED_ROWS))
    for column, width in enumerate(widths or _widths(headings, first)):
        sheet.set_column(column, column, width)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, _writable(heading, 1, column, heading), bold)
    sheet.freeze_panes(1, 0)
    count = 0
    for source in (first, arriving):
        for row in source:
            count += 1
            if count >= LAST_ROW:
                raise UserError(f"超过 {LAST_ROW - 1} 行，一个工作表放不下，请分批导出")
            if watch and count % WATCHED_ROWS == 0:
                watch(count, max(total, count))
            _write_row(sheet, count, row, headings)
    if headings:
        sheet.autofilter(0, 0, count, len(headings) - 1)
    return count


def _write_row(sheet: Worksheet, number: int, row: Sequence[Value], headings: Sequence[str]) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(number, column, value)
        else:
            heading = headings[column] if column < len(headings) else ""
            _write_text(sheet, number, column, _writable(_text(value), number + 1, column, heading))


def _write_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text as itself.

    XlsxWriter takes a text from `<r>` to `</r>` for markup it has made itself and copies it raw into the
    sheet; written as three fragments such a text is escaped like any other.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[:2], text[2:-1], text[-1:])
    else:
        sheet.write_string(row, column, text)


def _text(value: Value) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case datetime.datetime():
            return value.isoformat(" ", "minutes")
        case datetime.date():
            return value.isoformat()
    return str(value)


def _writable(text: str, row: int, column: int, heading: str) -> str:
    """Return `text` as a cell can hold it; raises UserError where it is too long."""
    text = LINE_BREAKS.sub("\n", NOT_IN_XML.sub("", text))
    length = len(text.encode("utf-16-le")) // 2 if len(text) * 2 > CELL_CHARACTERS else len(text)
    if length > CELL_CHARACTERS:
        raise UserError(
            f"第 {row} 行 {letter(column)} 列（{heading}）有 {length} 个字，一个格子最多 {CELL_CHARACTERS} 个，"
            "请缩短后再导出",
            row=row,
        )
    return text


def sheet_name(title: str) -> str:
    """Return `title` as Excel allows a sheet to be called (31 characters, without []:*?/\\ and outer ')."""
    name = NOT_IN_XML.sub("", NOT_IN_SHEET_NAMES.sub("_", " ".join(title.split())))
    name = name.strip("'")[:SHEET_NAME_CHARACTERS].strip("' ")
    while len(name.encode("utf-16-le")) // 2 > SHEET_NAME_CHARACTERS:
        name = name[:-1]
    return "名单" if not name or name.casefold() == "history" else name


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float]:
    """Return widths that show the heading with its filter button and most of the first rows."""
    widths = []
    for column, heading in enumerate(headings):
        texts = (_text(row[column]) for row in rows if column < len(row) and row[column] is not None)
        longest = max((_breadth(line) for text in texts for line in text[:200].splitlines()), default=0)
        widths.append(min(max(longest + 2.0, _breadth(heading) + 4.0, LEAST_WIDTH), MOST_WIDTH))
    return widths


def _breadth(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _abandon(book: Workbook) -> None:
    """Let go of an unfinished workbook and of the temporary files XlsxWriter keeps its rows in."""
    book.fileclosed = True
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
            sheet.row_data_fh.close()
        if sheet.row_data_filename:
            Path(sheet.row_data_filename).unlink(missing_ok=True)
