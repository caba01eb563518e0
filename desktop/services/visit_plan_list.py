"""From planned visits to the 走访安排表: who goes where on which day, and where it would still be too many."""

from __future__ import annotations

import datetime

from desktop.records import visit_counts, visit_plans, visit_rows
from desktop.records.dates import chinese_day, show_day
from desktop.records.households import Household
from desktop.records.ticket_papers import ListColumn, ListPaper
from desktop.records.visits import Visit
from desktop.services.orders import Plan
from desktop.services.visiting import TEAMS

PLANNED = (
    ListColumn("序号", 11, True), ListColumn("日期", 30, True), ListColumn("走访人", 22, True),
    ListColumn("同行人", 26), ListColumn("村（社区）组", 40), ListColumn("户主", 22, True),
    ListColumn("户类别", 22, True), ListColumn("电话", 28, True), ListColumn("形式", 14, True),
    ListColumn("备注", 54),
)  # fmt: skip
LONGEST_NOTE = 40


def visit_plan(plan: Plan) -> ListPaper:
    """Return the 走访安排表 of the plans asked for, by day, village and person; what is too close is said."""
    visits = [row for row in plan.records if isinstance(row, Visit) and row.visited_on is not None]
    visits.sort(key=_order)
    close = visit_plans.close(visits, TEAMS)
    homes = {visit.household.id: visit.household for visit in visits if visit.household is not None}
    last = visit_rows.last_visits(list(homes.values()))
    rows = tuple(
        _row(place, visit, close.get(visit.id, ""), last, full=plan.order.options.full_numbers)
        for place, visit in enumerate(visits, start=1)
    )
    villages = {home.village for home in homes.values()}
    people = len({visit.staff.id for visit in visits})
    total = f"合计 {len(visits)} 次，{len(homes)} 户，{len(villages)} 个村，{people} 人带队；{_crowded(visits, villages)}"
    return ListPaper(
        "走访安排表",
        "走访安排表",
        plan.office.name,
        f"{plan.office.name}　{_span(visits)}",
        PLANNED,
        rows,
        total,
        foot="安排人签字：　　　　　　　　　　审核人签字：　　　　　　　　　　　　　　年　　月　　日",
    )


def _order(visit: Visit) -> tuple[object, ...]:
    home = visit.household
    where = (home.village, home.group) if home is not None else ("", "")
    return (visit.visited_on, where[0], visit.staff.full_name, where[1], visit.whom)


def _span(visits: list[Visit]) -> str:
    days = [visit.visited_on for visit in visits if visit.visited_on]
    if not days or days[0] == days[-1]:
        return chinese_day(days[0]) if days else ""
    return f"{chinese_day(days[0])}至{chinese_day(days[-1])}"


def _row(place: int, visit: Visit, close: str, last: dict[bytes, str], *, full: bool) -> tuple[str, ...]:
    home = visit.household
    phone = (home.mobile if full else Household.mobile.masked_text(home.mobile)) if home else ""
    before = f"上次 {last[home.id]}" if home and home.id in last else ""
    note = " ".join(visit.note.split())[:LONGEST_NOTE]
    return (
        f"{place}", show_day(visit.visited_on) if visit.visited_on else "", visit.staff.full_name, visit.companions,
        f"{home.village}{home.group}" if home else "", visit.whom, home.sort if home else "", phone, visit.purpose,
        "；".join(filter(None, (close, before, note))),
    )  # fmt: skip


def _crowded(visits: list[Visit], villages: set[str]) -> str:
    """Say in which weeks too many go to one of the villages, others' visits included."""
    days = [visit.visited_on for visit in visits if visit.visited_on]
    sunday = visit_plans.monday_of(days[-1]) + datetime.timedelta(days=6)
    found = [
        row
        for row in visit_counts.crowded(visit_plans.monday_of(days[0]), sunday, TEAMS)
        if row.village in villages
    ]
    if not found:
        return "没有过于集中的村"
    told = "、".join(f"{row.village}（{row.monday} 起一周 {row.teams} 个组）" for row in found[:6])
    return f"过于集中：{told}{' 等' if len(found) > 6 else ''}"
