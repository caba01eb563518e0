"""工作人员: who handles, leads and visits."""

from __future__ import annotations

from desktop.records.staff import Staff
from desktop.ui.frame import Frame
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.sections import Section


class StaffPage(RecordPage):
    """The list of staff and the form of one."""

    key, label, icon = "staff", "工作人员", "id-card"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=Staff,
                sections=(Section("", ("full_name", "section", "role", "phone", "note")),),
                unit="人",
                purpose="这里放本单位的工作人员：谁经办、谁带队、谁走访。",
                first_step="新建第一位工作人员",
                hint="姓名、科室",
                filters=("section", "role"),
                shown=("full_name", "section", "role", "phone"),
            ),
        )
