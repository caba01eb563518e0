"""The places of the program at the left edge: icon and word, Alt+1 … Alt+9."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.labels import StatusLabel, Tone
from desktop.ui.marks import Mark, marks_width, paint_marks
from desktop.ui.naming import name
from desktop.ui.pages import Place
from desktop.ui.tints import Tint

WIDTH = 152
MANY = 1000
"""Counts from here on are shown as 999+."""


class PlaceButton(QToolButton):
    """A place, with the count of what waits there at its right end."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label, self._count = label, 0

    def show_count(self, count: int, told: str) -> None:
        """Show a count, 0 for none; a screen reader says `told`."""
        self._count = count
        self.setAccessibleName(f"{self._label}，{told}" if count else self._label)
        self.setAccessibleDescription(told if count else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count:
            marks = [Mark(f"{self._count:,}" if self._count < MANY else f"{MANY - 1:,}+", Tone.LATE)]
            wide = marks_width(marks, self.fontMetrics()) + 2
            room = self.rect().adjusted(self.width() - wide - 8, 0, -8, 0)
            paint_marks(QPainter(self), room, marks, self.font(), self.palette())


class Navigation(QWidget):
    """A column of places; `asked` carries the key of the one pressed, the window decides whether to go."""

    asked = Signal(str)

    def __init__(self, places: Sequence[Place], office: str) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAccessibleName("导航")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, PlaceButton] = {}
        self._office = StatusLabel("office-name", "本单位", "caption", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 8)
        layout.setSpacing(2)
        self._office.setContentsMargins(12, 0, 4, 0)
        layout.addWidget(self._office)
        layout.addSpacing(8)
        for number, place in enumerate(places, 1):
            layout.addWidget(self._button(place, number))
            if number == len(places) - 1:
                layout.addStretch(1)
        self.show_office(office)
        self._group.buttonClicked.connect(self._pressed)

    def _button(self, place: Place, number: int) -> PlaceButton:
        button = name(PlaceButton(place.label), f"place-{place.key}", place.label)
        button.setProperty("role", "place")
        button.setText(place.label)
        button.setIcon(icons.icon(place.icon, Tint.MUTED, Tint.ACCENT))
        button.setIconSize(QSize(icons.SIZE + 8, icons.SIZE))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("place-key", place.key)
        if number <= 9:
            button.setShortcut(f"Alt+{number}")
            button.setToolTip(f"{place.label}(Alt+{number})")
        self._group.addButton(button)
        self._buttons[place.key] = button
        return button

    def show_count(self, key: str, count: int, told: str) -> None:
        """Show how many things wait at a place; 0 shows none. `told` says it in words."""
        if button := self._buttons.get(key):
            button.show_count(count, told)

    def show_office(self, office: str) -> None:
        """Show whose office file is open."""
        self._office.say(office)

    def mark(self, key: str) -> None:
        """Show which place is in front."""
        self._buttons[key].setChecked(True)

    def _pressed(self, button: QToolButton) -> None:
        self.asked.emit(button.property("place-key"))
