"""The reading process: opens one xlsx or xls with calamine and hands its rows to the parent.

It runs as a process of its own because a hostile sheet can abort a native parser or take all memory. Frames
go to standard output: four bytes of length, then a pickle of a tuple whose first item names it.

    ("sheet", name, hidden, height, wide rows, date1904)   then its rows follow
    ("rows", [(row number, cells), …])                     blank rows left out
    ("cells", errors, partial)                             of the sheet before: cells without a value as
        (row index, column index, text), dates shown in part as (row index, column index, length shown)
    ("note", sentence)   ("fault", sentence)   ("end",)
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine

from desktop.errors import TroubleError, UserError
from desktop.exchange import biff, limits, sheet_xml
from desktop.exchange.parts import Contents, check_plain, contents
from desktop.exchange.scan import Sort, open_zip, sort_of
from desktop.exchange.styles import partial_styles

CHUNK_ROWS = 1000
FLAG = "--read-sheet"
REFUSED = f"这个表格读不了，可能已损坏；{limits.RESAVE}"
TOO_LARGE = "表格太大，读取时超出内存上限，没有读入；请删去名单以外的内容后再导入"
WIDE_COLUMNS = 3

Send = Any


def run_child(argv: list[str]) -> int:
    """Read the file named last in `argv` and send it to standard output; returns the exit code.

    desktop/app.py calls this where its first argument is `--read-sheet` (the frozen program enters itself).
    """
    _limit()
    gc.disable()
    stream: BinaryIO = sys.stdout.buffer if sys.stdout else os.fdopen(1, "wb")
    path = Path(next(argument for argument in reversed(argv) if argument != FLAG))

    def send(*frame: object) -> None:
        content = io.BytesIO()
        pickler = pickle.Pickler(content, pickle.HIGHEST_PROTOCOL)
        pickler.fast = (
            True  # no value stands in a frame twice: to remember each would take three times as long
        )
        pickler.dump(frame)
        stream.write(content.tell().to_bytes(4, "little") + content.getvalue())
        stream.flush()

    try:
        _read(path, send)
    except (UserError, TroubleError) as fault:
        send("fault", fault.message)
    except python_calamine.PasswordError:
        send("fault", "文件设有打开密码，请在 WPS 或 Excel 中取消密码后再导入")
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError):
        send("fault", REFUSED)
    except MemoryError:
        send("fault", TOO_LARGE)
    send("end")
    return 0


def _limit() -> None:
    """Hold this process to its memory (POSIX; on Windows the parent watches it, see reader.py)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_BYTES, limits.CHILD_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(limits.CHILD_SECONDS), int(limits.CHILD_SECONDS)))


def _read(path: Path, send: Send) -> None:
    """Send what `path` holds; calamine gets an open file, since it would trust the suffix of a path."""
    if sort_of(path) is Sort.XLS:
        _read_old(path, send)
        return
    with open_zip(path) as package:
        found = contents(package)
        if "xl/sharedStrings.xml" in package.NameToInfo:
            check_plain(package, "xl/sharedStrings.xml")
        styles = partial_styles(package)
        looks = {sheet.path: sheet_xml.look(package, sheet.path, styles) for sheet in found.sheets}
        replaced = {name: look.replaced for name, look in looks.items() if look.replaced is not None}
        source: BinaryIO = _rewritten(package, replaced) if replaced else path.open("rb")
    _tell(found, looks, send)
    with source, python_calamine.load_workbook(source) as book:
        for part in found.sheets:
            sheet = book.get_sheet_by_name(part.name)
            _send_sheet(sheet, part.name, send, hidden=part.hidden, date1904=found.date1904)
            send("cells", looks[part.path].errors, looks[part.path].partial)


def _read_old(path: Path, send: Send) -> None:
    """Send what an xls holds."""
    content = path.read_bytes()
    told = biff.told(content)
    with python_calamine.load_workbook(io.BytesIO(content)) as book:
        for index, sheet in enumerate(book.sheets_metadata):
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
                if hidden:
                    send("note", f"工作表“{sheet.name}”是隐藏的，不会自动导入")
                _send_sheet(book.get_sheet_by_name(sheet.name), sheet.name, send, hidden=hidden)
                if index < len(told):
                    send("cells", *told[index])


def _rewritten(package: zipfile.ZipFile, replaced: dict[str, bytes]) -> io.BytesIO:
    """Return the package in memory with the sheets that had stray cells replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for part in package.infolist():
            if part.filename.startswith(("xl/", "_rels/", "[Content_Types]")):
                content = replaced.get(part.filename)
                copy.writestr(part.filename, package.read(part) if content is None else content)
    buffer.seek(0)
    return buffer


def _tell(found: Contents, looks: dict[str, sheet_xml.Look], send: Send) -> None:
    """Send what the clerk must know of the sheets before their rows."""
    for sheet in found.sheets:
        look = looks[sheet.path]
        if sheet.hidden:
            send("note", f"工作表“{sheet.name}”是隐藏的，不会自动导入")
            continue
        if look.hidden:
            which = "、".join(map(str, look.hidden[:5])) + ("…" if len(look.hidden) > 5 else "")
            send("note", f"工作表“{sheet.name}”有 {len(look.hidden)} 个隐藏行（第 {which} 行），也会读入")
        if look.hidden_columns:
            send("note", f"工作表“{sheet.name}”的 {'、'.join(look.hidden_columns[:5])} 列是隐藏的，也会读入")
        if look.strays:
            which = "、".join(look.strays[:5]) + ("…" if len(look.strays) > 5 else "")
            send("note", f"工作表“{sheet.name}”中 {which} 远离名单，没有读入")


def _send_sheet(
    sheet: python_calamine.CalamineSheet,
    name: str,
    send: Send,
    *,
    hidden: bool,
    date1904: bool = False,
) -> None:
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if width > limits.COLUMNS:
        raise UserError(f"表格有 {width} 列，超过上限 {limits.COLUMNS} 列，请删去多余的列后再导入")
    merged = sheet.merged_cell_ranges or []
    wide = {top + 1 for (top, left), (_, right) in merged if right - left + 1 >= WIDE_COLUMNS}
    send("sheet", name, hidden, height, wide, date1904)
    tall = {(top, left): bottom for (top, left), (bottom, right) in merged if left == right and bottom > top}
    _send_rows(sheet, tall, send)


def _send_rows(sheet: python_calamine.CalamineSheet, tall: dict[tuple[int, int], int], send: Send) -> None:
    """Send the rows that are not blank; a value merged over several rows stands in each of them."""
    left = [None] * (sheet.start[1] if sheet.start else 0)
    filling: dict[int, tuple[int, object]] = {}
    columns = {column for _, column in tall}
    chunk: list[tuple[int, tuple[object, ...]]] = []
    count = 0
    for index, cells in enumerate(sheet.iter_rows()):
        if not any(cells) and all(cell == "" for cell in cells):
            continue
        count += 1
        if count > limits.ROWS + limits.HEADING_ROWS:
            continue
        row: list[object] = [*left, *[cell or (None if cell == "" else cell) for cell in cells]]
        if columns:
            _fill(index, row, columns, tall, filling)
        chunk.append((index + 1, tuple(row)))
        if len(chunk) == CHUNK_ROWS:
            send("rows", chunk)
            chunk = []
    if count > limits.ROWS + limits.HEADING_ROWS:
        raise UserError(f"表格有 {count} 行，超过上限 {limits.ROWS} 行，请拆分后再导入")
    send("rows", chunk)


def _fill(
    index: int,
    row: list[object],
    columns: set[int],
    tall: dict[tuple[int, int], int],
    filling: dict[int, tuple[int, object]],
) -> None:
    for column in columns:
        if column >= len(row):
            continue
        if (bottom := tall.get((index, column))) is not None:
            filling[column] = (bottom, row[column])
        elif column in filling and index <= filling[column][0]:
            row[column] = filling[column][1]


if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1:]))
