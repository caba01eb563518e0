"""日记与干线: diaries written from visits and published by keyboard, reports owed, link points, talks, meetings."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from ui_hands import commit, press, type_in

from desktop.records.appointments import Appointment
from desktop.records.diaries import Diary, DiaryVisit, Publication
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.records.work_lines import LiaisonReport, LinkPoint, WorkLine, WorkProgress
from desktop.services.household_story import household_story
from desktop.ui.pages.diaries_figures import DiaryFigures
from desktop.ui.record_printing import RecordPrintDialog
from desktop.ui.record_step_dialog import RecordStepDialog

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab
SAVE, KEEP = (CONTROL, Qt.Key.Key_S), (CONTROL, ENTER)


@pytest.fixture
def staff(desk):
    made = Staff(full_name="李明", section="组织科")
    desk.books.save(made)
    return made


@pytest.fixture
def homes(desk):
    made = [Household(head=head, village="木兰村", group="5组") for head in ("王大爷", "曾国强")]
    for home in made:
        desk.books.save(home)
    return made


@pytest.fixture
def visits(desk, staff, homes):
    made = [
        Visit(visited_on=TODAY - 9 * DAY, staff=staff, household=home, found="屋顶漏雨") for home in homes
    ]
    desk.visiting.save(made[0], [Ticket(content="屋顶漏雨要修")])
    desk.visiting.save(made[1])
    return made


@pytest.fixture
def part(go):
    """Go to a part of the page."""

    def gone(label, record=None):
        page = go("diaries").part(label)
        if record is not None:
            page.open_record(record.id)
        return page

    return gone


def take(page, verb):
    """Press a step over the form."""
    line = getattr(page.steps, "line", page.steps)
    next(one for one in line.findChildren(QPushButton, f"step-{verb}") if one.isVisible()).setFocus()
    press(ENTER)


def step(page, window, verb, qtbot):
    """Press a step over the form and return its dialog, in front."""
    take(page, verb)
    dialog = window.findChildren(RecordStepDialog)[-1]
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def ready_again(window, qtbot):
    window.activateWindow()  # a desktop does so by itself
    qtbot.waitUntil(window.isActiveWindow)


def test_a_diary_of_two_visits_is_written_finished_and_published_twice_without_the_mouse(
    window, go, desk, visits, qtbot
):
    """S25: one diary published in two places is 1 篇 and 2 篇次, and each figure opens its rows."""
    page = go("visits", visits[0])
    page.view.setFocus()
    page.view.go_to(0)
    press((SHIFT, DOWN), (CONTROL, Qt.Key.Key_D))
    page = window.page.front
    assert all(visit.household.head in page.about.text() for visit in visits)
    press(ENTER, ENTER, "两户人家", ENTER, "小雨", ENTER, "屋顶漏了两个雨季。\n回来登了单子。", SAVE)
    diary = Diary.get()
    assert (diary.author.full_name, diary.written_on, diary.title) == ("李明", TODAY, "两户人家")
    assert {row.visit for row in DiaryVisit.select()} == set(visits)
    assert page.length.text() == "16 字"

    take(page, "finish")
    assert desk.books.get(Diary, diary.id).state == "定稿"
    assert page.form.box("text").widget.isReadOnly()
    for medium, level in (("肥西组工", "县级"), ("合肥先锋网", "市级")):
        step(page, window, "publish", qtbot)
        press(medium, TAB, level, KEEP)
        ready_again(window, qtbot)
    published = {(row.medium, row.level, row.on) for row in Publication.select()}
    assert published == {("肥西组工", "县级", TODAY), ("合肥先锋网", "市级", TODAY)}
    shown = {column.key: page.table.index(0, at).data() for at, column in enumerate(page.table.columns)}
    assert (shown["state"], shown["visits"], shown["publications"]) == ("刊载", "2", "2")

    page.view.setFocus()
    press((CONTROL, Qt.Key.Key_P))
    dialog = window.findChildren(RecordPrintDialog)[-1]
    assert dialog.choices.documents == ["diary-booklet"]
    dialog.reject()
    ready_again(window, qtbot)
    page.show_figures()
    figures = window.findChildren(DiaryFigures)[-1]
    assert "刊载 1 篇、2 篇次" in figures.told.text()
    assert [(line.words, len(line.diaries), len(line.publications)) for line in figures.lines] == [
        ("全部刊载", 1, 2),
        ("合肥先锋网（市级）", 1, 1),
        ("肥西组工（县级）", 1, 1),
    ]
    figures.table.setCurrentIndex(figures.table.model().index(0, 2))
    assert figures.whose.text() == "全部刊载：2 篇次"
    assert figures.rows.model().rowCount() == 2
    figures.open_row(1)
    assert page.record.id == diary.id


def test_a_finished_diary_is_only_corrected_and_keeps_what_it_said(window, part, desk, staff, visits, qtbot):
    diary = Diary(author=staff, written_on=TODAY, title="一堵墙", text="党龄五十年。")
    desk.diaries.save(diary, visits[:1])
    desk.books.do(diary, "finish", {})
    page = part("民情日记", diary)
    dialog = step(page, window, "correct", qtbot)
    box = dialog.rows["text"].editor.widget
    box.selectAll()
    commit(box, "党龄五十二年。")
    press(KEEP)
    assert dialog.rows["reason"].fault
    press("算错了", KEEP)
    assert page.form.box("text").value() == "党龄五十二年。"
    page.form.tabs.setCurrentIndex(3)
    page.corrections.table.selectRow(0)
    assert page.corrections.told.text() == "原文：党龄五十年。"
    page.form.tabs.setCurrentIndex(2)
    page.publications.start()
    type_in(page.publications.fields, "medium", "肥西组工")
    type_in(page.publications.fields, "on", str(TODAY))
    assert page.publications.save()
    assert (page.record.state, len(page.publications.rows)) == ("刊载", 1)
    page.form.tabs.setCurrentIndex(0)
    type_in(page.form, "weather", "小雨")
    assert page.save_record()
    page.form.tabs.setCurrentIndex(1)
    page.visits.table.selectRow(0)
    page.visits.open_visit()
    assert (window.page.key, window.page.record.id) == ("visits", visits[0].id)
    window.page.side.show_registered(window.page.record)
    link = window.page.form.findChild(QPushButton, "diary-of-visit")
    assert "一堵墙" in link.text()
    ready_again(window, qtbot)
    window.go("diaries")
    for _ in range(3):
        page.undo()
    assert page.form.box("text").value() == "党龄五十年。"
    assert page.record.state == "定稿"


def test_reports_owed_stand_on_the_workbench_until_they_are_sent(window, go, part, desk, staff):
    for title, due in (
        ("十月小结", TODAY - 2 * DAY),
        ("十一月小结", TODAY + 3 * DAY),
        ("年报", TODAY + 60 * DAY),
    ):
        desk.books.save(LiaisonReport(title=title, due_on=due, staff=staff, to="市委组织部"))
    desk.books.save(Appointment(on=TODAY, at="15:30", staff=staff, whom="吴昊", about="贷款贴息"))
    workbench = go("workbench")
    found = {task.what: task for task in workbench._found}
    assert {what: task.when for what, task in found.items()} == {
        "十月小结": "逾期 2 天",
        "十一月小结": "还有 3 天",
        "约谈吴昊": "今天",
    }
    workbench.open_task(found["十月小结"])
    page = window.page.front
    assert (page.layout_of.model, page.record.title) == (LiaisonReport, "十月小结")
    assert page.table.rowCount() == 3
    take(page, "send")
    assert desk.books.get(LiaisonReport, page.record.id).sent_on == TODAY
    assert page.table.rowCount() == 2
    page.views.buttons["已报"].click()
    assert page.table.index(0, 0).data() == "已报（逾期 2 天）"
    assert "十月小结" not in {task.what for task in go("workbench")._found}


def test_a_link_point_opens_what_it_counts(window, part, desk, staff, visits):
    point = LinkPoint(staff=staff, village="木兰村")
    desk.books.save(point)
    page = part("联系点", point)
    shown = {column.key: page.table.index(0, at).data() for at, column in enumerate(page.table.columns)}
    assert [shown[key] for key in ("staff", "visits", "problems", "unsolved")] == ["李明", "2", "1", "1"]
    page.form.tabs.setCurrentIndex(2)
    assert [ticket.content for ticket, _ in page.problems.rows] == ["屋顶漏雨要修"]
    page.problems.open_row(0)
    assert window.page.key == "tickets"


def test_a_talk_becomes_a_visit_of_its_household(window, part, desk, staff, homes, qtbot):
    talk = Appointment(on=TODAY, staff=staff, household=homes[0], about="补贴没有到账")
    desk.books.save(talk)
    assert household_story(homes[0])[0].words == "李明约谈（已约）"
    page = part("约谈", talk)
    for words in ("王大爷", "wdy", "李明", "补贴"):
        assert desk.books.page(Query(Appointment, search=words)) == [talk]
    dialog = step(page, window, "hold", qtbot)
    dialog.rows["found"].editor.widget.setFocus()
    press("下月到账", KEEP)
    assert [event.words for event in household_story(homes[0])] == ["李明约谈"]
    assert page.record.state == "已谈"
    page.to_visit.click()
    assert (window.page.key, window.page.record.found) == ("visits", "下月到账")
    ready_again(window, qtbot)
    window.page.undo()
    assert desk.books.count(Query(Visit)) == 0


def test_a_household_opens_the_diary_and_the_talk_of_its_story(window, go, desk, staff, homes, visits):
    diary = Diary(author=staff, written_on=TODAY, text="今天到木兰村。")
    desk.diaries.save(diary, visits[:1])
    talk = Appointment(on=TODAY + DAY, staff=staff, household=homes[0], about="补贴")
    desk.books.save(talk)
    for record in (talk, diary):
        page = go("households", homes[0])
        page.form.tabs.setCurrentIndex(1)
        page.story.open_row([event.record for event in page.story.events].index(record))
        assert (window.page.key, window.page.front.record.id) == ("diaries", record.id)


def test_lines_of_work_and_meetings_are_kept_by_keyboard(window, part, desk, staff):
    page = part("干线")
    page.view.setFocus()
    press((CONTROL, Qt.Key.Key_N), "基层党建提升", SAVE)
    line = WorkLine.get()
    page.form.tabs.setCurrentIndex(1)
    page.form.panels[0].findChild(QPushButton, "first-work-progress").setFocus()
    press(ENTER, "轮训第一期办完", KEEP)
    assert [(row.work_line, row.on, row.text) for row in WorkProgress.select()] == [
        (line, TODAY, "轮训第一期办完")
    ]
    page.drop_edits()

    meeting = Meeting(name="2026年第3次部长办公会", sort="部长办公会", held_on=TODAY)
    desk.books.save(meeting)
    ticket = Ticket(sort="意见建议", content="多办夜校", received_on=TODAY, raised_by="王大爷")
    desk.books.save(ticket)
    desk.books.do(ticket, "table", {"meeting": meeting.name})
    page = part("会议", meeting)
    page.form.tabs.setCurrentIndex(1)
    assert [cells[1:3] for _, cells in page.agenda.rows] == [("多办夜校", "未定")]
    page.form.tabs.setCurrentIndex(0)
    type_in(page.form, "decided", "走访不足的月底前补齐")
    assert page.save_record()
    assert desk.books.get(Meeting, meeting.id).decided == "走访不足的月底前补齐"
