"""结对帮扶: who helps which household, with what, until it is out of need (宜秀: 1–2 户 a person, 不脱困不脱钩)."""

from __future__ import annotations

from enum import StrEnum

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.households import Household
from desktop.records.kinds import Choice, Day, Flag, Link, Listed, Prose, Text, Whole
from desktop.records.staff import Staff


class PairingState(StrEnum):
    """结对中 → 已脱困解除, or 解除 with a reason and an approver."""

    RUNNING = "结对中"
    LIFTED = "脱困解除"
    ENDED = "审批解除"


class Pairing(Record):
    """结对帮扶: one staff member and one household."""

    kind = "pairing"
    label = "结对帮扶"

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


class Condolence(Record):
    """慰问: goods or money brought to a household."""

    kind = "condolence"
    label = "慰问"

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

    def faults_across(self) -> list[UserError]:
        if not self.goods and not self.amount:
            return [UserError("慰问品和慰问金至少填一项", field="goods")]
        return []
