"""Households brought in from a roster: namesakes of a village told apart, members with them, numbers of our own."""

from __future__ import annotations

import pytest

from desktop.exchange.rows import ParsedRow
from desktop.records import bulk
from desktop.records.base import parts_of
from desktop.records.households import Household, Member
from desktop.records.listing import Query
from desktop.services.importing import OnDuplicate
from desktop.storage.checking import faults_of


@pytest.fixture
def kept(desk):
    home = Household(
        head="王伟", village="木兰村", group="3组", address="木兰村3组12号", mobile="13855101234"
    )
    desk.books.save(home)
    for name, relation in (("陶桂英", "妻"), ("王小明", "子")):
        desk.books.save(Member(household=home, full_name=name, relation=relation))
    return home


def row(place, **values):
    told = {"head": "王伟", "village": "木兰村", "group": "3组", **values}
    return ParsedRow(place, told, (), ())


def test_what_speaks_for_and_against_the_same_household_is_told(desk, kept):
    plan = desk.importing.plan(Household, [
        row(2, address="木兰村3组12号", members=("陶桂英（妻）", "王小明（子）")),
        row(3, address="木兰村3组35号", mobile="13955109999", members=("李芳（妻）",)),
        row(4, address="木兰村3组35号", members=("陶桂英",)),
        row(5),
    ])  # fmt: skip
    assert [(one.row, one.evidence) for one in plan.duplicates] == [
        (2, "地址相同、有 2 位成员相同，多半是同一户"),
        (3, "地址不同、电话不同、没有相同的成员，多半是另一户"),
        (4, "有 1 位成员相同、地址不同，请核对后再定"),
        (5, "地址、电话、成员都没有可比的，请核对后再定"),
    ]
    assert plan.duplicates[1].beside == ("家庭成员", "李芳", "陶桂英、王小明")

    decided = {2: OnDuplicate.UPDATE, 3: OnDuplicate.ADD}
    outcome = desk.importing.apply(plan, decisions=decided)
    assert (outcome.added, outcome.updated, outcome.skipped) == (1, 1, 2)
    other = Household.get(Household.id != kept.id)
    assert (other.number, other.address) == ("户0002", "木兰村3组35号")
    assert [(one.full_name, one.relation) for one in parts_of(Member, "household", other)] == [("李芳", "妻")]
    assert len(parts_of(Member, "household", kept)) == 2
    desk.changes.undo_batch(outcome.batch)
    assert (Household.select().count(), Member.select().count()) == (1, 2)


def test_a_number_finds_its_household_and_an_unknown_one_is_kept_in_words(desk, kept):
    plan = desk.importing.plan(Household, [
        row(2, number=kept.number, village="龙城村"), row(3, head="李四", number="A-17", members=("李四", "张兰")),
    ])  # fmt: skip
    assert [(one.row, one.reason) for one in plan.duplicates] == [(2, "户号和户主相同")]
    desk.importing.apply(plan)
    new = Household.get(Household.head == "李四")
    assert (new.number, new.note) == ("户0002", "原户号 A-17")
    assert [one.full_name for one in parts_of(Member, "household", new)] == ["张兰"]


def test_a_member_that_is_no_name_is_a_fault_of_its_row(desk):
    plan = desk.importing.plan(Household, [row(2, members=("（妻）",)), row(3, group="5组")])
    assert [(one.row, one.field) for one in plan.faults] == [(2, "members")]
    assert [number for number, _ in plan.new] == [3]


def test_a_long_roster_is_numbered_and_found(desk, monkeypatch, office_file):
    monkeypatch.setattr(bulk, "LARGE", 20)
    rows = [row(place + 2, head=f"赵{place}", members=(f"钱{place}（妻）",)) for place in range(40)]
    outcome = desk.importing.apply(desk.importing.plan(Household, rows))
    assert outcome.added == 40
    assert sorted(home.number for home in Household.select()) == [f"户{place:04}" for place in range(1, 41)]
    assert desk.books.count(Query(Household, search="赵17")) == 1
    assert Member.select().count() == 40
    assert faults_of(office_file) == []
