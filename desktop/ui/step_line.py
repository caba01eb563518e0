"""A line of buttons over a form: the steps that fit the record shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import buttons


class Step(NamedTuple):
    """A step that may be taken now: its verb, its words, what follows from it, what pressing it does."""

    verb: str
    words: str
    follows: str
    go: Callable[[], object]


class StepLine(QWidget):
    """The buttons; hidden where there is nothing to do."""

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 4, 24, 8)
        self._line.setSpacing(4)
        self._line.addStretch(1)
        self.hide()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Offer these steps instead of those before; the focus stays among them."""
        before = self.window().focusWidget()
        stays = before is not None and before is not self and self.isAncestorOf(before)
        while self._line.count() > 1:
            item = self._line.takeAt(0)
            if part := item.widget() if item else None:
                part.hide()
                part.deleteLater()
        self.setVisible(bool(steps))
        for place, step in enumerate(steps):
            button = buttons.plain(step.words, f"step-{step.verb}")
            button.setToolTip(step.follows)
            button.clicked.connect(lambda _=False, go=step.go: go())
            self._line.insertWidget(place, button)
            button.show()
            if stays and not place:
                button.setFocus()
