"""会议: where suggestions are decided (长丰: each of nine suggestions at the 部长办公会)."""

from __future__ import annotations

from desktop.records.base import Record
from desktop.records.kinds import Clock, Day, Listed, Prose, Text


class Meeting(Record):
    """会议: a 部长办公会 or 调度会 with what it decided; the suggestions on its agenda name it."""

    kind = "meeting"
    label = "会议"

    name = Text("会议名称", required=True, limit=60, hint="如“2026年第3次部长办公会”")
    sort = Listed("会议类别", terms="会议类别", limit=30, hint="如部长办公会、调度会")
    held_on = Day("日期", index=True)
    starts_at = Clock("时间")
    venue = Text("地点", limit=60)
    host = Text("主持人", limit=40)
    attendees = Prose("参加人员", limit=2000)
    recorder = Text("记录人", limit=40)
    decided = Prose("议定事项", hint="意见建议的决定记在各件上；这里写其他事项")
    note = Prose("备注")

    def caption(self) -> str:
        return self.name

    def told_apart(self) -> str:
        return f"{self.name}（{self.held_on}）" if self.held_on else self.name
