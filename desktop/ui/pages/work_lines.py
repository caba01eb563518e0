"""调研课题 and 干线: section, lead, plan, and what was done on which day."""

from __future__ import annotations

from desktop.records.work_lines import Progress, Topic, TopicProgress, WorkLine, WorkProgress
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.marks import Mark
from desktop.ui.pages.simple_page import SimplePage, columns_told
from desktop.ui.record_form import RecordForm
from desktop.ui.sections import Section

TONES = {Progress.RUNNING: Tone.PRESUMED, Progress.DONE: Tone.DONE, Progress.STOPPED: Tone.WARN}


def _state_marks(text: str) -> list[Mark]:
    return [Mark(text, TONES.get(Progress(text), Tone.PLAIN))] if text else []


class TopicsPage(SimplePage):
    """What sections look into."""

    key, label, icon = "topics", "调研课题", "search"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=Topic,
                sections=(
                    Section("", ("title", "section", "lead", "since", "due_on", "state")),
                    Section("", ("plan", "progress")),
                ),
                unit="个",
                purpose="调研课题登记在这里：谁牵头、什么时候完成、方案是什么；每做一步，在“进展”里记一条。",
                first_step="登记第一个课题",
                hint="课题、科室、负责人",
                filters=("section", "state"),
                shown=("title", "section", "lead", "due_on", "state"),
                columns=columns_told(
                    Topic,
                    ("lead",),
                    {"section": 96, "due_on": 100, "state": 72},
                    state={"marks": _state_marks},
                ),
                first_tab="课题",
            ),
            sort="due_on",
        )

    def furnish(self, form: RecordForm) -> None:
        self.add_entries(
            form, "进展", TopicProgress, "topic", "课题每走一步记一条：开题、走访、座谈、成稿、送阅。"
        )


class WorkLinesPage(SimplePage):
    """The lines of work, each with its section."""

    key, label, icon = "work-lines", "干线", "layout"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=WorkLine,
                sections=(Section("", ("name", "section", "lead", "state", "plan", "progress")),),
                unit="条",
                purpose="各条工作干线登记在这里：牵头科室、负责人和计划；每月、每季度的进展各记一条。",
                first_step="登记第一条干线",
                hint="干线、科室、负责人",
                filters=("section", "state"),
                shown=("name", "section", "lead", "state"),
                columns=columns_told(
                    WorkLine, ("lead",), {"section": 96, "state": 72}, state={"marks": _state_marks}
                ),
                first_tab="干线",
            ),
            sort="name",
            descending=False,
        )

    def furnish(self, form: RecordForm) -> None:
        self.add_entries(form, "进展", WorkProgress, "work_line", "按月、按季度记进展，最近的排在最前面。")
