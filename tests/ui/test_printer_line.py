"""The printer line: it is there before the printers are known."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox

from desktop.records.printers import Sides
from desktop.ui.printer_line import PrinterLine


@pytest.fixture
def memory(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def line(qtbot, memory):
    made = PrinterLine(memory)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_that_printers_are_looked_for_and_then_offers_them(line):
    assert "正在查找" in line._words.text()
    assert line.findChildren(QComboBox) == []
    line.allow(page=True, papers=True)
    line.show_printers(["甲", "乙"])
    assert not line._words.isVisible()
    assert [line.box.itemText(place) for place in range(2)] == ["甲", "乙"]
    line.allow(page=True, papers=False)
    assert (line.page.isEnabled(), line.system.isEnabled()) == (True, False)
    assert line.ticket().sides is Sides.PRINTER


def test_without_printers_it_says_what_can_be_done(line):
    line.show_printers([])
    assert "可以存为 PDF" in line._words.text()
    assert line._words.isVisible()


def test_what_was_printed_on_last_is_chosen_again(qtbot, line, memory):
    line.show_printers(["甲", "乙"])
    line.box.setCurrentText("乙")
    line.remember()
    again = PrinterLine(memory)
    qtbot.addWidget(again)
    again.show_printers(["甲", "乙"])
    assert again.ticket().printer == "乙"
