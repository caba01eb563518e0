"""The text of a plain text file, such as a notice saved from a web page."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.text_table import decoded
from desktop.files import trouble

LARGEST = 1_000_000
"""Bytes; a notice has some 3,000."""


def text_of(path: Path) -> str:
    """Return the text of a file in UTF-8, GB18030 or UTF-16; raises UserError or TroubleError."""
    try:
        if path.exists() and not path.is_file():
            raise UserError(f"“{path.name}”不是一个文件，请选择文本文件", field="file")
        if path.stat().st_size > LARGEST:
            raise UserError(f"“{path.name}”太大，不像一份通知的文本", field="file")
        content = path.read_bytes()
    except OSError as error:
        raise trouble(path, error, "读取") from error
    return text_in(content, path.name)


def text_in(content: bytes, name: str) -> str:
    """Return the text of bytes called `name`; raises UserError where they are no text, or far too many."""
    if len(content) > LARGEST:
        raise UserError(f"“{name}”太大，不像一份通知的文本", field="file")
    text = decoded(content)[0]
    if "\0" in text or content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise UserError(f"“{name}”不是文本文件；请打开它，把正文复制粘贴过来", field="file")
    return text
