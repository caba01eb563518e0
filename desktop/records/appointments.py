"""约谈: whom the office has arranged to talk with, when and where; held ones become visits."""

from __future__ import annotations

from enum import StrEnum

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.households import Household
from desktop.records.kinds import Choice, Clock, Day, Link, Phone, Prose, Text
from desktop.records.representatives import Representative
from desktop.records.staff import Staff
from desktop.records.visits import Visit


class AppointmentState(StrEnum):
    """已约 → 已谈, 未到 or 取消."""

    MADE = "已约"
    HELD = "已谈"
    MISSED = "未到"
    CANCELLED = "取消"


class Appointment(Record):
    """约谈预约: one talk that was arranged."""

    kind = "appointment"
    label = "约谈"
    named_by = ("staff", "household", "representative")

    on = Day("约定日期", required=True, index=True)
    at = Clock("时间")
    staff = Link("约谈人", Staff, required=True, backref="appointments")
    household = Link("约谈户", Household, backref="appointments")
    representative = Link("约谈代表", Representative, backref="appointments")
    whom = Text("其他对象", limit=60, hint="不是走访户也不是代表的，写姓名或单位")
    phone = Phone("联系电话", limit=80)
    venue = Text("地点", limit=60)
    about = Text("事由", required=True, limit=200)
    state = Choice("状态", AppointmentState, default=AppointmentState.MADE, stepped=True)
    because = Text("未谈原因", limit=200, stepped=True)
    visit = Link("登记的走访", Visit, backref="appointments", stepped=True)
    note = Prose("备注", limit=2000)

    def caption(self) -> str:
        return f"{self.on} 约谈{self.with_whom}"

    @property
    def with_whom(self) -> str:
        """Whom the talk is with."""
        if self.household is not None:
            return self.household.head
        return self.representative.full_name if self.representative is not None else self.whom

    def faults_across(self) -> list[UserError]:
        told = [self.household is not None, self.representative is not None, bool(self.whom)]
        if sum(told) == 1:
            return []
        wrong = "一次约谈只写一户、一位代表或一个其他对象" if any(told) else "没有写明约谈谁"
        return [UserError(f"{wrong}，请填约谈户、约谈代表、其他对象中的一项", field="household")]
