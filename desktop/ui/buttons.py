"""Buttons: primary (one a place), plain, quiet, and tools that show only an icon."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from desktop.ui import icons
from desktop.ui.naming import name, shown_text
from desktop.ui.tints import Tint

KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Button(QPushButton):
    """A button that Enter presses where it has the focus, in a window as well as in a dialog.

    Qt's own does so only as the default of a dialog; elsewhere Enter would do nothing, or press another button.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


def primary(text: str, identifier: str, icon: str = "") -> QPushButton:
    """Return the one button that does what the place is for."""
    return _button(text, identifier, icon, "primary", Tint.ON_ACCENT)


def plain(text: str, identifier: str, icon: str = "") -> QPushButton:
    """Return a button with a border."""
    return _button(text, identifier, icon, "", Tint.MUTED)


def quiet(text: str, identifier: str, icon: str = "") -> QPushButton:
    """Return a button without a border."""
    return _button(text, identifier, icon, "quiet", Tint.MUTED)


def _button(text: str, identifier: str, icon: str, role: str, tint: Tint) -> QPushButton:
    button = name(Button(shown_text(text)), identifier, text)
    button.setProperty("role", role)
    if icon:
        button.setIcon(icons.icon(icon, tint))
        button.setIconSize(icons.BESIDE_TEXT)
    return button


def tool(icon: str, identifier: str, text: str) -> QToolButton:
    """Return a button that shows only an icon, its word as tooltip and spoken name."""
    button = name(QToolButton(), identifier, text)
    button.setProperty("role", "quiet")
    button.setIcon(icons.icon(icon, Tint.MUTED))
    button.setIconSize(QSize(icons.SIZE, icons.SIZE))
    button.setToolTip(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def menu_tool(icon: str, identifier: str, text: str, menu: QMenu) -> QToolButton:
    """Return an icon button that opens a menu."""
    button = tool(icon, identifier, text)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button


def action(owner: QWidget, text: str, keys: str = "", icon: str = "", tint: Tint = Tint.MUTED) -> QAction:
    """Return an action of a page, in force while the focus is anywhere inside it."""
    made = QAction(shown_text(text), owner)
    made.setObjectName(f"action-{keys or text}")
    if icon:
        made.setIcon(icons.icon(icon, tint))
    if keys:
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setToolTip(f"{text}（{keys}）")
    owner.addAction(made)
    return made


def does(button: QPushButton, made: QAction) -> QPushButton:
    """Let a button trigger an action and follow whether it can be used."""
    button.clicked.connect(made.trigger)
    button.setToolTip(made.toolTip())

    made.enabledChanged.connect(button.setEnabled)
    button.setEnabled(made.isEnabled())
    return button
