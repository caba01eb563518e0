"""Visits brought in many at a time: the same rows, tally, index and trail as saved one by one, and one undo."""

from __future__ import annotations

import datetime

import pytest

from desktop.exchange.rows import ParsedRow
from desktop.records import bulk, visit_tally
from desktop.records.base import database
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.staff import Staff
from desktop.records.visits import Visit, VisitStaff
from desktop.storage import schema
from desktop.storage.checking import faults_of

FIRST = datetime.date.today() - datetime.timedelta(days=90)


@pytest.fixture
def homes(desk):
    for name in ("周建国", "李明", "赵文静"):
        desk.books.save(Staff(full_name=name))
    made = [Household(head=f"户主{place}", village="木兰村", group=f"{place % 3}组") for place in range(8)]
    for home in made:
        desk.books.save(home)
    return made


def rows(homes, count):
    """Return a sheet: every third visit with somebody along, every tenth missed."""
    for place in range(count):
        home = homes[place % len(homes)]
        yield ParsedRow(place + 2, {
            "visited_on": FIRST + datetime.timedelta(days=place % 60), "household": home.head,
            "village": home.village, "staff": "周建国、李明" if place % 3 == 0 else "赵文静",
            "found": f"第{place}次去看路灯", "state": "未遇" if place % 10 == 0 else "已访",
        }, (), ())  # fmt: skip


def test_a_long_sheet_ends_as_visits_saved_one_by_one(desk, homes, monkeypatch, office_file):
    monkeypatch.setattr(bulk, "LARGE", 20)
    before = Household.select().count()
    plan = desk.importing.plan(Visit, list(rows(homes, 60)))
    assert (len(plan.new), plan.faults, plan.duplicates) == (60, [], [])
    outcome = desk.importing.apply(plan)

    counted = {(row.visit.id, row.staff.full_name) for row in VisitStaff.select()}
    visits = list(Visit.select())
    assert counted == {
        (visit.id, person.full_name)
        for visit in visits
        if visit.state == "已访"
        for person in desk.visiting.people_of(visit)
    }
    assert {visit.companions for visit in visits} == {"李明", ""}
    assert (visit_tally.is_right(), schema.differences(database.obj)) == (True, [])
    assert desk.books.count(Query(Visit, search="路灯")) == 60
    assert [entry.action for entry in desk.changes.history(visits[0])] == ["导入走访 60 条"]

    assert desk.changes.undo_batch(outcome.batch) == 60
    assert (Visit.select().count(), VisitStaff.select().count()) == (0, 0)
    assert (visit_tally.is_right(), Household.select().count()) == (True, before)
    assert faults_of(office_file) == []
