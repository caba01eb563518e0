"""Keys that several parts of the window understand alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def is_enter(event: QEvent) -> bool:
    """Tell whether Enter alone is pressed, of the keypad too."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    alone = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return alone and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
