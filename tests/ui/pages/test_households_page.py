"""户: the list tells last visit and helper, one line of time, members, and the steps that befall a household."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import commit

from desktop.records.households import Household, Member
from desktop.records.listing import Query
from desktop.records.pairings import Condolence, Pairing
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.ui.pages.households_steps import HouseholdStepDialog

TODAY = datetime.date.today()
MONTH_AGO = TODAY - datetime.timedelta(days=31)


@pytest.fixture
def staff(desk):
    made = Staff(full_name="李明")
    desk.books.save(made)
    return made


@pytest.fixture
def homes(desk, staff):
    made = [Household(head=head, village="木兰村", group="1组") for head in ("王大爷", "曾国强")]
    for home in made:
        desk.books.save(home)
    first = made[0]
    visit = Visit(visited_on=MONTH_AGO, staff=staff, household=first, found="屋顶漏雨")
    desk.visiting.save(visit, [Ticket(content="屋顶漏雨要修")])
    desk.books.save(Pairing(staff=staff, household=first, since=MONTH_AGO - datetime.timedelta(days=9)))
    desk.books.save(Condolence(staff=staff, household=first, on=TODAY, goods="米油"))
    return made


@pytest.fixture
def page(go, homes):
    return go("households", homes[0])


def dialog_of(page, window, verb):
    page.steps.findChild(object, f"step-{verb}").click()
    return window.findChild(HouseholdStepDialog)


def offered(page):
    return [
        button.text()
        for button in page.steps.findChildren(object)
        if getattr(button, "text", None) and button.isVisible()
    ]


def test_the_list_tells_last_visit_and_helper(page):
    row = page.table.row_of(page.record.id)
    shown = {column.key: page.table.index(row, at).data() for at, column in enumerate(page.table.columns)}
    assert (shown["number"], shown["place"], shown["last_visit"], shown["helpers"]) == (
        "户0001",
        "木兰村1组",
        MONTH_AGO.isoformat(),
        "李明",
    )


def test_several_are_selected_by_keyboard_while_the_form_follows(page, homes, qtbot):
    page.view.go_to(0)
    qtbot.waitUntil(lambda: page.record.head == page.table.index(0, 1).data())
    QTest.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.record.head == page.table.index(1, 1).data())
    assert set(page.view.chosen_ids()) == {home.id for home in homes}


def test_everything_stands_in_one_line_of_time(page, said, window):
    page.form.tabs.setCurrentIndex(1)
    told = [event.words for event in page.story.events]
    assert told[0] == "李明慰问"
    assert told[-1] == "李明结对帮扶"
    assert {"李明走访"} < set(told)
    row = told.index("李明走访")
    page.story.table.selectRow(row)
    assert "屋顶漏雨" in page.story.told.text()
    page.story.open_row(row)
    assert window.page.key == "visits"
    assert window.page.record.found == "屋顶漏雨"


def test_a_new_visit_shows_in_the_story_at_once(page, desk, staff, homes):
    page.form.tabs.setCurrentIndex(1)
    before = len(page.story.events)
    desk.books.save(Visit(visited_on=TODAY, staff=staff, household=homes[0], purpose="约谈"))
    assert len(page.story.events) == before + 1


def test_members_are_kept(page, desk):
    page.form.tabs.setCurrentIndex(2)
    page.members.start()
    commit(page.members.fields.box("full_name").widget, "王小妹")
    assert page.members.save()
    assert desk.books.count(Query(Member, where=(("household", page.record),))) == 1


def test_steps_follow_the_state(page, window, desk):
    assert offered(page) == ["脱困", "迁出", "销户", "并户"]
    dialog_of(page, window, "lift").take()
    assert desk.books.get(Household, page.record.id).lifted_on == TODAY
    assert offered(page)[0] == "返困"
    page.undo()
    assert offered(page)[0] == "脱困"


def test_moving_away_and_back(page, window, desk):
    dialog = dialog_of(page, window, "move")
    dialog.rows["on"].editor.load(TODAY + datetime.timedelta(days=3))
    dialog.take()
    assert "还没有到" in dialog.rows["on"].fault
    dialog.rows["on"].editor.load(TODAY)
    dialog.take()
    assert page.record.state == "迁出"
    assert page.form.heading.text().endswith("（迁出）")
    assert offered(page) == ["迁回"]


def test_merging_takes_its_visits_along(page, window, desk, homes):
    dialog = dialog_of(page, window, "merge")
    dialog.take()
    assert dialog.rows["into"].fault
    dialog.rows["into"].editor.take(homes[1])
    dialog.take()
    assert offered(page) == []
    assert desk.visiting.previous(homes[1]).found == "屋顶漏雨"
