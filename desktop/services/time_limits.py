"""办理时限: the rules every office starts with, the default among them, and what keeps them sound."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import reading
from desktop.records.time_limits import LimitStart, LimitUnit, TimeLimit
from desktop.services.changes import Changes

PROMISE, LAW = "单位承诺（活动日后答复）", "《信访工作条例》（2022）"


def first_limits() -> list[TimeLimit]:
    """Return the rules of a new office, not yet saved; the first is the default.

    7 工作日 is what 肥西 promises after its day; 3, 5 and 15 are usual in rules of 限时办结. 《信访工作条例》
    (2022): 15 日 to tell whether a matter is accepted, 60 日 to handle it and at most 30 日 more where the head
    approves (第三十四条; 20 working days are no longer), 30 日 for a review (第三十五条).
    """
    told: list[tuple[int, LimitUnit, LimitStart, int, str, str]] = [
        (7, LimitUnit.WORKDAY, LimitStart.NEXT_DAY, 15, "7 个工作日", PROMISE),
        (7, LimitUnit.WORKDAY, LimitStart.EVENT_DAY, 15, "活动日后 7 个工作日", PROMISE),
        (3, LimitUnit.WORKDAY, LimitStart.NEXT_DAY, 5, "3 个工作日", ""),
        (5, LimitUnit.WORKDAY, LimitStart.NEXT_DAY, 5, "5 个工作日", ""),
        (15, LimitUnit.WORKDAY, LimitStart.NEXT_DAY, 15, "15 个工作日", ""),
        (24, LimitUnit.HOUR, LimitStart.SAME_DAY, 0, "24 小时", "紧急事项先行回应"),
        (15, LimitUnit.DAY, LimitStart.NEXT_DAY, 0, "15 日", f"{LAW}：告知是否受理"),
        (30, LimitUnit.DAY, LimitStart.NEXT_DAY, 0, "30 日", f"{LAW}第三十五条：复查"),
        (60, LimitUnit.DAY, LimitStart.NEXT_DAY, 20, "60 日", f"{LAW}第三十四条：办结"),
        (2, LimitUnit.MONTH, LimitStart.NEXT_DAY, 15, "2 个月", ""),
    ]
    return [
        TimeLimit(
            name=name, amount=amount, unit=unit, start=start, extension_days=longer,
            extensions=1 if longer else 0, basis=basis, is_default=place == 1, position=place,
        )
        for place, (amount, unit, start, longer, name, basis) in enumerate(told, 1)
    ]  # fmt: skip


class TimeLimits:
    """Keeps the rules: one name each, exactly one default."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def all(self) -> list[TimeLimit]:
        """Return the live rules in the office's order."""
        with reading():
            live = TimeLimit.select().where(TimeLimit.deleted_at.is_null())
            return list(live.order_by(TimeLimit.position.is_null(), TimeLimit.position, TimeLimit.created_at))

    def default(self) -> TimeLimit | None:
        """Return the rule that a new ticket starts with; None in an office that keeps none."""
        rules = self.all()
        return next((rule for rule in rules if rule.is_default), rules[0] if rules else None)

    def save(self, limit: TimeLimit) -> None:
        """Check and keep a rule; a new default takes the place of the old one."""
        if faults := limit.faults():
            raise faults[0]
        others = [rule for rule in self.all() if rule.id != limit.id]
        with reading():
            kept = TimeLimit.get_or_none(TimeLimit.id == limit.id)
        if any(rule.name == limit.name for rule in others):
            raise UserError(f"已有办理时限“{limit.name}”，请修改那一条或换个名称", field="name")
        if kept and kept.is_default and not limit.is_default:
            raise UserError(
                "总要有一条默认的办理时限；请把另一条设为默认，这一条就不再是", field="is_default"
            )
        if not others:
            limit.is_default = True
        verb = "修改" if kept else "新建"
        with self._changes.change(f"{verb}办理时限“{limit.name}”", TimeLimit):
            if limit.position is None:
                limit.position = len(others) + 1
            storing.write(limit, is_new=kept is None)
            for rule in others:
                if limit.is_default and rule.is_default:
                    rule.is_default = False
                    storing.write(rule, is_new=False)

    @staticmethod
    def refuse_removing(limit: TimeLimit) -> None:
        """Raise UserError where a rule is the default: another must be chosen first."""
        if limit.is_default:
            raise UserError(f"“{limit.name}”是默认的办理时限，不能删除；请先把另一条设为默认", field="id")
