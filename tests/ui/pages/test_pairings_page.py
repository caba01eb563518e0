"""结对: made, noted and ended by the keyboard alone; the rules stand between, and the household is told of."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from ui_hands import commit, press

from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Pairing, PairingProgress
from desktop.records.staff import Staff
from desktop.services.household_story import household_story
from desktop.ui.pages.households_steps import HouseholdStepDialog
from desktop.ui.pages.pairings_steps import EndDialog

TODAY = datetime.date.today()
EARLIER = TODAY - datetime.timedelta(days=60)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def staff(desk):
    made = [Staff(full_name="周建国", section="办公室"), Staff(full_name="李明")]
    for person in made:
        desk.books.save(person)
    return made


@pytest.fixture
def homes(desk):
    made = [
        Household(head=head, village="木兰村", sort="困难群众") for head in ("王大爷", "曾国强", "单成山")
    ]
    made[0].needs = "住房后墙开裂"
    for home in made:
        desk.books.save(home)
    return made


@pytest.fixture
def pair(desk, staff):
    def made(home, person=None, since=EARLIER):
        pairing = Pairing(staff=person or staff[0], household=home, since=since)
        desk.books.save(pairing)
        return pairing

    return made


ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


def front(window):
    return window.page.front


def dialog_of(window, kind, qtbot):
    dialog = window.findChildren(kind)[-1]
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def ready_again(window, qtbot):
    window.activateWindow()  # a desktop does so by itself
    qtbot.waitUntil(window.isActiveWindow)


def test_a_pairing_is_made_noted_and_found_by_keyboard_alone(window, go, desk, staff, homes):
    go("pairings")
    page = front(window)
    press((CONTROL, Qt.Key.Key_N), "zgq", ENTER)
    assert page.form.box("household").home == homes[1]
    press("周建国", ENTER, ENTER, "年底前住上安全房", ENTER, "缺劳力")
    press((CONTROL, Qt.Key.Key_S))
    kept = Pairing.get()
    assert (kept.staff, kept.household, kept.since, kept.need) == (staff[0], homes[1], TODAY, "缺劳力")

    press((CONTROL, Qt.Key.Key_J))
    for words in ("送来棉被两床", "联系好收稻子的农机"):
        press(words, ENTER)
    press(ENTER)
    assert [row.text for row in PairingProgress.select()] == ["送来棉被两床", "联系好收稻子的农机"]
    assert len(page.progress.rows) == 2
    assert page.progress.table.hasFocus()
    at = [column.key for column in page.table.columns].index("last")
    assert page.table.index(0, at).data() == f"{TODAY} 联系好收稻子的农机"
    told = [event.words for event in household_story(homes[1])]
    assert told.count("帮扶进展（周建国）") == 2
    press((CONTROL, Qt.Key.Key_F), "单成山")
    page.search()
    assert page.table.rowCount() == 0


def test_a_household_not_out_of_need_is_let_go_only_with_reason_and_approver(
    window, go, desk, homes, pair, qtbot
):
    pairing = pair(homes[0])
    go("pairings", pairing)
    page = front(window)
    page.steps.end.setFocus()
    press(ENTER)
    dialog = dialog_of(window, EndDialog, qtbot)
    assert "不脱困不脱钩" in dialog.follows.text()
    press((CONTROL, ENTER))
    assert dialog.rows["reason"].fault == "解除理由不能为空"
    press("干部调离", (CONTROL, ENTER))
    assert dialog.rows["approver"].fault == "批准人不能为空"
    assert desk.books.get(Pairing, pairing.id).state == "结对中"
    press("张部长", (CONTROL, ENTER))

    kept = desk.books.get(Pairing, pairing.id)
    assert (kept.state, kept.end_reason, kept.approver, kept.until) == (
        "审批解除",
        "干部调离",
        "张部长",
        TODAY,
    )
    assert "经张部长批准解除" in page.steps.banner.words.text()
    assert not page.steps.end.isVisible()
    at = [column.key for column in page.table.columns].index("standing")
    assert page.table.index(0, at).data() == "审批解除"
    ready_again(window, qtbot)
    page.undo()
    assert desk.books.get(Pairing, pairing.id).state == "结对中"
    assert page.steps.end.isVisible()


def test_out_of_need_is_noted_on_the_way_and_a_day_is_enough_then(window, go, desk, homes, pair, qtbot):
    pairing = pair(homes[0])
    go("pairings", pairing)
    page = front(window)
    page.steps.ask_end()
    dialog_of(window, EndDialog, qtbot).lift.click()
    dialog_of(window, HouseholdStepDialog, qtbot).take()
    dialog = dialog_of(window, EndDialog, qtbot)
    assert not dialog.rows["reason"].isVisible()
    dialog.rows["on"].editor.load(TODAY - datetime.timedelta(days=1))
    dialog.rows["on"].editor.edited.emit()
    assert dialog.rows["approver"].isVisible()  # the day before, the household was still in need
    dialog.rows["on"].editor.load(TODAY + datetime.timedelta(days=1))
    dialog.rows["on"].editor.edited.emit()
    dialog.take()
    assert "还没有到" in dialog.rows["on"].fault
    dialog.rows["on"].editor.load(TODAY)
    dialog.rows["on"].editor.edited.emit()
    dialog.take()
    assert page.record.state == "脱困解除"


def test_a_third_household_of_the_same_person_is_warned_of_and_asked(window, go, desk, homes, pair, ask):
    pair(homes[0])
    pair(homes[1])
    go("pairings")
    page = front(window)
    press((CONTROL, Qt.Key.Key_N), "dcs", ENTER)  # 单 read as dan
    if page.form.box("household").home is None:
        page.form.box("household").take(homes[2])
    page.form.box("staff").widget.setFocus()
    press("周建国", ENTER)
    assert "已结对 2 户" in page.form.fields.rows["staff"].note
    ask.answers = ["回去改"]
    press((CONTROL, Qt.Key.Key_S))
    assert "每人帮扶 1—2 户" in ask.asked[-1]
    assert desk.books.count(Query(Pairing)) == 2
    ask.answers = ["仍然结对"]
    press((CONTROL, Qt.Key.Key_S))
    assert desk.books.count(Query(Pairing)) == 3
    assert page.may_leave()


def test_a_household_is_paired_from_its_own_page(window, go, desk, staff, homes, pair):
    households = go("households", homes[0])
    households.pair.click()
    page = front(window)
    assert window.page.key == "pairings"
    assert page.form.box("household").home == homes[0]
    assert page.form.box("need").value() == "住房后墙开裂"
    commit(page.form.box("staff").widget, "李明")
    assert page.save_record()
    page.steps.home.click()
    households.form.tabs.setCurrentIndex(1)
    row = [event.words for event in households.story.events].index("李明结对帮扶")
    households.story.open_row(row)
    assert (window.page.key, page.record.staff.full_name) == ("pairings", "李明")


def test_a_household_that_moved_away_is_told_and_not_paired_anew(window, go, desk, staff, homes, pair):
    pairing = pair(homes[0])
    go("pairings", pairing)
    page = front(window)
    desk.books.do(homes[0], "move", {"on": TODAY.isoformat()})
    assert "已于" in page.steps.banner.words.text()
    assert "请办理解除" in page.steps.banner.words.text()
    at = [column.key for column in page.table.columns].index("standing")
    assert page.table.index(0, at).data() == "户已迁出"
    page.start_new()
    page.form.box("household").take(desk.books.get(Household, homes[0].id))
    commit(page.form.box("staff").widget, "李明")
    assert not page.save_record()
    assert "已迁出，不能结对" in page.form.faults["household"]
    page.drop_edits()


def test_a_line_of_progress_lies_not_ahead_and_stays_an_unsaved_edit(window, go, desk, homes, pair, ask):
    go("pairings", pair(homes[0]))
    page = front(window)
    page.note_progress()
    commit(page.progress.text, "下周去一趟")
    page.progress.fields.box("on").load(TODAY + datetime.timedelta(days=7))
    assert not page.progress.save()
    assert "还没有到" in page.progress.fields.faults["on"]
    ask.answers = ["继续编辑"]
    assert not page.may_leave()
    page.progress.fields.box("on").load(TODAY)
    assert page.save_record()
    assert [row.on for row in page.progress.rows] == [TODAY]


def test_enter_never_chooses_among_namesakes_but_the_arrows_do(window, go, desk, staff, homes):
    desk.books.save(Household(head="王大爷", village="光大社区"))
    go("pairings")
    page = front(window)
    home = page.form.box("household")
    press((CONTROL, Qt.Key.Key_N), "王大爷", ENTER)
    assert home.home is None
    assert page.form.box("staff").widget.hasFocus()
    press("李明")
    assert not page.save_record()
    assert "有 2 户" in page.form.faults["household"]
    home.widget.selectAll()
    press("王大爷", DOWN, ENTER)
    assert home.home is not None
    assert page.save_record()
