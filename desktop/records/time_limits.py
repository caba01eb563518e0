"""办理时限: how long something may take, how it is counted, how far it may be extended, when it is told of."""

from __future__ import annotations

from enum import StrEnum

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.kinds import Choice, Day, Flag, Text, Whole


class LimitUnit(StrEnum):
    """What is counted. 日 are calendar days, 工作日 those of the State Council's yearly notice."""

    HOUR = "小时"
    DAY = "日"
    WORKDAY = "工作日"
    MONTH = "月"


class LimitStart(StrEnum):
    """From when: the day itself is the first, or the next day (《民法典》第二百零一条), or that after the open day."""

    SAME_DAY = "当日"
    NEXT_DAY = "次日"
    EVENT_DAY = "活动日"


MOST_OF = {LimitUnit.HOUR: 2400, LimitUnit.DAY: 1000, LimitUnit.WORKDAY: 1000, LimitUnit.MONTH: 36}
"""The longest limit of each unit: nothing an office promises takes longer, a slip of the pen does."""


class TimeLimit(Record):
    """办理时限: a rule that a ticket is answered by; offices change theirs and add more."""

    kind = "time-limit"
    label = "办理时限"

    name = Text("名称", required=True, limit=30, index=True)
    amount = Whole("时长", required=True, least=1, most=2400)
    unit = Choice("单位", LimitUnit, required=True, default=LimitUnit.WORKDAY)
    start = Choice("起算", LimitStart, required=True, default=LimitStart.NEXT_DAY)
    extension_days = Whole("最多延长（工作日）", default=15, least=0, most=365)
    extensions = Whole("可延长次数", default=1, least=0, most=9)
    warn_before = Whole("提前预警（工作日）", default=2, least=0, most=60)
    late_by = Whole("逾期督办（工作日）", default=5, least=0, most=60, hint="逾期满这么多个工作日转督办")
    basis = Text("依据", limit=100)
    is_default = Flag("默认", hint="登记时先用这一条")
    position = Whole("排序", least=0, most=999)

    def caption(self) -> str:
        return self.name

    def faults_across(self) -> list[UserError]:
        most = MOST_OF[LimitUnit(self.unit)]
        if (self.amount or 0) > most:
            return [UserError(f"时长以“{self.unit}”计最多 {most}，现为 {self.amount}", field="amount")]
        return []

    def in_words(self) -> str:
        """Return the rule in a sentence's words: `自次日起 7 个工作日`."""
        measure = {LimitUnit.WORKDAY: "个工作日", LimitUnit.MONTH: "个月"}.get(
            LimitUnit(self.unit), self.unit
        )
        start = {LimitStart.EVENT_DAY: "自活动日次日起"}.get(LimitStart(self.start), f"自{self.start}起")
        return f"{start} {self.amount} {measure}"


class LeftDate(Record):
    """保留的期限: a kept date that a new 放假安排 would move, and that the office decided to leave."""

    kind = "left-date"
    label = "保留的期限"

    of_kind = Text("种类", limit=40, stepped=True)
    of_id = Text("记录", limit=32, stepped=True, index=True)
    field = Text("字段", limit=40, stepped=True)
    left_on = Day("保留的日期", stepped=True)
    computed_on = Day("按安排应为", stepped=True)
    source = Text("依据", limit=200, stepped=True)

    def caption(self) -> str:
        return f"{self.left_on}（按安排应为 {self.computed_on}）"
