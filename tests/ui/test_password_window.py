"""A password in the window: set, asked for, locked and unlocked; what was typed waits behind the lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import new_desk, open_desk
from desktop.records.backups import Reason
from desktop.records.base import database
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.records.users import Role
from desktop.storage import key_file, key_slots, keyring, office, opening, unlocking
from desktop.ui.ask import ScriptedAsk
from desktop.ui.dialogs import Dialog
from desktop.ui.export_records import export_records
from desktop.ui.lock_screen import LockScreen
from desktop.ui.main_window import MainWindow
from desktop.ui.password_dialogs import ChoosePassword, OwnPassword, UserDialog
from desktop.ui.program import Program
from desktop.ui.recovery_dialog import RecoveryDialog
from desktop.ui.unlock_page import UnlockPage

PASSWORD, OTHER = "红军不怕远征难", "correct horse battery"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(key_slots, "MEMORY", 1 << 16)
    monkeypatch.setitem(unlocking.unlock.__kwdefaults__, "sleep", lambda _: None)
    yield
    office.close()
    forget()


def forget():
    """Leave nothing of a file opened before, as in a program just started."""
    database.obj = None
    keyring.let_go()
    opening._opened_by.clear()


@pytest.fixture
def program(qapp, qtbot, office_file):
    new_desk(office_file, Office(name="中共肥西县委组织部"))
    office.close()
    made = Program(qapp, open_desk, new_desk, str, ask=ScriptedAsk(), locked=unlocking.needs_name)
    yield made
    if made.window is not None:
        made.window.close()
    made.close()


def front(window, label):
    """Return a part of the settings, brought to the front."""
    window.go("settings")
    tabs = window.page.tabs
    return window.page.turn_to(next(at for at in range(tabs.count()) if tabs.tabText(at) == label))


def opened():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Dialog) and one.isVisible()]


def press(part, identifier):
    part.findChild(QWidget, identifier).click()
    return opened()[-1] if opened() else None


def typed_twice(password, text):
    password.first.setText(text)
    password.again.setText(text)


def encrypted(program, qtbot, office_file):
    """Set a password through the window, and return the window that opens again."""
    program.start(office_file)
    before = program.window
    dialog = press(front(before, "口令与用户"), "protection-choose")
    assert isinstance(dialog, ChoosePassword)
    dialog.password.first.setText(PASSWORD)
    dialog._go.click()
    assert not dialog.banner.isHidden(), "the second time was forgotten"
    dialog.password.again.setText(PASSWORD)
    dialog._go.click()
    qtbot.waitUntil(
        lambda: isinstance(program.window, MainWindow) and program.window is not before, timeout=20_000
    )
    assert keyring.fingerprint_of(office_file) is not None
    assert isinstance(opened()[-1], RecoveryDialog)
    opened()[-1].reject()
    return program.window


def test_from_no_password_to_two_users_and_back_through_the_lock(program, qtbot, office_file):
    bare = open_desk(office_file)
    bare.books.save(Representative(full_name="曾国强"))
    bare.backups.keep(Reason.BY_HAND)
    office.close()
    window = encrypted(program, qtbot, office_file)
    listed = front(window, "备份").list.rows
    qtbot.waitUntil(lambda: bool(listed.rows))
    assert listed.rows[0][-1].text == "没有口令"
    panel = front(window, "口令与用户")

    dialog = press(panel, "users-add")
    assert isinstance(dialog, UserDialog)
    dialog.name_box.setText("李明")
    typed_twice(dialog.password, OTHER)
    dialog._go.click()
    qtbot.waitUntil(lambda: dialog not in opened())
    assert [row[0] for row in panel.table.rows.rows] == ["管理员", "李明"]

    own = press(panel, "protection-own")
    assert isinstance(own, OwnPassword)
    own.present.setText("not this")
    typed_twice(own.password, "另一个口令 2026")
    own._go.click()
    qtbot.waitUntil(lambda: not own.banner.isHidden())
    own.reject()

    dialog = press(panel, "users-add")
    dialog.name_box.setText("还没加上的人")
    lock = window.findChild(LockScreen)
    lock._watch(dialog.windowHandle())
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert lock.locked
    assert not dialog.isVisible()
    assert not window.centralWidget().isVisible()
    window.frame.toast("已删除代表“曾国强”", undo=True)
    assert not window.toast.isVisible(), "nobody reads or undoes behind the lock"
    cover = lock._cover
    cover.form.box.setText("not this")
    cover.form.go.click()
    qtbot.waitUntil(lambda: not cover.form.banner.isHidden())
    assert lock.locked
    cover.form.box.setText(PASSWORD)
    QTest.keyClick(cover.form.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not lock.locked)
    assert (dialog.isVisible(), dialog.isModal(), dialog.name_box.text()) == (True, True, "还没加上的人")
    dialog.reject()

    lock.set_minutes(5)
    assert lock._idle.interval() == 300_000
    lock._idle.setInterval(1)
    lock._idle.start()
    qtbot.waitUntil(lambda: lock.locked)
    assert not window.close()
    lock._idle.setInterval(300_000)
    lock._cover.form.told.emit(PASSWORD, "")
    qtbot.waitUntil(lambda: not lock.locked)
    assert window.close()
    assert "还没加上的人" not in [user.name for user in window.desk.users.listed()]


def test_a_file_made_with_a_password_offers_the_sheet_whose_code_opens_it_without_keys(
    program, qtbot, office_file
):
    office_file.unlink()
    program.start(office_file)
    first = program.window
    first.form.box("name").load("中共肥西县委组织部")
    first.protect.setChecked(True)
    typed_twice(first.password, PASSWORD)
    first.go.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    assert isinstance(opened()[-1], RecoveryDialog)
    opened()[-1].reject()
    code = "".join(program.window.desk.users.recovery_code())
    program.window.close()
    program.presence.leave()
    office.close()
    forget()

    key_file.beside(office_file).unlink()
    program.start(office_file)
    page = program.window
    page.form.told.emit(("1" if code[0] == "0" else "0") + code[1:], "")
    qtbot.waitUntil(lambda: not page.form.banner.isHidden())
    assert "恢复码有误" in page.form.banner.words.text()
    page.form.told.emit(code.lower(), "")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    assert "重设口令" in program.window.toast._words.text()
    panel = front(program.window, "口令与用户")
    assert panel.findChild(QWidget, "users-reset").isEnabled()


def test_a_start_asks_for_name_and_password_and_each_role_finds_what_it_may(program, qtbot, office_file):
    office_file.unlink()
    desk = new_desk(office_file, Office(name="中共肥西县委组织部"), PASSWORD)
    desk.users.add("李明", Role.CLERK, OTHER)
    desk.users.add("王书记", Role.VIEWER, OTHER)
    for name, keeps in (("李明", True), ("王书记", False)):
        office.close()
        forget()
        program.start(office_file)
        page = program.window
        assert isinstance(page, UnlockPage)
        page.form.name_box.setText(name)
        page.form.box.setText("not this")
        page.form.go.click()
        qtbot.waitUntil(lambda page=page: not page.form.banner.isHidden())
        page.form.box.setText(OTHER)
        QTest.keyClick(page.form.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
        window = program.window
        assert (window.desk.users.me.name, window.desk.read_only) == (name, not keeps)
        program.ask.answers = ["取消"] if keeps else []
        export_records(window.frame, Query(Representative))
        assert program.ask.answers == [], "who may not export is asked nothing"
        assert [("由管理员导出" in one) for one in program.ask.details] == ([True] if keeps else [])
        program.ask.details.clear()
        panel = front(window, "口令与用户")
        allowed = {
            word: panel.findChild(QWidget, word).isEnabled()
            for word in ("protection-own", "protection-off", "protection-sheet", "users-add")
        }
        assert allowed == {
            "protection-own": True, "protection-off": False, "protection-sheet": False, "users-add": False
        }  # fmt: skip
        window.close()
        program.presence.leave()
