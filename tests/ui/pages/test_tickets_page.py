"""问题: the stories a clerk lives through on the page: register, steps, views, two windows."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui_hands import commit, type_in

from desktop.records.listing import Query
from desktop.records.staff import Staff
from desktop.records.tickets import Occurrence, Ticket
from desktop.ui.clash import DROP, GO_ON, KEEP
from desktop.ui.deadline_dialog import DeadlineDialog
from desktop.ui.marks import marks_width
from desktop.ui.pages.tickets_rows import clock_marks
from desktop.ui.pages.tickets_step_dialog import StepDialog
from desktop.ui.pages.tickets_steps import offers_of
from desktop.ui.row_delegate import EDGE
from desktop.ui.theme import Size

TODAY = datetime.date.today()


@pytest.fixture
def handler(desk):
    made = Staff(full_name="李明", section="组织科")
    desk.books.save(made)
    return made


@pytest.fixture
def page(go):
    return go("tickets")


@pytest.fixture
def ticket(desk):
    made = Ticket(content="店埠路路灯不亮", raised_by="张三", received_on=TODAY)
    desk.books.save(made)
    return made


def open_dialog(page, words):
    """Press the step called `words` over the form and return its dialog."""
    offer = next(offer for offer in offers_of(page.record) if offer.words == words)
    page.side.bar.asked.emit(offer)
    return page.window().findChild(StepDialog)


def fill(dialog, **values):
    for field, text in values.items():
        editor = dialog.box(field)
        if hasattr(editor.widget, "selectAll"):
            editor.widget.setFocus()
            editor.widget.selectAll()
            commit(editor.widget, text)
        else:
            editor.load(text)


def test_a_new_ticket_shows_its_deadline_before_it_is_saved(page, qtbot, desk):
    page.new.trigger()
    assert page.side.bar.due.text().startswith("期限 ")
    type_in(page.form, "内容", "自来水早晚水压不足")
    type_in(page.form, "反映人", "匿名")
    page.save.trigger()

    kept = desk.books.page(Query(Ticket), 0, 5)[0]
    assert (kept.number, kept.raiser, kept.received_on) == (f"{TODAY.year}-0001", "匿名", TODAY)
    assert page.side.bar.state.words == "登记"
    assert page.table.text(0, page.table.columns[1]).startswith(("还剩", "今天"))


def test_what_was_said_can_t_be_rewritten_nor_the_clock_once_accepted(page, go, desk, ticket):
    page = go("tickets", ticket)
    assert page.form.box("内容").widget.isReadOnly()
    assert not page.form.box("反映日期").widget.isReadOnly()
    desk.books.do(page.record, "accept", {})
    assert page.form.box("反映日期").widget.isReadOnly()
    assert not page.form.box("承办科室").widget.isReadOnly()


def test_accepting_and_assigning_is_one_gesture_and_one_undo(go, desk, ticket, handler, window):
    page = go("tickets", ticket)
    assert page.side.bar.first.text() == "受理并交办"
    dialog = open_dialog(page, "受理并交办")
    dialog.take()
    assert "承办科室不能为空" in dialog.rows["section"].fault
    fill(dialog, handler="李明")
    assert dialog.box("section").value() == "组织科"
    dialog.take()

    assert (page.record.state, page.record.section, page.record.handler) == ("交办", "组织科", handler)
    assert "已受理并交办给 组织科 李明" in window.toast._words.text()
    assert page.side.bar.first.text() == "签收"
    page.undo()
    assert page.record.state == "登记"


def test_a_refused_step_says_why_in_its_dialog_and_changes_nothing(go, desk, ticket, handler):
    page = go("tickets", ticket)
    desk.books.do(page.record, "accept", {})
    desk.books.do(page.record, "assign", {"section": "组织科", "handler": "李明"})
    dialog = open_dialog(page, "延期")
    assert dialog.outlook.text().endswith("最多延长 15 个工作日")
    fill(dialog, days="90", reason="等配件", approver="张部长")
    assert "期限由" in dialog.outlook.text()
    dialog.take()

    assert "1 到 15 个工作日" in dialog.rows["days"].fault
    assert page.record.state == "交办"
    dialog.reject()


@pytest.mark.parametrize("size", Size)
def test_no_label_of_a_step_is_cut_in_large_type(go, desk, ticket, handler, theme, size):
    theme.choose(size=size)
    page = go("tickets", ticket)
    desk.books.do(page.record, "accept", {})
    desk.books.do(page.record, "assign", {"section": "组织科", "handler": "李明"})
    dialog = open_dialog(page, "延期")
    for row in dialog.rows.values():
        assert row.label.width() >= row.label.fontMetrics().horizontalAdvance(row.label.text())
        assert row._dot.width() >= row._dot.fontMetrics().tightBoundingRect("•").width()
    dialog.reject()
    theme.choose(size=Size.STANDARD)


def test_what_a_meeting_decided_stands_over_the_form(go, desk, handler, window):
    made = Ticket(content="建议延长公示时间", sort="意见建议", raised_by="张三", received_on=TODAY)
    desk.books.save(made)
    page = go("tickets", made)
    desk.books.do(page.record, "accept", {})
    desk.books.do(page.record, "assign", {"section": "组织科", "handler": "李明"})
    desk.books.do(page.record, "table", {"meeting": "2026年第12次部长办公会"})
    dialog = open_dialog(page, "会议决定")
    fill(dialog, decision="不采纳", reason="条例已有规定", meeting="2026年第12次部长办公会")
    dialog.take()
    assert page.side.bar.state.words == "交办，不采纳"
    assert window.toast._words.text() == f"{made.number} 已会议决定：不采纳"


def test_who_has_a_ticket_is_in_sight_beside_the_form_on_a_small_screen(go, ticket, window, qtbot):
    window.resize(1366, 768)
    page = go("tickets", ticket)
    room = page.view.viewport().width()
    shown = {column.key: logical for logical, column in page.view._columns()}
    for key in ("number", "clock", "state", "summary", "section", "handler"):
        place = shown[key]
        assert page.view.columnViewportPosition(place) + page.view.columnWidth(place) <= room, key
    words = clock_marks("还剩 7 个工作日（预警、推定）")
    needed = marks_width(words, page.view.fontMetrics()) + 2 * EDGE
    assert [mark.text for mark in words] == ["剩 7 个工作日", "推定"]
    assert page.view.columnWidth(shown["clock"]) >= needed


def test_the_handler_as_the_asker_is_asked_about_first(go, desk, ticket, handler, ask):
    page = go("tickets", ticket)
    for verb, values in (
        ("accept", {}),
        ("assign", {"section": "组织科", "handler": "李明"}),
        ("answer", {"text": "已换灯泡"}),
    ):
        desk.books.do(page.record, verb, values)
    assert page.side.bar.first.text() == "回访"
    dialog = open_dialog(page, "回访")
    fill(dialog, verdict="满意", method="电话", by="李明")
    ask.answers = ["回去改"]
    dialog.take()
    assert page.record.state == "答复"
    ask.answers = ["仍然这样记"]
    dialog.take()
    assert (page.record.state, page.record.verdict) == ("回访", "满意")


def test_the_story_tells_each_round(go, desk, ticket, handler, qtbot):
    page = go("tickets", ticket)
    for verb, values in (
        ("accept", {}),
        ("assign", {"section": "组织科", "handler": "李明"}),
        ("answer", {"text": "已换灯泡"}),
        ("evaluate", {"verdict": "不满意", "method": "电话", "by": "王芳"}),
    ):
        desk.books.do(page.record, verb, values)
    page.form.tabs.setCurrentIndex(1)
    told = page.side.story.lines
    assert any("交办给 组织科 李明" in line for line in told)
    assert any("已换灯泡" in line for line in told)
    assert any("不满意" in line and "重新办理" in line for line in told)


def test_the_deadline_is_explained_day_by_day(go, ticket, window):
    page = go("tickets", ticket)
    page.side.bar.why.click()
    dialog = window.findChild(DeadlineDialog)
    assert "第 7 个工作日是" in dialog.findChild(object, "deadline-words").text()
    dialog.accept()


def test_one_more_who_raised_it_is_another_occurrence(go, desk, ticket, people):
    page = go("tickets", ticket)
    page.form.tabs.setCurrentIndex(2)
    panel = page.side.occurrences
    assert len(panel.rows) == 1
    panel.start()
    box = panel.fields.box("反映人")
    found = [person for words, person in box._suggest("ww") if not isinstance(person, str)]
    assert len(found) == 2
    box._took(found[1])
    assert panel.fields.box("反映人身份").value() == "代表"
    assert panel.save()
    again = panel.rows[-1]
    assert (again.raised_by, again.representative) == ("王伟", found[1])
    assert desk.books.count(Query(Occurrence)) == 2


def test_views_narrow_the_list_and_are_counted_beside(page, desk, ticket, qtbot, memory):
    desk.books.save(Ticket(content="已经受理的一件", received_on=TODAY))
    second = desk.books.page(Query(Ticket, search="受理的一件"), 0, 1)[0]
    desk.books.do(second, "accept", {})
    qtbot.waitUntil(lambda: [page.views.tabs.tabText(place) for place in (2, 3)] == ["待受理 1", "待交办 1"])
    page.views.show_view("to_accept")
    assert page.table.rowCount() == 1
    assert page.table.record(0).id == ticket.id
    page.views.show_view("late")
    assert page.table.rowCount() == 0
    page.show_all()
    assert page.table.rowCount() == 2
    assert memory.value("tickets/view") == "all"


def test_mine_asks_once_whose(page, desk, ticket, handler, window, memory):
    desk.books.do(ticket, "accept", {})
    desk.books.do(ticket, "assign", {"section": "组织科", "handler": "李明"})
    page.views.show_view("mine")
    dialog = window.findChild(object, "whose-tickets")
    commit(dialog.editor.widget, "李明")
    dialog.take()
    assert page.table.rowCount() == 1
    assert page.views.whose.text() == "李明"
    assert memory.value("tickets/own-handler") == handler.id.hex()


def test_without_a_reason_nothing_is_removed(go, desk, ticket, ask, window):
    page = go("tickets", ticket)
    page.view.go_to(0)
    ask.answers = [""]
    page.remove_chosen()
    assert desk.books.count(Query(Ticket)) == 1
    assert "没有写原因" in window.bar.words.text()
    ask.answers = ["登记重了"]
    page.remove_chosen()
    assert desk.books.count(Query(Ticket)) == 0


def other_window_writes(desk, ticket, **values):
    theirs = desk.books.get(Ticket, ticket.id)
    for name, value in values.items():
        setattr(theirs, name, value)
    desk.announcer._hearers, kept = [], desk.announcer._hearers  # another process tells nobody here
    desk.books.save(theirs)
    desk.announcer._hearers = kept


@pytest.mark.parametrize(("answer", "place", "dirty"), [(KEEP, "店埠路", True), (DROP, "", False)])
def test_edits_on_a_ticket_changed_elsewhere_overwrite_nothing(go, desk, ticket, ask, answer, place, dirty):
    page = go("tickets", ticket)
    type_in(page.form, "地点", "店埠路")
    other_window_writes(desk, ticket, summary="路灯七盏")
    ask.answers = [answer]
    page.save.trigger()

    assert "刚才在别处被修改" in ask.asked[-1]
    kept = desk.books.get(Ticket, ticket.id)
    assert (kept.summary, kept.place) == ("路灯七盏", "")
    assert page.form.box("摘要").value() == "路灯七盏"
    assert page.form.box("地点").value() == place
    assert page.form.dirty is dirty
    if dirty:
        page.save.trigger()
        kept = desk.books.get(Ticket, ticket.id)
        assert (kept.summary, kept.place) == ("路灯七盏", "店埠路")


def test_who_goes_on_editing_is_asked_again_and_keeps_only_the_own_edits(go, desk, ticket, ask):
    page = go("tickets", ticket)
    type_in(page.form, "地点", "店埠路")
    other_window_writes(desk, ticket, summary="路灯七盏")
    ask.answers = [GO_ON]
    page.save.trigger()
    type_in(page.form, "备注", "再看一次")
    ask.answers = [KEEP]
    page.save.trigger()
    assert "摘要：（空） → 路灯七盏" in ask.details[-1]
    assert "您改的（还没有保存）：地点、备注" in ask.details[-1]
    page.save.trigger()
    kept = desk.books.get(Ticket, ticket.id)
    assert (kept.summary, kept.place, kept.note) == ("路灯七盏", "店埠路", "再看一次")


def test_a_step_on_a_ticket_changed_elsewhere_is_not_taken(go, desk, ticket, window):
    page = go("tickets", ticket)
    dialog = open_dialog(page, "只受理")
    other_window_writes(desk, ticket, place="店埠路")
    dialog.take()
    assert "已在别处被修改" in window.bar.words.text()
    assert desk.books.get(Ticket, ticket.id).state == "登记"
    assert page.form.box("地点").value() == "店埠路"


def test_enter_moves_through_a_step_and_ctrl_enter_takes_it(go, desk, ticket, qtbot, window):
    page = go("tickets", ticket)
    dialog = open_dialog(page, "当场答复")
    qtbot.waitUntil(dialog.isActiveWindow)
    box = dialog.box("text").widget
    box.setFocus()
    commit(box, "当场解释清楚了")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.record.state == "办结"
    assert QApplication.activeModalWidget() is None
