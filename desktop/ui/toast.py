"""The toast: what was just done, for a few seconds, with the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.buttons import Button
from desktop.ui.labels import StatusLabel
from desktop.ui.naming import name

STAYS = 6_000
"""Milliseconds; while the mouse or the focus is on it, it stays."""
ABOVE = 64
"""Pixels over the bottom edge: the buttons there stay in reach."""

Action = tuple[str, Callable[[], object]]
"""A button of the toast: its words and what it does."""


class Toast(QFrame):
    """A small plate above the bottom edge of the window; `undo` is asked for by its button."""

    undo = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "toast")
        self._words = StatusLabel("toast", "刚才")
        self._undo = name(Button("撤销"), "toast-undo", "撤销刚才的改动")
        self._undo.clicked.connect(self.undo)
        self._undo.clicked.connect(self.hide)
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(16)
        layout.addWidget(self._words)
        layout.addWidget(self._undo)
        self._way: Callable[[], object] | None = None
        self._action = name(Button(), "toast-action", "下一步")
        self._action.clicked.connect(self._act)
        layout.addWidget(self._action)
        self._timer = QTimer(self, singleShot=True, interval=STAYS)
        self._timer.timeout.connect(self._leave)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, undo: bool = False, action: Action | None = None) -> None:
        """Show what was done; with `undo` its button takes it back, `action` is a button of its own."""
        self._words.say(text)
        self._undo.setVisible(undo)
        self._action.setVisible(action is not None)
        if action:
            words, self._way = action
            self._action.setText(words)
            self._action.setAccessibleName(words)
        self._layout.setContentsMargins(16, 8, 8 if undo or action else 16, 8)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def passed(self) -> None:
        """Take the way back away: something else was changed since, and undoing would take that back."""
        if self._undo.isVisibleTo(self):
            self._undo.hide()
            self.adjustSize()
            self._place()

    def give_way(self) -> None:
        """Leave to what went wrong since; a toast with a button stays for that."""
        if not (self._undo.isVisibleTo(self) or self._action.isVisibleTo(self)):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.hide()
        if self._way:
            self._way()

    def _leave(self) -> None:
        if self.underMouse() or self._undo.hasFocus() or self._action.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - ABOVE)
