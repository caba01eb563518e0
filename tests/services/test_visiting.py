"""Visits: who came along counts too, problems found become tickets, what can't be is refused, what is odd is asked."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records.households import Household
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Campaign, Visit, VisitStaff
from desktop.services.quotas import quotas, visit_figures

TODAY = datetime.date.today()
YESTERDAY = TODAY - datetime.timedelta(days=1)
MONTH_AGO = TODAY - datetime.timedelta(days=31)


@pytest.fixture
def staff(desk):
    made = [Staff(full_name="周建国", role="班子成员"), Staff(full_name="李明"), Staff(full_name="赵文静")]
    for person in made:
        desk.books.save(person)
    return made


@pytest.fixture
def homes(desk):
    made = [
        Household(head=head, village="木兰村", group=f"{place}组")
        for place, head in enumerate(("王大爷", "李大妈", "曾国强"), 1)
    ]
    for home in made:
        desk.books.save(home)
    return made


def visited(desk, person, home, on=YESTERDAY, **values):
    visit = Visit(visited_on=on, staff=person, household=home, **values)
    desk.books.save(visit)
    return visit


def test_households_are_numbered_and_found_by_reading_number_and_village(desk, homes):
    assert [home.number for home in homes] == ["户0001", "户0002", "户0003"]
    for words in ("zgq", "曾国强", "0003", "户0003"):
        assert desk.books.find(Household, words) == [homes[2]], words
    assert len(desk.books.find(Household, "木兰")) == 3


def test_a_household_is_never_among_the_representatives_found(desk, homes):
    from desktop.records.listing import Query
    from desktop.records.representatives import Representative

    assert desk.books.count(Query(Representative, "zgq")) == 0


def test_everybody_who_came_along_is_counted_once_each(desk, staff, homes):
    leader, other, _ = staff
    visited(desk, leader, homes[0], companions="李明、赵文静，李明")
    visited(desk, leader, homes[0], MONTH_AGO)
    visited(desk, other, homes[1])
    planned = Visit(
        visited_on=TODAY + datetime.timedelta(days=3), staff=leader, household=homes[2], state="计划"
    )
    desk.books.save(planned)

    figures = {(one.label, one.unit): one.value for one in visit_figures(None, None)}
    assert figures[("周建国", "户")] == 1
    assert figures[("周建国", "户次")] == 2
    assert (figures[("李明", "户")], figures[("李明", "户次")]) == (2, 2)
    assert (figures[("全部走访", "户")], figures[("全部走访", "户次")]) == (2, 3)


def test_quotas_count_distinct_households_of_the_campaign(desk, staff, homes):
    campaign = Campaign(
        name="千名干部进万家",
        since=MONTH_AGO + datetime.timedelta(days=1),
        until=TODAY,
        leader_quota=2,
        other_quota=1,
    )
    desk.books.save(campaign)
    visited(desk, staff[0], homes[0])
    visited(desk, staff[0], homes[0], TODAY)
    visited(desk, staff[1], homes[1])
    visited(desk, staff[1], homes[2], MONTH_AGO)

    told = {quota.staff.full_name: (quota.words, quota.visits, quota.is_done) for quota in quotas(campaign)}
    assert told == {
        "周建国": ("1/2 户", 2, False),
        "李明": ("1/1 户", 1, True),
        "赵文静": ("0/1 户", 0, False),
    }


def test_a_changed_visit_changes_what_is_counted(desk, staff, homes):
    visit = visited(desk, staff[0], homes[0], companions="李明")
    visit.companions, visit.household = "赵文静", homes[1]
    desk.books.save(visit)

    rows = VisitStaff.select().where(VisitStaff.deleted_at.is_null())
    assert {(row.staff.full_name, row.household.head) for row in rows} == {
        ("周建国", "李大妈"),
        ("赵文静", "李大妈"),
    }


def test_each_problem_of_a_visit_is_exactly_one_ticket_on_the_clock(desk, staff, homes):
    visit = Visit(visited_on=YESTERDAY, staff=staff[0], household=homes[0], found="水管漏")
    problems = [Ticket(content="自来水断断续续"), Ticket(content="路灯不亮", sort="意见建议")]

    desk.visiting.save(visit, problems)

    found = desk.visiting.problems_of(visit)
    assert [ticket.content for ticket in found] == ["自来水断断续续", "路灯不亮"]
    assert {(t.source, t.raised_by, t.place, t.received_on) for t in found} == {
        ("走访", "王大爷", "木兰村1组", YESTERDAY)
    }
    assert all(ticket.number and ticket.due_on for ticket in found)
    desk.visiting.save(visit)
    assert len(desk.visiting.problems_of(visit)) == 2


def test_a_fault_in_a_problem_keeps_neither_visit_nor_problem(desk, staff, homes):
    visit = Visit(visited_on=YESTERDAY, staff=staff[0], household=homes[0])
    with pytest.raises(UserError, match="内容不能为空"):
        desk.visiting.save(visit, [Ticket(content="")])

    assert Visit.select().count() == Ticket.select().count() == 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"visited_on": TODAY + datetime.timedelta(days=1)}, "还没有到"),
        ({"visited_on": datetime.date(1900, 1, 1)}, "早于 2000 年"),
        ({"enterprise": "某某公司"}, "只写一户"),
        ({"household": None}, "没有写明走访谁"),
        ({"companions": "没有这个人"}, "没有找到工作人员"),
        ({"next_on": YESTERDAY}, "应晚于走访日期"),
    ],
)
def test_what_cannot_be_is_refused(desk, staff, homes, values, told):
    with pytest.raises(UserError, match=told):
        desk.books.save(
            Visit(**({"visited_on": YESTERDAY, "staff": staff[0], "household": homes[0]} | values))
        )


def test_a_visit_before_the_household_was_there_or_after_it_left_is_refused(desk, staff, homes):
    homes[0].since = YESTERDAY
    desk.books.save(homes[0])
    with pytest.raises(UserError, match=r"早于.*立户日期"):
        visited(desk, staff[0], homes[0], MONTH_AGO)
    desk.books.do(homes[1], "move", {"on": MONTH_AGO.isoformat()})
    with pytest.raises(UserError, match="迁出"):
        visited(desk, staff[0], homes[1])
    assert visited(desk, staff[0], homes[1], MONTH_AGO)
    desk.books.do(homes[2], "merge", {"into": homes[0].number})
    with pytest.raises(UserError, match="已并入"):
        visited(desk, staff[0], homes[2])


def test_twice_a_day_and_too_close_together_are_asked_about(desk, staff, homes):
    visited(desk, staff[0], homes[0])
    again = Visit(visited_on=YESTERDAY, staff=staff[0], household=homes[0])
    assert "已有一次" in desk.books.questions(again)[0]
    near = Visit(visited_on=YESTERDAY, staff=staff[1], household=homes[0])
    assert "前后一周内已有走访" in desk.books.questions(near)[0]
    assert desk.books.questions(Visit(visited_on=YESTERDAY, staff=staff[1], household=homes[1])) == []


def test_three_teams_in_one_village_in_a_week_are_too_many(desk, staff, homes):
    monday = TODAY - datetime.timedelta(days=TODAY.weekday()) + datetime.timedelta(weeks=2)
    for person, home in zip(staff[:2], homes, strict=False):
        desk.books.save(Visit(visited_on=monday, staff=person, household=home, state="计划"))

    third = Visit(
        visited_on=monday + datetime.timedelta(days=4), staff=staff[2], household=homes[2], state="计划"
    )
    assert "3 个组" in desk.books.questions(third)[0]
    third.visited_on = monday + datetime.timedelta(days=9)
    assert desk.books.questions(third) == []


def test_the_previous_visit_of_a_household_is_known(desk, staff, homes):
    first, second = visited(desk, staff[0], homes[0], MONTH_AGO), visited(desk, staff[1], homes[0])

    assert desk.visiting.previous(homes[0]) == second
    assert desk.visiting.previous(homes[0], YESTERDAY) == first
    assert desk.visiting.previous(homes[1]) is None


def test_staff_with_visits_are_not_removed(desk, staff, homes):
    visited(desk, staff[0], homes[0], companions="李明")
    for person in staff[:2]:
        with pytest.raises(UserError, match="不能删除"):
            desk.books.remove(person)
    desk.books.remove(staff[2])


def test_merging_households_takes_their_visits_along(desk, staff, homes):
    visited(desk, staff[0], homes[0])
    desk.books.do(homes[0], "merge", {"into": homes[1].number})

    figures = {(one.label, one.unit): one.records for one in visit_figures(None, None)}
    assert figures[("周建国", "户")] == (homes[1].id,)
    assert desk.visiting.previous(homes[1]).staff == staff[0]
