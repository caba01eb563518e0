"""走访: list and form, the household found or made on the spot, the last visit, problems, what is asked."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui_hands import commit

from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.ui.pages.visits_household import HouseholdDialog

TODAY = datetime.date.today()
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
        Household(head=head, village=village, group="1组")
        for head, village in (("王大爷", "木兰村"), ("王大爷", "光大社区"), ("曾国强", "木兰村"))
    ]
    for home in made:
        desk.books.save(home)
    return made


@pytest.fixture
def page(go, staff, homes):
    return go("visits")


def write(page, field, text):
    box = page.form.box(field).widget
    box.setFocus()
    box.selectAll()
    commit(box, text)


def choose(page, field, text):
    write(page, field, text)
    page.form.box(field).widget.editingFinished.emit()


def begun(page, who="周建国", home="zgq"):
    page.start_new()
    choose(page, "household", home)
    write(page, "staff", who)


def test_a_visit_with_two_problems_is_one_change(page, desk, homes, qtbot):
    begun(page)
    write(page, "found", "老人独居，自来水断断续续")
    page.side.problems.focus_first()
    for words in ("自来水断断续续", "门口路灯不亮"):
        commit(QApplication.focusWidget(), words)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.save_record()

    visit = desk.books.page(Query(Visit), 0, 9)[0]
    found = desk.visiting.problems_of(visit)
    assert [(ticket.content, ticket.raised_by, ticket.place) for ticket in found] == [
        ("自来水断断续续", "曾国强", "木兰村1组"),
        ("门口路灯不亮", "曾国强", "木兰村1组"),
    ]
    assert not page.side.problems.dirty
    shown = {column.key: page.table.index(0, at).data() for at, column in enumerate(page.table.columns)}
    assert (shown["whom"], shown["village"], shown["staff_name"], shown["problems"]) == (
        "曾国强", "木兰村1组", "周建国", "2",
    )  # fmt: skip
    assert page.form.findChild(object, f"ticket-{found[0].number}")
    page.undo()
    assert desk.books.count(Query(Visit)) == desk.books.count(Query(Ticket)) == 0


def test_a_problem_alone_is_an_unsaved_edit(page, desk, staff, homes, ask):
    visit = Visit(visited_on=TODAY, staff=staff[0], household=homes[0])
    desk.books.save(visit)
    page.open_record(visit.id)
    commit(page.side.problems.lines[0].content, "屋顶漏雨")
    ask.answers = ["继续编辑"]
    assert not page.may_leave()
    assert page.save_record()
    assert [ticket.content for ticket in desk.visiting.problems_of(visit)] == ["屋顶漏雨"]
    assert page.may_leave()


def test_the_last_visit_stands_beside_its_household(page, desk, staff, homes):
    desk.books.save(Visit(visited_on=MONTH_AGO, staff=staff[1], household=homes[2], promised="送棉被来"))
    begun(page)
    assert "李明" in page.side.previous.told.text()
    assert "答应：送棉被来" in page.side.previous.told.text()
    choose(page, "household", "户0001")
    assert page.side.previous.told.text() == "这一户还没有走访过。"
    page.drop_edits()


def test_namesakes_are_told_apart_and_never_guessed(page, desk):
    begun(page, home="王大爷")
    assert not page.save_record()
    assert "有 2 户" in page.form.faults["household"]
    page.drop_edits()


def test_a_household_is_made_on_the_spot(page, desk, window, ask):
    page.start_new()
    editor = page.form.box("household")
    write(page, "household", "李大妈")
    assert not editor.enter()
    dialog = window.findChild(HouseholdDialog)
    assert dialog.fields.box("head").value() == "李大妈"
    dialog.keep()
    assert "村" in dialog.fields.faults["village"]
    commit(dialog.fields.box("village").widget, "木兰村")
    dialog.keep()
    assert editor.home.head == "李大妈"
    assert desk.books.find(Household, "ldm") == [editor.home]
    page.drop_edits()


def test_another_household_of_the_same_name_and_village_is_asked_about(page, desk, window, ask):
    page.start_new()
    editor = page.form.box("household")
    editor.new_asked.emit("曾国强")
    dialog = window.findChild(HouseholdDialog)
    commit(dialog.fields.box("village").widget, "木兰村")
    ask.answers = ["回去改"]
    dialog.keep()
    assert "木兰村已有" in ask.asked[-1]
    assert desk.books.count(Query(Household)) == 3
    ask.answers = ["是另一户，新建"]
    dialog.keep()
    assert desk.books.count(Query(Household)) == 4
    page.drop_edits()


def test_twice_a_day_is_asked_with_what_comes_of_it(page, desk, staff, homes, ask):
    desk.books.save(Visit(visited_on=TODAY, staff=staff[0], household=homes[2]))
    begun(page)
    ask.answers = ["回去改"]
    assert not page.save_record()
    assert "已有一次" in ask.asked[-1]
    ask.answers = ["仍然登记，户次照计"]
    assert page.save_record()
    write(page, "found", "补记一句")
    assert page.save_record()  # not asked again: neither day nor household changed


def test_a_plan_lies_ahead_and_can_be_listed_alone(page, desk, staff):
    begun(page)
    write(page, "visited_on", (TODAY + datetime.timedelta(days=9)).isoformat())
    assert not page.save_record()
    assert "计划" in page.form.faults["visited_on"]
    page.form.box("state").load("计划")
    assert page.save_record()
    assert desk.books.count(Query(Visit, where=(("state", "计划"),))) == 1
    page.side.write_diary()
    assert page.window().page is page
    assert "去过以后再写进日记" in page.window().bar.words.text()


def test_the_next_one_begins_as_the_last_was(page, desk, staff, homes):
    begun(page)
    write(page, "visited_on", MONTH_AGO.isoformat())
    assert page.save_record()
    page.start_new()
    assert page.form.box("staff").value() == "周建国"
    assert page.form.box("visited_on").value().startswith(MONTH_AGO.isoformat())
    assert page.form.box("household").value() == ""
    page.drop_edits()


def test_visits_are_found_by_head_village_and_what_was_found(page, desk, staff, homes):
    desk.books.save(Visit(visited_on=TODAY, staff=staff[0], household=homes[2], found="水压不足"))
    desk.books.save(Visit(visited_on=TODAY, staff=staff[0], household=homes[1]))
    for words in ("曾国强", "木兰村", "水压"):
        assert desk.books.count(Query(Visit, search=words)) == 1, words


# -- a pile of sheets


@pytest.fixture
def pile(page):
    page.start_pile()
    return page.faces.pile


def fill(pile, field, text):
    box = pile.fields.box(field).widget
    box.setFocus()
    box.selectAll()
    commit(box, text)


def test_the_village_that_stays_tells_namesakes_apart(pile, desk):
    fill(pile, "staff", "周建国")
    fill(pile, "village", "光大社区")
    fill(pile, "household", "王大爷")
    assert pile.fields.household.enter()
    assert pile.fields.household.home.village == "光大社区"
    assert pile.register()
    assert (pile.fields.text("staff"), pile.fields.text("village")) == ("周建国", "光大社区")
    assert pile.fields.text("household") == ""


def test_enter_never_chooses_among_namesakes(pile, desk, qtbot):
    fill(pile, "household", "王大爷")
    assert not pile.fields.household.enter()
    assert pile.fields.household.home is None
    pile.clear()


def test_a_sheet_of_nobody_is_refused_beside_its_field(pile, desk):
    fill(pile, "staff", "周建国")
    assert not pile.register()
    assert "没有写明走访谁" in pile.fields.rows["household"].row.fault
    assert desk.books.count(Query(Visit)) == 0


def test_undo_puts_sheet_and_problems_back(pile, desk):
    fill(pile, "staff", "周建国")
    fill(pile, "household", "曾国强")
    commit(pile.problems.lines[0].content, "屋顶漏雨")
    assert pile.register(), pile.banner.words.text()
    assert pile.last.text().startswith("刚登记 曾国强，问题 ")
    pile.undo.click()
    assert desk.books.count(Query(Visit)) == desk.books.count(Query(Ticket)) == 0
    assert pile.fields.household.home.head == "曾国强"
    assert pile.problems.lines[0].words == "屋顶漏雨"
    pile.clear()


def test_leaving_asks_about_a_sheet_half_written_down(pile, page, ask, desk):
    fill(pile, "found", "还没有登记的一户")
    ask.answers = ["继续填"]
    pile.done.click()
    assert page.faces.piling
    ask.answers = ["不要了"]
    pile.done.click()
    assert not page.faces.piling
    assert page.head.isVisible()
