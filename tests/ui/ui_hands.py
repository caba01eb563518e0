"""Hands of a clerk: typing as an input method does it, and going to a row."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
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
