"""Tables in text files (csv): encoding, delimiter and quotes are found out, and doubts are told.

GB18030 decodes almost any bytes, Big5 among them, so that a wrong guess would fill the roster with wrong
characters without any error: where both fit, the clerk is asked.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange import limits
from desktop.exchange.book import Book, Cell, CellError, Row, Sheet
from desktop.exchange.scan import Sort

ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030", "big5": "cp950", "utf-16": "utf-16"}
"""The encodings a clerk may choose, and Python's names for them."""
ALSO = {"gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8", "utf-8-sig": "utf-8", "utf16": "utf-16"}
DELIMITERS = (",", "\t", ";")
SEPARATOR_LINE = re.compile(r"sep=([,;|:\t])", re.I)
FULL_WIDTH = re.compile("[，；、｜]")
HAN_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
SAMPLE_BYTES = 200_000
SAMPLE_LINES = 20
RECORD_LINES = 100
RARE_SHARE, USUAL_SHARE = 0.1, 0.85


def read_text(path: Path, *, encoding: str | None = None) -> Book:
    """Read a csv file as a book of one sheet called after it; raises UserError naming the line at fault."""
    text, used = decoded(path.read_bytes(), encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if all(sign.isspace() or sign in "\0,;\ufeff" for sign in text):
        raise UserError(f"“{path.name}”：文件是空的，没有任何内容")
    first, _, rest = text.partition("\n")
    marked = SEPARATOR_LINE.fullmatch(first.strip(' "\ufeff'))
    delimiter = marked[1] if marked else _delimiter(text)
    lines_before = 1 if marked else 0
    rows = list(_rows(rest if marked else text, delimiter, lines_before))
    if len(rows) > limits.ROWS + limits.HEADING_ROWS:
        raise UserError(f"“{path.name}”有 {len(rows)} 行，超过上限 {limits.ROWS} 行，请拆分后再导入")
    _refuse_nul(path, rows)
    if delimiter == "," and all(len(row.cells) == 1 for row in rows[:SAMPLE_LINES]):
        _refuse_full_width(rows)
    return Book(path, Sort.TEXT, (Sheet(path.stem, False, rows),), (), used)


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and the encoding used (a key of ENCODINGS); raises UserError naming the bad line."""
    if encoding is not None:
        chosen = ALSO.get(encoding.lower(), encoding.lower())
        if chosen not in ENCODINGS:
            raise UserError(f"没有“{encoding}”这种编码，可选：{'、'.join(ENCODINGS)}")
        return _decode(content, chosen), chosen
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(content, "utf-16"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as fault:
        if content.startswith(b"\xef\xbb\xbf") or _several_characters(content[: fault.start]):
            raise _bad_bytes(content, fault.start, "utf-8") from None
    if looks_like_big5(content):
        raise UserError("分不清文件是简体（GB18030）还是繁体（Big5）编码，请预览后选择编码，再导入")
    return _decode(content, "gb18030"), "gb18030"


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(ENCODINGS[encoding])
    except UnicodeDecodeError as fault:
        raise _bad_bytes(content, fault.start, encoding) from None


def _several_characters(start: bytes) -> bool:
    """Whether the bytes before a fault hold three characters that only UTF-8 explains."""
    return sum(byte >= 0xC2 for byte in start) >= 3


def _bad_bytes(content: bytes, at: int, encoding: str) -> UserError:
    line = content.count(b"\n" if encoding != "utf-16" else b"\n\0", 0, at) + 1
    return UserError(
        f"第 {line} 行有无法识别的字符（按 {encoding.upper()} 编码），文件可能已损坏；{limits.RESAVE}",
        row=line,
    )


def looks_like_big5(content: bytes) -> bool:
    """Whether bytes that are not UTF-8 are more likely Big5 than GB18030.

    Simplified Chinese lies almost wholly in GB2312, where both bytes of a character are above A0; the second
    byte of every third Big5 character is below 7F. Big5's frequent characters begin with A4 to C6.
    """
    sample = content[:SAMPLE_BYTES]
    pairs = HAN_PAIR.findall(sample)
    if not pairs:
        return False
    rare = sum(pair[1] < 0xA1 for pair in pairs)
    try:
        sample[: len(sample) if len(content) <= SAMPLE_BYTES else sample.rfind(b"\n")].decode("cp950")
    except UnicodeDecodeError:
        return False
    usual = sum(0xA1 <= pair[0] <= 0xC6 for pair in pairs)
    return rare > RARE_SHARE * len(pairs) and usual > USUAL_SHARE * len(pairs)


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the first lines most columns."""
    lines = [line for line in text.split("\n", SAMPLE_LINES * 3)[: SAMPLE_LINES * 3] if line.strip()]

    def columns(delimiter: str) -> int:
        counts = sorted(len(_outside_quotes(line).split(delimiter)) for line in lines[:SAMPLE_LINES])
        return counts[len(counts) // 2] if counts else 0  # nothing but blanks at the start

    return max(DELIMITERS, key=columns)


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def _rows(text: str, delimiter: str, lines_before: int) -> Iterator[Row]:
    """Yield the rows that are not blank, numbered as Excel would; a NUL makes its row's cells errors."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    started = 0
    try:
        for number, record in enumerate(reader, start=1):
            if reader.line_num - started > RECORD_LINES:
                raise _unclosed(started + lines_before + 1)
            if any("\0" in field for field in record):
                yield Row(
                    number,
                    tuple(CellError(field.replace("\0", ""), "所在行含有空字符（NUL）") for field in record),
                )
            elif any(record):
                yield Row(number, tuple(_cell(field) for field in record))
            started = reader.line_num
    except csv.Error as fault:
        line = started + lines_before + 1
        if "field larger" in str(fault):
            raise UserError(
                f"第 {line} 行有一格超过 {csv.field_size_limit()} 字，不像正常的名单", row=line
            ) from None
        raise _unclosed(line) from None


def _refuse_nul(path: Path, rows: list[Row]) -> None:
    """Refuse a file without a sound row under its heading: its faults would be told as missing columns."""
    broken = [row.number for row in rows if any(isinstance(cell, CellError) for cell in row.cells)]
    if broken and len(broken) >= len(rows) - 1:
        raise UserError(
            f"“{path.name}”第 {broken[0]} 行起的内容含有空字符（NUL），不像正常的表格，可能在复制或下载时损坏；"
            f"{limits.RESAVE}",
            row=broken[0],
        )


def _cell(field: str) -> Cell:
    return field or None


def _unclosed(line: int) -> UserError:
    return UserError(f"第 {line} 行的双引号没有成对，后面的内容会连成一片，请改正后再导入", row=line)


def _refuse_full_width(rows: list[Row]) -> None:
    sample = [str(row.cells[0] or "") for row in rows[:SAMPLE_LINES]]
    if len(sample) > 1 and all(FULL_WIDTH.search(line) for line in sample):
        raise UserError(
            "各栏之间用的是全角逗号（，）或顿号，请全部替换为半角逗号（,），或另存为 xlsx 后再导入"
        )
