"""What the page 计划 lists: plans, and households that were visited or not, of a place and a day."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from desktop.records import visit_plans
from desktop.records.dates import show_day
from desktop.records.households import Household, HouseholdState
from desktop.records.listing import Query
from desktop.records.visit_counts import between
from desktop.records.visit_plans import Where
from desktop.records.visits import Visit, VisitState
from desktop.services.planning import Period
from desktop.services.visiting import TEAMS
from desktop.ui.labels import Tone
from desktop.ui.marks import Mark
from desktop.ui.pages import households, visits
from desktop.ui.tables import Column

PLANS, UNSEEN, SEEN, HOMES = "计划", "没访过的户", "访过的户", "全部户"
FACES = (PLANS, UNSEEN, SEEN, HOMES)
PLAN_SHOWN = ("visited_on", "close", "whom", "village", "staff_name", "companions", "purpose")
HOME_SHOWN = ("number", "head", "place", "sort", "last_visit", "helpers")


def plan_columns() -> tuple[Column, ...]:
    """Return the columns of the list of plans: those of visits, and what is too close about a plan or late."""
    own = {column.key: column for column in visits.columns() if column.key not in ("problems", "state")}
    own["visited_on"] = replace(own["visited_on"], show=lambda visit: show_day(visit.visited_on), width=136)
    own["companions"] = replace(own["companions"], width=100, grows=False)
    return (*own.values(), Column("close", "提示", str, width=96, batch=_told, marks=_marks))


def _told(rows: list[Any]) -> dict[bytes, str]:
    close, today = visit_plans.close(rows, TEAMS), datetime.date.today()
    late = {row.id: f"过了 {(today - row.visited_on).days} 天" for row in rows if row.visited_on < today}
    return close | late


def _marks(text: str) -> list[Mark]:
    return [Mark(text, Tone.LATE if text.startswith("过了") else Tone.WARN)] if text else []


def home_columns() -> tuple[Column, ...]:
    """Return the columns of the lists of households."""
    return households.columns()


def plans(where: Where, day: datetime.date | None) -> Query:
    """Return the plans of a place, of one day or all, those that are due first."""
    narrowed = (*visit_plans.visits_in(where), *between("visited_on", day, day))
    return Query(Visit, where=(("state", VisitState.PLANNED),), sort="visited_on", narrowed=narrowed)


def homes(face: str, where: Where, period: Period) -> Query:
    """Return the households of a place: all that are there, or those that were visited in a period or weren't."""
    narrowed = visit_plans.homes_in(where)
    if face == SEEN:
        return Query(Household, narrowed=(*narrowed, visit_plans.visited(period.since, period.until)))
    if face == UNSEEN:
        narrowed = (*narrowed, visit_plans.visited(period.since, period.until, ever=False))
    return Query(Household, where=(("state", HouseholdState.HERE),), narrowed=narrowed)
