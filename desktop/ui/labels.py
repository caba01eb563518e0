"""Words on the screen: always plain text, never markup, so that data may hold any character."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.naming import as_tooltip, name, set_property
from desktop.ui.tints import Tint


class Text(QLabel):
    """A line or paragraph of plain text; `role` chooses type and colour from the style sheet."""

    def __init__(
        self, text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        if role:
            self.setProperty("role", role)


class OneLine(Text):
    """A line that ends in … where there is no room for it, and never makes its place wider."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        told = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(as_tooltip(self.text()) if told != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, told)


class StatusLabel(Text):
    """A text that reports something: its accessible name is what it says."""

    def __init__(self, identifier: str, what: str, role: str = "", *, wrap: bool = False) -> None:
        super().__init__("", role, wrap=wrap)
        self._what = what
        name(self, identifier, what)

    def say(self, text: str) -> None:
        """Show a text, and let a screen reader read it after what it is about."""
        self.setText(text)
        self.setAccessibleName(f"{self._what}:{text}" if text else self._what)


class IconLabel(QWidget):
    """An icon, painted in the colour of the palette at each painting."""

    def __init__(self, icon: str, tint: Tint = Tint.INK, size: int = icons.SIZE) -> None:
        super().__init__()
        self._drawn = icons.icon(icon, tint)
        self.setFixedSize(size, size)

    def show_icon(self, icon: str, tint: Tint) -> None:
        """Show another icon."""
        self._drawn = icons.icon(icon, tint)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._drawn.paint(QPainter(self), self.rect())


class Tone(StrEnum):
    """What a banner or mark means; the icon says it without the colour."""

    PLAIN = "plain"
    WARN = "warn"
    LATE = "late"
    DONE = "done"
    PRESUMED = "presumed"


SIGNS = {
    Tone.PLAIN: ("info", Tint.MUTED),
    Tone.WARN: ("alert-triangle", Tint.WARN),
    Tone.LATE: ("alert-circle", Tint.LATE),
    Tone.DONE: ("check-circle", Tint.DONE),
    Tone.PRESUMED: ("info", Tint.PRESUMED),
}


class Banner(QFrame):
    """A coloured strip with icon and words; hidden while it has nothing to say."""

    def __init__(self, identifier: str, what: str = "提示") -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._sign = IconLabel("info")
        self.words = StatusLabel(identifier, what, wrap=True)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(10, 7, 10, 7)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(self.words, 1)
        self.hide()

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right end."""
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a text in a tone; an empty text hides the strip."""
        set_property(self, "tone", tone.value)
        self._sign.show_icon(*SIGNS[tone])
        self.words.say(text)
        self.setVisible(bool(text))


PICTURE = 84
"""Pixels of height that an empty state can do without: its picture and most of its margins."""


class EmptyState(QWidget):
    """What a page without rows says: what it is for, and the first step."""

    def __init__(self, icon: str, title: str, words: str, *buttons: QPushButton) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._sign = IconLabel(icon, Tint.MUTED, 40)
        layout.addWidget(self._sign, 0, middle)
        layout.addSpacing(4)
        layout.addWidget(Text(title, "heading"), 0, middle)
        explained = Text(words, "muted", wrap=True)
        explained.setAlignment(middle)
        self._explained = explained
        around = QHBoxLayout()
        around.addStretch()
        around.addWidget(explained)
        around.addStretch()
        layout.addLayout(around)
        layout.addSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch()
        for button in buttons:
            line.addWidget(button)
        line.addStretch()
        layout.addLayout(line)
        layout.addStretch(3)
        self._layout = layout
        self._full = 0
        """The height from which there is room for the picture."""

    def add_below(self, button: QPushButton) -> None:
        """Offer another first step, below the others."""
        self._layout.insertWidget(self._layout.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explained.setFixedWidth(max(160, min(380, self.width() - 64)))
        low = self.height() < self._full
        if self._sign.isHidden() != low:
            self._sign.setHidden(low)
            edge = 8 if low else 24
            self._layout.setContentsMargins(24, edge, 24, edge)

    def minimumSizeHint(self) -> QSize:
        """Return what it needs without its picture: that goes first where there is little room."""
        hint = super().minimumSizeHint()
        if self._sign.isHidden():
            self._full = hint.height() + PICTURE
            return hint
        self._full = hint.height()
        return QSize(hint.width(), hint.height() - PICTURE)
