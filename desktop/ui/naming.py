"""Names that assistive programs and tests find a widget by."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def name(widget: W, identifier: str, words: str) -> W:
    """Give a widget its object name and its spoken name, and return it."""
    widget.setObjectName(identifier)
    widget.setAccessibleName(words)
    return widget


def shown_text(text: str) -> str:
    """Return data as the text of a button, menu or tab, where a single & would become a mnemonic."""
    return text.replace("&", "&&")


def as_tooltip(text: str) -> str:
    """Return text so that a tooltip shows it as it is, wrapped: Qt would take data with tags for markup."""
    if not text:
        return ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p>{escaped}</p>"


def set_property(widget: QWidget, key: str, value: str | bool) -> None:
    """Set a property that the style sheet looks at, and repaint by it."""
    if widget.property(key) == value:
        return
    widget.setProperty(key, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it takes on its look at its first showing
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
