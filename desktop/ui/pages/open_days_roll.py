"""What 名单 and 签到 have in common: the roll of the day, read at once, or beside the window where it is long."""

from __future__ import annotations

from functools import partial

from desktop.records import invitations
from desktop.records.invitations import Mark
from desktop.records.open_days import OpenDay
from desktop.services.desk import Desk
from desktop.services.roll import Roll, is_long
from desktop.ui.frame import Frame
from desktop.ui.pages.open_days_tab import DayTab
from desktop.ui.workroom import Task


class RollTab(DayTab):
    """A tab that shows the roll of a day; subclasses override `show_roll`."""

    with_void = False
    """Whether the void invitations are shown too, after all others."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.roll = Roll(with_void=self.with_void)
        self._reading: Task | None = None

    def show_roll(self, day: OpenDay) -> None:
        """Show how the roll of a day stands now."""
        raise NotImplementedError

    def fill(self, day: OpenDay) -> None:
        if self._reading:
            self._reading.cancel()
        if not is_long(day):
            self.roll.read(day)
            self.show_roll(day)
            return
        work = partial(_marks, self.frame.desk, day.id)
        came = partial(self._came, day)
        self._reading = self.frame.workroom.look(self, work, done=came, failed=self.frame.tell)

    def _came(self, day: OpenDay, marks: list[Mark]) -> None:
        if self.day is not None and self.day.id == day.id:
            self.roll.take(self.day, marks)
            self.show_roll(self.day)


def _marks(desk: Desk, key: bytes) -> list[Mark]:
    """Read how everything stands for a day; for the workroom."""
    return invitations.marks(desk.books.get(OpenDay, key))
