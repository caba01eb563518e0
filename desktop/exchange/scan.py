"""What a file is, told by its content and never by its suffix, and whether it may be opened at all.

Nothing here parses a table: it runs before any parser sees the file, and imports little, since the
reading process (child.py) imports it too.
"""

from __future__ import annotations

import re
import stat
import zipfile
from enum import StrEnum
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange import limits
from desktop.files import trouble

HEAD_BYTES = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|style|body|div|\?xml|workbook|!--)", re.I)
CONTROLS = bytes({*range(1, 9), 11, 12, *range(14, 27), *range(28, 32), 127})
LOCK_FILE_BYTES = 200
OLE_STREAMS = {
    "EncryptedPackage": "文件设有打开密码，请在 WPS 或 Excel 中取消密码后再导入",
    "WordDocument": "这是 Word 文档，不是表格，请选 Excel 表格",
    "PowerPoint Document": "这是演示文稿，不是表格，请选 Excel 表格",
}
ZIP_PARTS = {
    "xl/workbook.bin": f"这是 xlsb 格式，{limits.RESAVE}",
    "word/document.xml": "这是 Word 文档，不是表格，请选 Excel 表格",
    "ppt/presentation.xml": "这是演示文稿，不是表格，请选 Excel 表格",
    "content.xml": f"这是 ods 格式，{limits.RESAVE}",
}


class Sort(StrEnum):
    """The three kinds of file that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "csv"


def sort_of(path: Path) -> Sort:
    """Return what `path` is; raises UserError for what is no table, TroubleError where it can't be read."""
    try:
        state = path.stat()
        if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
            raise UserError(f"“{path.name}”是设备或管道，不是表格文件")  # opening it could wait for ever
        size = state.st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path}”，请检查文件名和位置") from None
    except IsADirectoryError:
        raise UserError(f"“{path.name}”是文件夹，请选其中的表格文件") from None
    except OSError as cause:
        raise trouble(path, cause, "读取") from cause
    if reason := _why_not(path, size, head):
        raise UserError(f"“{path.name}”{reason}")
    if head.startswith(b"PK"):
        return Sort.XLSX
    return Sort.XLS if head.startswith(OLE) else Sort.TEXT


def _why_not(path: Path, size: int, head: bytes) -> str:
    """Return why the file is no table we read, or ''."""
    if size == 0:
        return "：文件是空的，没有任何内容"
    if path.name.startswith("~$") and size <= LOCK_FILE_BYTES:
        return "是表格打开时的临时文件，请选去掉“~$”的那个文件"
    if size > limits.FILE_BYTES:
        return f"有 {size // 1_000_000} MB，超过上限 {limits.FILE_BYTES // 1_000_000} MB，请拆分后再导入"
    if head.startswith(b"%PDF"):
        return "是 PDF 文件，不是表格，请选 Excel 表格"
    if MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return f"其实是网页格式的表格，{limits.RESAVE}"
    if head.startswith((b"PK", OLE, b"\xff\xfe", b"\xfe\xff")):
        return _office_document(path) if head.startswith(OLE) else ""
    controls = len(head) - len(head.translate(None, CONTROLS))
    if controls * 50 > len(head):
        return "不是表格文件，或者已经损坏，请重新取得原文件"
    return ""


def _office_document(path: Path) -> str:
    """Return why an OLE file is no xls: its directory names the streams in UTF-16."""
    content = path.read_bytes()
    for stream, reason in OLE_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return f":{reason}"
    return ""


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open an xlsx whose declared sizes are within limits; raises UserError before anything is unpacked.

    Names are only looked up, never written to disk, so a name that climbs out of the folder does nothing.
    """
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise UserError("文件不完整（可能没有下载完或拷贝中断），请重新取得原文件") from None
    parts = package.infolist()
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > limits.UNPACKED_BYTES:
        raise UserError(
            f"文件解开后有 {unpacked // 1_000_000} MB，超过上限 {limits.UNPACKED_BYTES // 1_000_000} MB，"
            "不像正常的名单，没有读入"
        )
    if unpacked > limits.SMALL_BYTES and unpacked > limits.RATIO * max(packed, 1):
        raise UserError(f"文件解开后膨胀 {unpacked // max(packed, 1)} 倍，不像正常的名单，没有读入")
    if any(part.flag_bits & 1 for part in parts):
        raise UserError("文件设有密码，请在 WPS 或 Excel 中取消密码后再导入")
    if len(set(names)) < len(names):
        raise UserError(f"文件内部有重名的部分，可能已损坏，{limits.RESAVE}")
    for part, reason in ZIP_PARTS.items():
        if part in names:
            raise UserError(reason)
    if "xl/workbook.xml" not in names:
        raise UserError("文件是压缩包，里面没有表格，请选 Excel 表格")
    return package
