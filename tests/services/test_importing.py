"""A sheet becomes records in one change, duplicates are shown, one undo takes all back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from desktop.errors import Cancelled, UserError
from desktop.records.listing import Query
from desktop.records.representatives import Identity, Representative
from desktop.records.search import SearchKey
from desktop.records.staff import Unit
from desktop.services.importing import OnDuplicate


@dataclass
class Row:
    number: int
    values: dict[str, Any] = field(default_factory=dict)


def rows(*several: dict[str, Any]) -> list[Row]:
    return [Row(number, values) for number, values in enumerate(several, start=4)]


def count():
    return Representative.select().where(Representative.deleted_at.is_null()).count()


SHEET = rows(
    {
        "full_name": "曾国强",
        "mobile": "13905518000",
        "unit": "光大社区",
        "identities": ("党代表", "人大代表"),
    },
    {"full_name": "单立新", "born_on": "1977-02", "unit": "县医院"},
    {"full_name": "曾国强", "mobile": "13905518000", "post": "书记"},
    {"full_name": "司马光", "id_number": "340122197702254413", "born_on": "1978"},
)


def test_a_plan_writes_nothing(desk):
    plan = desk.importing.plan(Representative, SHEET)

    assert [number for number, _ in plan.new] == [4, 5]
    assert [(dup.row, dup.other_row, dup.reason) for dup in plan.duplicates] == [(6, 4, "姓名和手机相同")]
    assert [(fault.row, fault.field) for fault in plan.faults] == [(7, "born_on")]
    assert count() == 0


def test_one_import_one_undo(desk):
    done = desk.importing.apply(desk.importing.plan(Representative, SHEET))

    assert (done.added, done.updated, done.skipped) == (2, 0, 1)
    assert {row.sort for row in Identity.select()} == {"党代表", "人大代表"}
    assert [row.full_name for row in desk.books.page(Query(Representative, search="cgq"))] == ["曾国强"]
    assert desk.changes.undo_batch(done.batch) == 2
    assert count() == SearchKey.select().count() == Identity.select().count() == Unit.select().count() == 0
    with pytest.raises(UserError, match="已经撤销过"):
        desk.changes.undo_batch(done.batch)


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ({"full_name": "单立新", "id_number": "340122197702254413"}, "身份证号相同"),
        ({"full_name": "单立新", "mobile": "13800000002"}, "姓名和手机相同"),
        ({"full_name": "单 立新", "born_on": "1977-02-25", "unit": "县 医院"}, "姓名、出生年月和单位相同"),
    ],
)
def test_three_likenesses_make_a_duplicate(desk, kept, reason):
    record = Representative()
    for name, text in kept.items():
        setattr(record, name, getattr(Representative, name).parse(text))
    desk.books.save(record)
    sheet = rows(
        {
            "full_name": "单立新",
            "mobile": "13800000002",
            "born_on": "1977-02-25",
            "unit": "县医院",
            "id_number": "340122197702254413",
        }
    )

    plan = desk.importing.plan(Representative, sheet)

    assert [duplicate.reason for duplicate in plan.duplicates] == [reason]
    assert plan.new == []


def test_the_same_sheet_twice_doubles_nobody_of_whom_only_name_and_unit_are_known(desk):
    sheet = rows({"full_name": "单立新", "unit": "县医院"}, {"full_name": "王伟", "unit": "县医院"})
    desk.importing.apply(desk.importing.plan(Representative, sheet))
    again = desk.importing.plan(Representative, sheet)
    assert [duplicate.reason for duplicate in again.duplicates] == ["姓名和单位相同"] * 2
    namesakes = rows(
        {"full_name": "单立新", "unit": "县中学"},
        {"full_name": "单立新", "unit": "县医院", "mobile": "13900000001"},
        {"full_name": "单立新"},
    )
    assert desk.importing.plan(Representative, namesakes).duplicates == []


def test_update_fills_what_the_sheet_says_and_leaves_the_rest(desk):
    desk.books.save(Representative(full_name="曾国强", mobile="13905518000", unit="光大社区", post="委员"))
    plan = desk.importing.plan(
        Representative, rows({"full_name": "曾国强", "mobile": "13905518000", "post": "书记"})
    )

    done = desk.importing.apply(plan, OnDuplicate.UPDATE)

    kept = Representative.get()
    assert (kept.post, kept.unit, done.updated) == ("书记", "光大社区", 1)
    desk.changes.undo_batch(done.batch)
    assert Representative.get().post == "委员"


def test_refuse_writes_nothing_and_names_the_row(desk):
    with pytest.raises(UserError, match="第 6 行") as told:
        desk.importing.apply(desk.importing.plan(Representative, SHEET), OnDuplicate.REFUSE)
    assert told.value.row == 6
    assert count() == 0


def test_each_duplicate_can_be_decided_for_itself(desk):
    done = desk.importing.apply(desk.importing.plan(Representative, SHEET), decisions={6: OnDuplicate.ADD})
    assert (done.added, done.skipped) == (3, 0)


def test_cancelling_leaves_nothing(desk):
    def stop(done, total):
        if done:
            raise Cancelled

    plan = desk.importing.plan(Representative, rows(*({"full_name": f"人{n}"} for n in range(6000))))
    with pytest.raises(Cancelled):
        desk.importing.apply(plan, watch=stop)
    assert count() == SearchKey.select().count() == 0


def test_an_import_whose_people_were_used_since_is_not_half_undone(desk):
    done = desk.importing.apply(desk.importing.plan(Representative, SHEET))
    person = Representative.get(Representative.full_name == "单立新")
    person.post = "院长"
    desk.books.save(person)

    with pytest.raises(UserError, match="后来又改动过"):
        desk.changes.undo_batch(done.batch)

    assert count() == 2
