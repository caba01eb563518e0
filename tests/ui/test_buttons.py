"""Buttons under the keyboard, and the words of Qt's own dialogs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.run import speak_chinese


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_with_the_focus(qtbot, theme, key):
    window = QWidget()
    qtbot.addWidget(window)
    button = buttons.primary("建立本单位", "go")
    QVBoxLayout(window).addWidget(button)
    pressed = []
    button.clicked.connect(lambda: pressed.append(button))
    window.show()
    qtbot.keyClick(button, key)
    assert len(pressed) == 1


def test_enter_on_cancel_never_presses_the_default_button(qtbot, theme):
    dialog = Dialog(None, "打印", "dialog")
    go = dialog.add_buttons("打印")
    pressed = []
    go.clicked.connect(lambda: pressed.append(go))
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.findChild(buttons.Button, "dialog-cancel"), Qt.Key.Key_Return)
    assert pressed == []


def test_the_file_dialog_speaks_chinese_only(qtbot, qapp, tmp_path):
    speak_chinese(qapp)
    dialog = QFileDialog(None, "选择花名册", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert texts
    assert [text for text in texts if text.isascii()] == []
