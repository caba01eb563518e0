"""The visits of the sample office: households of five villages, who went there, and what was written of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from desktop import paths
from desktop.records import storing
from desktop.records.base import reading
from desktop.records.diaries import Diary, DiaryVisit
from desktop.records.households import Household, Member
from desktop.records.pairings import Condolence, Pairing, PairingProgress
from desktop.records.places import Place
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Campaign, Visit, VisitState
from desktop.records.work_lines import LinkPoint
from desktop.services.desk import Desk
from desktop.services.sample_routine import fill_routine

ON_FILE = 400
"""Days before today from which the sample's households are on file."""


def fill_visits(desk: Desk) -> None:
    """Register the sample's households with all that happened there; nothing made lies after today."""
    told = json.loads((paths.resources() / "samples" / "visits.json").read_text(encoding="utf-8"))
    with reading():
        staff = {person.full_name: person for person in Staff.select().where(Staff.deleted_at.is_null())}
    _places(told["towns"])
    homes = [_household(desk, place, row) for place, row in enumerate(told["households"])]
    visits = [_visit(desk, staff, homes, row) for row in told["visits"]]
    _campaign(desk, told["campaign"])
    for row in told["pairings"]:
        _pairing(desk, staff, homes, row)
    for row in told["diaries"]:
        _diary(desk, staff, visits, row)
    for row in told["condolences"]:
        desk.books.save(
            Condolence(
                household=homes[row["household"]],
                on=_before(desk, row["ago"]),
                staff=staff[row["staff"]],
                **{name: row[name] for name in ("occasion", "goods", "amount", "signed")},
            )
        )
    for name, village in told["link_points"]:
        desk.books.save(LinkPoint(staff=staff[name], village=village, duty="每季度至少到村一次"))
    fill_routine(desk, homes)


def _before(desk: Desk, workdays: int) -> datetime.date:
    """Return the day so many working days before today, for less than none after it."""
    today = desk.workdays.on_or_before(datetime.date.today()).date
    return desk.workdays.moved_by(today, -workdays)


def _places(towns: Mapping[str, Sequence[str]]) -> None:
    rows = [Place(name=town, level="镇街", position=place) for place, town in enumerate(towns, 1)]
    rows += [Place(name=village, parent=town) for town, villages in towns.items() for village in villages]
    storing.insert_all(rows)


def _household(desk: Desk, place: int, row: dict[str, Any]) -> Household:
    names = ("head", "village", "group", "sort", "people", "needs")
    home = Household(**{name: row[name] for name in names})
    home.mobile = f"1385510{place * 317 % 10_000:04}"
    home.address = f"{row['village']}{row['group']}{place * 7 % 60 + 1}号"
    home.since = datetime.date.today() - datetime.timedelta(days=ON_FILE)
    desk.books.save(home)
    for name, relation, sex, born, occupation in row["members"]:
        member = Member(household=home, full_name=name, relation=relation, sex=sex, born_on=born)
        member.occupation = occupation
        desk.books.save(member)
    return home


def _visit(desk: Desk, staff: Mapping[str, Staff], homes: Sequence[Household], row: dict[str, Any]) -> Visit:
    visit = Visit(
        visited_on=_before(desk, row["ago"]), staff=staff[row["staff"]], household=homes[row["household"]]
    )
    for name in ("purpose", "found", "promised", "next_step", "companions", "state"):
        if name in row:
            setattr(visit, name, row[name])
    if row["ago"] < 0:
        visit.state = VisitState.PLANNED
    if "again" in row:
        visit.next_on = _before(desk, row["ago"] - row["again"])
    desk.visiting.save(visit, [Ticket(sort="问题", **row["problem"])] if "problem" in row else ())
    return visit


def _campaign(desk: Desk, row: dict[str, Any]) -> None:
    campaign = Campaign(since=_before(desk, row["ago"]), until=_before(desk, -row["ahead"]))
    for name in ("name", "leader_quota", "other_quota", "note"):
        setattr(campaign, name, row[name])
    desk.books.save(campaign)


def _pairing(desk: Desk, staff: Mapping[str, Staff], homes: Sequence[Household], row: dict[str, Any]) -> None:
    pairing = Pairing(
        staff=staff[row["staff"]], household=homes[row["household"]], since=_before(desk, row["ago"])
    )
    for name in ("need", "measures", "goal"):
        setattr(pairing, name, row[name])
    desk.books.save(pairing)
    for ago, text in row["progress"]:
        desk.books.save(PairingProgress(pairing=pairing, on=_before(desk, ago), text=text))
    if "lifted" in row:
        on = {"on": _before(desk, row["lifted"]).isoformat()}
        desk.books.do(pairing.household, "lift", on)
        desk.books.do(pairing, "end", on)


def _diary(desk: Desk, staff: Mapping[str, Staff], visits: Sequence[Visit], row: dict[str, Any]) -> None:
    diary = Diary(author=staff[row["author"]], written_on=_before(desk, row["ago"]))
    for name in ("title", "text", "weather"):
        setattr(diary, name, row[name])
    desk.books.save(diary)
    for place in row["visits"]:
        desk.books.save(DiaryVisit(diary=diary, visit=visits[place]))
    if row["state"]:
        desk.books.do(diary, "finish", {})
    for medium, level, ago in row["publications"]:
        desk.books.do(
            diary, "publish", {"medium": medium, "level": level, "on": _before(desk, ago).isoformat()}
        )
