"""A pile of thirty papers on the desk: registered one after another without touching the mouse."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.tickets import Occurrence, Ticket
from desktop.ui.ask import ScriptedAsk
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Theme
from desktop.ui.workroom import Workroom

PAPERS = 30
ABOUT = [
    "路灯不亮",
    "垃圾清运",
    "水压不足",
    "老年食堂",
    "党费收缴",
    "入党培训",
    "公交末班",
    "危房改造",
    "厕所改建",
    "河道清淤",
]


@pytest.fixture
def window(desk, qapp, tmp_path, qtbot):
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    room, theme = Workroom(), Theme(qapp, memory)
    made = MainWindow(desk, ask=ScriptedAsk(), workroom=room, memory=memory, theme=theme)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    room.close()
    made.deleteLater()
    theme.deleteLater()


def types(words):
    """Type Chinese where the focus is, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    box = QApplication.focusWidget()
    assert box is not None
    QApplication.sendEvent(box, event)


def test_thirty_papers_by_keyboard_alone(window, desk, qtbot):
    held = datetime.date.today() - datetime.timedelta(days=3)
    day = OpenDay(theme="走进组织部", held_on=held)
    desk.books.save(day)

    def press(key, way=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget() or window, key, way)

    window.go("tickets")
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    pile = window.page.faces.pile
    assert pile.fields.box("content").widget.hasFocus()

    # the first paper says which day it is of: back to that field with Shift+Tab's twin, by its own key
    pile.fields.box("open_day").widget.setFocus()
    types("走进组织部")
    press(Qt.Key.Key_Tab)
    pile.fields.focus_content()
    for number in range(PAPERS):
        types(f"第{number + 1}张：{ABOUT[number % 10]}，在{number}号楼，请部里帮助协调解决")
        if number % 3 == 2:
            press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # nothing more to say
            continue
        press(Qt.Key.Key_Return)
        types(f"代表{number}")
        for _ in range(5):  # 身份, 地点, 类别, 摘要 and on: the pinned ones are passed over
            if pile.fields.box("content").widget.hasFocus():
                break
            press(Qt.Key.Key_Return)
        assert pile.fields.box("content").widget.hasFocus()

    kept = desk.books.page(Query(Ticket, sort="number"), 0, 100)
    assert [one.number for one in kept] == [
        f"{one.received_on.year}-{at:04}" for at, one in enumerate(kept, 1)
    ]
    assert len(kept) == PAPERS
    assert {one.open_day.id for one in kept} == {day.id}
    assert kept[0].raised_by == "代表0"
    assert kept[2].raised_by == ""
    assert len({one.due_on for one in kept}) == 1
    assert desk.books.count(Query(Occurrence)) == PAPERS
    assert pile.count.text() == "已登记 30 件"

    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.books.count(Query(Ticket)) == PAPERS - 1
    assert pile.fields.text("content").startswith("第30张")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.books.count(Query(Ticket)) == PAPERS
    press(Qt.Key.Key_Escape)
    assert not window.page.faces.piling
    assert window.page.table.rowCount() == PAPERS
