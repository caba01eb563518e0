"""What a list shows as a workbook."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.records.listing import Query
from desktop.ui.file_work import FileWork
from desktop.ui.frame import Frame
from desktop.ui.import_reading import export_all

WORKBOOK = (("Excel 工作簿", "*.xlsx"),)


def export_records(frame: Frame, query: Query, parent: QWidget | None = None) -> FileWork | None:
    """Ask for a file and write what a list shows to it; None where no file was chosen."""
    title = f"导出{query.model.label}"
    path = frame.ask.save_as(title, f"{query.model.label}名单.xlsx", WORKBOOK)
    if not path:
        return None
    work = partial(export_all, frame.desk.books, query, path)
    return FileWork(frame, title, path, work, partial(_told, path.name), parent=parent)


def _told(file_name: str, count: int) -> str:
    return f"已导出 {count:,} 条到 {file_name}"
