"""The clock at the event loop: how long one turn of it (events, layout, painting) keeps the window's thread.

Asking Python at every event tells which event it was, and costs up to a third of what it measures; so that is
for looking (`EventClock`), and what is judged is timed around whole turns.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

WORTH_NAMING = 20.0
"""Milliseconds from which an event is remembered with its receiver."""
WORTH_COUNTING = 0.2
"""Milliseconds from which a turn is counted: the loop had something to do."""
REST = 0.15
"""Seconds without a long event after which an action counts as over: longer than the pauses of boxes."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the loop, or one event: wall and CPU milliseconds of the window's thread, and what it was."""

    wall: float
    cpu: float
    what: str


class ClockedApplication(QApplication):
    """Times every turn of the event loop as a whole: all that was waiting, with its layout and its painting."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self.turns: list[Turn] = []
        self.quiet_since = time.perf_counter()

    def turn(self) -> None:
        """Turn the loop once."""
        wall, cpu = time.perf_counter(), time.thread_time()
        self.processEvents()
        now = time.perf_counter()
        took, busy = (now - wall) * 1000, (time.thread_time() - cpu) * 1000
        self.keep(Turn(took, busy, ""), now)

    def keep(self, turn: Turn, now: float) -> None:
        """Count a turn, unless the loop had nothing to do."""
        if turn.wall >= WORTH_NAMING:
            self.quiet_since = now
        if turn.wall >= WORTH_COUNTING:
            self.turns.append(turn)


class EventClock(ClockedApplication):
    """Times every outermost `notify` and names it: input, paint, timers and results of workers come through it."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self._inside = False

    def turn(self) -> None:
        """Turn the loop once."""
        self.processEvents()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._inside:
            return super().notify(receiver, event)
        self._inside, sort = True, event.type()
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._inside = False
            now = time.perf_counter()
            took, busy = (now - wall) * 1000, (time.thread_time() - cpu) * 1000
            what = f"{sort.name} → {_called(receiver)}" if took >= WORTH_NAMING else ""
            self.keep(Turn(took, busy, what), now)


def _called(receiver: QObject) -> str:
    if not shiboken6.isValid(receiver):
        return "(gone)"
    return f"{type(receiver).__name__} {receiver.objectName()}".strip()


class Frames:
    """Runs actions in the window and keeps what each cost the window's thread."""

    def __init__(self, app: ClockedApplication, *, busy: Callable[[], bool]) -> None:
        self.app, self._busy = app, busy
        self.taken: dict[str, list[Turn]] = {}
        self.pauses: list[float] = []
        self._started = 0.0
        gc.callbacks.append(self._collecting)

    def _collecting(self, phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            self._started = time.perf_counter()
        else:
            self.pauses.append((time.perf_counter() - self._started) * 1000)

    @contextmanager
    def during(self, action: str) -> Iterator[None]:
        """Count all events until the window rests again to an action."""
        self.settle()
        self.app.turns.clear()
        self.pauses.clear()
        try:
            yield
            self.settle()
        finally:
            self.taken.setdefault(action, []).extend(self.app.turns)
            if self.pauses and max(self.pauses) > WORTH_NAMING:
                worst = max(self.pauses)
                self.taken[action].append(Turn(worst, worst, "(garbage collection, on whatever thread)"))

    def do(self, work: Callable[[], Any]) -> None:
        """Have the event loop call something, and let the window come to rest."""
        QTimer.singleShot(0, self.app, work)
        self.settle()

    def settle(self, seconds: float = 120.0) -> None:
        """Turn the event loop until the worker is idle and no event was long for a while."""
        end = time.perf_counter() + seconds
        self.app.quiet_since = time.perf_counter()
        while time.perf_counter() < end:
            self.app.turn()
            if self._busy():
                self.app.quiet_since = time.perf_counter()
            elif time.perf_counter() - self.app.quiet_since > REST:
                return
            time.sleep(0.001)
        raise TimeoutError(f"the window did not come to rest within {seconds} s")

    def wait(self, until: Callable[[], bool], seconds: float = 120.0) -> None:
        """Turn the event loop until something is so."""
        end = time.perf_counter() + seconds
        while not until():
            self.app.turn()
            time.sleep(0.001)
            if time.perf_counter() > end:
                raise TimeoutError(f"waited {seconds} s")

    def report(self, bar: float) -> bool:
        """Print a line an action, slowest events named; return whether all stayed under the bar."""
        print(f"{'action':34} {'turns':>7} {'p50':>6} {'p95':>6} {'max':>6} {'max CPU':>8}   worst")
        for action, turns in self.taken.items():
            walls = sorted(turn.wall for turn in turns) or [0.0]
            p95 = statistics.quantiles(walls, n=20)[-1] if len(walls) > 1 else walls[0]
            worst = max(turns, key=lambda turn: turn.wall, default=Turn(0, 0, ""))
            cpu = max((turn.cpu for turn in turns), default=0.0)
            print(
                f"{action:34} {len(turns):7} {statistics.median(walls):6.1f} {p95:6.1f} {worst.wall:6.1f} "
                f"{cpu:8.1f} {'!' if worst.wall > bar else ' '} {worst.what}"
            )
        sys.stdout.flush()
        return all(turn.cpu <= bar for turns in self.taken.values() for turn in turns)
