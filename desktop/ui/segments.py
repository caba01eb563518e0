"""A few options side by side: one key or one click, all of them in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from desktop.ui.naming import name, shown_text

ARROWS: dict[int | None, int] = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
}  # fmt: skip


class Segments(QWidget):
    """Options as one strip; where nothing may be chosen, a second click or Delete clears it."""

    picked = Signal(str)

    def __init__(self, label: str, options: Sequence[str], *, clearable: bool) -> None:
        super().__init__()
        self._clearable = clearable
        self._label = label
        self._group = QButtonGroup(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.buttons: dict[str, QRadioButton] = {}
        for place, option in enumerate(options):
            button = name(QRadioButton(shown_text(option)), f"option-{option}", f"{label}:{option}")
            button.setProperty("role", "segment")
            button.setProperty(
                "place", "first" if place == 0 else "last" if place == len(options) - 1 else ""
            )
            button.clicked.connect(self._clicked)
            button.pressed.connect(self._pressed)
            button.installEventFilter(self)
            self._group.addButton(button)
            self.buttons[option] = button
            layout.addWidget(button)
        self._was = ""
        self.setFocusProxy(next(iter(self.buttons.values())))

    def value(self) -> str:
        """Return the option chosen, or ''."""
        return next((option for option, button in self.buttons.items() if button.isChecked()), "")

    def pick(self, value: str) -> None:
        """Choose an option; '' or an unknown one chooses none."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)
        else:
            self._clear()
        self.setFocusProxy(self.buttons.get(value) or next(iter(self.buttons.values())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = (
            event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        )
        if self._clearable and pressed in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
            self.picked.emit("")
            return True
        if pressed in ARROWS and not self.value():
            self._arrive(watched, ARROWS[pressed])
            return True
        return super().eventFilter(watched, event)

    def _arrive(self, left: QObject, step: int) -> None:
        """Choose the option an arrow leads to; Qt chooses so only where one is chosen already."""
        buttons = list(self.buttons.values())
        places = [place for place, button in enumerate(buttons) if button is left]
        arrived = buttons[min(max(places[0] + step, 0), len(buttons) - 1)]
        arrived.setFocus()
        arrived.click()

    def _pressed(self) -> None:
        self._was = self.value()

    def _clicked(self) -> None:
        if self._clearable and self._was and self._was == self.value():
            self._clear()
        self._was = ""
        self.picked.emit(self.value())

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)
