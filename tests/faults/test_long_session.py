"""A day at the window that never ends: saves leave no widget behind and memory stays where it was."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from desktop.app import new_desk
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.storage import office
from desktop.ui.ask import ScriptedAsk
from desktop.ui.drafts import DraftKeeper
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Theme
from desktop.ui.workroom import Workroom

SAVES, FEW, WARM = 10_000, 18, 10
"""Saves of a long run and of a short one, and those after which everything is loaded."""
MORE = 20
"""MB that memory may grow by."""


@pytest.fixture
def window(qapp, tmp_path):
    desk = new_desk(tmp_path / "office.openday", Office(name="中共肥西县委组织部"))
    memory, workroom = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), Workroom()
    made = MainWindow(desk, ask=ScriptedAsk(), workroom=workroom, memory=memory, theme=Theme(qapp, memory))
    made.go("representatives")
    made.show()
    made.keeper = DraftKeeper(made)
    yield made
    made.page.drop_edits()
    made.close()
    made.deleteLater()
    settle()
    workroom.close()
    office.close()


def settle():
    """Let everything that waits for the event loop come, and what is garbage go."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def megabytes():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def save(page, number):
    """Register somebody, or go back to somebody and change a word."""
    if number % 4:
        page.start_new()
        page.form.box("full_name").type_in(f"曾{chr(0x4E00 + number % 5000)}{chr(0x5200 + number // 100)}")
    page.form.box("note").type_in(f"第{number}次")
    page.window().keeper.look()
    assert page.save_record()
    QCoreApplication.processEvents()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.timeout(20_000)
def test_ten_thousand_saves_leave_nothing_behind(window, long):
    total = SAVES if long else FEW
    for number in range(1, WARM + 1):
        save(window.page, number)
    settle()
    widgets, before = len(QApplication.allWidgets()), megabytes()
    for number in range(WARM + 1, total + 1):
        save(window.page, number)
    settle()
    grown = megabytes() - before
    print(f"{total} saves: {len(QApplication.allWidgets()) - widgets} widgets and {grown:.1f} MB more")
    assert window.desk.books.count(Query(Representative)) == total - total // 4
    assert len(QApplication.allWidgets()) <= widgets
    assert grown < MORE
