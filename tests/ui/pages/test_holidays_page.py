"""放假安排 by keyboard: a notice pasted and kept, the dates it moves, a day entered, changed, removed."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import commit, type_in

from desktop.records.holidays import Holiday
from desktop.records.open_days import OpenDay
from desktop.ui.deadline_dialog import PRESUMED, DeadlineDialog, explain
from desktop.ui.holiday_dialog import HolidayDialog
from desktop.ui.moved_dialog import MovedDialog
from desktop.ui.notice_dialog import NoticeDialog

day = datetime.date.fromisoformat
NOTICE = "2027年部分节假日安排 国办发明电〔2026〕9号\n一、元旦：1月1日（周五）至4日（周一）放假调休，共4天。1月9日（周六）上班。"


@pytest.fixture
def winter(desk):
    made = OpenDay(theme="走进组织部", held_on=day("2026-12-24"))
    desk.books.save(made)
    return made


@pytest.fixture
def panel(go):
    page = go("settings")
    labels = [page.tabs.tabText(tab) for tab in range(page.tabs.count())]
    page.tabs.setCurrentIndex(labels.index("放假安排"))
    return page.front


def dialog(kind):
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return found[-1] if found else None


def press(qtbot, window, widget, key):
    """Press a key where the focus is, in the window in front: shortcuts are in force only there."""
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    QTest.keyClick(widget, key)


def year(panel, number):
    place = next(place for place, line in enumerate(panel._years) if line.year == number)
    panel.years.selectRow(place)
    return panel.years.rows.rows[place]


def shown(table):
    return [tuple(getattr(cell, "text", cell) for cell in line) for line in table.rows.rows]


def test_years_wear_their_badge(panel):
    assert year(panel, 2026)[1].text == "官方"
    assert shown(panel.days)[-1][:4] == ("2026-10-10 周六", "补班", "国庆节", "官方")
    assert year(panel, 2027)[1].text == "推定"
    assert {line[3] for line in shown(panel.days)} == {"推定"}
    assert "推定" in panel.told.text()


def test_a_notice_is_pasted_looked_at_and_kept(panel, desk, winter, qtbot):
    panel.paste()
    notice = dialog(NoticeDialog)
    assert not notice._go.isEnabled()
    QApplication.clipboard().setText(NOTICE)
    notice.text.paste()
    qtbot.waitUntil(lambda: len(notice.lines.rows.rows) == 5)
    assert {line[3] for line in shown(notice.lines)} == {"新增"}
    assert notice._go.text() == "录入 5 天"
    notice._go.click()

    assert Holiday.select().count() == 5
    assert panel.year == 2027
    assert year(panel, 2027)[1].text == "本单位录入"
    qtbot.waitUntil(lambda: dialog(MovedDialog) is not None)
    moved = dialog(MovedDialog)
    assert shown(moved.lines)[0][2:4] == ("2027-01-05 周二", "2027-01-06 周三")
    moved._all.click()
    assert desk.moved.pending() == []
    qtbot.waitUntil(lambda: not panel.pending.isVisible())


def test_faults_of_a_notice_are_shown_and_asked_about(panel, ask, qtbot):
    panel.paste()
    notice = dialog(NoticeDialog)
    commit(notice.text, "2027年放假安排 一、元旦：1月1日（周四）至3日放假，共4天。")
    notice.read()
    assert "是周五，通知写作“周四”" in notice.banner.words.text()
    ask.answers.append("回去核对")
    notice.take()
    assert Holiday.select().count() == 0
    ask.answers.append("录入这 3 天")
    notice.take()
    assert Holiday.select().count() == 3


def test_no_notice_is_said_so(panel):
    panel.paste()
    notice = dialog(NoticeDialog)
    commit(notice.text, "今天天气很好")
    notice.read()
    assert "没有读到放假安排" in notice.banner.words.text()
    notice.reject()


def test_the_clerk_chooses_where_two_notices_disagree(panel, desk, qtbot):
    desk.books.save(Holiday(date=day("2027-01-04"), sort="补班", name="误登"))
    panel.paste()
    notice = dialog(NoticeDialog)
    notice.text.setPlainText(NOTICE)
    notice.read()
    line = next(place for place, one in enumerate(shown(notice.lines)) if one[3] == "不一致")
    assert shown(notice.lines)[line][5] == "保留现有"
    notice.lines.selectRow(line)
    press(qtbot, notice, notice.lines, Qt.Key.Key_Space)
    assert shown(notice.lines)[line][5] == "按这份通知"
    notice._go.click()
    assert not desk.workdays.judge(day("2027-01-04")).counted


def test_what_moved_can_be_left(panel, desk, winter, qtbot):
    desk.books.save(Holiday(date=day("2027-01-04"), sort="放假", name="元旦"))
    qtbot.waitUntil(panel.pending.isVisible)
    panel._review.click()
    moved = dialog(MovedDialog)
    moved._leave.click()
    qtbot.waitUntil(lambda: not panel.pending.isVisible())
    assert desk.moved.pending() == []


def test_a_day_is_entered_changed_and_removed_by_keyboard(panel, desk, qtbot):
    press(qtbot, panel.window(), panel.days, Qt.Key.Key_Insert)
    form = dialog(HolidayDialog)
    type_in(form.fields, "date", "2026年10月16日")
    type_in(form.fields, "name", "县庆")
    form.keep()
    year(panel, 2026)
    place = [line[0] for line in shown(panel.days)].index("2026-10-16 周五")
    assert shown(panel.days)[place][3] == "本单位录入"

    panel.days.selectRow(place)
    press(qtbot, panel.window(), panel.days, Qt.Key.Key_F2)
    form = dialog(HolidayDialog)
    type_in(form.fields, "name", "")
    type_in(form.fields, "name", "运动会")
    form.keep()
    assert Holiday.get().name == "运动会"

    panel.days.selectRow(place)
    press(qtbot, panel.window(), panel.days, Qt.Key.Key_Delete)
    assert desk.workdays.judge(day("2026-10-16")).counted


def test_a_day_at_fault_is_told_beside_its_field(panel):
    panel.add()
    form = dialog(HolidayDialog)
    type_in(form.fields, "date", "1900-01-01")
    form.keep()
    assert "请核对年份" in form.fields.faults["date"]
    form.reject()


def test_an_official_day_is_changed_by_a_line_of_the_offices_own(panel, desk):
    year(panel, 2026)
    place = [line[0] for line in shown(panel.days)].index("2026-10-10 周六")
    panel.days.selectRow(place)
    assert not panel._remove.isEnabled()
    panel.change()
    form = dialog(HolidayDialog)
    form.fields.box("sort").load("放假")
    form.keep()
    assert not desk.workdays.judge(day("2026-10-10")).counted


def test_a_presumed_deadline_is_explained_with_its_badge(window, desk):
    explain(window, "期限怎样算出", desk.workdays.due(day("2026-12-24"), 7), day("2026-12-24"))
    why = dialog(DeadlineDialog)
    assert why.days.rows.rows[-1][3] is PRESUMED
    assert len(why.days.rows.rows) == 12
    QTest.keyClick(why, Qt.Key.Key_Escape)


def test_limits_are_kept_in_the_settings(go, desk):
    page = go("settings")
    labels = [page.tabs.tabText(tab) for tab in range(page.tabs.count())]
    page.tabs.setCurrentIndex(labels.index("办理时限"))
    limits = page.front
    assert limits.table.rowCount() == len(desk.limits.all())
    limits.open_record(desk.limits.all()[2].id)
    type_in(limits.form.fields, "amount", "4")
    limits.save_record()
    assert desk.limits.all()[2].amount == 4


def test_the_workbench_tells_of_dates_that_moved(go, desk, winter, qtbot):
    page = go("workbench")
    for _ in page.ready():
        pass
    desk.books.save(Holiday(date=day("2027-01-04"), sort="放假", name="元旦"))
    qtbot.waitUntil(lambda: any(line.task.what == "1 项期限要改" for line in page.tasks.lines))
    next(line for line in page.tasks.lines if line.task.what == "1 项期限要改").click()
    dialog(MovedDialog)._all.click()
    qtbot.waitUntil(lambda: not any(line.task.what == "1 项期限要改" for line in page.tasks.lines))
