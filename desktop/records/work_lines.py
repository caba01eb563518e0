"""调研课题, 干线, 联系点 and 上报: the standing work of sections beside visits (宜秀: 8 干线; 包河: 31 联系点)."""

from __future__ import annotations

from enum import StrEnum

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.kinds import Choice, Day, Link, Listed, Prose, Text
from desktop.records.places import PLACES
from desktop.records.staff import Staff


class Progress(StrEnum):
    """Where a piece of standing work is."""

    PLANNED = "未开始"
    RUNNING = "进行中"
    DONE = "已完成"
    STOPPED = "已停止"


class Topic(Record):
    """调研课题: a question that a section looks into, with what came of it."""

    kind = "topic"
    label = "调研课题"
    named_by = ("lead",)

    title = Text("课题", required=True, limit=80)
    section = Listed("牵头科室", terms="科室", limit=40)
    lead = Link("负责人", Staff)
    since = Day("开始日期")
    due_on = Day("完成期限")
    plan = Prose("方案")
    progress = Prose("成果")
    state = Choice("状态", Progress, default=Progress.PLANNED)

    def caption(self) -> str:
        return self.title


class WorkLine(Record):
    """干线: a line of work with its section, lead, plan and progress."""

    kind = "work-line"
    label = "干线"
    named_by = ("lead",)

    name = Text("干线", required=True, limit=60)
    section = Listed("牵头科室", terms="科室", limit=40)
    lead = Link("负责人", Staff)
    plan = Prose("计划")
    progress = Prose("小结")
    state = Choice("状态", Progress, default=Progress.RUNNING)

    def caption(self) -> str:
        return self.name


class TopicProgress(Record):
    """课题进展: what was done for a topic, and when."""

    kind = "topic-progress"
    label = "课题进展"

    topic = Link("调研课题", Topic, required=True, backref="entries", on_delete="CASCADE")
    on = Day("日期", required=True)
    text = Prose("进展", required=True, limit=2000)

    def caption(self) -> str:
        return f"{self.on} {self.text[:20]}"

    def likenesses(self) -> list[tuple[str, ...]]:
        return [("课题、日期和进展相同", self.topic.id.hex(), str(self.on), self.text)]


class WorkProgress(Record):
    """干线进展: what was done for a line of work, and when."""

    kind = "work-progress"
    label = "干线进展"

    work_line = Link("干线", WorkLine, required=True, backref="entries", on_delete="CASCADE")
    on = Day("日期", required=True)
    text = Prose("进展", required=True, limit=2000)

    def caption(self) -> str:
        return f"{self.on} {self.text[:20]}"

    def likenesses(self) -> list[tuple[str, ...]]:
        return [("干线、日期和进展相同", self.work_line.id.hex(), str(self.on), self.text)]


class LinkPoint(Record):
    """联系点: the village a staff member keeps in touch with."""

    kind = "link-point"
    label = "联系点"
    named_by = ("staff",)

    staff = Link("联系人", Staff, required=True, backref="link_points")
    village = Listed("村（社区）", terms=PLACES, required=True, limit=60)
    since = Day("起")
    until = Day("止")
    duty = Text("联系任务", limit=200)

    def caption(self) -> str:
        return f"{self.staff.full_name}—{self.village}"

    def faults_across(self) -> list[UserError]:
        if self.since and self.until and self.until < self.since:
            return [UserError(f"止 {self.until} 早于起 {self.since}", field="until")]
        return []


class LiaisonReport(Record):
    """上报: a report that liaison officers owe, when it is due and when it went out."""

    kind = "liaison-report"
    label = "上报材料"
    named_by = ("staff",)

    title = Text("材料名称", required=True, limit=80)
    to = Text("报送单位", limit=60)
    due_on = Day("期限", required=True, index=True)
    staff = Link("报送人", Staff)
    sent_on = Day("报送日期")
    note = Text("备注", limit=200)

    def caption(self) -> str:
        return self.title

    def likenesses(self) -> list[tuple[str, ...]]:
        return [("材料名称和期限相同", self.title, str(self.due_on))]
