"""Thirty visit sheets and ten problems, written down without touching the mouse; every key is counted."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.services.quotas import visit_figures
from desktop.ui.ask import ScriptedAsk
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.visits_household import HouseholdDialog
from desktop.ui.theme import Theme
from desktop.ui.workroom import Workroom

SHEETS, MOST_KEYS = 30, 12
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
CONTROL = Qt.KeyboardModifier.ControlModifier


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


@pytest.fixture
def press(window, qtbot):
    """Press a key where the focus is; returns how many were pressed by now."""

    pressed = []

    def press(key, way=Qt.KeyboardModifier.NoModifier):
        pressed.append(key)
        qtbot.keyClick(QApplication.focusWidget() or window, key, way)
        return len(pressed)

    return press


def types(words):
    """Type Chinese where the focus is, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    box = QApplication.focusWidget()
    assert box is not None
    QApplication.sendEvent(box, event)


@pytest.fixture
def homes(desk):
    """All but the last household of the pile are known already."""
    made = [Household(head=f"{name}大山", village="木兰村", group="1组") for name in SURNAMES[: SHEETS - 1]]
    made.append(Household(head="赵大山", village="光大社区"))
    for home in made:
        desk.books.save(home)
    for who in ("周建国", "李明"):
        desk.books.save(Staff(full_name=who))
    return made


def test_thirty_sheets_with_ten_problems_by_keyboard_alone(window, desk, homes, press, qtbot):
    on = datetime.date.today() - datetime.timedelta(days=2)
    window.go("visits")
    press(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    pile = window.page.faces.pile
    assert pile.fields.box("visited_on").widget.hasFocus()
    for field, words in (
        ("visited_on", on.isoformat()),
        ("staff", "周建国"),
        ("companions", "李明"),
        ("village", "木兰村"),
    ):
        assert pile.fields.box(field).widget.hasFocus()
        types(words)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)  # 走访形式 stays 走访
    assert pile.fields.box("household").widget.hasFocus()

    keys = []
    for number in range(SHEETS):
        types(f"{SURNAMES[number]}大山")
        before = press(Qt.Key.Key_Return) - 1
        if number == SHEETS - 1:
            dialog = window.findChild(HouseholdDialog)
            qtbot.waitUntil(dialog.isActiveWindow)
            assert dialog.fields.box("village").value() == "木兰村"
            press(Qt.Key.Key_Return, CONTROL)
            window.activateWindow()  # a desktop does so by itself
            qtbot.waitUntil(window.isActiveWindow)
        assert pile.fields.box("found").widget.hasFocus(), number
        types(f"第{number}户：老人独居，屋后水沟堵塞")
        if number % 3 == 0:
            for _ in range(4):  # 答应的事, 下步打算, 再访日期, and on to the problems
                press(Qt.Key.Key_Return)
            types(f"屋后水沟堵塞，雨天进水，第{number}户")
            press(Qt.Key.Key_Return)
            keys.append(press(Qt.Key.Key_Return) - before)
        else:
            press(Qt.Key.Key_Return, CONTROL)
        assert pile.fields.box("household").widget.hasFocus(), number

    assert keys == [7] * 10
    assert max(keys) <= MOST_KEYS
    visits = desk.books.page(Query(Visit), 0, 99)
    assert len(visits) == SHEETS
    assert {(visit.visited_on, visit.staff.full_name, visit.companions) for visit in visits} == {
        (on, "周建国", "李明")
    }
    assert {visit.household.village for visit in visits} == {"木兰村"}
    tickets = desk.books.page(Query(Ticket, sort="number"), 0, 99)
    assert len(tickets) == 10
    assert all(ticket.visit and ticket.due_on and ticket.source == "走访" for ticket in tickets)
    figures = {(one.label, one.unit): one.value for one in visit_figures(None, None)}
    assert (figures[("周建国", "户")], figures[("李明", "户次")]) == (SHEETS, SHEETS)
    assert pile.count.text() == f"已登记 {SHEETS} 次，{SHEETS} 户，问题 10 件"

    press(Qt.Key.Key_Z, CONTROL)
    assert desk.books.count(Query(Visit)) == SHEETS - 1
    assert pile.fields.household.home.head == "魏大山"
    press(Qt.Key.Key_Return, CONTROL)
    assert desk.books.count(Query(Visit)) == SHEETS
    press(Qt.Key.Key_Escape)
    assert not window.page.faces.piling
    assert window.page.table.rowCount() == SHEETS
