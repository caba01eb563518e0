"""Buttons in a row over a list that keep only their icons where the window is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.ui.naming import shown_text

GAP, ICON = 4, 44
"""Pixels between the buttons, and of one without its word at least."""


class ToolLine(QWidget):
    """Buttons with icon and word; `shorten` takes the words away, which then stand in the tooltips."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[tuple[QPushButton, str]] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        self.hide()

    def add(self, button: QPushButton) -> None:
        """Put a button at the end."""
        word = button.accessibleName()
        told = button.toolTip()
        button.setToolTip(f"{word}：{told}" if told else word)
        self._buttons.append((button, word))
        self._line.addWidget(button)
        self.setMinimumWidth(len(self._buttons) * (ICON + GAP))
        self.show()

    def shorten(self, short: bool) -> None:
        """Show icons alone, or icons with their words."""
        for button, word in self._buttons:
            button.setText("" if short else shown_text(word))
