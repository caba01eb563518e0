"""走访计划: the month by keyboard, places that narrow, plans carried out and moved, households planned, the paper."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.records.households import Household
from desktop.records.places import Place
from desktop.records.staff import Staff
from desktop.records.visits import Visit
from desktop.ui.pages.visits_plan_steps import PlanDialog, PlanStepDialog
from desktop.ui.record_printing import RecordPrintDialog

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)
MONDAY = TODAY - TODAY.weekday() * DAY + 14 * DAY
if MONDAY.day > 28:  # the month after may have no such day
    MONDAY -= 7 * DAY


@pytest.fixture
def plan(desk):
    staff = [Staff(full_name=name) for name in ("周建国", "李明", "赵文静")]
    homes = [Household(head=head, village="木兰村", group="1组") for head in ("王大爷", "李大妈", "曾国强")]
    homes.append(Household(head="孙二", village="小井庄村"))
    for record in (*staff, Place(name="三河镇", level="镇街"), Place(name="木兰村", parent="三河镇"), *homes):
        desk.books.save(record)

    def made(person, home, on, state="计划"):
        visit = Visit(visited_on=on, staff=staff[person], household=homes[home], state=state)
        desk.books.save(visit)
        return visit

    return made


@pytest.fixture
def panel(go, plan, qtbot):
    """The panel with three teams in one village in a week, and one plan elsewhere."""
    plan(0, 0, MONDAY), plan(1, 1, MONDAY + DAY), plan(2, 2, MONDAY + DAY), plan(0, 3, TODAY)
    page = go("visits")
    page.show_plan()
    made = page.faces.plan
    qtbot.waitUntil(lambda: made.places.topLevelItem(0) is not None and bool(made.month.days))
    qtbot.waitUntil(lambda: bool(told(made)))
    return made


def told(panel):
    return {day: one.words for day, one in panel.month.words.items() if one.parts}


def shown(panel, *keys):
    table = panel.plans
    columns = [column for key in keys for column in table.columns if column.key == key]
    return [tuple(table.text(row, column) for column in columns) for row in range(table.rowCount())]


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def test_the_month_says_what_is_planned_and_is_walked_by_keyboard(panel, qtbot):
    assert told(panel)[TODAY] == "计划 1"
    assert panel.month.words[TODAY].mark != "密"
    panel.month.go_to(MONDAY)
    qtbot.waitUntil(lambda: MONDAY in told(panel))  # it may lie in the month after
    assert panel.month.words[MONDAY].mark == "密"
    assert panel.month.told.text().endswith("计划 1，有的村这一周过于集中")
    assert [line[1] for line in shown(panel, "whom", "close")] == ["", "过于集中", "过于集中", "过于集中"]

    days = panel.month.days
    panel.month.go_to(MONDAY - DAY)
    press(days, Qt.Key.Key_Right)
    assert panel.month.day == MONDAY
    press(days, Qt.Key.Key_Down)
    press(days, Qt.Key.Key_Up)
    before = panel.month.title.text()
    press(days, Qt.Key.Key_PageDown)
    assert panel.month.title.text() != before
    press(days, Qt.Key.Key_PageUp)
    assert panel.month.day == MONDAY
    press(days, Qt.Key.Key_Return)
    assert shown(panel, "whom") == [("王大爷",)]
    assert panel.all_days.isVisible()
    assert "计划 1 次" in panel.told.text()
    press(days, Qt.Key.Key_Return)
    assert len(shown(panel, "whom")) == 4


def test_a_place_narrows_the_month_and_the_list_and_each_figure_opens_its_rows(panel, qtbot):
    tree = panel.places
    top = tree.topLevelItem(0)
    town = next(top.child(at) for at in range(top.childCount()) if top.child(at).text(0) == "三河镇")
    assert [town.text(column) for column in range(1, 4)] == ["3", "3", ""]
    tree.setCurrentItem(town)
    qtbot.waitUntil(lambda: TODAY not in told(panel))
    assert panel.told.text() == "三河镇 计划 3 次"
    panel.face.buttons["没访过的户"].click()
    assert panel.told.text() == "三河镇 没访过的户 3 户"
    panel.face.buttons["访过的户"].click()
    assert panel.told.text() == "三河镇 访过的户 0 户"
    panel.face.buttons["全部户"].click()
    assert panel.told.text() == "三河镇 全部户 3 户"
    press(tree, Qt.Key.Key_Down)
    panel.refresh()  # as when something was planned: the town has but this village
    qtbot.waitUntil(lambda: tree.topLevelItem(0) is not top)
    assert panel.told.text() == "木兰村 全部户 3 户"
    panel.home_view.setFocus()
    press(panel.home_view, Qt.Key.Key_Down)
    assert panel.home_view.chosen_ids() == panel.homes.keys(range(1))


def test_a_plan_is_carried_out_from_the_list(panel, window, desk, qtbot):
    panel.plan_view.go_to(0)
    panel.work.steps["done"].trigger()
    dialog = window.findChild(PlanStepDialog)
    dialog.rows["found"].editor.load("身体好")
    dialog.take()
    assert [(one.state, one.found) for one in Visit.select().where(Visit.visited_on == TODAY)] == [
        ("已访", "身体好")
    ]
    assert len(shown(panel, "whom")) == 3
    qtbot.waitUntil(lambda: told(panel).get(TODAY) == "已访 1")


def test_a_plan_is_moved_by_keys_taken_back_and_moved_to_a_better_day(panel, window, desk, ask):
    panel.plan_view.setFocus()
    panel.plan_view.go_to(0)
    press(panel.plan_view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    moved = desk.workdays.moved_by(TODAY, 1)
    assert shown(panel, "visited_on")[0][0].startswith(moved.isoformat())
    assert panel.plan_view.chosen_count == 1
    window_undo = desk.changes.undo_last()
    assert window_undo == "改期走访 1 次"
    ask.answers.append("不改")
    panel.plan_view.go_to(1)
    press(panel.plan_view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert "过于集中" in ask.asked[-1]
    assert shown(panel, "visited_on")[1][0].startswith(MONDAY.isoformat())

    panel.plan_view.setFocus()
    panel.plan_view.go_to(1)
    press(panel.plan_view, Qt.Key.Key_F2)
    dialog = window.findChild(PlanStepDialog)
    better = desk.planning.proposals(dialog.record)[0]
    dialog.findChild(object, "better-day-1").click()
    dialog.take()
    assert desk.books.get(Visit, dialog.record.id).visited_on == better.day
    assert {line[0] for line in shown(panel, "close")} == {""}


def test_households_not_visited_are_planned_and_what_is_listed_goes_on_paper(panel, window):
    panel.face.buttons["没访过的户"].click()
    panel.home_view.selectAll()
    panel.work.list_up.trigger()
    dialog = window.findChild(PlanDialog)
    dialog.keep()
    assert "staff" in dialog.fields.faults
    dialog.fields.box("staff").load(Staff.get(Staff.full_name == "李明"))
    dialog.fields.box("visited_on").load(TODAY + 60 * DAY)
    dialog.keep()
    assert dialog.fields.faults == {}
    assert Visit.select().where(Visit.visited_on == TODAY + 60 * DAY).count() == 4

    panel.home_view.setFocus()
    press(panel.home_view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(RecordPrintDialog)
    assert dialog.choices.documents == ["visit-plan"]
    dialog.reject()
