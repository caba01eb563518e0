"""开放日: a day's life as a clerk leads it through the page."""

from __future__ import annotations

import datetime
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from ui_hands import commit, type_in

from desktop.documents.preview import page_text
from desktop.records import invitations
from desktop.records.holidays import Holiday
from desktop.records.invitations import Attendance, Invitation, InvitationState, Reply
from desktop.records.listing import Query
from desktop.records.open_days import DayState, Milestone, OpenDay, ProgrammeItem
from desktop.services import roll
from desktop.ui.deadline_dialog import DeadlineDialog
from desktop.ui.pages.open_days_deadlines import explained
from desktop.ui.pages.open_days_people import PeopleDialog
from desktop.ui.pages.open_days_records import RecordsDialog
from desktop.ui.pages.open_days_steps import why_not
from desktop.ui.pages.open_days_timeline import NodeButton, nodes_of
from desktop.ui.tables import MUTED_ROLE


def dialog(window, kind):
    QApplication.processEvents()
    return window.findChildren(kind)[-1]


def attendances(desk, day):
    return {row.representative.full_name: row.attendance for row in desk.inviting.active(day)}


def test_new_day_gets_its_number_and_its_line_of_time(go, desk, window):
    page = go("open-days")
    page.new.trigger()
    type_in(page.form, "主题", "走进组织部")
    type_in(page.form, "日期", "2026-09-29")
    page.save.trigger()

    assert page.record.number == "2026-1"
    assert [node.name for node in page.line.nodes] == ["寄邀请函", "公告", "核对名单", "活动", "答复"]
    assert [node.offset for node in page.line.nodes] == ["−15 天", "−7 天", "−3 天", "当天", "+7 工作日"]
    assert page.line.nodes[-1].date == datetime.date(2026, 10, 14)


def test_line_of_time_tells_standing_in_words_and_marks_done(go, day, desk, window, qtbot):
    page = go("open-days", day)
    first = page.line.findChildren(NodeButton)[0]
    assert first.accessibleName().startswith("−15 天 寄邀请函")
    assert "还有 27 天" in first.accessibleName()

    key = page.line.nodes[0].key
    done = page.node_menu(key).findChild(object, "node-done")
    done.trigger()
    qtbot.waitUntil(lambda: "完成" in page.line.nodes[0].words)
    assert desk.books.get(Milestone, key).done_on == datetime.date.today()
    assert page.line.nodes[0].icon == "check-circle"


def test_late_and_presumed_nodes_say_so(desk):
    day = OpenDay(theme="明年", held_on=datetime.date(2026, 12, 24))
    desk.books.save(day)
    today = datetime.date(2026, 12, 20)
    nodes = nodes_of(day, desk.open_days.milestones(day), today)
    assert nodes[0].words == "逾期 11 天"
    assert nodes[0].icon == "alert-circle"
    assert nodes[-1].presumed
    assert "推定" in nodes[-1].spoken


def test_deadline_is_explained_day_by_day(desk, go, window, qtbot):
    day = OpenDay(theme="国庆前", held_on=datetime.date(2026, 9, 29))
    desk.books.save(day)
    answer = next(row for row in desk.open_days.milestones(day) if row.name == "答复代表")
    why, years = explained(desk.workdays, day, answer)
    assert "2026-10-14 周三" in why.words
    assert not why.presumed
    assert years == "2026 年按国务院通知。"
    told = {row[0]: row[1:] for row in why.rows}
    assert told["2026-10-01 周四"] == ("✕ 不计", "国庆节放假", "国务院2026年放假通知")
    assert told["2026-10-10 周六"][0].startswith("✓")
    page = go("open-days", day)
    page.node_menu(answer.id).findChild(object, "node-why").trigger()
    assert dialog(window, DeadlineDialog).days.rows.rowCount() == len(why.rows)
    dialog(window, DeadlineDialog).accept()


def test_a_date_that_a_notice_would_move_says_so_in_its_explanation(desk):
    day = OpenDay(theme="年底", held_on=datetime.date(2026, 12, 24))
    desk.books.save(day)
    desk.books.save(Holiday(date=datetime.date(2027, 1, 4), sort="放假", name="元旦"))
    answer = next(row for row in desk.open_days.milestones(day) if row.name == "答复代表")

    why, years = explained(desk.workdays, day, answer)

    assert "第 7 个工作日是 2027-01-06" in why.words
    assert "现在登记的是 2027-01-05 周二" in why.words
    assert years == "2026 年按国务院通知，2027 年按本单位录入的放假安排。"


def test_people_are_invited_by_initials_and_enter(go, day, people, desk, window, qtbot):
    page = go("open-days", day, "名单")
    page.tabs["名单"].take_next()
    picker = dialog(window, PeopleDialog)
    for typed in ("zgq", "lm"):
        picker.filter.search.setText("")
        QTest.keyClicks(picker.filter.search, typed)
        QTest.keyClick(picker.filter.search, Qt.Key.Key_Return)
    names = [row.representative.full_name for row in desk.inviting.active(day)]
    assert names == ["曾国强", "李明"]
    assert "已邀请 2 人 / 名额 60" in picker.count.text()
    picker.accept()
    qtbot.waitUntil(lambda: page.tabs["名单"].rows.rowCount() == 2)


def test_enter_after_enter_invites_one_after_the_other(go, day, people, desk, window, qtbot):
    desk.inviting.invite(day, people[:1])
    go("open-days", day, "名单").tabs["名单"].invite()
    picker = dialog(window, PeopleDialog)
    rows = [picker.table.record(row).id for row in range(picker.table.rowCount())]
    first = rows.index(people[0].id)
    picker.view.go_to(first)
    QTest.keyClick(picker.view, Qt.Key.Key_Return)
    assert "已经邀请过了" in picker.banner.words.text()
    for _ in range(2):
        QTest.keyClick(picker.view, Qt.Key.Key_Return)
    invited = [row.representative.id for row in desk.inviting.active(day)]
    assert invited == [people[0].id, *rows[first + 1 : first + 3]]
    picker.accept()


def test_everybody_found_is_invited_after_the_number_is_confirmed(go, day, people, desk, window, ask):
    go("open-days", day, "名单").tabs["名单"].invite()
    picker = dialog(window, PeopleDialog)
    ask.answers = ["邀请这 6 人"]
    picker.invite_all()
    assert ask.asked == ["邀请筛选出的 6 人？"]
    assert len(desk.inviting.active(day)) == 6
    picker.invite_all()
    assert "都已经邀请过了" in picker.banner.words.text()
    picker.accept()


def test_replies_are_set_by_keys_for_many_with_one_undo(go, day, people, desk, qtbot):
    desk.inviting.invite(day, people)
    tab = go("open-days", day, "名单").tabs["名单"]
    tab.view.selectAll()
    QTest.keyClick(tab.view, Qt.Key.Key_1)
    assert {row.reply for row in desk.inviting.active(day)} == {Reply.COMING}
    qtbot.waitUntil(lambda: "参加 6" in tab.words.text())
    assert len(tab.view.chosen_ids()) == 6
    desk.changes.undo_last()
    assert {row.reply for row in desk.inviting.active(day)} == {Reply.NONE}


def test_a_long_roll_is_read_anew_beside_the_window(go, day, people, desk, qtbot, monkeypatch):
    monkeypatch.setattr(roll, "LONG", 3)
    desk.inviting.invite(day, people)
    tab = go("open-days", day, "名单").tabs["名单"]
    qtbot.waitUntil(lambda: tab.rows.rowCount() == len(people))
    threads, real = [], invitations.marks

    def reading(wanted):
        threads.append(threading.get_ident())
        return real(wanted)

    monkeypatch.setattr(invitations, "marks", reading)
    tab.view.selectRow(1)
    QTest.keyClick(tab.view, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: "不参加 1" in tab.words.text())
    assert threading.get_ident() not in threads
    assert tab.rows.record(1).reply == Reply.DECLINED
    assert tab.view.currentIndex().row() == 2


def test_one_reply_steps_to_the_next_row(go, day, people, desk, qtbot):
    desk.inviting.invite(day, people)
    tab = go("open-days", day, "名单").tabs["名单"]
    tab.view.selectRow(0)
    QTest.keyClick(tab.view, Qt.Key.Key_2)
    assert tab.view.currentIndex().row() == 1
    qtbot.waitUntil(lambda: tab.rows.record(0).reply == Reply.DECLINED)


def test_void_asks_for_the_reason_and_shows_the_row_last_and_grey(go, day, people, desk, ask, qtbot):
    desk.inviting.invite(day, people)
    tab = go("open-days", day, "名单").tabs["名单"]
    tab.view.selectRow(0)
    tab.view.setFocus()
    ask.answers = ["调离本县"]
    QTest.keyClick(tab.view, Qt.Key.Key_Delete)
    assert len(desk.inviting.active(day)) == 5
    voided = desk.books.page(Query(Invitation, where=(("state", InvitationState.VOID),)))
    assert voided[0].void_because == "调离本县"
    qtbot.waitUntil(lambda: len(tab.roll.void) == 1)
    last = tab.rows.rowCount() - 1
    assert tab.rows.record(last).id == voided[0].id
    unit = next(place for place, column in enumerate(tab.rows.columns) if column.key == "unit")
    assert tab.rows.index(last, unit).data() == "作废：调离本县"
    assert tab.rows.index(last, 0).data(MUTED_ROLE)
    assert not tab.rows.index(0, 0).data(MUTED_ROLE)
    tab.view.selectAll()
    assert len(tab.standing_ids()) == 5
    QTest.keyClick(tab.view, Qt.Key.Key_1)
    assert {row.reply for row in desk.inviting.active(day)} == {Reply.COMING}


def test_names_are_found_by_initials_number_and_unit(go, day, people, desk):
    desk.inviting.invite(day, people)
    tab = go("open-days", day, "名单").tabs["名单"]
    for typed, found in (("zgq", ["曾国强"]), ("2", ["王伟"]), ("农业", ["王伟", "李明"]), ("无此人", [])):
        tab.search.setText(typed)
        tab._show_found()
        assert [tab.rows.index(row, 1).data() for row in range(tab.rows.rowCount())] == found


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_programme_is_typed_into_the_table_and_moved_by_keys(go, day, desk, qtbot, key):
    tab = go("open-days", day, "日程与参观点").tabs["日程与参观点"]
    table = tab.items.table
    table.begin_new()
    for text in ("9:00", "签到", "一楼", "李明", "9:20", "座谈"):
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit)
        commit(box, text)
        QTest.keyClick(box, key)
        qtbot.wait(150)  # the page reads itself again after each save, while the next cell is open
    rows = desk.books.page(Query(ProgrammeItem, where=(("open_day", day),)))
    assert [(row.time, row.item) for row in rows] == [("9:00", "签到"), ("9:20", "座谈")]
    assert (rows[0].place, rows[0].host) == ("一楼", "李明")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    table.setCurrentIndex(tab.items.rows.index(1, 1))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    rows = desk.books.page(Query(ProgrammeItem, where=(("open_day", day),)))
    assert [row.item for row in rows] == ["座谈", "签到"]
    assert table.currentIndex().row() == 0
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert desk.books.count(Query(ProgrammeItem)) == 1


def test_sign_in_by_initials_number_and_code(go, day, people, desk, qtbot):
    made = desk.inviting.invite(day, people)
    tab = go("open-days", day, "签到").tabs["签到"]
    for typed in ("zgq", "3", f"OD1:{day.number}:{made[3].number}"):
        QTest.keyClicks(tab.box, typed) if typed.isascii() else tab.box.setText(typed)
        QTest.keyClick(tab.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: tab.box.text() == "")
    came = attendances(desk, day)
    assert came["曾国强"] == Attendance.PRESENT
    assert came["阿依古丽·买买提"] == Attendance.PRESENT
    assert sum(word == Attendance.PRESENT for word in came.values()) == 3
    qtbot.waitUntil(lambda: tab.counts["实到"].text() == "3 人")
    QTest.keyClick(tab.box, Qt.Key.Key_Return)
    assert sum(word == Attendance.PRESENT for word in attendances(desk, day).values()) == 3


def test_somebody_not_invited_is_taken_in_as_walk_in(go, day, people, desk, ask, qtbot):
    desk.inviting.invite(day, people[:2])
    tab = go("open-days", day, "签到").tabs["签到"]
    ask.answers = ["记为临时到会"]
    QTest.keyClicks(tab.box, "lm")
    QTest.keyClick(tab.box, Qt.Key.Key_Return)
    assert attendances(desk, day)["李明"] == Attendance.WALKED_IN


def test_steps_say_why_they_cant_be_taken(go, day, desk, ask):
    page = go("open-days", day)
    assert why_not(day, "hold").endswith("还没有到")
    assert not page.steps.actions_by_verb["hold"].isEnabled()
    assert "只有“已举行”的可以归档" in page.steps.actions_by_verb["archive"].toolTip()
    page.steps.actions_by_verb["approve"].trigger()
    assert desk.books.get(OpenDay, day.id).state == DayState.APPROVED
    ask.answers = ["汛情"]
    page.steps.actions_by_verb["cancel"].trigger()
    kept = desk.books.get(OpenDay, day.id)
    assert (kept.state, kept.cancelled_because) == (DayState.CANCELLED, "汛情")


def test_figures_open_their_records(go, past_day, people, desk, window, qtbot):
    desk.inviting.invite(past_day, people)
    page = go("open-days", past_day, "总结")
    tab = page.tabs["总结"]
    qtbot.waitUntil(lambda: bool(tab.people.tiles))
    invited = next(tile for tile in tab.people.tiles if tile.tile.unit == "人次")
    assert (invited.tile.label, invited.tile.value) == ("邀请代表", "6")
    QTest.keyClick(invited, Qt.Key.Key_Return)
    shown = dialog(window, RecordsDialog)
    assert shown.view.table.rowCount() == 6
    shown.view.go_to(2)
    wanted = shown.view.table.record(2).id
    shown.go()
    assert page.tabs["名单"].view.chosen_ids() == [wanted]


def test_the_summary_goes_on_paper(go, past_day, people, desk, ask, qtbot, tmp_path):
    for row in desk.inviting.invite(past_day, people)[:3]:
        row.attendance = "出席"
        desk.books.save(row)
    tab = go("open-days", past_day, "总结").tabs["总结"]
    ask.answers = [tmp_path / "总结.pdf"]
    tab.save.click()
    qtbot.waitUntil((tmp_path / "总结.pdf").is_file)
    text = "".join(page_text(tmp_path / "总结.pdf", 0).split())

    assert "开放日情况统计表" in text
    assert "走进组织部" in text
    assert text.index("代表参与") < text.index("到会3人次") < text.index("表单发放和收回")
    assert "注：到会率=到会3人次÷邀请代表6人次=50.00%" in text


def test_printed_letters_are_noted_as_sent_and_the_milestone_done(go, day, people, desk, qtbot):
    made = desk.inviting.invite(day, people)
    desk.inviting.mark_printed(made)
    tab = go("open-days", day, "印制").tabs["印制"]
    assert tab.next.text() == "记 6 封今天寄出"
    tab.take_next()
    assert {row.state for row in desk.inviting.active(day)} == {InvitationState.SENT}
    sent = next(row for row in desk.open_days.milestones(day) if row.name == "寄发邀请函")
    assert sent.done_on == datetime.date.today()


def test_every_part_of_the_page_is_named(go, day, people, desk):
    desk.inviting.invite(day, people)
    page = go("open-days", day)
    for label in page.tabs:
        page.turn_to(label)
        for kind in (QLineEdit, NodeButton):
            for widget in page.findChildren(kind):
                assert widget.objectName(), (label, widget)
                assert widget.accessibleName(), (label, widget.objectName())


def test_print_and_wording_dialogs_open_over_the_window(go, day, people, desk, window, qtbot):
    from desktop.ui.print_dialog import PrintDialog
    from desktop.ui.wording_dialog import WordingDialog

    made = desk.inviting.invite(day, people)
    tab = go("open-days", day, "印制").tabs["印制"]
    tab.take_next()
    printing = dialog(window, PrintDialog)
    assert printing.isVisible()
    assert printing.choices.day.id == day.id
    assert len(made) == 6
    printing.reject()
    tab.wording.click()
    writing = dialog(window, WordingDialog)
    assert writing.isVisible()
    writing.reject()
