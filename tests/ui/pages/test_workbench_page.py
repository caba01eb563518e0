"""工作台: what is due, the next day, the year; each line opens its place."""

from __future__ import annotations

import datetime
import time

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)

from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.ui.pages.open_days_people import PeopleDialog
from desktop.ui.pages.open_days_records import RecordsDialog


def lines(part):
    return [line.task.what for line in part.lines]


def test_empty_office_offers_the_first_steps(go, window):
    page = go("workbench")
    assert page._sides.currentIndex() == 1
    for identifier in ("import-first", "new-first", "sample-first"):
        assert page.findChild(object, identifier).isVisible()
    page.findChild(object, "new-first").click()
    assert window.page.key == "open-days"
    assert window.page.fresh


def test_next_day_shows_what_is_done_and_missing(go, day, people, desk):
    desk.inviting.invite(day, people)
    page = go("workbench")
    assert page.theme.text() == "听民声 解民忧"
    assert "还有 42 天" in page.when.text()
    told = {line.task.what: line.task.when for line in page.state.lines}
    assert told["名单"] == "6 人 / 名额 60"
    assert told["邀请函"] == "还有 6 封没有印"
    assert told["日程"] == "还没有排"
    assert lines(page.line) == ["寄邀请函", "公告", "核对名单", "活动", "答复"]


def test_late_and_near_things_stand_first_and_open_their_tab(go, people, desk, window):
    soon = OpenDay(theme="下周开放日", held_on=datetime.date.today() + datetime.timedelta(days=6))
    desk.books.save(soon)
    desk.inviting.invite(soon, people)
    page = go("workbench")
    told = lines(page.tasks)
    assert told[0] in ("寄邀请函", "6 封邀请函待印")
    assert {"公告", "核对名单", "活动", "6 人还没有回复"} <= set(told)
    late = next(line for line in page.tasks.lines if line.task.what == "寄邀请函")
    assert late.task.when == "逾期 9 天"
    next(line for line in page.tasks.lines if line.task.what == "6 人还没有回复").click()
    assert window.page.record.id == soon.id
    assert window.page.form.tabs.tabText(window.page.form.tabs.currentIndex()) == "名单"


def test_figures_of_the_year_open_their_records(go, day, past_day, people, desk, window):
    desk.inviting.invite(past_day, people)
    first = desk.inviting.active(past_day)[0]
    desk.inviting.do(first, "attend", {"attendance": "出席"})
    page = go("workbench")
    tiles = {tile.tile.key: tile for tile in page.figures.tiles}
    assert len(tiles) == 6
    year = past_day.held_on.year == datetime.date.today().year
    assert tiles["invited"].tile.value == ("6" if year else "0")
    assert tiles["people"].tile.value == "6"
    if year:
        tiles["came"].click()
        shown = window.findChildren(RecordsDialog)[-1]
        assert shown.view.table.rowCount() == 1
        shown.go()
        assert window.page.key == "open-days"
        assert window.page.record.id == past_day.id


def test_midnight_turns_the_page(go, day, people, monkeypatch):
    """A window left open overnight went on showing yesterday."""
    desk_day = datetime.date.today()
    page = go("workbench")
    assert f"{desk_day.day}日" in page.today.text()

    class Tomorrow(datetime.date):
        @classmethod
        def today(cls):
            return desk_day + datetime.timedelta(days=1)

    monkeypatch.setattr(datetime, "date", Tomorrow)
    page._clock.timeout.emit()
    assert f"{Tomorrow.today().day}日" in page.today.text()
    assert "还有 41 天" in page.when.text()


def test_changes_elsewhere_are_told_while_in_front(go, day, people, desk, qtbot):
    page = go("workbench")
    desk.inviting.invite(day, people)
    qtbot.waitUntil(lambda: any(line.task.when.startswith("6 人") for line in page.state.lines))


def test_ready_in_time_with_many_people(go, day, desk):
    """10,000 people and 1,000 invitations here; what is read is counts by index (100,000: see benchmarks)."""
    from desktop.records import storing
    from desktop.records.base import transaction

    people = [Representative(full_name=f"代表{number}") for number in range(10_000)]
    with transaction():
        storing.insert_all(people)
        storing.insert_all(
            [
                Invitation(open_day=day, representative=person, number=f"邀〔2026〕{number}号")
                for number, person in enumerate(people[:1000])
            ]
        )
    page = go("workbench")
    began = time.perf_counter()
    page.refresh()
    assert time.perf_counter() - began < 0.3


def test_every_input_and_button_of_the_three_pages_is_named(go, day, past_day, form, people, desk, window):
    desk.inviting.invite(past_day, people)
    desk.forms.issue(form, 5, None)
    day_tabs = ("基本", "名单", "日程与参观点", "印制", "签到", "总结")
    form_tabs = ("设计", "发放", "录入", "结果")
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    for key, record, tabs in (
        ("workbench", None, ("",)),
        ("open-days", past_day, day_tabs),
        ("forms", form, form_tabs),
    ):
        for tab in tabs:
            page = go(key, record, tab)
            for widget in [one for kind in kinds for one in page.findChildren(kind)]:
                inside = isinstance(widget.parent(), QLineEdit)  # the icon of a box, spoken with it
                if not inside and widget.isVisible() and not widget.objectName().startswith("qt_"):
                    assert widget.objectName(), (key, tab, widget)
                    assert widget.accessibleName(), (key, tab, widget.objectName())


def test_dialogs_are_gone_when_closed(go, day, people, desk, window):
    import shiboken6

    page = go("open-days", day, "名单")
    made = []
    for _ in range(4):
        page.tabs["名单"].invite()
        QApplication.processEvents()
        made.append(window.findChildren(PeopleDialog)[-1])
        made[-1].reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    assert [one for one in made if shiboken6.isValid(one)] == []
