"""Plans: taken to a visit or a miss, moved, better days proposed, planned for a village; the tree of places."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records import listing, visit_plans
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.places import Place
from desktop.records.staff import Staff
from desktop.records.visit_plans import Where
from desktop.records.visits import Campaign, Visit, VisitStaff
from desktop.services.place_tree import place_tree
from desktop.services.quotas import quotas

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY


@pytest.fixture
def staff(desk):
    made = [
        Staff(full_name="周建国", role="班子成员"),
        *(Staff(full_name=name) for name in ("李明", "赵文静", "吴敏")),
    ]
    for person in made:
        desk.books.save(person)
    return made


@pytest.fixture
def homes(desk):
    for name, level, parent in (
        ("三河镇", "镇街", ""),
        ("木兰村", "村（社区）", "三河镇"),
        ("小井庄村", "村（社区）", ""),
    ):
        desk.books.save(Place(name=name, level=level, parent=parent))
    rows = (
        ("王大爷", "木兰村", "1组"),
        ("李大妈", "木兰村", "2组"),
        ("曾国强", "木兰村", "10组"),
        ("孙二", "小井庄村", ""),
    )
    made = [Household(head=head, village=village, group=group) for head, village, group in rows]
    for home in made:
        desk.books.save(home)
    return made


@pytest.fixture
def plan(desk, staff, homes):
    def made(person=0, home=0, on=TOMORROW, state="计划"):
        visit = Visit(visited_on=on, staff=staff[person], household=homes[home], state=state)
        desk.books.save(visit)
        return visit

    return made


def monday_ahead(weeks):
    return TODAY - TODAY.weekday() * DAY + weeks * 7 * DAY


def test_a_plan_that_was_carried_out_counts_from_then_on(desk, staff, homes, plan):
    campaign = Campaign(
        name="进万家", since=TODAY - 9 * DAY, until=TODAY + 9 * DAY, leader_quota=1, other_quota=1
    )
    desk.books.save(campaign)
    visit = plan(on=TODAY)
    assert not VisitStaff.select().exists()
    desk.books.do(visit, "done", {"found": "身体好", "companions": "李明", "on": YESTERDAY.isoformat()})

    told = desk.books.get(Visit, visit.id)
    assert (told.state, told.visited_on, told.found, told.companions) == ("已访", YESTERDAY, "身体好", "李明")
    assert [quota.households for quota in quotas(campaign)] == [1, 1, 0, 0]
    assert desk.changes.undo_last() == f"登记计划的走访“{YESTERDAY} 王大爷”"
    assert desk.books.get(Visit, visit.id).state == "计划"
    assert [quota.households for quota in quotas(campaign)] == [0, 0, 0, 0]


def test_a_plan_ahead_is_carried_out_today_at_the_latest(desk, plan):
    first, second = plan(), plan(home=1)
    desk.books.do(first, "done", {})
    assert first.visited_on == TODAY
    with pytest.raises(UserError, match="还没有到"):
        desk.books.do(second, "done", {"on": TOMORROW.isoformat()})
    desk.books.do(second, "miss", {"note": "家中无人"})
    assert (second.state, second.note, second.visited_on) == ("未遇", "家中无人", TODAY)
    with pytest.raises(UserError, match="不是计划"):
        desk.books.do(second, "move", {"on": TOMORROW.isoformat()})


def test_a_plan_is_called_off_with_its_reason_and_moved_to_no_day_gone_by(desk, plan):
    visit = plan()
    with pytest.raises(UserError, match="已经过了"):
        desk.books.do(visit, "move", {"on": YESTERDAY.isoformat()})
    with pytest.raises(UserError, match="改到哪一天"):
        desk.books.do(visit, "move", {})
    with pytest.raises(UserError, match="没有“fly”这一步"):
        desk.books.do(visit, "fly", {})
    desk.books.do(visit, "cancel", {"reason": "防汛"})
    assert (visit.state, visit.note) == ("取消", "取消：防汛")


def test_several_plans_move_by_working_days_in_one_change(desk, plan):
    on = monday_ahead(2)
    plans = [plan(0, 0, on), plan(1, 1, on)]
    desk.planning.move_by(plans, 1)
    moved = {desk.books.get(Visit, one.id).visited_on for one in plans}
    assert moved == {desk.workdays.moved_by(on, 1)}
    assert desk.changes.undo_last() == "改期走访 2 次"
    assert {desk.books.get(Visit, one.id).visited_on for one in plans} == {on}


def test_a_crowded_week_gets_better_days_that_are_better(desk, plan):
    monday = monday_ahead(2)
    for person, home in ((0, 0), (1, 1)):
        plan(person, home, monday)
    third = plan(2, 2, monday + 2 * DAY)
    assert visit_plans.close([third], 3) == {third.id: "过于集中"}

    better = desk.planning.proposals(third)
    assert len(better) == 3
    for one in better:
        assert desk.workdays.judge(one.day).counted
        assert one.day >= TODAY
        assert "没有别的组去木兰村" in one.told
        assert desk.books.warnings(third, "move", {"on": one.day.isoformat()}) == []
    asked = desk.books.warnings(third, "move", {"on": (monday + DAY).isoformat()})
    assert "3 个组" in asked[0]
    assert asked[-1].startswith("可以改到")
    assert third.visited_on == monday + 2 * DAY
    desk.books.do(third, "move", {"on": better[0].day.isoformat()})
    assert visit_plans.close([third], 3) == {}


def test_a_household_gone_to_twice_in_a_week_is_too_close(desk, plan):
    monday = monday_ahead(2)
    first, second = plan(0, 3, monday), plan(1, 3, monday + 3 * DAY)
    assert visit_plans.close([first, second], 3) == {first.id: "过密", second.id: "过密"}
    assert all(abs(one.day - monday).days >= 7 for one in desk.planning.proposals(second))


def test_households_of_a_village_are_planned_in_one_go(desk, staff, homes):
    on = monday_ahead(3)
    made = desk.planning.plan(homes[:3], staff[0], on, "李明", "慰问")
    assert {(one.state, one.purpose, one.companions) for one in made} == {("计划", "慰问", "李明")}
    assert desk.planning.questions_of(homes[:2], staff[1], on) == [
        f"“{head}”前后一周内已有走访：{on}（周建国），请避免过密" for head in ("王大爷", "李大妈")
    ]
    with pytest.raises(UserError, match="已经过了"):
        desk.planning.plan(homes, staff[0], YESTERDAY)
    assert desk.changes.undo_last() == "计划走访 3 户"
    assert not Visit.select().exists()


def test_the_tree_of_places_counts_what_its_lists_hold(desk, plan, homes):
    plan(0, 0), plan(0, 1)
    plan(1, 1, YESTERDAY, "已访"), plan(2, 1, TODAY - 3 * DAY, "已访"), plan(1, 3, TODAY - 2 * DAY, "已访")
    period = desk.planning.period()
    root = place_tree(period)
    town, well = root.below
    assert [(one.name, one.homes, one.planned, one.done) for one in (root, town, well)] == [
        ("全部", 4, 2, 2), ("三河镇", 3, 2, 1), ("小井庄村", 1, 0, 1),
    ]  # fmt: skip
    assert [one.name for one in town.below[0].below] == ["1组", "2组", "10组"]
    assert (town.last, well.last) == (YESTERDAY.isoformat(), (TODAY - 2 * DAY).isoformat())
    for branch in (root, town, well, *town.below, *town.below[0].below):
        where = branch.where
        plans = Query(Visit, where=(("state", "计划"),), narrowed=visit_plans.visits_in(where))
        assert listing.count(plans) == branch.planned, branch.name
        there = visit_plans.homes_in(where)
        assert listing.count(Query(Household, narrowed=there)) == branch.homes
        seen = (*there, visit_plans.visited(period.since, period.until))
        assert listing.count(Query(Household, narrowed=seen)) == branch.done
        unseen = (*there, visit_plans.visited(period.since, period.until, ever=False))
        assert listing.count(Query(Household, narrowed=unseen)) == branch.homes - branch.done


def test_the_days_of_a_month_count_plans_and_visits(desk, plan):
    plan(0, 0), plan(1, 3), plan(0, 1, YESTERDAY, "已访")
    first, last = TODAY - 40 * DAY, TODAY + 40 * DAY
    assert {one.day: one[1:] for one in visit_plans.by_day(first, last, Where())} == {
        TOMORROW.isoformat(): (2, 0),
        YESTERDAY.isoformat(): (0, 1),
    }
    assert [one[1:] for one in visit_plans.by_day(first, last, Where(("小井庄村",)))] == [(1, 0)]
    assert visit_plans.by_day(first, last, Where(("木兰村",), "3组")) == []


def test_the_campaign_under_way_is_the_period(desk):
    assert desk.planning.period().label == f"{TODAY.year} 年"
    desk.books.save(Campaign(name="进万家", since=YESTERDAY, until=TOMORROW))
    assert desk.planning.period().label == "进万家"
