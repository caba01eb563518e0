"""Lists, searches, quotas and stories of 300,000 visits to 30,000 households, through the service.

Prints p50, p95 and the slowest of CPU time. Usage: python -m benchmarks.visits [visits]
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.filter import told
from benchmarks.tickets import spent
from desktop.app import new_desk
from desktop.records import storing
from desktop.records.base import database, transaction
from desktop.records.bulk import filling, insert_in_order
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.staff import Office, Role, Staff
from desktop.records.tickets import Ticket
from desktop.records.visit_counts import crowded
from desktop.records.visit_plans import Where, by_day, close
from desktop.records.visits import Campaign, Visit, VisitStaff, VisitState
from desktop.services import sample
from desktop.services.desk import Desk
from desktop.services.household_story import household_story
from desktop.services.place_tree import place_tree
from desktop.services.planning import Period
from desktop.services.quotas import quotas, visit_figures
from desktop.services.visiting import TEAMS

CHUNK, A_HOME, TEAM = 10_000, 10, 60
"""Rows written at a time, visits a household, staff."""
WHERE = [
    "木兰村",
    "小井庄村",
    "龙城村",
    "光大社区",
    "启明村",
    "张祠村",
    "长镇村",
    "罗祝社区",
    "新街社区",
    "潭冲社区",
]
WHAT = [
    "老人身体尚可", "住房后墙开裂", "孩子上大学学费紧", "稻虾收成好", "路灯不亮", "自来水断断续续", "低保已经办好",
    "想学养殖技术",
    "独居无人照应", "反映村务公开不及时", "愿意参加志愿服务", "残疾补贴没有到账", "机耕路难走", "儿子在外务工", "房屋漏雨",
]  # fmt: skip
THEN = ["下月再来看", "已联系镇里", "请科室答复", "列入帮扶", "近期回话", "请医生上门"]
TYPED = (
    "路灯",
    "路灯不亮",
    "漏雨",
    "学费",
    "低保",
    "老人",
    "自来水 列入帮扶",
    "残疾补贴",
    "再来",
    "请医生上门",
    "村务公开",
)
HEADS = ("王", "王伟", "wang", "zgq", "w", "0003", "1385", "户00123", "木兰村", "光大", "lijianguo", "国强")


def fill(desk: Desk, count: int) -> None:
    """Fill an office with visits of three years, a tenth as many households, and a few problems."""
    chance = random.Random(7)
    people = [
        Staff(full_name=f"干部{place}", role=Role.LEADER if place < TEAM // 10 else Role.OTHER)
        for place in range(TEAM)
    ]
    homes = _homes(chance, count // A_HOME)
    with transaction(), desk.changes.change("基准", Visit):
        for person in people:
            desk.books.save(person)
        with filling([Household], len(homes)):
            for start in range(0, len(homes), CHUNK):
                insert_in_order(homes[start : start + CHUNK])
        with filling([Visit, VisitStaff], count):
            for start in range(0, count, CHUNK):
                made = [_visit(chance, people, homes) for _ in range(min(CHUNK, count - start))]
                storing.insert_all([visit for visit, _ in made])
                storing.insert_all([row for _, rows in made for row in rows])
        desk.tickets.keep([_problem(chance, home) for home in homes[: len(homes) // 10]])
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _homes(chance: random.Random, count: int) -> list[Household]:
    names = sample.told()
    given = (names["men"] + " " + names["women"]).split()
    return [
        Household(
            head=chance.choice(names["surnames"]) + chance.choice(given), village=f"{chance.choice(WHERE)}",
            group=f"{place % 20}组", mobile=f"138{chance.randrange(10**8):08}", number=f"户{place + 1:05}",
            sort="一般户" if place % 9 else "困难党员",
        )
        for place in range(count)
    ]  # fmt: skip


def _visit(
    chance: random.Random, people: list[Staff], homes: list[Household]
) -> tuple[Visit, list[VisitStaff]]:
    on = datetime.date.today() - datetime.timedelta(days=chance.randrange(3 * 365))
    home, (first, other) = chance.choice(homes), chance.sample(people, 2)
    visit = Visit(
        visited_on=on, staff=first, household=home, state=VisitState.DONE,
        found=f"{chance.choice(WHAT)}，{chance.choice(WHAT)}。", next_step=chance.choice(THEN),
    )  # fmt: skip
    if chance.random() < 0.01:
        visit.state, visit.visited_on = VisitState.PLANNED, on + datetime.timedelta(days=3 * 365)
        return visit, []
    team = [first, other] if chance.random() < 0.3 else [first]
    return visit, [VisitStaff(visit=visit, staff=one, household=home, visited_on=on) for one in team]


def _problem(chance: random.Random, home: Household) -> Ticket:
    return Ticket(
        content=f"{home.village}{chance.choice(WHAT)}。", household=home, raised_by=home.head, raiser="户",
        received_on=datetime.date.today(), counted_from=datetime.date.today(), state="已登记",
    )  # fmt: skip


def measure(desk: Desk) -> None:
    """Print the times of lists, searches, quotas and stories."""
    person = desk.books.page(Query(Staff), 7, 1)[0]
    home = desk.books.page(Query(Household), 70, 1)[0]
    latest = {"sort": "visited_on", "descending": True}
    lists = {
        "all": Query(Visit, **latest),
        "by default": Query(Visit),
        "of one person": Query(Visit, where=(("staff", person),), **latest),
        "of one household": Query(Visit, where=(("household", home),), **latest),
        "planned": Query(Visit, where=(("state", "计划"),), sort="visited_on"),
        "missed": Query(Visit, where=(("state", "未遇"),), **latest),
        "condolences": Query(Visit, where=(("purpose", "慰问"),), **latest),
        "households": Query(Household),
        "in need": Query(Household, where=(("sort", "困难党员"),)),
        "of a village": Query(Household, where=(("village", WHERE[0]),)),
    }
    _told("first page and count", lists)
    _told("search of visits", {word: Query(Visit, search=word, **latest) for word in TYPED})
    _told("search of households", {word: Query(Household, search=word) for word in HEADS})
    today = datetime.date.today()
    year = Campaign(name="年", since=today - datetime.timedelta(days=365), until=today)
    month = Campaign(name="月", since=today - datetime.timedelta(days=30), until=today)
    every = Campaign(name="全部", since=today - datetime.timedelta(days=3 * 365), until=today)
    for campaign in (month, year, every):
        told(f"quota table, {campaign.name}", [spent(lambda one=campaign: quotas(one)) for _ in range(9)])
    told("figures of a month", [spent(lambda: visit_figures(month.since, None)) for _ in range(5)])
    told("figures of all", [spent(lambda: visit_figures(None, None)) for _ in range(5)])
    _plans(desk, today)
    homes = [one for one in desk.books.page(Query(Household), 500, 40) if isinstance(one, Household)]
    told("story of a household", [spent(lambda one=one: household_story(one)) for one in homes])


def _plans(desk: Desk, today: datetime.date) -> None:
    """Print the times of what planning shows: the month, marks of a page of plans, better days; beside the window the tree."""
    first, last = today - datetime.timedelta(days=21), today + datetime.timedelta(days=20)
    page = desk.books.page(Query(Visit, where=(("state", "计划"),), sort="visited_on"), 0, 100)
    plans = [one for one in page if isinstance(one, Visit)]
    village = Where((WHERE[0],))
    told("days of a month", [spent(lambda: by_day(first, last, Where())) for _ in range(9)])
    told("days of a month, one village", [spent(lambda: by_day(first, last, village)) for _ in range(9)])
    told("marks of 100 plans", [spent(lambda: close(plans, TEAMS)) for _ in range(9)])
    told("better days of a plan", [spent(lambda one=one: desk.planning.proposals(one)) for one in plans[:20]])
    period = Period("年", today - datetime.timedelta(days=365), today)
    told("tree of places, a year", [spent(lambda: place_tree(period)) for _ in range(5)])
    told("crowded villages, a year", [spent(lambda: crowded(period.since, today, TEAMS)) for _ in range(3)])


def _told(name: str, queries: dict[str, Query]) -> None:
    desk = Keeper.desk

    def look(query: Query) -> None:
        desk.books.page(query, 0, 100)
        desk.books.count(query)

    times = sorted(
        ((spent(lambda one=query: look(one)), word) for word, query in queries.items() for _ in range(3)),
        reverse=True,
    )
    told(name, [time for time, _ in times])
    print("  slowest:", ", ".join(f"{word} {time:.0f} ms" for time, word in times[:9]))


class Keeper:
    """Holds the desk between calls."""

    desk: Desk


def main() -> None:
    """Measure an office filled with visits."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory() as folder:
        Keeper.desk = new_desk(Path(folder) / "office.openday", Office(name="中共宜秀区委组织部"))
        start = time.process_time()
        fill(Keeper.desk, count)
        print(f"filled with {count} visits in {time.process_time() - start:.0f} s of CPU", flush=True)
        measure(Keeper.desk)


if __name__ == "__main__":
    main()
