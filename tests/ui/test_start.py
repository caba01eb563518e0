"""Starting: first run, second start, damaged files, errors that nobody caught."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from ui_hands import type_in

from desktop.app import new_desk, open_desk
from desktop.errors import TroubleError, UserError
from desktop.records.staff import Office
from desktop.storage import office
from desktop.ui.ask import AskOnScreen, ScriptedAsk, with_suffix
from desktop.ui.first_run import FirstRun
from desktop.ui.main_window import MainWindow
from desktop.ui.presence import Presence
from desktop.ui.program import Program


@pytest.fixture
def program(qapp, ask, tmp_path):
    reports = []
    made = Program(qapp, open_desk, new_desk, lambda error: reports.append(error) or "报告.txt", ask=ask)
    made.reports = reports
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
        # a window that is deleted later would take along what the next test opens over it
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made.close()
    office.close()


def make(path, name="中共肥西县委组织部"):
    new_desk(path, Office(name=name))
    office.close()


def test_first_run_makes_the_office_and_opens_the_window(program, tmp_path, qtbot):
    target = tmp_path / "单位" / "office.openday"
    assert program.start(target)
    page = program.window
    assert isinstance(page, FirstRun)
    type_in(page.form, "单位名称", "中共肥西县委组织部")
    page.go.click()
    assert program.window is page  # the file is made beside the window
    assert not page.go.isEnabled()

    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=40_000)
    assert target.is_file()
    assert "中共肥西县委组织部" in program.window.windowTitle()
    assert program.window.desk.offices.own().letterhead == "中共肥西县委组织部"


def test_first_run_without_a_name_says_so_and_makes_nothing(program, tmp_path):
    target = tmp_path / "office.openday"
    program.start(target)
    program.window.go.click()
    assert program.window.form.faults == {"name": "单位名称不能为空"}
    assert not target.exists()


def test_sample_office_opens_with_people(program, ask, tmp_path, qtbot):
    program.start(tmp_path / "none.openday")
    ask.answers = [tmp_path]
    program.window._sample()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    program.window.go("representatives")
    assert program.window.page.table.rowCount() >= 100


def test_opened_files_are_offered_again(program, ask, tmp_path, qtbot):
    make(tmp_path / "甲.openday")
    program.start(tmp_path / "none.openday")
    ask.answers = [tmp_path / "甲.openday"]
    program.window._open()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    assert [path.name for path in program.recent()] == ["甲.openday"]


def test_first_run_stays_alive_while_an_office_is_made_and_says_what_went_wrong(
    program, ask, tmp_path, qtbot, monkeypatch
):
    reached, go, threads = threading.Event(), threading.Event(), []

    def slow(path, settings):
        threads.append(threading.get_ident())
        reached.set()
        go.wait(10)
        raise TroubleError("磁盘已满")

    program.opening.new_desk = slow
    program.start(tmp_path / "a.openday")
    page = program.window
    type_in(page.form, "单位名称", "中共肥西县委组织部")
    page.go.click()
    qtbot.waitUntil(reached.is_set)
    assert threads != [threading.get_ident()]
    qtbot.waitUntil(page.progress.isVisible)  # the window tells of it meanwhile
    page.go.click()
    go.set()
    qtbot.waitUntil(lambda: page.banner.words.text() == "磁盘已满")
    assert len(threads) == 1
    assert page.go.isEnabled()
    assert not (tmp_path / "a.openday").exists()


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + b"\0" * 4096, bytes(range(256)) * 40])
def test_damaged_file_is_told_in_a_sentence_and_left_alone(program, tmp_path, content):
    target = tmp_path / "office.openday"
    target.write_bytes(content)
    assert program.start(target)
    assert isinstance(program.window, FirstRun)
    assert program.window.banner.words.text()
    assert target.read_bytes() == content
    assert program.window._path != target


def test_a_place_that_cannot_be_looked_at_is_told_in_a_sentence(program, tmp_path):
    """A folder shut for this user ended the start as a bug; here the name is what the system refuses."""
    nowhere = tmp_path / f"{'长' * 100}.openday"
    program.memory.setValue("recent", [str(nowhere)])
    program.start(nowhere)
    assert isinstance(program.window, FirstRun)
    assert "无法查看" in program.window.banner.words.text()


def test_second_start_brings_the_first_window_to_the_front(program, tmp_path, qtbot):
    target = tmp_path / "office.openday"
    make(target)
    program.start(target)
    second = Presence(target)
    assert not second.take()
    with qtbot.waitSignal(program.presence.called, timeout=5000):
        second._call.touch()
    qtbot.waitUntil(lambda: not second._call.exists())


def test_window_that_does_not_answer_is_not_waited_for_long(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.ui.presence.PATIENCE", 0.1)
    first, second = Presence(tmp_path / "a", tmp_path / "open"), Presence(tmp_path / "a", tmp_path / "open")
    assert first.take()
    first._watcher.blockSignals(True)
    assert not second.take()
    assert not second.call_the_other()
    assert not list((tmp_path / "open").glob("*.call"))
    first.leave()
    assert second.take()
    second.leave()


def test_two_offices_do_not_disturb_each_other(qapp, tmp_path):
    first, other = Presence(tmp_path / "a", tmp_path / "open"), Presence(tmp_path / "b", tmp_path / "open")
    assert first.take()
    assert other.take()
    first.leave()
    other.leave()


def test_bug_is_reported_to_a_file_and_said_in_one_box(program, ask, tmp_path):
    make(tmp_path / "office.openday")
    program.start(tmp_path / "office.openday")
    bug = ZeroDivisionError()
    program.caught(ZeroDivisionError, bug, None)
    assert program.reports == [bug]
    assert "报告.txt" in ask.asked[-1]


def test_uncaught_user_error_goes_to_the_message_bar(program, ask, tmp_path):
    make(tmp_path / "office.openday")
    program.start(tmp_path / "office.openday")
    for error in (UserError("名额已满"), TroubleError("磁盘已满")):
        program.caught(type(error), error, None)
        assert program.window.bar.words.text() == error.message
    assert program.reports == []
    assert ask.asked == []


def test_qt_s_own_buttons_are_chinese(qapp):
    from PySide6.QtWidgets import QDialogButtonBox

    from desktop.ui.run import speak_chinese

    speak_chinese(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"


def test_question_shows_its_consequences_on_the_buttons(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QMessageBox

    seen = []

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.extend([box.text(), box.textFormat().name, *(button.text() for button in box.buttons())])
        next(button for button in box.buttons() if button.text() == "作废这 3 封").click()

    QTimer.singleShot(0, press)
    assert AskOnScreen().confirm("有 3 封<b>没有</b>寄出", yes="作废这 3 封", no="保留")
    assert seen[:2] == ["有 3 封<b>没有</b>寄出", "PlainText"]
    assert set(seen[2:]) == {"作废这 3 封", "保留"}


def test_escape_keeps_things_as_they_are(qtbot):
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
    assert not AskOnScreen().confirm("作废?", yes="作废这 3 封", no="保留")


def test_scripted_ask_refuses_a_button_that_is_not_there():
    with pytest.raises(AssertionError, match="没有按钮"):
        ScriptedAsk("是").confirm("作废?", yes="作废", no="保留")


def test_saved_files_get_their_suffix():
    kinds = (("Excel 工作簿", "*.xlsx"),)
    assert with_suffix(Path("名册"), kinds) == Path("名册.xlsx")
    assert with_suffix(Path("名册.XLSX"), kinds) == Path("名册.XLSX")
    assert with_suffix(Path("9.29名册"), kinds) == Path("9.29名册.xlsx")


def test_modules_are_read_ahead_beside_the_window(program, tmp_path, qtbot):
    import sys

    from desktop.ui.program import AHEAD

    make(tmp_path / "office.openday")
    program.start(tmp_path / "office.openday")
    program.read_ahead()
    qtbot.waitUntil(lambda: not program.workroom.busy, timeout=9_000)
    assert set(AHEAD) <= set(sys.modules)
