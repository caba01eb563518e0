"""A clerk's first morning, through the real window: from last year's roster to letters and forms on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from dialog_fixtures import away, rest
from PySide6.QtWidgets import QApplication
from ui_hands import commit, type_in

from desktop.app import new_desk, open_desk
from desktop.documents.preview import page_count, page_text
from desktop.records.forms import Form, FormIssue
from desktop.records.invitations import Invitation, InvitationState
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.services.orders import Order
from desktop.storage import checking, office
from desktop.ui.ask import ScriptedAsk
from desktop.ui.import_dialog import ROWS, ImportDialog
from desktop.ui.page_tools import bring_in_sheet
from desktop.ui.pages.open_days_people import PeopleDialog
from desktop.ui.print_dialog import PrintDialog
from desktop.ui.program import Program
from desktop.ui.run import speak_chinese

ROSTER = Path(__file__).parents[1] / "data" / "samples" / "花名册.xlsx"


@pytest.fixture
def program(qapp, tmp_path):
    """The program started on a computer where it never ran."""
    speak_chinese(qapp)
    made = Program(qapp, open_desk, new_desk, str, ask=ScriptedAsk())
    made.start(tmp_path / "office.openday")
    yield made
    if page := getattr(made.window, "page", None):
        page.drop_edits() if hasattr(page, "drop_edits") else None
    made.window.close()
    away(made.window)
    made.close()
    office.close()


def newest(window, kind):
    QApplication.processEvents()
    return window.findChildren(kind)[-1]


def text_of(path):
    return ["".join(page_text(path, page).split()) for page in range(page_count(path))]


@pytest.mark.journey
@pytest.mark.timeout(120)
def test_from_last_years_roster_to_letters_and_forms(program, qtbot, tmp_path):
    # the first start asks for the office and makes its file
    first_run = program.window
    commit(first_run.form.box("name").widget, "肥东县委组织部")
    first_run.go.click()
    qtbot.waitUntil(lambda: program.window is not first_run)
    window = program.window
    desk = window.desk
    assert desk.offices.own().letterhead == "肥东县委组织部"

    # last year's roster comes in; two bad rows stay out, two duplicates are skipped
    window.go("representatives")
    bring_in_sheet(window.page)
    bring_in = newest(window, ImportDialog)
    bring_in.read(ROSTER)
    rest(qtbot, program.workroom)
    bring_in._go.click()
    rest(qtbot, program.workroom)
    assert bring_in.step == ROWS
    assert bring_in._rows.words() == "80 行：76 新增，2 重复待定，2 有误；另有 2 行不是数据"
    bring_in._go.click()
    rest(qtbot, program.workroom)
    assert desk.books.count(Query(Representative)) == 76
    qtbot.waitUntil(lambda: window.page.count.text() == "76 人")

    # this year's open day
    window.go("open-days")
    page = window.page
    page.new.trigger()
    type_in(page.form, "主题", "走进组织部")
    type_in(page.form, "日期", "2026年12月10日")
    type_in(page.form, "地点", "县行政中心三楼会议室")
    page.save.trigger()
    day = page.record
    assert day.number == "2026-1"

    # everybody is invited
    page.turn_to("名单")
    page.tabs["名单"].invite()
    picker = newest(window, PeopleDialog)
    program.ask.answers = ["邀请这 76 人"]
    picker.invite_all()
    rest(qtbot, program.workroom)
    picker.accept()
    assert len(desk.inviting.active(day)) == 76

    # the letters
    letters = tmp_path / "邀请函.pdf"
    print_to(program, qtbot, ["invitation-letters"], day, letters)
    pages = "".join(text_of(letters))
    for invitation in desk.inviting.active(day):
        assert f"{invitation.representative.full_name.replace(' ', '')}同志：" in pages
    assert {row.state for row in Invitation.select()} == {InvitationState.PRINTED}
    assert "信访户" not in pages

    # the three forms
    for form in desk.books.page(Query(Form)):
        target = tmp_path / f"{form.title}.pdf"
        issue = desk.press.print(Order("feedback-forms", target, day, form=form))
        assert issue.register == tuple(str(serial) for serial in range(1, 77))
        assert all("编号" in page for page in text_of(target))
    assert FormIssue.select().count() == 3
    assert checking.faults_of(tmp_path / "office.openday") == []


def print_to(program, qtbot, documents, day, target):
    """Save papers as PDF through the print dialog."""
    dialog = PrintDialog(program.window.frame, documents, day, parent=program.window)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog._pause.isActive(), timeout=5_000)
    rest(qtbot, program.workroom)
    program.ask.answers = [target]
    dialog._save.click()
    rest(qtbot, program.workroom, timeout=60_000)
    assert target.exists()
