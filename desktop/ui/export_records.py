"""What a list shows as a workbook."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.records.base import has_masked
from desktop.records.listing import Query
from desktop.services.rights import Deed
from desktop.ui.file_work import FileWork
from desktop.ui.frame import Frame
from desktop.ui.import_reading import export_all

WORKBOOK = (("Excel 工作簿", "*.xlsx"),)
MASKED, WHOLE = "遮住号码", "写完整号码"
NOTED = "遮住后如 138****8000。谁在什么时候导出了什么，都记在“设置 → 留痕 → 带出记录”里。"


def export_records(frame: Frame, query: Query, parent: QWidget | None = None) -> FileWork | None:
    """Ask for a file and write what a list shows to it; None where none was chosen, or the user may not."""
    title = f"导出{query.model.label}"
    full = False
    try:
        frame.desk.disclosing.require(full=False)  # before anything is asked that comes to nothing
        if has_masked(query.model):
            may = frame.desk.rights.may(Deed.EXPORT_FULL)
            answers, more = ((MASKED, WHOLE), "") if may else ((MASKED,), "完整的号码由管理员导出。")
            question = f"{title}：电话和证件号怎样写"
            answer = frame.ask.choose(question, (*answers, "取消"), detail=NOTED + more)
            if answer not in answers:
                return None
            full = answer == WHOLE
        frame.desk.disclosing.require(full=full)
    except UserError as refused:
        frame.tell(refused)
        return None
    path = frame.ask.save_as(title, f"{query.model.label}名单.xlsx", WORKBOOK)
    if not path:
        return None
    work = partial(export_all, frame.desk, query, path, full)
    told = partial(_told, path.name, frame.desk.users.left_open)
    return FileWork(frame, title, path, work, told, parent=parent)


def _told(file_name: str, left_open: str, count: int) -> str:
    return f"已导出 {count:,} 条到 {file_name}{left_open}"
