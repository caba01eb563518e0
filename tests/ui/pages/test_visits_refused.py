"""走访: what can't be is told beside its field, in form and pile; removing who has visits is refused in a sentence."""

from __future__ import annotations

import datetime

import pytest

from desktop.records.households import Household
from desktop.records.staff import Staff
from desktop.records.visits import Visit

TODAY = datetime.date.today()
YESTERDAY = TODAY - datetime.timedelta(days=1)
LONG_AGO = TODAY - datetime.timedelta(days=40)


@pytest.fixture
def people(desk):
    """One of the staff, a household that came lately, one that left, one merged into another, and that other."""
    person = Staff(full_name="李明")
    homes = {
        head: Household(head=head, village="木兰村", group="1组")
        for head in ("新来的", "迁走的", "并掉的", "在的")
    }
    homes["新来的"].since = YESTERDAY
    for record in (person, *homes.values()):
        desk.books.save(record)
    desk.books.do(homes["迁走的"], "move", {"on": LONG_AGO.isoformat()})
    desk.books.do(homes["并掉的"], "merge", {"into": homes["在的"].number})
    return person, {head: desk.books.get(Household, home.id) for head, home in homes.items()}


CASES = (
    ("在的", TODAY + datetime.timedelta(days=1), "visited_on", "还没有到；准备去的请把状态填为“计划”"),
    ("新来的", LONG_AGO, "visited_on", "早于“新来的”的立户日期"),
    ("迁走的", YESTERDAY, "visited_on", "迁出，不能登记其后的走访"),
    ("并掉的", YESTERDAY, "household", "请改选并入的那一户"),
)
"""A visit in the future, before its household was there, after it moved away, after it was merged."""


def test_what_cannot_be_is_told_beside_its_field_in_the_form(go, people):
    person, homes = people
    page = go("visits")
    for head, on, field, told in CASES:
        page.start_new()
        for name, value in (("household", homes[head]), ("visited_on", on), ("staff", person)):
            page.form.box(name).load(value)
        page.save_record()
        assert told in page.form.fields.faults[field]
        page.drop_edits()
    assert not Visit.select().exists()


def test_what_cannot_be_is_told_beside_its_field_in_the_pile(go, people):
    person, homes = people
    page = go("visits")
    page.start_pile()
    pile = page.faces.pile
    for head, on, field, told in CASES:
        pile.fields.household.take(homes[head])
        for name, value in (("visited_on", on), ("staff", person)):
            pile.fields.box(name).load(value)
        assert not pile.register()
        assert told in pile.fields.rows[field].row.fault
    assert not Visit.select().exists()
    page.drop_edits()


def test_who_has_visits_is_not_removed_from_the_staff(go, people, desk, ask, window):
    person, homes = people
    desk.books.save(Visit(visited_on=YESTERDAY, staff=person, household=homes["在的"]))
    page = go("settings")
    tabs = page.tabs
    tabs.setCurrentIndex(next(at for at in range(tabs.count()) if "工作人员" in tabs.tabText(at)))
    page.front.view.go_to(0)
    ask.answers = ["调离"]
    page.front.remove_chosen()
    assert "下还有 1 条走访人员，不能删除" in window.bar.words.text()
    assert "单独定 0 户" in window.bar.words.text()
    assert Staff.get().deleted_at is None
