"""The life of an open day: its number, its backward schedule, its steps."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from desktop.errors import UserError
from desktop.records import register, storing
from desktop.records.base import reading
from desktop.records.open_days import DayState, Milestone, OpenDay
from desktop.services.changes import Changes
from desktop.services.lookup import refuse_unknown
from desktop.services.workdays import Workdays

SERIES = "开放日"
STEPS: dict[str, tuple[tuple[DayState, ...], DayState, str]] = {
    "plan": ((DayState.PLANNED, DayState.APPROVED), DayState.PREPARING, "转入筹备"),
    "approve": ((DayState.PLANNED, DayState.PREPARING), DayState.APPROVED, "审批"),
    "hold": ((DayState.PLANNED, DayState.APPROVED, DayState.PREPARING), DayState.HELD, "举办"),
    "archive": ((DayState.HELD,), DayState.ARCHIVED, "归档"),
    "cancel": ((DayState.PLANNED, DayState.APPROVED, DayState.PREPARING), DayState.CANCELLED, "取消"),
}
"""Verb → states it may start from, state it leads to, its name. A day is planned, approved, prepared, held."""


class OpenDays:
    """Saves open days with their number and schedule, and takes them through their steps."""

    def __init__(self, changes: Changes, workdays: Workdays) -> None:
        self._changes = changes
        self._workdays = workdays

    def save(self, day: OpenDay) -> None:
        """Check and keep an open day; a new one takes a number, a moved one gets a new schedule."""
        if faults := day.faults():
            raise faults[0]
        with reading():
            kept = OpenDay.get_or_none(OpenDay.id == day.id)
        verb = "修改" if kept else "新建"
        with self._changes.change(f"{verb}开放日“{day.theme}”", OpenDay, Milestone):
            if kept is None and day.held_on:
                day.number = register.take(SERIES, day.held_on.year, day.id, "{year}-{number}")
            storing.write(day, is_new=kept is None)
            if kept is None or self._moved(kept, day):
                self._schedule(day)

    @staticmethod
    def _moved(kept: OpenDay, day: OpenDay) -> bool:
        dates = ("held_on", "letters_before", "notice_before", "reply_days")
        return any(getattr(kept, name) != getattr(day, name) for name in dates)

    def _schedule(self, day: OpenDay) -> None:
        """Write the backward schedule; what is done or noted already stays with its line."""
        kept = {row.name: row for row in Milestone.select().where(Milestone.open_day == day)}
        for position, planned in enumerate(self.planned(day)):
            row = kept.pop(planned.name, None)
            if row is None:
                planned.position = position
                storing.write(planned, is_new=True)
                continue
            row.due_on, row.advised_on, row.presumed = planned.due_on, planned.advised_on, planned.presumed
            row.position = position
            storing.write(row, is_new=False)

    def planned(self, day: OpenDay) -> list[Milestone]:
        """Return the schedule that a day's date calls for, not yet kept.

        Letters and notice so many days before (长丰: 半个月 and 一周; 包河: 3 days), each advised to the
        last working day on or before; answers so many working days after (肥西: 7).
        """
        held = day.held_on
        if held is None:
            return []
        try:
            return self._planned(day, held)
        except UserError as fault:  # a date from which no working day can be told
            raise UserError(fault.message, field="held_on") from fault

    def _planned(self, day: OpenDay, held: datetime.date) -> list[Milestone]:
        before = [
            ("寄发邀请函", day.letters_before or 0),
            ("发布公告", day.notice_before or 0),
            ("核对名单和会务", 3),
        ]
        rows = [self._before(day, name, held - datetime.timedelta(days=days)) for name, days in before]
        rows.append(Milestone(open_day=day, name="开放日活动", due_on=held, advised_on=held))
        answer = self._workdays.due(held, day.reply_days or 0)
        rows.append(
            Milestone(
                open_day=day,
                name="答复代表",
                due_on=answer.due,
                advised_on=answer.due,
                presumed="推定" if answer.presumed else "",
            )
        )
        return sorted(rows, key=lambda row: row.due_on or held)

    def _before(self, day: OpenDay, name: str, due: datetime.date) -> Milestone:
        advised = self._workdays.on_or_before(due)
        presumed = "推定" if advised.presumed else ""
        return Milestone(open_day=day, name=name, due_on=due, advised_on=advised.date, presumed=presumed)

    def milestones(self, day: OpenDay) -> list[Milestone]:
        """Return the kept schedule of a day in order."""
        with reading():
            return list(
                Milestone.select()
                .where((Milestone.open_day == day) & Milestone.deleted_at.is_null())
                .order_by(Milestone.due_on, Milestone.position)
            )

    def next(self, today: datetime.date | None = None) -> OpenDay | None:
        """Return the nearest open day still to come, or None."""
        today = today or datetime.date.today()
        alive = OpenDay.deleted_at.is_null() & (OpenDay.state != DayState.CANCELLED)
        with reading():
            return (
                OpenDay.select().where(alive & (OpenDay.held_on >= today)).order_by(OpenDay.held_on).first()
            )

    def do(
        self, day: OpenDay, verb: str, values: Mapping[str, str], today: datetime.date | None = None
    ) -> None:
        """Take a step: plan, approve, hold, archive, cancel (reason); an illegal one is refused with the reason."""
        if verb not in STEPS:
            raise UserError(f"开放日没有“{verb[:20]}”这一步，可用的有：{'、'.join(STEPS)}", field="verb")
        refuse_unknown(verb, values, ("reason",) if verb == "cancel" else ())
        allowed, leads_to, called = STEPS[verb]
        if day.state not in allowed:
            raise UserError(
                f"开放日“{day.theme}”现在是“{day.state}”，不能{called}；只有“{'、'.join(allowed)}”的可以",
                field="state",
            )
        today = today or datetime.date.today()
        if verb == "hold" and day.held_on and day.held_on > today:
            raise UserError(
                f"开放日“{day.theme}”定在 {day.held_on}，还没有到，不能记为已举行", field="held_on"
            )
        if verb == "cancel":
            reason = OpenDay.cancelled_because.parse(values.get("reason", "")) or "未写明原因"
            day.cancelled_because = reason
        with self._changes.change(f"{called}开放日“{day.theme}”", OpenDay):
            day.state = leads_to
            storing.write(day, is_new=False)
