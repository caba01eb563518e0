"""表单: designing, issuing, typing in what came back, reading the results."""

from __future__ import annotations

import json
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from ui_hands import commit, type_in

from desktop.documents.corner_codes import Corner, Place, encode
from desktop.records.forms import Form, FormIssue, FormReturn, ReturnState
from desktop.records.listing import Query
from desktop.records.questions import Questions, load
from desktop.services.forms import Tally
from desktop.ui.pages.form_issues import IssueDialog
from desktop.ui.pages.form_tally import lines_of, sheets_of
from desktop.ui.pages.open_days_records import RecordsDialog


def questions(page):
    return page.form.box("questions").list


def sheets(desk):
    return {sheet.serial: sheet for sheet in desk.books.page(Query(FormReturn))}


def press(text):
    """Type on whatever has the focus, as at a keyboard."""
    for character in text:
        target = QApplication.focusWidget()
        key = {"\r": Qt.Key.Key_Return, "-": Qt.Key.Key_Minus}.get(character)
        if key is None:
            QTest.keyClicks(target, character)
        elif character == "-":
            QTest.keyClicks(target, "-")
        else:
            QTest.keyClick(target, key)


def test_form_is_designed_by_keyboard_and_its_paper_shown(go, desk, window, qtbot):
    window.resize(1600, 900)  # the paper is shown beside the form where there is room for both
    page = go("forms")
    page.new.trigger()
    type_in(page.form, "标题", "开放日问卷")
    listed = questions(page)
    listed.add.click()
    commit(listed.box.text, "您的身份")
    QTest.keyClick(listed.box.text, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is listed.box.options
    listed.box.options.insertPlainText("党员\n群众")
    listed.duplicate()
    listed.box.sort.buttons["五级"].click()
    listed.move_up()
    page.save.trigger()

    assert page.form.faults == {}
    kept = load(desk.books.page(Query(Form, where=(("title", "开放日问卷"),)))[0].questions)
    assert [(one.key, str(one.sort)) for one in kept] == [("q2", "五级"), ("q1", "单选")]
    assert kept[1].options == ("党员", "群众")
    qtbot.waitUntil(lambda: page.preview.view.count == 1, timeout=15_000)


def test_fault_of_a_question_stands_at_the_questions(go, desk, window):
    page = go("forms")
    before = desk.books.count(Query(Form))
    page.new.trigger()
    type_in(page.form, "标题", "缺选项")
    listed = questions(page)
    listed.add_one()
    commit(listed.box.text, "您的身份")
    assert not page.save_record()
    assert "第 1 题" in page.form.faults["questions"]
    assert desk.books.count(Query(Form)) == before


def test_text_mode_and_back_keeps_the_keys_of_questions(go, form, desk):
    page = go("forms", form)
    listed = questions(page)
    before = {value["text"]: value["key"] for value in listed.questions}
    listed.mode.click()
    lines = listed.text.toPlainText().split("\n")
    assert lines[0] == "单选* 您的身份 [党代表|人大代表|群众]"
    listed.text.setPlainText("\n".join([lines[2], lines[0], "文字 还想说什么"]))
    listed.mode.click()
    keys = [(value["text"], value["key"]) for value in listed.questions]
    assert keys[:2] == [
        ("您对第 1 项工作的评价", before["您对第 1 项工作的评价"]),
        ("您的身份", before["您的身份"]),
    ]
    assert keys[2][1] not in (keys[0][1], keys[1][1])
    listed.mode.click()
    listed.text.setPlainText("随便写一行")
    assert "应以题型开头" in listed.fault.text()
    listed.mode.click()
    assert listed.mode.isChecked()
    page.drop_edits()


def test_issued_form_says_that_a_change_makes_the_next_version(go, form, desk):
    desk.forms.issue(form, 28, None)
    page = go("forms", form)
    assert page.notice.isVisible()
    assert "修改将成为第 2 版" in page.notice.words.text()
    type_in(page.form, "标题", "组织工作满意度测评表(新)")
    page.save.trigger()
    assert desk.books.get(Form, form.id).version == 2
    assert not page.notice.isVisible()


def test_issue_is_registered_with_the_next_serials(go, form, day, desk, window):
    desk.forms.issue(form, 10, None)
    page = go("forms", form, "发放")
    page.parts["发放"].register_more()
    QApplication.processEvents()
    dialog = window.findChildren(IssueDialog)[-1]
    type_in(dialog.fields, "止号", "30")
    dialog.go.click()
    issues = desk.books.page(Query(FormIssue))
    assert sorted((one.first, one.last) for one in issues) == [(1, 10), (11, 30)]
    page.parts["发放"].refresh()
    assert page.parts["发放"].table.rows.rowCount() == 2


def test_twelve_questions_are_typed_in_without_the_mouse(go, form, desk, qtbot, window):
    desk.forms.issue(form, 28, None)
    page = go("forms", form, "录入")
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.parts["录入"].serial)
    assert page.parts["录入"].serial.text() == "0001"
    began = time.perf_counter()
    press("\r" + "2" + "13\r" + "12345123" + "4\r" + "\r")
    assert time.perf_counter() - began < 3
    sheet = sheets(desk)[1]
    answers = json.loads(sheet.answers)
    assert (answers["q1"], answers["q2"], answers["q3"], answers["q11"]) == (2, [1, 3], 1, 4)
    assert "q12" not in answers
    assert sheet.state == ReturnState.VALID
    assert QApplication.focusWidget() is page.parts["录入"].serial
    assert page.parts["录入"].serial.text() == "0002"
    assert "收回 1 " in page.parts["录入"].counts.text()
    assert "回收率 3.57 %（收回÷发放）" in page.parts["录入"].counts.text()


def test_skipped_required_and_empty_answers(go, form, desk, qtbot, window):
    desk.forms.issue(form, 3, None)
    page = go("forms", form, "录入")
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.parts["录入"].serial)
    press("\r\r\r" + "55555555" + "\r\r")
    assert sheets(desk) == {}
    assert page.parts["录入"].rows[0].hasFocus()
    assert "必答" in page.parts["录入"].rows[0].state.text()
    press("-")
    page.parts["录入"].save()
    assert json.loads(sheets(desk)[1].answers)["q1"] == "弃填"


def test_invalid_sheet_needs_its_reason_and_is_counted(go, form, desk, ask, qtbot):
    desk.forms.issue(form, 4, None)
    page = go("forms", form, "录入")
    page.parts["录入"].begin()
    ask.answers = ["其他…", "只画了一半"]
    page.parts["录入"].mark_invalid()
    kept = sheets(desk)[1]
    assert (kept.state, kept.invalid_because) == (ReturnState.INVALID, "只画了一半")
    assert "收回 1 · 有效 0" in page.parts["录入"].counts.text()


def test_serial_is_scanned_and_wrong_piles_are_told(go, form, desk):
    issue = desk.forms.issue(form, 9, None)
    other = Form(title="金点子征集表", sort="金点子征集表", questions=Questions("题目").parse("文字 点子"))
    desk.books.save(other)
    page = go("forms", form, "录入")
    page.parts["录入"].serial.setText(encode(Corner(form.code, issue.version, 7, 1, Place.TOP_LEFT)))
    page.parts["录入"].begin()
    assert page.parts["录入"].sheet.serial == 7
    assert page.parts["录入"].leave()
    for typed, told in (
        (encode(Corner(other.code, 1, 7, 1, Place.TOP_LEFT)), "这一张是“金点子征集表”"),
        ("99", "没有发放过 99 号；发放过的是：1—9 号"),
        ("AAAA11112222", "校验不符"),
        ("随便", "不是本程序表单的角码"),
    ):
        page.parts["录入"].serial.setText(typed)
        page.parts["录入"].begin()
        assert told in page.parts["录入"].banner.words.text()
        assert page.parts["录入"].sheet is None


def test_a_sheet_typed_in_before_is_corrected_not_doubled(go, form, desk):
    issue = desk.forms.issue(form, 5, None)
    desk.books.save(FormReturn(issue=issue, serial=2, answers='{"q1": 1}'))
    page = go("forms", form, "录入")
    page.parts["录入"].serial.setText("2")
    page.parts["录入"].begin()
    assert "已经录过" in page.parts["录入"].banner.words.text()
    assert page.parts["录入"].rows[0].answer() == 1
    page.parts["录入"].rows[0].pick(3)
    for row in page.parts["录入"].rows[2:10]:
        row.pick(5)
    page.parts["录入"].save()
    assert json.loads(sheets(desk)[2].answers)["q1"] == 3
    assert desk.books.count(Query(FormReturn)) == 1


def test_leaving_with_answers_asks(go, form, desk, ask, window):
    desk.forms.issue(form, 5, None)
    page = go("forms", form, "录入")
    page.parts["录入"].begin()
    page.parts["录入"].rows[0].pick(1)
    ask.answers = ["继续录入"]
    window.go("representatives")
    assert window.page is page
    ask.answers = ["放弃这一张"]
    window.go("representatives")
    assert window.page is not page


def test_results_count_in_sheets_and_open_them(go, form, desk, window, qtbot):
    issue = desk.forms.issue(form, 28, None)
    for serial, said in ((1, 1), (2, 1), (3, 2), (4, "弃填")):
        answers = {"q1": said, "q2": [1, 2], "q11": serial, "q12": "多开放"} if serial < 3 else {"q1": said}
        desk.books.save(FormReturn(issue=issue, serial=serial, answers=json.dumps(answers)))
    desk.books.save(FormReturn(issue=issue, serial=5, state="无效", invalid_because="空白"))
    lines = lines_of(desk.forms.paper_of(issue), sheets_of(desk.books, [issue]))
    told = [(line.text, line.value, line.percent()) for line in lines[:5]]
    assert told == [
        ("1. 您的身份", "3 份作答", ""),
        ("党代表", "2 份", "50.00 %"),
        ("人大代表", "1 份", "25.00 %"),
        ("群众", "0 份", "0.00 %"),
        ("弃填", "1 份", "25.00 %"),
    ]
    assert any(line.text == "平均（最低 1，最高 2）" and line.value == "1.50" for line in lines)
    assert any(line.text == "0001 号：多开放" for line in lines)
    page = go("forms", form, "结果")
    qtbot.waitUntil(lambda: bool(page.parts["结果"].table.lines))
    page.parts["结果"].table.setCurrentIndex(page.parts["结果"].table.rows.index(1, 0))
    QTest.keyClick(page.parts["结果"].table, Qt.Key.Key_Return)
    QApplication.processEvents()
    shown = window.findChildren(RecordsDialog)[-1]
    assert [shown.view.table.record(row).serial for row in range(2)] == [1, 2]
    shown.view.go_to(1)
    shown.go()
    assert page.parts["录入"].sheet.serial == 2
    assert page.parts["录入"].rows[0].answer() == 1


def test_rates_are_those_of_the_manual():
    words = Tally(28, 26, 25).words()
    assert "回收率 92.86 %" in words
    assert "有效率 96.15 %" in words


def test_every_box_of_the_entry_screen_is_named(go, form, desk):
    desk.forms.issue(form, 5, None)
    page = go("forms", form, "录入")
    page.parts["录入"].begin()
    for kind in (QLineEdit, QPlainTextEdit):
        for widget in page.findChildren(kind):
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()
    for row in page.parts["录入"].rows:
        assert row.accessibleName().startswith(f"第 {row.place} 题")


def test_print_dialog_opens_with_this_form(go, form, desk, window):
    from desktop.ui.print_dialog import PrintDialog

    page = go("forms", form, "发放")
    page.parts["发放"].print_more()
    QApplication.processEvents()
    printing = window.findChildren(PrintDialog)[-1]
    assert printing.choices.form_box.currentText() == form.title
    printing.reject()
