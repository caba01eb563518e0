"""Long work beside the window: on another thread, the window alive meanwhile, nothing left of it when stopped."""

from __future__ import annotations

import datetime
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.records import storing
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.ui.copying import copied
from desktop.ui.pages.open_days_people import PeopleDialog
from desktop.ui.tables import PAGE, columns_of
from desktop.ui.work_beside import AT_ONCE, STOPPED, WorkBeside


def fill(desk, count):
    people = [Representative(full_name=f"王{'甲乙丙丁'[n % 4]}", mobile=f"139{n:08}") for n in range(count)]
    with desk.changes.change(f"导入 {count} 条", Representative):
        storing.insert_all(people)
    return people


def beside(window):
    return next(iter(window.findChildren(WorkBeside)), None)


class Held:
    """Stops a service at its first report of progress, until the test lets it go."""

    def __init__(self, monkeypatch, owner, verb):
        self.reached, self.go, self.threads = threading.Event(), threading.Event(), []
        real = getattr(owner, verb)

        def watched(*values):
            *others, watch = values

            def slow(done, total):
                self.threads.append(threading.get_ident())
                self.reached.set()
                self.go.wait(10)
                watch(done, total)

            return real(*others, slow)

        monkeypatch.setattr(type(owner), verb, lambda _self, *values: watched(*values))


@pytest.fixture
def held(monkeypatch, desk):
    made = []

    def hold(owner, verb):
        made.append(Held(monkeypatch, owner, verb))
        return made[-1]

    yield hold
    for one in made:
        one.go.set()


def test_long_list_shows_its_first_page_at_once_and_its_length_soon(window, desk, workroom, qtbot):
    fill(desk, 350)
    page = window.page
    qtbot.waitUntil(lambda: not workroom.busy and page.table.rowCount() == 350)
    assert page.count.text() == "350 人"
    threads = []
    real = desk.books.count

    def counting(query):
        threads.append(threading.get_ident())
        return real(query)

    page.table._count_later._books = type("Books", (), {"count": staticmethod(counting)})()
    page.filter.search.setText("王")
    page.search()
    assert page.table.rowCount() == PAGE
    assert not page.table.complete
    qtbot.waitUntil(lambda: page.table.complete)
    assert page.table.rowCount() == 350
    assert page.count.text() == "350 人"
    assert threads
    assert threading.get_ident() not in threads


def test_next_keystroke_makes_the_count_before_worthless(window, desk, workroom, qtbot):
    fill(desk, 350)
    qtbot.waitUntil(lambda: not workroom.busy)
    page = window.page
    for typed in ("王", "王甲"):
        page.filter.search.setText(typed)
        page.search()
    page.filter.search.setText("王甲甲")
    page.search()
    qtbot.waitUntil(lambda: not workroom.busy)
    assert page.table.rowCount() == 0
    assert page.count.text() == "0 人"


def test_list_keeps_its_place_while_it_is_counted_again(window, desk, workroom, qtbot):
    fill(desk, 350)
    page = window.page
    qtbot.waitUntil(lambda: not workroom.busy and page.table.rowCount() == 350)
    page.view.go_to(300)
    page.table.refresh()
    assert page.table.rowCount() == 350
    assert page.table.record(300) is not None
    desk.books.remove(page.table.record(0))
    qtbot.waitUntil(lambda: not workroom.busy and page.table.rowCount() == 349)


def test_everything_selected_is_counted_by_runs(window, desk, workroom, qtbot):
    fill(desk, 350)
    page = window.page
    qtbot.waitUntil(lambda: not workroom.busy and page.table.rowCount() == 350)
    page.view.selectAll()
    assert page.view.chosen_count == 350
    assert page.view.chosen_ids() == desk.books.ids(page.table.query)
    assert page.count.text() == "350 人，已选 350"


def test_long_undo_runs_beside_the_window(window, desk, workroom, qtbot, held):
    fill(desk, 400)
    hold = held(desk.changes, "undo_last")
    window.page.undo()
    qtbot.waitUntil(hold.reached.is_set)
    dialog = beside(window)
    assert dialog is not None
    assert dialog.isVisible()
    assert set(hold.threads).isdisjoint({threading.get_ident()})
    assert desk.books.count(Query(Representative)) == 400
    hold.go.set()
    qtbot.waitUntil(lambda: desk.books.count(Query(Representative)) == 0)
    qtbot.waitUntil(lambda: beside(window) is None)
    assert "导入 400 条" in window.toast._words.text()


def test_stopped_undo_leaves_everything_as_it_was(window, desk, workroom, qtbot, held):
    fill(desk, 400)
    hold = held(desk.changes, "undo_last")
    window.page.undo()
    qtbot.waitUntil(hold.reached.is_set)
    cancel = beside(window).findChild(QPushButton, "work-cancel")
    cancel.show()
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    hold.go.set()
    qtbot.waitUntil(lambda: beside(window) is None)
    assert desk.books.count(Query(Representative)) == 400
    assert window.toast._words.text() == STOPPED
    assert desk.changes.last_is_long()


def test_short_undo_is_done_at_once(window, desk, people):
    window.page.undo()
    assert beside(window) is None
    assert desk.books.count(Query(Representative)) == len(people) - 1


def test_many_are_removed_beside_the_window_and_come_back_by_one_undo(window, desk, workroom, ask, qtbot):
    fill(desk, AT_ONCE + 5)
    window.page.view.selectAll()
    ask.answers = ["重复录入"]
    window.page.remove_chosen()
    assert beside(window) is not None
    qtbot.waitUntil(lambda: desk.books.count(Query(Representative)) == 0)
    qtbot.waitUntil(lambda: beside(window) is None)
    assert window.toast._words.text() == f"已删除 这 {AT_ONCE + 5} 人"
    window.page.undo()
    assert desk.books.count(Query(Representative)) == AT_ONCE + 5


def test_inviting_everybody_runs_beside_the_window(window, desk, workroom, ask, qtbot, held):
    fill(desk, 120)
    day = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 12, 10))
    desk.books.save(day)
    picker = PeopleDialog(window.frame, window, day)
    picker.open()
    qtbot.waitUntil(lambda: not workroom.busy)
    hold = held(desk.inviting, "invite")
    ask.answers = ["邀请这 120 人"]
    picker.invite_all()
    qtbot.waitUntil(hold.reached.is_set)
    assert set(hold.threads).isdisjoint({threading.get_ident()})
    hold.go.set()
    qtbot.waitUntil(lambda: len(picker._there) == 120)
    assert len(desk.inviting.active(day)) == 120
    picker.accept()


def test_stopped_inviting_leaves_nobody_invited(window, desk, workroom, ask, qtbot, held):
    fill(desk, 120)
    day = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 12, 10))
    desk.books.save(day)
    picker = PeopleDialog(window.frame, window, day)
    picker.open()
    qtbot.waitUntil(lambda: not workroom.busy)
    hold = held(desk.inviting, "invite")
    ask.answers = ["邀请这 120 人"]
    picker.invite_all()
    qtbot.waitUntil(hold.reached.is_set)
    beside(window).reject()
    hold.go.set()
    qtbot.waitUntil(lambda: not workroom.busy)
    assert desk.inviting.active(day) == []
    assert picker.banner.words.text() == STOPPED
    picker.accept()


def test_many_rows_are_copied_beside_the_window(window, desk, workroom, qtbot, monkeypatch):
    fill(desk, PAGE + 50)
    view = window.page.view
    qtbot.waitUntil(lambda: not workroom.busy and view.table.rowCount() == PAGE + 50)
    threads, real = [], desk.books.page

    def reading(query, offset=0, limit=100):
        threads.append(threading.get_ident())
        return real(query, offset, limit)

    view.selectAll()
    monkeypatch.setattr(type(desk.books), "page", lambda _self, *values: reading(*values))
    QGuiApplication.clipboard().setText("")
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.toast._words.text() == f"已复制 {PAGE + 50} 行")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == PAGE + 51
    assert lines[0].startswith("姓名\t")
    assert len({line for line in lines[1:] if line.startswith("王")}) == PAGE + 50
    assert threading.get_ident() not in threads


def test_several_stretches_are_copied_in_order(desk):
    fill(desk, 30)
    columns = columns_of(Representative)[:1]
    text = copied(desk.books, Query(Representative), columns, [range(2, 5), range(10, 12)])
    assert len(text.split("\n")) == 6
    whole = copied(desk.books, Query(Representative), columns, [range(30)])
    assert len(whole.split("\n")) == 31
