"""办理时限: the rules that tickets are answered by."""

from __future__ import annotations

from desktop.records.time_limits import TimeLimit
from desktop.ui.frame import Frame
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.sections import Section

SECTIONS = (
    Section("时限", ("name", "amount", "unit", "start", "is_default", "basis")),
    Section("延期", ("extension_days", "extensions")),
    Section("预警和督办", ("warn_before", "late_by")),
    Section("", ("position",)),
)


class TimeLimitsPage(RecordPage):
    """The list of rules and the form of one."""

    key, label, icon = "time-limits", "办理时限", "clock"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=TimeLimit,
                sections=SECTIONS,
                unit="条",
                purpose="这里放答复和办理的时限：几个工作日、从哪天算起、能延期多久、提前几天预警。",
                first_step="新建第一条时限",
                hint="名称",
                shown=("name", "amount", "unit", "start", "is_default", "basis"),
            ),
        )
