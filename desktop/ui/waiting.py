"""How many tickets need somebody today, on the navigation: counted beside the window, whenever tickets change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.records.base import Record

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.navigation import Navigation
    from desktop.ui.workroom import Task, Workroom

PLACE = "tickets"
COUNTED = {"ticket", "holiday", "time-limit"}
"""Kinds whose changes count anew, by their words: the types themselves needn't be loaded at a start."""
AGAIN = 15 * 60 * 1000
"""Milliseconds after which it is counted again: the window may stand open past midnight."""


class WaitingCount(QObject):
    """Shows on the navigation how many tickets are late or due today."""

    def __init__(self, owner: QObject, desk: Desk, workroom: Workroom, navigation: Navigation) -> None:
        super().__init__(owner)
        self._desk, self._workroom, self._navigation = desk, workroom, navigation
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=200)
        self._soon.timeout.connect(self._count)
        self._again = QTimer(self, interval=AGAIN)
        self._again.timeout.connect(self._count)
        self._again.start()

    def heard(self, models: frozenset[type[Record]]) -> None:
        """Count again where tickets, or what their deadlines rest on, changed."""
        if not COUNTED.isdisjoint(model.kind for model in models):
            self._soon.start()

    def start(self) -> None:
        """Count for the first time."""
        self._soon.start()

    def stop(self) -> None:
        """Count no more: the window closes."""
        for timer in (self._soon, self._again):
            timer.stop()

    def _count(self) -> None:
        if self._task:
            self._task.cancel()
        self._task = self._workroom.look(self, partial(_counts, self._desk), done=self._show)

    def _show(self, counts: tuple[int, int]) -> None:
        late, today = counts
        told = "，".join(
            f"{word} {count:,} 件" for word, count in (("逾期", late), ("今天到期", today)) if count
        )
        self._navigation.show_count(PLACE, late + today, told)


def _counts(desk: Desk) -> tuple[int, int]:
    """Return how many tickets are late and how many due today; an office without any loads nothing for it."""
    if not desk.books.has_any("ticket"):
        return 0, 0
    return desk.ticket_views.count("late"), desk.ticket_views.count("today")
