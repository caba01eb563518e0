"""草稿: what was typed and not saved is offered after a crash and comes back unsaved, where it was typed."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui_hands import commit, type_in

from desktop.app import open_desk
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.services.drafts import Draft, Drafts
from desktop.storage import office
from desktop.ui.drafts import DraftKeeper
from desktop.ui.drafts_dialog import DraftsDialog
from desktop.ui.lock_screen import LockScreen
from desktop.ui.pages.tickets_step_dialog import StepDialog
from desktop.ui.pages.tickets_steps import offers_of

ROOT = Path(__file__).parents[3]


@pytest.fixture
def keeper(window):
    window.drafts = DraftKeeper(window)
    return window.drafts


@pytest.fixture
def after_a_crash(window, keeper, qtbot):
    """Keep what is typed, let a crash take it away, and start again; returns the dialog, None where nothing is offered."""

    def crashed():
        look(keeper, qtbot)
        window.desk.__dict__["drafts"] = Drafts(window.desk.users)  # another run of the program
        window.page.drop_edits()
        window.drafts = DraftKeeper(window)
        window.drafts.begin()
        qtbot.waitUntil(lambda: not window.frame.workroom.busy)
        return offered()

    return crashed


def offered():
    there = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, DraftsDialog) and one.isVisible()
    ]
    return there[0] if there else None


def look(keeper, qtbot):
    keeper.look()
    qtbot.waitUntil(lambda: not keeper._writing)


def test_a_new_record_comes_back_unsaved(page, window, desk, after_a_crash, qtbot):
    page.start_new()
    for field, text in (("full_name", "曾国强"), ("mobile", "13900008000"), ("note", "写了很久的备注")):
        type_in(page.form, field, text)
    dialog = after_a_crash()
    assert dialog.table.rows.rows[0][:2] == ("新的代表", "代表")
    assert "写了很久的备注" in dialog.words.toPlainText()
    assert "13900008000" not in dialog.words.toPlainText()

    dialog.bring()
    typed = page.form.fields.typed()
    assert (typed["full_name"], typed["mobile"], typed["note"]) == ("曾国强", "13900008000", "写了很久的备注")
    assert page.fresh
    assert not desk.books.count(Query(Representative))
    assert page.save_record()
    look(window.drafts, qtbot)
    assert Drafts(desk.users).left_behind() == []


def test_edits_and_a_row_beside_them_come_back_to_their_record(page, people, desk, after_a_crash):
    page.open_record(people[0].id)
    type_in(page.form, "note", "答应下周回话")
    page.form.show_panel("identity")
    page.identities.start()
    commit(page.identities.fields.box("sort").widget, "党代表")
    after_a_crash().bring()
    assert page.record.id == people[0].id
    assert page.form.fields.edits == ["note"]
    assert page.identities.fields.box("sort").value() == "党代表"
    assert page.identities.dirty
    page.form.leave_parts()


def test_a_draft_of_a_record_that_is_gone_stays_to_be_read(page, people, desk, window, after_a_crash, qtbot):
    page.open_record(people[0].id)
    type_in(page.form, "note", "答应下周回话")
    dialog = after_a_crash()
    desk.books.remove(people[0], "重复")
    dialog.bring()
    look(window.drafts, qtbot)
    assert [draft.title for draft in desk.drafts.left_behind()] == [dialog.drafts[0].title]


def test_a_pile_of_visits_comes_back_with_household_and_problems(go, desk, after_a_crash, qtbot):
    for record in (Staff(full_name="周建国"), Household(head="曾国强", village="木兰村", group="1组")):
        desk.books.save(record)
    page = go("visits")
    page.start_pile()
    fields = page.faces.pile.fields
    for field, text in (("staff", "周建国"), ("household", "zgq"), ("found", "老人独居")):
        box = fields.box(field).widget
        box.setFocus()
        box.selectAll()
        commit(box, text)
        if field == "household":
            box.editingFinished.emit()
    page.faces.pile.problems.focus_first()
    commit(QApplication.focusWidget(), "自来水断断续续")
    dialog = after_a_crash()
    page.faces.leave()
    dialog.bring()
    assert page.faces.piling
    assert page.faces.pile.register()
    visit = desk.books.page(Query(Visit), 0, 9)[0]
    assert (visit.household.head, visit.found) == ("曾国强", "老人独居")
    assert [ticket.content for ticket in desk.visiting.problems_of(visit)] == ["自来水断断续续"]


def test_answers_of_a_sheet_come_back_to_their_serial(go, form, day, desk, after_a_crash, qtbot):
    desk.forms.issue(form, 3, day)
    page = go("forms", form, "录入")
    entry = page.parts["录入"]
    entry.serial.setText("2")
    entry.begin()
    entry.rows[0].pick(3)
    answers = entry._answers()
    dialog = after_a_crash()
    entry._close_sheet()
    dialog.bring()
    assert entry.sheet.serial == 2
    assert entry._answers() == answers
    assert entry.dirty
    entry._close_sheet()


def test_settings_come_back_behind_their_tab(go, window, desk, after_a_crash):
    page = go("settings")
    panel = page.turn_to(0)
    type_in(panel.form, "contact", "周建国 0551-68841234")
    window.page.drop_edits = panel._load  # what the crash takes away
    dialog = after_a_crash()
    go("representatives")
    dialog.bring()
    assert window.page.front.form.fields.typed() == {"contact": "周建国 0551-68841234"}
    assert panel.save()


def test_a_dialog_is_filled_when_it_is_opened_again(go, desk, window, after_a_crash, qtbot):
    ticket = Ticket(content="路灯不亮", received_on=datetime.date.today())
    desk.books.save(ticket)
    page = go("tickets", ticket)

    def opened():
        page.side.bar.asked.emit(next(offer for offer in offers_of(page.record) if offer.verb == "refuse"))
        return window.findChild(StepDialog)

    step = opened()
    window.drafts.look()  # what the dialog was opened with is no draft
    commit(step.rows["reason"].editor.widget, "不属于本部职权")
    lock = LockScreen(window)
    lock.lock()
    look(window.drafts, qtbot)  # a dialog that the lock put away is kept as well
    lock._open(None)
    dialog = after_a_crash()
    step.reject()
    qtbot.waitUntil(lambda: window.findChild(StepDialog) is None)
    assert "不属于本部职权" in dialog.words.toPlainText()
    dialog.bring()
    step = opened()
    assert step.rows["reason"].editor.value() == ""
    look(window.drafts, qtbot)
    assert step.rows["reason"].editor.value() == "不属于本部职权"
    assert "填回" in step.banner.words.text()
    step.take()
    assert desk.books.get(Ticket, ticket.id).state == "不予受理"


def test_drafts_are_thrown_away_one_by_one_or_left_for_later(
    page, window, desk, keeper, after_a_crash, qtbot
):
    for name in ("曾国强", "李明"):
        other = Drafts(desk.users)
        other.keep([Draft("representatives", "新的代表", {"form representative": {"full_name": name}})])
    dialog = after_a_crash()
    assert [draft.texts["form representative"]["full_name"] for draft in dialog.drafts] == ["李明", "曾国强"]
    dialog.reject()
    assert len(desk.drafts.left_behind()) == 2

    window.drafts.begin()
    qtbot.waitUntil(lambda: not window.frame.workroom.busy)
    dialog = offered()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    dialog.drop()
    dialog.bring()
    assert page.form.fields.typed()["full_name"] == "李明"
    look(window.drafts, qtbot)
    assert desk.drafts.left_behind() == []


def test_a_window_that_is_closed_leaves_no_draft(page, window, desk, keeper, ask, qtbot):
    page.start_new()
    type_in(page.form, "full_name", "曾国强")
    look(keeper, qtbot)
    assert len(Drafts(desk.users).left_behind()) == 1
    ask.answers = ["放弃修改"]
    window.close()
    assert Drafts(desk.users).left_behind() == []


def test_a_killed_window_leaves_what_was_typed_two_seconds_before(desk, office_file):
    """S30: the process is killed, the words are there."""
    office.close()
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests/ui")))
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(office_file)],
        env=dict(os.environ, PYTHONPATH=paths),
        stdout=subprocess.PIPE,
    )
    with typing:
        told = typing.stdout.readline()
        time.sleep(2)
        typing.send_signal(signal.SIGKILL)
    assert told == b"typed\n"
    left = open_desk(office_file).drafts.left_behind()
    assert [(draft.place, draft.texts["form representative"]["full_name"]) for draft in left] == [
        ("representatives", "曾国强")
    ]


TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui_hands import type_in
from desktop.app import new_desk, open_desk
from desktop.ui.program import Program
from desktop.ui.run import run_window

def begin(window):
    window.go("representatives")
    window.page.start_new()
    type_in(window.page.form, "full_name", "曾国强")
    print("typed", flush=True)

shown = Program.put
def put(self, window):
    shown(self, window)
    QTimer.singleShot(200, lambda: begin(window))
Program.put = put
run_window(Path(sys.argv[1]), open_desk, new_desk)
"""
