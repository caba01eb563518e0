"""From households to 走访登记表, blank or with what is known of them; from pairings to 结对帮扶卡 and 连心卡."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from desktop.records.base import parts_of
from desktop.records.dates import chinese_day
from desktop.records.households import Household, Member
from desktop.records.pairings import Pairing, PairingProgress, PairingState
from desktop.records.staff import Role
from desktop.records.ticket_papers import Sheet, SheetPart, SheetRow, Sheets
from desktop.records.visit_papers import PocketCard, PocketCards
from desktop.records.visits import Purpose, Visit
from desktop.services.orders import Plan
from desktop.services.visiting import Visiting

DRAFT_NUMBER = "样稿"
DATE_LINE = "＿＿＿年＿＿月＿＿日"
FIRST = "首次走访"
LAST_STEPS = 5
"""Steps of help that a card shows; it is the latest that matter."""


def visit_sheets(plan: Plan) -> Sheets:
    """Return a 走访登记表 for each household, or blank ones with a number each."""
    full = plan.order.options.full_numbers
    filled = [_filled(plan, home, full=full) for home in plan.records if isinstance(home, Household)]
    numbers = plan.numbers or (DRAFT_NUMBER,) * plan.blanks
    blank = [_blank(plan, number) for number in numbers]
    return Sheets("走访登记表", plan.office.name, (*filled, *blank), plan.numbers)


def _filled(plan: Plan, home: Household, *, full: bool) -> Sheet:
    phone = home.mobile if full else Household.mobile.masked_text(home.mobile)
    pairings = [row for row in parts_of(Pairing, "household", home) if row.state == PairingState.RUNNING]
    about = SheetPart(
        (
            SheetRow(("户主", home.head, "户号", home.number)),
            SheetRow(("村（社区）", f"{home.village}{home.group}", "户类别", home.sort)),
            SheetRow(("电话", phone, "人口", f"{home.people} 人" if home.people else "")),
            SheetRow(("家庭成员", "；".join(map(_member, parts_of(Member, "household", home))))),
            SheetRow(("困难和需求", home.needs)),
            SheetRow(("结对帮扶人", "、".join(row.staff.full_name for row in pairings))),
        )
    )
    before = SheetPart(tuple(_before(Visiting.previous(home))), heading="上次走访")
    return Sheet(
        title="走访登记表",
        number="",
        about=f"{home.number}-{home.head}",
        parts=(about, before, _now(small=True)),
        foot=(plan.office.name, ""),
        code=f"OV1:{home.number}",
        record=home.id,
    )


def _member(one: Member) -> str:
    told = "，".join(filter(None, (one.relation, one.occupation)))
    return f"{one.full_name}（{told}）" if told else one.full_name


def _before(visit: Visit | None) -> Iterator[SheetRow]:
    if visit is None or visit.visited_on is None:
        yield SheetRow(("情况", FIRST))
        return
    others = f"、{visit.companions}" if visit.companions else ""
    yield SheetRow(("日期", chinese_day(visit.visited_on), "走访人", f"{visit.staff.full_name}{others}"))
    for label, text in (
        ("了解的情况", visit.found),
        ("答应的事", visit.promised),
        ("下步打算", visit.next_step),
    ):
        if text:
            yield SheetRow((label, text))
    if visit.promised:
        yield SheetRow(("是否办到", "□已办到　　□正在办　　□没有办到，原因："))


def _blank(plan: Plan, number: str) -> Sheet:
    about = SheetPart(
        (
            SheetRow(("户主", "", "户号", "")),
            SheetRow(("村（社区）", "", "组", "")),
            SheetRow(("电话", "", "户类别", "")),
            SheetRow(("家庭成员", ""), 16),
        )
    )
    return Sheet(
        title="走访登记表",
        number=number,
        about=number,
        parts=(about, _now(small=False)),
        foot=(plan.office.name, ""),
        code="" if number == DRAFT_NUMBER else f"OV1:{number}",
    )


def _now(*, small: bool) -> SheetPart:
    """Return the rows to be written on at the door; `small` where what is known takes room above them."""
    ways = "　".join(f"□{purpose}" for purpose in Purpose)
    return SheetPart(
        (
            SheetRow(("走访日期", DATE_LINE, "走访人", "")),
            SheetRow(("走访形式", ways)),
            SheetRow(("了解的情况", ""), 24 if small else 46),
            SheetRow(("发现的问题", ""), 18 if small else 34),
            SheetRow(("答应的事", ""), 11 if small else 20),
            SheetRow(("下步打算", ""), 10 if small else 16),
            SheetRow(("走访户签字", "", "走访人签字", ""), 10 if small else 12),
        ),
        heading="本次走访",
    )


def pairing_cards(plan: Plan) -> Sheets:
    """Return a 结对帮扶卡 for each pairing: who helps whom, with what, and what was done so far."""
    sheets = [_pairing(plan, pairing) for pairing in plan.records if isinstance(pairing, Pairing)]
    return Sheets("结对帮扶卡", plan.office.name, tuple(sheets))


def _pairing(plan: Plan, pairing: Pairing) -> Sheet:
    home, helper = pairing.household, pairing.staff
    steps = [row for row in parts_of(PairingProgress, "pairing", pairing) if row.on]
    steps.sort(key=lambda row: row.on or datetime.date.min)
    done = [
        SheetRow((f"{row.on:%Y}年\n{row.on.month}月{row.on.day}日", row.text))
        for row in steps[-LAST_STEPS:]
        if row.on
    ]
    rows = (
        SheetRow(("帮扶人", helper.full_name, "科室", helper.section)),
        SheetRow(("办公电话", helper.phone, "结对日期", chinese_day(pairing.since) if pairing.since else "")),
        SheetRow(("帮扶户", home.head, "户号", home.number)),
        SheetRow(("村（社区）", f"{home.village}{home.group}", "户类别", home.sort)),
        SheetRow(("困难和需求", pairing.need or home.needs), 12),
        SheetRow(("帮扶措施", pairing.measures), 16),
        SheetRow(("目标", pairing.goal)),
        SheetRow(("状态", _state(pairing))),
    )
    blank = [SheetRow(("＿＿年\n＿月＿日", ""), 12) for _ in range(max(2, LAST_STEPS - len(done)))]
    return Sheet(
        title="结对帮扶卡",
        number="",
        about=f"{home.head}-{helper.full_name}",
        parts=(SheetPart(rows), SheetPart((*done, *blank), heading="帮扶记录")),
        foot=(plan.office.name, ""),
        record=pairing.id,
    )


def _state(pairing: Pairing) -> str:
    if pairing.state == PairingState.RUNNING:
        return pairing.state
    told = "；".join(
        filter(None, (pairing.end_reason, f"批准人 {pairing.approver}" if pairing.approver else ""))
    )
    when = f"{pairing.until} " if pairing.until else ""
    return f"{when}{pairing.state}{f'（{told}）' if told else ''}"


def link_cards(plan: Plan) -> Sheets:
    """Return a 连心卡 for each pairing, which stays with the household: whom to call, and what was promised."""
    sheets = [_link(plan, pairing) for pairing in plan.records if isinstance(pairing, Pairing)]
    return Sheets("连心卡", plan.office.name, tuple(sheets))


def _link(plan: Plan, pairing: Pairing) -> Sheet:
    home, helper = pairing.household, pairing.staff
    rows = (
        SheetRow(("联系户", home.head, "村（社区）", f"{home.village}{home.group}")),
        SheetRow(("联系人", helper.full_name, "科室", helper.section)),
        SheetRow(("办公电话", helper.phone or plan.office.contact), 13),
        SheetRow(("帮扶措施", pairing.measures), 20),
        SheetRow(
            ("服务承诺", "您有困难和意见，请打上面的电话；来电当日答复，办不了的说明原因，办理结果上门告知。")
        ),
    )
    return Sheet(
        title="连心卡",
        number="",
        about=f"{home.head}-{helper.full_name}",
        parts=(SheetPart(rows),),
        foot=(plan.office.name, chinese_day(datetime.date.today())),
        record=pairing.id,
    )


def pocket_cards(plan: Plan) -> PocketCards:
    """Return a small 连心卡 for each pairing: who helps, and the number to call."""
    pairings = [row for row in plan.records if isinstance(row, Pairing)]
    return PocketCards(plan.office.name, tuple(_pocket(plan, pairing) for pairing in pairings))


def _pocket(plan: Plan, pairing: Pairing) -> PocketCard:
    home, helper = pairing.household, pairing.staff
    role = helper.role if helper.role == Role.LEADER else ""
    return PocketCard(
        helper=helper.full_name,
        post="　".join(filter(None, (helper.section, role))),
        phone=helper.phone or plan.office.contact,
        home=home.head,
        where=f"{home.village}{home.group}",
        record=pairing.id,
    )
