"""走访: who went to whom, what was found and promised, and who came along; the plans and quotas of a campaign."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

import peewee

from desktop.errors import UserError
from desktop.records.base import Record, reading
from desktop.records.dates import EARLIEST, parse_day
from desktop.records.households import Household
from desktop.records.kinds import Choice, Day, Link, Prose, Text, Whole
from desktop.records.representatives import Representative
from desktop.records.staff import Staff


class Purpose(StrEnum):
    """Why somebody is visited."""

    CALL = "走访"
    SEEK = "寻访"
    TALK = "约谈"
    CONDOLE = "慰问"


class VisitState(StrEnum):
    """计划 → 已访 or 未遇; 取消 a plan."""

    PLANNED = "计划"
    DONE = "已访"
    MISSED = "未遇"
    CANCELLED = "取消"


class Campaign(Record):
    """走访活动: a period with the number of households that each has to visit (宜秀: leaders 40, others 15)."""

    kind = "campaign"
    label = "走访活动"

    name = Text("名称", required=True, limit=60)
    since = Day("开始日期", required=True, index=True)
    until = Day("结束日期", required=True)
    leader_quota = Whole("班子成员应访（户）", default=40, least=0, most=10_000)
    other_quota = Whole("其他人员应访（户）", default=15, least=0, most=10_000)
    note = Prose("方案")

    def caption(self) -> str:
        return self.name

    def faults_across(self) -> list[UserError]:
        if self.since and self.until and self.until < self.since:
            return [UserError(f"结束日期 {self.until} 早于开始日期 {self.since}", field="until")]
        return []


class OwnQuota(Record):
    """个人指标: how many households one of the staff has to visit in a campaign, where it is another number than usual."""

    kind = "own-quota"
    label = "个人指标"

    campaign = Link("走访活动", Campaign, required=True, backref="quotas", on_delete="CASCADE")
    staff = Link("工作人员", Staff, required=True, backref="quotas")
    households = Whole("应访（户）", required=True, least=0, most=10_000, hint="不参加的填 0")
    reason = Text("原因", limit=60, hint="如“9 月起产假”“驻村第一书记”")

    def caption(self) -> str:
        return f"{self.staff.full_name} {self.households} 户"

    def likenesses(self) -> list[tuple[str, ...]]:
        keys = [one.id.hex() if one else "" for one in (self.campaign, self.staff)]
        return [("同一活动同一个人", *keys)]


class Visit(Record):
    """走访: one visit, planned or made, to a household, a person or an enterprise."""

    kind = "visit"
    label = "走访"
    text_columns = ("found", "promised", "next_step", "enterprise")

    visited_on = Day("走访日期", required=True, hint="计划的走访填准备去的日期")
    staff = Link("走访人", Staff, required=True, backref="visits")
    companions = Text("同行人", limit=200, hint="工作人员姓名，几人用顿号分开；户次每人都算")
    household = Link("走访户", Household, backref="visits")
    representative = Link("走访代表", Representative, backref="visits")
    enterprise = Text("走访单位", limit=100)
    purpose = Choice("走访形式", Purpose, default=Purpose.CALL)
    found = Prose("了解的情况", limit=10_000)
    promised = Prose("答应的事", limit=2000)
    next_step = Prose("下步打算", limit=2000)
    next_on = Day("再访日期")
    note = Prose("备注", limit=2000)
    state = Choice("状态", VisitState, default=VisitState.DONE)

    def caption(self) -> str:
        return f"{self.visited_on} {self.whom}"

    @classmethod
    def called(cls, words: str) -> list[Any]:
        day, _, whom = words.partition(" ")
        try:
            on = parse_day(day)
        except ValueError:
            return []
        of_day = (cls.visited_on == on) & cls.deleted_at.is_null()
        with reading():
            return [visit for visit in cls.select().where(of_day) if visit.whom == whom.strip()]

    @property
    def whom(self) -> str:
        """Whom the visit was to."""
        if self.household is not None:
            return self.household.head
        return self.representative.full_name if self.representative is not None else self.enterprise

    def texts(self) -> list[str]:
        return [*super().texts(), self.whom, *([self.household.village] if self.household else [])]

    def likenesses(self) -> list[tuple[str, ...]]:
        whom = self.household.id.hex() if self.household else self.whom
        return [
            ("同一天同一人走访同一户", str(self.visited_on), self.staff.id.hex() if self.staff else "", whom)
        ]

    def faults_across(self) -> list[UserError]:
        targets = [self.household is not None, self.representative is not None, bool(self.enterprise)]
        if sum(targets) != 1:
            told = "没有写明走访谁" if not any(targets) else "一次走访只写一户、一位代表或一个单位"
            return [UserError(f"{told}，请填走访户、走访代表、走访单位中的一项", field="household")]
        on, today = self.visited_on, datetime.date.today()
        if on and on < EARLIEST:
            return [UserError(f"走访日期 {on} 早于 {EARLIEST.year} 年，请核对", field="visited_on")]
        if on and on > today and self.state not in (VisitState.PLANNED, VisitState.CANCELLED):
            return [UserError(f"走访日期 {on} 还没有到；准备去的请把状态填为“计划”", field="visited_on")]
        if self.next_on and on and self.next_on <= on:
            return [UserError(f"再访日期 {self.next_on} 应晚于走访日期 {on}", field="next_on")]
        return []


class VisitStaff(Record):
    """走访人员: one of those who made a visit, with what quotas are counted by; made with the visit."""

    kind = "visit-staff"
    label = "走访人员"

    visit = Link("走访", Visit, required=True, backref="people", on_delete="CASCADE", stepped=True)
    staff = Link("工作人员", Staff, required=True, stepped=True)
    household = Link("走访户", Household, stepped=True)
    visited_on = Day("走访日期", stepped=True)

    def caption(self) -> str:
        return self.staff.full_name


def _index(model: type[Record], table: str, name: str, *columns: str, where: str = "") -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    live = f"deleted_at IS NULL{f' AND {where}' if where else ''}"
    model.add_index(
        peewee.SQL(f'CREATE INDEX IF NOT EXISTS "{table}_{name}" ON "{table}" ({named}) WHERE {live}')
    )


for _column in ("visited_on", "state", "purpose", "changed_at"):
    _index(Visit, "visit", f"by_{_column}", _column, "id")
_index(Visit, "visit", "of_household", "household_id", "visited_on", "id", "state")
_index(Visit, "visit", "planned", "visited_on", "id", where="state = '计划'")
_index(Visit, "visit", "again", "next_on", "id", where="next_on IS NOT NULL")
_index(
    VisitStaff, "visit_staff", "counted", "staff_id", "household_id", "visited_on", "visit_id", "deleted_at",
    where="household_id IS NOT NULL",
)  # fmt: skip
