"""Planned visits: taken to 已访 or 未遇, moved or called off, planned for several households; and better days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.errors import OpenDayError, UserError
from desktop.records import visit_plans
from desktop.records.base import reading
from desktop.records.households import Household
from desktop.records.papers import Watch
from desktop.records.staff import Staff
from desktop.records.visits import Campaign, Visit, VisitState
from desktop.services.changes import Changes
from desktop.services.steps import check_step, day_told
from desktop.services.visiting import TEAMS, WEEK, Visiting
from desktop.services.workdays import Workdays

VISIT_STEPS = {
    "done": ("on", "found", "promised", "next_step", "next_on", "companions"),
    "miss": ("on", "note"),
    "move": ("on",),
    "cancel": ("reason",),
}
STEP_NAMES = {"done": "登记计划的走访", "miss": "登记未遇", "move": "改期走访", "cancel": "取消走访计划"}
NEAR, MOST_A_DAY = 21, 6
"""Days around a plan in which better ones are looked for; homes that one person can visit on a day."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A working day on which a plan is neither too close to other visits of the household nor in a crowded week."""

    day: datetime.date
    told: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days for which places are counted: those of the campaign under way, else this year's."""

    label: str
    since: datetime.date
    until: datetime.date


class Planning:
    """Verbs on planned visits."""

    def __init__(self, changes: Changes, visiting: Visiting, workdays: Workdays) -> None:
        self._changes, self._visiting, self._workdays = changes, visiting, workdays

    def do(self, visit: Visit, verb: str, values: Mapping[str, str]) -> None:
        """Take a step of a plan: done (on, found, …), miss (on, note), move (on), cancel (reason).

        Raises UserError for what isn't a plan any more, and for days that can't be; the plan is as before then.
        """
        before = dict(visit.__data__)
        try:
            self._prepare(visit, verb, values)
            with self._changes.change(f"{STEP_NAMES[verb]}“{visit.caption()}”", Visit):
                self._visiting.save(visit)
        except OpenDayError:
            visit.__data__.update(before)
            raise

    def warnings(self, visit: Visit, verb: str, values: Mapping[str, str]) -> list[str]:
        """Return what should be asked about before a step is taken: twice a day, too close, with better days."""
        if verb not in ("move", "done") or visit.state != VisitState.PLANNED:
            return []
        tried = Visit.holding(
            {name: visit.__data__.get(name) for name in ("staff", "household", "companions")}
        )
        tried.id, tried.visited_on, tried.state = visit.id, visit.visited_on, visit.state
        try:
            self._prepare(tried, verb, values)
        except UserError:
            return []  # the step itself will say so
        asked = self._visiting.questions(tried)
        if asked and verb == "move":
            asked += [better] if (better := self.better_words(tried)) else []
        return asked

    def _prepare(self, visit: Visit, verb: str, values: Mapping[str, str]) -> None:
        check_step(visit, verb, values, VISIT_STEPS)
        if visit.state != VisitState.PLANNED:
            raise UserError(
                f"“{visit.caption()}”是{visit.state}的走访，不是计划；请直接修改这次走访", field="state"
            )
        today = datetime.date.today()
        match verb:
            case "move":
                on = Visit.visited_on.parse(values.get("on", ""))
                if on is None:
                    raise UserError("请写明改到哪一天（on）", field="on")
                if on < today:
                    raise UserError(f"日期 {on} 已经过了，计划只能改到今天或以后", field="on")
                visit.visited_on = on
            case "cancel":
                visit.state = VisitState.CANCELLED
                reason = values.get("reason", "")
                visit.note = Visit.note.parse(
                    "\n".join(filter(None, (visit.note, reason and f"取消：{reason}")))
                )
            case _:
                visit.state = VisitState.DONE if verb == "done" else VisitState.MISSED
                planned = visit.visited_on or today
                visit.visited_on = day_told(values) if values.get("on") else min(planned, today)
                for name in VISIT_STEPS[verb][1:]:
                    if values.get(name):
                        setattr(visit, name, getattr(Visit, name).parse(values[name]))

    def move_by(self, plans: Sequence[Visit], workdays: int, watch: Watch | None = None) -> None:
        """Move plans by working days as one change; none is moved where one would come before today."""
        with self._changes.change(f"改期走访 {len(plans)} 次", Visit):
            for turn, visit in enumerate(plans):
                if watch:
                    watch(turn, len(plans))
                on = self._workdays.moved_by(visit.visited_on or datetime.date.today(), workdays)
                self.do(visit, "move", {"on": on.isoformat()})

    def plan(
        self,
        homes: Sequence[Household],
        staff: Staff,
        on: datetime.date,
        companions: str = "",
        purpose: str = "",
    ) -> list[Visit]:
        """Plan a visit of one day to several households as one change; raises UserError for what can't be."""
        if on < datetime.date.today():
            raise UserError(f"日期 {on} 已经过了，计划只能排在今天或以后", field="visited_on")
        made = [
            Visit(visited_on=on, staff=staff, household=home, companions=companions, state=VisitState.PLANNED)
            for home in homes
        ]
        with self._changes.change(f"计划走访 {len(made)} 户", Visit):
            for visit in made:
                visit.purpose = purpose or visit.purpose
                self._visiting.save(visit)
        return made

    def questions_of(self, homes: Sequence[Household], staff: Staff, on: datetime.date) -> list[str]:
        """Return what should be asked about before several households are planned, each sentence once."""
        found: dict[str, None] = {}
        for home in homes:
            tried = Visit(visited_on=on, staff=staff, household=home, state=VisitState.PLANNED)
            found |= dict.fromkeys(self._visiting.questions(tried))
        return list(found)

    # -- better days

    def better_words(self, visit: Visit) -> str:
        """Return the better days of a plan in a sentence; '' where there is none."""
        days = "、".join(f"{one.day}（{one.told}）" for one in self.proposals(visit))
        return f"可以改到 {days}" if days else ""

    def proposals(self, visit: Visit, most: int = 3) -> list[Proposal]:
        """Return the nearest working days, today or later, on which a plan would come too close to nothing."""
        if visit.household is None or visit.visited_on is None:
            return []
        around = _Around(visit)
        found: list[Proposal] = []
        for day in self._candidates(visit.visited_on):
            if told := around.told(day):
                found.append(Proposal(day, told))
                if len(found) == most:
                    break
        return found

    def _candidates(self, around: datetime.date) -> Iterator[datetime.date]:
        """Yield the working days near a day, the nearest first, those before it after those behind it."""
        today = datetime.date.today()
        for distance in range(1, NEAR + 1):
            for days in (distance, -distance):
                day = around + datetime.timedelta(days=days)
                if day >= today and self._workdays.judge(day).counted:
                    yield day

    # -- periods

    @staticmethod
    def period() -> Period:
        """Return the campaign that is under way, the latest begun of several; else this year."""
        today = datetime.date.today()
        with reading():
            under_way = (Campaign.since <= today) & (Campaign.until >= today) & Campaign.deleted_at.is_null()
            found = Campaign.select().where(under_way).order_by(Campaign.since.desc()).first()  # pyright: ignore
        if found is None:
            return Period(
                f"{today.year} 年", datetime.date(today.year, 1, 1), datetime.date(today.year, 12, 31)
            )
        return Period(found.name, found.since, found.until)


class _Around:
    """What else is planned and was done around a plan: in its village, at its household, by its person."""

    def __init__(self, visit: Visit) -> None:
        on = visit.visited_on or datetime.date.today()
        span = datetime.timedelta(days=NEAR) + WEEK
        self._visit, self._village = visit, visit.household.village
        self._at_home = visit_plans.days_of(
            "household_id", visit.household.id, on - span, on + span, visit.id
        )
        self._of_staff = visit_plans.days_of("staff_id", visit.staff.id, on - span, on + span, visit.id)
        self._weeks: dict[datetime.date, set[bytes]] = {}

    def _others(self, day: datetime.date) -> set[bytes]:
        """Return who else goes to the village in the week of a day; a week is read when it is asked for."""
        monday = visit_plans.monday_of(day)
        if monday not in self._weeks:
            sunday = monday + datetime.timedelta(days=6)
            found = visit_plans.teams_by_week(self._village, monday, sunday, self._visit.id)
            self._weeks[monday] = found.get(monday, set()) - {self._visit.staff.id}
        return self._weeks[monday]

    def told(self, day: datetime.date) -> str:
        """Return why a day is better; '' where it isn't."""
        own = self._of_staff.count(day)
        if own >= MOST_A_DAY or any(abs(day - one) < WEEK for one in self._at_home):
            return ""
        others = len(self._others(day))
        if others + 1 >= TEAMS:
            return ""
        week = f"那一周另有 {others} 个组去" if others else "那一周没有别的组去"
        more = f"，{self._visit.staff.full_name}当天还有 {own} 户" if own else ""
        return f"{week}{self._village}{more}"
