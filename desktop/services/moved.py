"""期限变动: dates kept earlier that the 放假安排 of today would set otherwise; each is accepted or left.

Whoever keeps dates that follow from working days is a source (services/open_day_dates.py, services/ticket_dates.py). A new
notice changes no kept date by itself: it lifts the badge 推定 where the date stands, and lists the rest.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.records import storing
from desktop.records.base import Record, reading
from desktop.records.time_limits import LeftDate
from desktop.services.calendar_years import Arrangement, known
from desktop.services.changes import Changes

NAMED = 3
"""Days of a table that a reason names."""


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A kept date and what it would be now: of which record and field, in the office's words, and why.

    `printed` names papers that went out before and may say the old date.
    """

    kind: str
    key: bytes
    field: str
    what: str
    of: str
    old: datetime.date
    new: datetime.date
    presumed: bool
    reason: str
    printed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what the command line calls it: kind, key and field."""
        return f"{self.kind}/{self.key.hex()}/{self.field}"


class Source(Protocol):
    """What keeps dates that follow from working days."""

    @property
    def touched(self) -> tuple[type[Record], ...]:
        """The records it changes."""
        ...

    def moved(self) -> Iterator[MovedDate]:
        """Yield the kept dates that would be others now."""
        ...

    def confirm(self) -> None:
        """Set the badge 推定 of the dates that stand to what holds now; within an open change."""
        ...

    def move(self, moved: Sequence[MovedDate]) -> None:
        """Write the new dates; within an open change. Raises Conflict where one was changed meanwhile."""
        ...


class MovedDates:
    """Gathers what moved from its sources, and writes what was decided."""

    def __init__(self, changes: Changes, sources: Sequence[Source] = ()) -> None:
        self._changes = changes
        self._sources = list(sources)

    def add(self, source: Source) -> None:
        """Ask another source too."""
        self._sources.append(source)

    def pending(self) -> list[MovedDate]:
        """Return what moved and wasn't left so, by date."""
        with reading():
            left = {
                (row.of_kind, row.of_id, row.field, row.left_on, row.computed_on)
                for row in LeftDate.select().where(LeftDate.deleted_at.is_null())
            }
        found = [moved for source in self._sources for moved in source.moved()]
        return sorted(
            (one for one in found if (one.kind, one.key.hex(), one.field, one.old, one.new) not in left),
            key=lambda one: (one.old, one.what, one.of),
        )

    def confirm(self) -> None:
        """Set the badge 推定 of dates that stand, as part of the change under way or as one of its own."""
        with self._changes.change("按放假安排核对推定的期限", *self._touched()):
            for source in self._sources:
                source.confirm()

    def settle(self, accepted: Iterable[MovedDate], left: Iterable[MovedDate] = ()) -> None:
        """Move the dates accepted and remember those left, as one change with one undo.

        A date left isn't asked for again until it would be yet another one.
        """
        moved, stays = list(accepted), list(left)
        if not moved and not stays:
            return
        done = f"调整 {len(moved)} 项期限" if moved else f"保留 {len(stays)} 项期限"
        with self._changes.change(f"按放假安排{done}", LeftDate, *self._touched()):
            for source in self._sources:
                kinds = {model.kind for model in source.touched}
                source.move([one for one in moved if one.kind in kinds])
            storing.insert_all([_left(one) for one in stays])

    def _touched(self) -> tuple[type[Record], ...]:
        return tuple(model for source in self._sources for model in source.touched)


def _left(one: MovedDate) -> LeftDate:
    return LeftDate(
        of_kind=one.kind, of_id=one.key.hex(), field=one.field, left_on=one.old, computed_on=one.new,
        source=one.reason[:200],
    )  # fmt: skip


def why(by: Arrangement, first: datetime.date, last: datetime.date) -> str:
    """Return which of the office's own lines between two days speak otherwise than law and weekends."""
    told = [
        f"{day.month}月{day.day}日{judged.reason.split('，')[-1]}"
        for day, judged in sorted(by.own.items())
        if first <= day <= last and judged.counted != known(day).counted
    ]
    if not told:
        return "放假安排有变动"
    more = f"等 {len(told)} 天" if len(told) > NAMED else ""
    return "、".join(told[:NAMED]) + more
