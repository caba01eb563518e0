"""Hands of a clerk: typing as an input method does it, and going to a row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def commit(box, text):
    """Commit text as an input method does (QTest can't type Chinese)."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


def compose(box, text):
    """Show text as an input method does before it is committed."""
    QApplication.sendEvent(box, QInputMethodEvent(text, []))


def type_in(form, field, text):
    """Replace what a box holds by typing."""
    box = form.box(field).widget
    box.setFocus()
    box.selectAll()
    if text:
        commit(box, text)
    elif isinstance(box, QPlainTextEdit):
        box.textCursor().removeSelectedText()
    else:
        box.del_()


def press(*strokes):
    """Do what a clerk does without the mouse: keys, or pairs of modifier and key, and words typed.

    Keys go where a desktop sends them: to a list that is open below a box, else to what has the focus.
    """
    for stroke in strokes:
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if isinstance(stroke, str):
            commit(target, stroke)
            QApplication.processEvents()
            continue
        assert target is not None, "nothing has the focus"
        way, key = stroke if isinstance(stroke, tuple) else (Qt.KeyboardModifier.NoModifier, stroke)
        QTest.keyClick(QApplication.activePopupWidget() or target, key, way)
