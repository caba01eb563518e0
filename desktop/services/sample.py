"""The sample office: lifelike, after 肥西, the same at every making but for the coming day's date."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.records import storing
from desktop.records.base import transaction
from desktop.records.forms import Form
from desktop.records.invitations import Attendance, Invitation, Reply
from desktop.records.leaflets import Leaflet
from desktop.records.listing import Query
from desktop.records.notices import Notice
from desktop.records.open_days import OpenDay, ProgrammeItem, Site
from desktop.records.representatives import Contact, Identity, Representative, Source
from desktop.records.staff import Office, Staff
from desktop.services.desk import Desk
from desktop.services.orders import Order
from desktop.services.papers import DAY_PAPERS, Whom
from desktop.services.sample_tickets import fill_tickets
from desktop.services.sample_visits import fill_visits
from desktop.services.standard_forms import standard_forms

PEOPLE = 120
INVITED_BEFORE, INVITED_NOW = 46, 60
SEED = 20260929
SORTS = (
    "党代表",
    "人大代表",
    "政协委员",
    "基层党员",
    "两新组织书记",
    "大学生村官",
    "村社区两委",
    "机关干部",
    "群众代表",
)


def told() -> dict[str, Any]:
    """Return the names, places and texts of the sample."""
    return json.loads((paths.resources() / "samples" / "office.json").read_text(encoding="utf-8"))


def own_office() -> Office:
    """Return the settings of the sample office."""
    sample = told()
    office = Office(
        name=sample["name"], letterhead=sample["name"], contact=sample["contact"].replace("　", " ")
    )
    office.signature, office.address, office.postcode = sample["name"], sample["address"], "231200"
    return office


def fill_office(desk: Desk) -> None:
    """Fill a new office file with staff, representatives and two open days."""
    sample, chance = told(), random.Random(SEED)
    with (
        transaction(),
        desk.changes.change(
            "建立示例单位", Staff, Representative, Identity, OpenDay, Invitation, Notice, Leaflet
        ),
    ):
        storing.insert_all(
            [Staff(full_name=name.replace("　", ""), section=section, role=role, phone=phone)
             for name, section, role, phone in sample["staff"]]
        )  # fmt: skip
        people = _people(sample, chance)
        storing.insert_all([person for person, _ in people])
        storing.insert_all(
            [Identity(representative=person, sort=sort, level="县级") for person, sort in people]
        )
        everyone = [person for person, _ in people]
        storing.insert_all(
            [Leaflet(section=section, text=text, position=place)
             for place, (section, text) in enumerate(sample["leaflets"], start=1)]
        )  # fmt: skip
        held = _held(desk, sample, chance, everyone)
        fill_tickets(desk, held, everyone)
        fill_visits(desk)
        coming = _day(desk, sample, "coming", _next_thursday(datetime.date.today()))
        storing.write(Notice(open_day=coming, medium="公开栏"), is_new=True)
        desk.books.do(coming, "approve", {})
        desk.inviting.invite(coming, everyone[:INVITED_NOW])


def _people(sample: dict[str, Any], chance: random.Random) -> list[tuple[Representative, str]]:
    """Return 120 representatives: the special names first, then drawn ones, with one 身份 each."""
    made = []
    for row in sample["special_people"]:
        name, sex, born, ethnicity, party, unit, post, sort, *tag = row
        person = Representative(
            full_name=name, sex=sex, born_on=born, ethnicity=ethnicity, party=party, unit=unit, post=post,
            restricted=tag[0] if tag else "",
        )  # fmt: skip
        made.append((person, sort))
    while len(made) < PEOPLE:
        made.append(_drawn(sample, chance))
    for place, (person, _) in enumerate(made):
        person.mobile = f"13{chance.randrange(10**9):09}" if person.full_name != "曾国强" else "13905518000"
        within = person.unit.removeprefix("安徽省").removeprefix("肥西县")
        person.address = f"安徽省合肥市肥西县{within}"
        person.postcode = "231200"
        person.source = (Source.INVITED, Source.RECOMMENDED, Source.RECOMMENDED, Source.VOLUNTEERED)[
            place % 4
        ]
        person.honorific = "同志" if "党员" in person.party else "先生" if person.sex == "男" else "女士"
    return made


def _drawn(sample: dict[str, Any], chance: random.Random) -> tuple[Representative, str]:
    sex = chance.choice(("男", "女"))
    given = chance.choice(sample["men" if sex == "男" else "women"].split())
    town, sort = chance.choice(sample["towns"].split()), chance.choice(SORTS)
    if sort in ("机关干部", "党代表", "政协委员"):
        place, post = chance.choice(sample["workplaces"])
        unit = town + place
    else:
        unit, post = (
            town + chance.choice(sample["villages"].split()),
            chance.choice(sample["village_posts"].split()),
        )
    born = datetime.date(1958, 1, 1) + datetime.timedelta(days=chance.randrange(14_000))
    is_member = sort in ("党代表", "基层党员", "两新组织书记", "村社区两委") or chance.random() < 0.5
    person = Representative(
        full_name=chance.choice(sample["surnames"]) + given,
        sex=sex,
        born_on=born.isoformat(),
        ethnicity="汉族",
        party="中共党员" if is_member else "群众",
        unit=unit,
        post=post,
    )
    return person, sort


def _day(desk: Desk, sample: dict[str, Any], which: str, held_on: datetime.date) -> OpenDay:
    texts = sample["days"][which]
    day = OpenDay(
        theme=texts["theme"], held_on=held_on, starts_at="09:00", ends_at="11:45", venue=texts["venue"]
    )
    day.capacity, day.leader = 60, "周建国"
    desk.books.save(day)
    for place, (time, item, where) in enumerate(sample["programme"]):
        storing.write(
            ProgrammeItem(open_day=day, position=place, time=time, item=item, place=where), is_new=True
        )
    for place, ((name, address, guide), shown) in enumerate(
        zip(sample["sites"], sample["shown"], strict=True)
    ):
        site = Site(open_day=day, position=place, name=name, address=address, guide=guide, note=shown)
        storing.write(site, is_new=True)
    return day


def _held(desk: Desk, sample: dict[str, Any], chance: random.Random, people: list[Representative]) -> OpenDay:
    """Make the day that is over: 46 invited, 42 came, two excused, one sent somebody, one stayed away."""
    usual, today = datetime.date.fromisoformat(sample["days"]["held"]["date"]), datetime.date.today()
    # a clock that stands before the usual date (an empty battery) moves all of it back by whole weeks
    back = datetime.timedelta(weeks=max(0, (usual - today).days // 7 + 1))
    day = _day(desk, sample, "held", usual - back)
    outcomes = ["出席"] * 42 + ["请假", "请假", "代替", "缺席"]
    chance.shuffle(outcomes)
    for invitation, outcome in zip(desk.inviting.invite(day, people[:INVITED_BEFORE]), outcomes, strict=True):
        invitation.reply = (
            Reply.COMING if outcome == "出席" else Reply.DECLINED if outcome == "请假" else Reply.NONE
        )
        invitation.attendance = Attendance(outcome)
        invitation.sent_on = datetime.date(2026, 9, 14) - back
        storing.write(invitation, is_new=False)
    storing.write(
        Contact(
            representative=people[0],
            on=datetime.date(2026, 9, 21) - back,
            way="电话",
            text="确认参加，希望座谈时间长一些。",
        ),
        is_new=True,
    )
    for step in desk.open_days.milestones(day):
        step.done_on = step.advised_on
        storing.write(step, is_new=False)
    desk.books.do(day, "hold", {})
    return day


def _next_thursday(today: datetime.date) -> datetime.date:
    soon = today + datetime.timedelta(days=25)
    return soon + datetime.timedelta(days=(3 - soon.weekday()) % 7)


def pack(desk: Desk, folder: Path) -> list[Order]:
    """Return the orders of the coming day's whole pack, each to its file in `folder`."""
    coming = desk.books.page(Query(OpenDay, sort="held_on", descending=True), 0, 1)[0]
    assert isinstance(coming, OpenDay)
    orders = [
        Order(paper.name, folder / f"{paper.label}.pdf", coming)
        for paper in DAY_PAPERS
        if paper.whom is not Whom.COPIES
    ]
    titles = {form.title for form in standard_forms()}
    for form in desk.books.page(Query(Form), 0, 20):
        if isinstance(form, Form) and form.title in titles:
            orders.append(Order("feedback-forms", folder / f"{form.title}.pdf", coming, form=form))
    return orders
