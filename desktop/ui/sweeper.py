"""The search for garbage: on the window's thread only, at its own moments, never while work is in hand."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000
"""Milliseconds between two looks."""


class Sweeper(QObject):
    """Takes over Python's search for garbage from the moment it is made until it is stopped.

    Left to itself, the search begins on whatever thread happens to make the next object: on a worker's it
    would delete what is left of widgets there, which ends the process; and it stops every thread, for 0.2 s
    among the rows of a big sheet (measured).
    """

    def __init__(self, busy: Callable[[], bool], parent: QObject | None = None) -> None:
        """Look for garbage whenever it has piled up while `busy` says no."""
        super().__init__(parent)
        self._busy = busy
        self._before = False
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Let Python search no more by itself."""
        self._before = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave the search as it was before."""
        self._timer.stop()
        if self._before:
            gc.enable()

    def look(self) -> None:
        """Search the oldest generation that is due; the young ones go with it."""
        if self._busy():
            return
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > threshold
        ]
        if due:
            gc.collect(due[-1])
