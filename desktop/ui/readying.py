"""Making ahead, part by part while the window rests, what is opened next: a page, a form, its tabs.

A form of twenty boxes takes a tenth of a second to make. In small steps nobody notices, and whoever opens it before
its turn gets it made at once. Only what the steps say is made; nothing of a record is read before it is wanted.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.errors import OpenDayError
from desktop.records.base import DATABASE_ERRORS

PAUSE = 20
"""Milliseconds left to the window between two steps."""
STEP = 0.012
"""Seconds of work after which the look of the next part is left to another step."""


class Readying(QObject):
    """Takes one step of an iterator a turn, until it ends or its owner is gone."""

    def __init__(self, owner: QObject, steps: Iterator[None]) -> None:
        super().__init__(owner)
        self._steps = steps
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begin with the next turn."""
        self._timer.start()

    def stop(self) -> None:
        """Make nothing more ahead."""
        self._timer.stop()

    @property
    def busy(self) -> bool:
        """Tell whether there is something left to make."""
        return self._timer.isActive()

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self.stop()
        except (OpenDayError, *DATABASE_ERRORS):
            self.stop()  # nobody asked yet: who opens it is told then


def polished(whole: QWidget) -> Iterator[None]:
    """Let all parts of a widget take on the look, some a step: half of what its first showing costs."""
    began = time.perf_counter()
    for part in whole.findChildren(QWidget):
        if shiboken6.isValid(part):
            part.ensurePolished()
        if time.perf_counter() - began > STEP:
            yield
            began = time.perf_counter()
    yield
