"""From visits to ruled lists: 走访台账, 慰问签收表, 走访进度通报."""

from __future__ import annotations

import datetime

from desktop.records.dates import chinese_day
from desktop.records.pairings import Condolence
from desktop.records.ticket_papers import ListColumn, ListPaper
from desktop.records.visits import Campaign, Visit, VisitState
from desktop.services.orders import Plan
from desktop.services.quotas import Quota, quotas

LONGEST_TEXT = 80
LEDGER = (
    ListColumn("序号", 11, True), ListColumn("走访日期", 22, True), ListColumn("走访对象", 24, True),
    ListColumn("村（社区）组", 34), ListColumn("走访人", 26, True), ListColumn("形式", 14, True),
    ListColumn("状态", 14, True), ListColumn("了解的情况", 62), ListColumn("答应的事、下步打算", 46),
)  # fmt: skip
SIGNED = (
    ListColumn("序号", 11, True), ListColumn("户号", 20, True), ListColumn("户主", 22, True),
    ListColumn("村（社区）组", 40), ListColumn("慰问时机", 22, True), ListColumn("慰问品", 48),
    ListColumn("慰问金（元）", 24, True), ListColumn("慰问人", 22, True), ListColumn("日期", 22, True),
    ListColumn("签收", 38, True),
)  # fmt: skip
PROGRESS = (
    ListColumn("序号", 12, True), ListColumn("姓名", 30, True), ListColumn("科室", 40, True),
    ListColumn("职务类别", 28, True), ListColumn("应访（户）", 26, True), ListColumn("已访（户）", 26, True),
    ListColumn("户次", 24, True), ListColumn("还差（户）", 26, True), ListColumn("完成情况", 30, True),
)  # fmt: skip


def visit_ledger(plan: Plan) -> ListPaper:
    """Return the 走访台账 of the visits asked for; plans and misses say so."""
    visits = [row for row in plan.records if isinstance(row, Visit)]
    rows = tuple(_ledger_row(place, visit) for place, visit in enumerate(visits, start=1))
    made = [visit for visit in visits if visit.state == VisitState.DONE]
    homes = {visit.household.id for visit in made if visit.household is not None}
    times = sum(visit.household is not None for visit in made)
    others = f"，其中已访 {len(made)} 次" if len(made) < len(visits) else ""
    return ListPaper(
        "走访台账",
        "走访台账",
        plan.office.name,
        f"{plan.office.name}　{period(plan)}",
        LEDGER,
        rows,
        f"合计 {len(visits)} 次{others}；走访 {len(homes)} 户，{times} 户次",
    )


def period(plan: Plan) -> str:
    """Return in words which days a paper covers."""
    first, last = plan.order.since, plan.order.until
    if first and last:
        return f"{chinese_day(first)}至{chinese_day(last)}"
    if first:
        return f"{chinese_day(first)}以来"
    return f"截至{chinese_day(last or datetime.date.today())}"


def _ledger_row(place: int, visit: Visit) -> tuple[str, ...]:
    home = visit.household
    who = "、".join(filter(None, (visit.staff.full_name, visit.companions)))
    more = "；".join(text for text in map(_short, (visit.promised, visit.next_step)) if text)
    return (
        f"{place}", f"{visit.visited_on or ''}", visit.whom, f"{home.village}{home.group}" if home else "",
        who, visit.purpose, visit.state, _short(visit.found), more,
    )  # fmt: skip


def _short(text: str) -> str:
    line = " ".join(text.split()).rstrip("。；")
    return line if len(line) <= LONGEST_TEXT else f"{line[:LONGEST_TEXT]}…"


def condolence_list(plan: Plan) -> ListPaper:
    """Return the 慰问签收表: what each household is brought, with room to sign."""
    gifts = [row for row in plan.records if isinstance(row, Condolence)]
    rows = tuple(_gift_row(place, gift) for place, gift in enumerate(gifts, start=1))
    homes = {gift.household.id for gift in gifts}
    money = sum(gift.amount or 0 for gift in gifts)
    return ListPaper(
        "慰问签收表",
        "慰问签收表",
        plan.office.name,
        f"{plan.office.name}　{period(plan)}",
        SIGNED,
        rows,
        f"合计 {len(homes)} 户，{len(gifts)} 户次；慰问金 {money:,} 元",
        foot="经办人签字：　　　　　　　　　　负责人签字：　　　　　　　　　　　　　　年　　月　　日",
    )


def _gift_row(place: int, gift: Condolence) -> tuple[str, ...]:
    home = gift.household
    return (
        f"{place}", home.number, home.head, f"{home.village}{home.group}", gift.occasion, gift.goods,
        f"{gift.amount:,}" if gift.amount else "", gift.staff.full_name, f"{gift.on or ''}", "",
    )  # fmt: skip


def quota_bulletin(plan: Plan) -> ListPaper:
    """Return the 走访进度通报 of a campaign: required and visited 户 and 户次 of everybody with a quota."""
    campaign = next(row for row in plan.records if isinstance(row, Campaign))
    found = [quota for quota in quotas(campaign) if quota.required]
    rows = tuple(_quota_row(place, quota) for place, quota in enumerate(found, start=1))
    done = sum(quota.is_done for quota in found)
    day = min(datetime.date.today(), campaign.until or datetime.date.max)
    since = f"{chinese_day(campaign.since)}开始，" if campaign.since else ""
    return ListPaper(
        "走访进度通报",
        f"{campaign.name}进度通报",
        plan.office.name,
        f"{plan.office.name}　{since}截至{chinese_day(day)}",
        PROGRESS,
        rows,
        f"应完成 {len(found)} 人，已完成 {done} 人，未完成 {len(found) - done} 人。"
        "已访户数按不同的户计，同一户去几次计一户；同行的各计各的",
    )


def _quota_row(place: int, quota: Quota) -> tuple[str, ...]:
    lacking = max(quota.required - quota.households, 0)
    person = quota.staff
    return (
        f"{place}", person.full_name, person.section, person.role, f"{quota.required}",
        f"{quota.households}", f"{quota.visits}", f"{lacking or ''}", "已完成" if quota.is_done else "未完成",
    )  # fmt: skip
