"""The workbench tells of planned visits, and opens them."""

from __future__ import annotations

import datetime

from desktop.records.households import Household
from desktop.records.pairings import Pairing
from desktop.records.staff import Staff
from desktop.records.visits import Visit

TODAY = datetime.date.today()


def test_a_pairing_whose_household_is_out_of_need_is_told_and_opened(window, desk):
    person = Staff(full_name="李明")
    homes = [Household(head=head, village="木兰村") for head in ("王大爷", "赵大妈")]
    for record in (person, *homes):
        desk.books.save(record)
    pairs = [Pairing(staff=person, household=home, since=TODAY) for home in homes]
    for pair in pairs:
        desk.books.save(pair)
    window.go("workbench")
    assert not [line for line in window.page._found if line.page == "pairings"]
    desk.books.do(homes[0], "lift", {"on": TODAY.isoformat()})
    window.page.refresh()
    (line,) = [line for line in window.page._found if line.page == "pairings"]
    assert (line.what, line.when) == ("李明结对的王大爷已脱困，可以解除结对", "待解除")
    window.page.open_task(line)
    assert window.page.front.record == pairs[0]


def test_plans_gone_by_today_and_ahead_are_told_and_opened(window, desk):
    person = Staff(full_name="李明")
    homes = [Household(head=f"户主{place}", village=f"村{place}") for place in range(4)]
    for record in (person, *homes):
        desk.books.save(record)
    for home, days in zip(homes, (-3, 0, 2, 20), strict=True):
        on = TODAY + datetime.timedelta(days=days)
        desk.books.save(Visit(visited_on=on, staff=person, household=home, state="计划"))
    window.go("workbench")
    page = window.page
    told = [line for line in page._found if line.page == "visits"]
    assert [(line.what, line.when) for line in sorted(told, key=lambda line: line.urgency)] == [
        ("1 次走访计划过了日子，还没有登记", "已过期"),
        ("1 次走访计划在今天", "今天"),
        ("1 次走访计划在一周内", "一周内"),
    ]
    page.open_task(told[0])
    assert window.page.faces.planning
    assert window.page.faces.plan.plans.rowCount() == 4
