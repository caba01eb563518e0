"""A table filled in bulk ends as one filled row by row: same indexes, same triggers, same trail."""

from __future__ import annotations

import pytest

from desktop.errors import Cancelled
from desktop.records import bulk, storing
from desktop.records.base import database
from desktop.records.representatives import Identity, Representative
from desktop.records.trail import Trail
from desktop.storage import schema
from desktop.storage.checking import faults_of

BOTH = (Representative, Identity)


def put(desk, count, *, watch=lambda: None):
    """Keep `count` people with one 身份 each in one change, as an import does; returns them."""
    people = Representative.holding_each([{"full_name": f"王{number}"} for number in range(count)])
    parts = Identity.holding_each([{"representative": person.id, "sort": "党代表"} for person in people])
    with desk.changes.change("导入代表", *BOTH, batch=f"representative/{count}"), bulk.filling(BOTH, count):
        storing.insert_all(people)
        storing.insert_all(parts)
        watch()
    return people, parts


def trail_of(*records):
    return [
        (row.did, row.before, row.change is not None)
        for record in records
        for row in Trail.select().where(Trail.row == record.id)
    ]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(bulk, "LARGE", 20)


def test_indexes_and_triggers_are_there_again_and_the_trail_is_whole(desk, small, office_file):
    people, parts = put(desk, 60)

    assert schema.differences(database.obj) == []
    assert trail_of(*people, *parts) == [("insert", None, True)] * 120
    assert desk.changes.history(people[3])[0].action == "导入代表"
    # a row that no change tells of is a fault of the file
    with desk.changes.change("新建代表", Representative):
        storing.insert_all([Representative.holding({"full_name": "李四"})])
    assert Trail.select().order_by(Trail.sequence.desc()).get().did == "insert"
    assert faults_of(office_file) == []


def test_one_undo_takes_it_back(desk, small, office_file):
    put(desk, 60)

    assert desk.changes.undo_batch("representative/60") == 60
    assert Representative.select().count() == Identity.select().count() == 0
    assert faults_of(office_file) == []


def test_what_stops_it_leaves_everything_as_it_was(desk, small):
    before = Trail.select().count()

    def stop():
        assert schema.differences(database.obj)
        raise Cancelled

    with pytest.raises(Cancelled):
        put(desk, 60, watch=stop)

    assert schema.differences(database.obj) == []
    assert (Representative.select().count(), Trail.select().count()) == (0, before)


def test_a_few_rows_for_a_table_with_more_are_written_one_by_one(desk, small):
    put(desk, 60)

    put(desk, 30, watch=check_untouched)
    assert Representative.select().count() == 90


def check_untouched():
    assert schema.differences(database.obj) == []
