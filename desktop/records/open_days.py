"""开放日: one day's plan, programme, sites, backward schedule and wording of its letters."""

from __future__ import annotations

from enum import StrEnum

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.dates import show_day
from desktop.records.kinds import Choice, Clock, Day, Link, Prose, Text, Whole


class DayState(StrEnum):
    """The life of an open day (design.md section 12)."""

    PLANNED = "策划"
    APPROVED = "已审批"
    PREPARING = "筹备"
    HELD = "已举行"
    ARCHIVED = "已归档"
    CANCELLED = "取消"


class LetterUse(StrEnum):
    """What a wording is for: each has {字段} of its own."""

    INVITATION = "邀请函"
    REPLY = "答复函"
    DECISION = "采纳情况答复函"


class LetterWording(Record):
    """信函文稿: the texts of a letter, with {字段} where each letter differs."""

    kind = "letter"
    label = "信函文稿"

    name = Text("文稿名称", required=True, limit=40)
    title = Text("标题", required=True, limit=40, default="邀请函")
    salutation = Text("称呼", required=True, limit=60, default="{称呼}：")
    body = Prose("正文", required=True, limit=5000)
    slip_title = Text("回执标题", limit=40, default="回执")
    slip = Prose("回执内容", limit=1000)
    use = Choice("用途", LetterUse, default=LetterUse.INVITATION)

    def caption(self) -> str:
        return self.name

    def faults_across(self) -> list[UserError]:
        """Return the first {字段} that letters of this use don't have."""
        from desktop.records.letters import LETTER_FIELDS  # not loaded at every start
        from desktop.records.template import unknown
        from desktop.records.ticket_papers import REPLY_FIELDS

        invites = self.use in ("", LetterUse.INVITATION)
        called, known = (LetterUse.INVITATION, LETTER_FIELDS) if invites else (LetterUse.REPLY, REPLY_FIELDS)
        found = [
            UserError(f"{called}文稿的{label}：{fault.message.removeprefix('模板')}", field=field)
            for field, label in (
                ("title", "标题"),
                ("salutation", "称呼"),
                ("body", "正文"),
                ("slip_title", "回执标题"),
                ("slip", "回执"),
            )
            for fault in unknown(getattr(self, field), known)
        ]
        return found[:1]


class OpenDay(Record):
    """开放日: one day on which representatives visit the department."""

    kind = "open-day"
    label = "开放日"
    counted_by = ("number",)

    number = Text("编号", stepped=True, limit=20)
    theme = Text("主题", required=True, limit=60)
    held_on = Day("日期", required=True, index=True)
    starts_at = Clock("开始时间", default="09:00")
    ends_at = Clock("结束时间")
    venue = Text("地点", limit=80)
    capacity = Whole("名额", least=1, most=10_000)
    leader = Text("带队领导", limit=40)
    letters_before = Whole("邀请函提前（天）", default=15, least=0, most=365)
    notice_before = Whole("公告提前（天）", default=7, least=0, most=365)
    reply_days = Whole("答复时限（工作日）", default=7, least=1, most=365)
    letter = Link("信函文稿", LetterWording)
    plan = Prose("方案", limit=10_000)
    state = Choice("状态", DayState, default=DayState.PLANNED, stepped=True)
    cancelled_because = Text("取消原因", limit=200, stepped=True)

    def caption(self) -> str:
        return self.theme

    def told_apart(self) -> str:
        return f"{show_day(self.held_on)} {self.theme}" if self.held_on else self.theme

    def faults_across(self) -> list[UserError]:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            return [UserError(f"结束时间 {self.ends_at} 不晚于开始时间 {self.starts_at}", field="ends_at")]
        return []


class ProgrammeItem(Record):
    """日程: one line of the day's programme."""

    kind = "programme-item"
    label = "日程"

    open_day = Link("开放日", OpenDay, required=True, backref="programme", on_delete="CASCADE")
    position = Whole("次序", least=0, most=999)
    time = Text("时间", limit=30)
    item = Text("内容", required=True, limit=100)
    place = Text("地点", limit=60)
    host = Text("负责人", limit=40)

    def caption(self) -> str:
        return self.item


class Site(Record):
    """参观点: a place that the representatives visit."""

    kind = "site"
    label = "参观点"

    open_day = Link("开放日", OpenDay, required=True, backref="sites", on_delete="CASCADE")
    position = Whole("次序", least=0, most=999)
    name = Text("参观点", required=True, limit=60)
    address = Text("地址", limit=100)
    guide = Text("讲解人", limit=40)
    note = Prose("介绍", limit=2000)

    def caption(self) -> str:
        return self.name


class Milestone(Record):
    """倒排节点: something due a number of days before or after the day."""

    kind = "milestone"
    label = "倒排节点"

    open_day = Link("开放日", OpenDay, required=True, backref="milestones", on_delete="CASCADE")
    position = Whole("次序", least=0, most=999)
    name = Text("事项", required=True, limit=40)
    due_on = Day("期限", stepped=True)
    advised_on = Day("建议办理日", stepped=True)
    presumed = Text("推定", limit=10, stepped=True)
    done_on = Day("完成日期")
    note = Text("说明", limit=200)

    def caption(self) -> str:
        return self.name
