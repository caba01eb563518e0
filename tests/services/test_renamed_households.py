"""A household or person renamed: the visits to them are found by the new name, and by the old one after an undo."""

from __future__ import annotations

import datetime

import pytest

from desktop.exchange.rows import ParsedRow
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.records.staff import Staff
from desktop.records.visits import Visit
from desktop.services.importing import OnDuplicate

ON = datetime.date.today() - datetime.timedelta(days=3)


@pytest.fixture
def home(desk):
    staff, home = Staff(full_name="周建国"), Household(head="王守田", village="木兰村", address="12号")
    person = Representative(full_name="曾国强")
    for record in (staff, home, person):
        desk.books.save(record)
    desk.books.save(Visit(visited_on=ON, staff=staff, household=home))
    desk.books.save(Visit(visited_on=ON, staff=staff, representative=person))
    return home


def found(desk, text):
    return desk.books.count(Query(Visit, search=text))


def test_visits_follow_the_name_and_the_village_of_their_household(desk, home):
    home.head, home.village = "王小明", "龙城村"
    desk.books.save(home)
    assert [found(desk, word) for word in ("王守田", "木兰", "王小明", "龙城")] == [0, 0, 1, 1]
    desk.changes.undo_last()
    assert [found(desk, word) for word in ("王守田", "木兰", "王小明", "龙城")] == [1, 1, 0, 0]


def test_a_roster_that_renames_is_followed_and_taken_back(desk, home):
    row = ParsedRow(2, {"head": "王守田", "village": "木兰村", "group": "5组", "address": "12号"}, (), ())
    plan = desk.importing.plan(Household, [row])
    plan.duplicates[0].record.village = "龙城村"  # as where the 户号 told which household is meant
    outcome = desk.importing.apply(plan, decisions={2: OnDuplicate.UPDATE})
    assert (found(desk, "龙城"), found(desk, "木兰")) == (1, 0)
    desk.changes.undo_batch(outcome.batch)
    assert (found(desk, "龙城"), found(desk, "木兰")) == (0, 1)


def test_visits_follow_the_name_of_a_representative(desk, home):
    person = Representative.get()
    person.full_name = "曾国庆"
    desk.books.save(person)
    assert (found(desk, "国庆"), found(desk, "曾国强")) == (1, 0)
