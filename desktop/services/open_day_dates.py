"""The dates of open days that follow from working days, and what of them a new 放假安排 moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import Record, reading
from desktop.records.open_days import DayState, Milestone, OpenDay
from desktop.records.register import jobs_of
from desktop.services.moved import MovedDate, why
from desktop.services.open_days import OpenDays
from desktop.services.workdays import Workdays


class OpenDayDates:
    """The backward schedule of open days: the answer's deadline, and on which day the rest is advised."""

    touched: tuple[type[Record], ...] = (Milestone,)
    ENDED = (DayState.ARCHIVED, DayState.CANCELLED)

    def __init__(self, open_days: OpenDays, workdays: Workdays) -> None:
        self._open_days = open_days
        self._workdays = workdays

    def _pairs(self) -> Iterator[tuple[OpenDay, Milestone, Milestone]]:
        """Yield (day, kept line, line as planned now) of what is still to be done."""
        with reading():
            days = list(
                OpenDay.select().where(OpenDay.deleted_at.is_null() & OpenDay.state.not_in(self.ENDED))
            )
        for day in days:
            planned = {row.name: row for row in self._open_days.planned(day)}
            for row in self._open_days.milestones(day):
                now = planned.get(row.name)
                past = (
                    day.state == DayState.HELD
                    and now
                    and now.due_on
                    and day.held_on
                    and now.due_on <= day.held_on
                )
                if now and row.done_on is None and not past:
                    yield day, row, now

    def moved(self) -> Iterator[MovedDate]:
        for day, row, now in self._pairs():
            field = "due_on" if row.due_on != now.due_on else "advised_on"
            old, new = getattr(row, field), getattr(now, field)
            if old is None or new is None or old == new:
                continue
            what = row.name if field == "due_on" else f"{row.name}（建议办理日）"
            reason = why(self._workdays.arrangement, min(day.held_on or old, old, new), max(old, new))
            of = f"开放日“{day.theme}”（{day.number}）"
            printed = printed_papers(day)
            presumed = bool(now.presumed)
            yield MovedDate(Milestone.kind, row.id, field, what, of, old, new, presumed, reason, printed)

    def confirm(self) -> None:
        changed = []
        for _, row, now in self._pairs():
            stands = (row.due_on, row.advised_on) == (now.due_on, now.advised_on)
            if stands and row.presumed != now.presumed:
                row.presumed = now.presumed
                changed.append(row)
        storing.update_all(changed)

    def move(self, moved: Sequence[MovedDate]) -> None:
        wanted = {(one.key, one.field): one for one in moved}
        for _, row, now in self._pairs():
            for field in ("due_on", "advised_on"):
                one = wanted.pop((row.id, field), None)
                if one is None:
                    continue
                if getattr(row, field) != one.old or getattr(now, field) != one.new:
                    raise storing.Conflict(row, row)
                row.due_on, row.advised_on, row.presumed = now.due_on, now.advised_on, now.presumed
                storing.write(row, is_new=False)
        if wanted:
            raise UserError("有的期限已经办完或不在了，没有调整；请重新查看", field="id")


def printed_papers(day: OpenDay) -> tuple[str, ...]:
    """Return which papers of an open day went out already, with the day of the last print."""
    from desktop.services.papers import PAPERS

    last: dict[str, str] = {}
    for job in jobs_of(day.id):
        if job.is_printed:
            last[job.document] = max(last.get(job.document, ""), job.at[:10])
    return tuple(f"{PAPERS[name].label if name in PAPERS else name}（{at} 印）" for name, at in last.items())
