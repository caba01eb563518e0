"""A table of the screen as a workbook, noted like every list that leaves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.exchange.export import write_table
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.services.desk import Desk
from desktop.ui.export_records import WORKBOOK
from desktop.ui.file_work import FileWork
from desktop.ui.frame import Frame

Rows = Sequence[Sequence[str]]


def export_table(
    frame: Frame, parent: QWidget, title: str, headings: Sequence[str], rows: Rows
) -> FileWork | None:
    """Ask for a file and write rows to it; None where none was chosen, or the user may not."""
    try:
        frame.desk.disclosing.require(full=False)
    except UserError as refused:
        frame.tell(refused)
        return None
    path = frame.ask.save_as(f"导出{title}", f"{title}.xlsx", WORKBOOK)
    if not path:
        return None
    work = partial(_written, frame.desk, title, headings, rows, path)
    return FileWork(frame, f"导出{title}", path, work, partial(_told, path.name), parent=parent)


def _written(desk: Desk, title: str, headings: Sequence[str], rows: Rows, path: Path, watch: Watch) -> int:
    with own_connection():
        write = partial(write_table, path, title, headings, rows, watch=watch)
        return desk.disclosing.export(title, path.name, write, full=False)


def _told(file_name: str, count: int) -> str:
    return f"已导出 {count:,} 条到 {file_name}"
