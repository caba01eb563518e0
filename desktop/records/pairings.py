"""结对帮扶: who helps which household, with what, until it is out of need (宜秀: 1–2 户 a person, 不脱困不脱钩)."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from desktop.errors import UserError
from desktop.records.base import Record, reading
from desktop.records.dates import EARLIEST
from desktop.records.households import Household
from desktop.records.kinds import Choice, Day, Flag, Link, Listed, Prose, Text, Whole
from desktop.records.staff import Staff

AHEAD = datetime.timedelta(days=60)
"""How long before its day a condolence may be written down, so that its list can be printed to be signed."""


class PairingState(StrEnum):
    """结对中 → 已脱困解除, or 解除 with a reason and an approver."""

    RUNNING = "结对中"
    LIFTED = "脱困解除"
    ENDED = "审批解除"


class Pairing(Record):
    """结对帮扶: one staff member and one household."""

    kind = "pairing"
    label = "结对帮扶"
    named_by = ("staff", "household")

    staff = Link("帮扶人", Staff, required=True, backref="pairings")
    household = Link("帮扶户", Household, required=True, backref="pairings")
    since = Day("结对日期", required=True)
    need = Prose("困难和需求", limit=2000)
    measures = Prose("帮扶措施", limit=2000)
    goal = Text("目标", limit=100)
    state = Choice("状态", PairingState, default=PairingState.RUNNING, stepped=True)
    until = Day("解除日期", stepped=True)
    end_reason = Text("解除理由", limit=200, stepped=True)
    approver = Text("批准人", limit=40, stepped=True)

    def caption(self) -> str:
        return f"{self.staff.full_name}—{self.household.head}"

    @classmethod
    def called(cls, words: str) -> list[Any]:
        helper, _, head = words.partition("—")
        both = (Staff.full_name == helper.strip()) & (Household.head == head.strip())
        with reading():
            joined = cls.select().join(Staff).switch(cls).join(Household)
            return list(joined.where(both & cls.deleted_at.is_null()))

    def likenesses(self) -> list[tuple[str, ...]]:
        return [("帮扶人和帮扶户相同", self.staff.id.hex(), self.household.id.hex())]


Pairing.add_index(
    Pairing.index(
        Pairing.staff,
        Pairing.household,
        unique=True,
        name="pairing_one_running",
        where=(Pairing.state == PairingState.RUNNING.value) & Pairing.deleted_at.is_null(),
    )
)


class PairingProgress(Record):
    """帮扶进展: what was done for a household, and when."""

    kind = "pairing-progress"
    label = "帮扶进展"

    pairing = Link("结对帮扶", Pairing, required=True, backref="progress", on_delete="CASCADE")
    on = Day("日期", required=True)
    text = Prose("进展", required=True, limit=2000)

    def caption(self) -> str:
        return f"{self.on} {' '.join(self.text.split())[:20]}"

    def faults_across(self) -> list[UserError]:
        since = self.pairing.since
        if self.on and self.on > datetime.date.today():
            return [UserError(f"日期 {self.on} 还没有到，请核对", field="on")]
        if self.on and since and self.on < since:
            return [UserError(f"日期 {self.on} 早于结对日期 {since}，请核对", field="on")]
        return []


class Condolence(Record):
    """慰问: goods or money brought to a household, or to be brought on a day that is near."""

    kind = "condolence"
    label = "慰问"
    named_by = ("household", "staff")

    household = Link("慰问户", Household, required=True, backref="condolences")
    on = Day("日期", required=True, index=True)
    staff = Link("慰问人", Staff, required=True)
    occasion = Listed("慰问时机", terms="慰问时机", limit=30, hint="如“春节”“七一”")
    goods = Text("慰问品", limit=100)
    amount = Whole("慰问金（元）", least=0, most=1_000_000)
    signed = Flag("已签收")
    note = Text("备注", limit=200)

    def caption(self) -> str:
        return f"{self.on} {self.household.head}"

    @property
    def is_ahead(self) -> bool:
        """Whether its day is still to come: the paper to sign is printed before, nothing counts yet."""
        return self.on is not None and self.on > datetime.date.today()

    def faults_across(self) -> list[UserError]:
        if self.on and self.on < EARLIEST:
            return [UserError(f"慰问日期 {self.on} 早于 {EARLIEST.year} 年，请核对", field="on")]
        if self.on and self.on > datetime.date.today() + AHEAD:
            return [UserError(f"慰问日期 {self.on} 在 {AHEAD.days} 天以后，请核对年份和月份", field="on")]
        if self.is_ahead and self.signed:
            return [UserError(f"慰问日期 {self.on} 还没有到，不能先登记已签收", field="on")]
        if not self.goods and not self.amount:
            return [UserError("慰问品和慰问金至少填一项", field="goods")]
        return []
