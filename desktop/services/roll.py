"""名单: the invitations of one day by number, as a list of any length reads them: a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from operator import attrgetter

from desktop.records import invitations, listing
from desktop.records.base import Record
from desktop.records.invitations import Invitation, InvitationState, Mark
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay

PART = 500
"""Records asked for by one statement."""
LONG = 1_000
"""From so many on they are read beside the window: 1,000 take some 4 ms to read, and as long again to show."""


def is_long(day: OpenDay) -> bool:
    """Say whether so many stand for a day that reading them takes a while."""
    return invitations.more_than(LONG, day)


class Roll:
    """What stands for a day. How each stands is held (`marks`), records are read when they are looked at.

    It answers a table of records as the books do: `count` reads anew whom a search means, `page` and `ids`
    are parts of that.
    """

    def __init__(self, *, with_void: bool = False) -> None:
        self.day: OpenDay | None = None
        self.marks: list[Mark] = []
        self.void: frozenset[bytes] = frozenset()
        """Where they are wanted, the void ones: they come after all others and count nowhere."""
        self._with_void = with_void
        self._but = "" if with_void else InvitationState.VOID
        self._last: list[bytes] = []
        self._found: list[bytes] = []
        self._counted: dict[str, Counter[str]] = {}

    def read(self, day: OpenDay) -> None:
        """Read how everything stands for a day now."""
        self.take(day, invitations.marks(day))

    def take(self, day: OpenDay, marks: list[Mark]) -> None:
        """Take how everything stands for a day, read on whatever thread."""
        self.day, self.marks = day, [mark for mark in marks if mark.state != InvitationState.VOID]
        self._last = [mark.key for mark in marks if mark.state == InvitationState.VOID and self._with_void]
        self.void = frozenset(self._last)
        self._counted.clear()

    def counted(self, way: str) -> Counter[str]:
        """Return how many stand in each way: by state, reply or attendance."""
        if way not in self._counted:
            self._counted[way] = Counter(map(attrgetter(way), self.marks))
        return self._counted[way]

    def keys(self, wanted: Callable[[Mark], bool]) -> tuple[bytes, ...]:
        """Return those that stand in a way."""
        return tuple(mark.key for mark in self.marks if wanted(mark))

    def found(self, typed: str) -> list[bytes]:
        """Return the keys of those that typed characters mean, of all where nothing is typed."""
        typed = typed.strip()
        if not typed or self.day is None:
            return [*(mark.key for mark in self.marks), *self._last]
        return sorted(invitations.found(self.day, typed, but=self._but), key=self.void.__contains__)

    def records(self, keys: Sequence[bytes]) -> list[Invitation]:
        """Return invitations with their people, in the order of their keys."""
        if self.day is None:
            return []
        there: dict[bytes, Invitation] = {}
        for start in range(0, len(keys), PART):
            part = invitations.standing(self.day, keys=keys[start : start + PART], but=self._but)
            there |= {row.id: row for row in part}
        return [there[key] for key in keys if key in there]

    # -- as a table asks

    def count(self, query: Query) -> int:
        """Return how many the query's search means, read anew."""
        self._found = self.found(query.search)
        return len(self._found)

    def page(self, query: Query, offset: int = 0, limit: int = listing.MOST_MARKS) -> list[Record]:
        """Return some of them in order."""
        return list(self.records(self.ids(query, offset, limit)))

    def ids(self, query: Query, offset: int = 0, limit: int | None = None) -> list[bytes]:
        """Return the keys of some of them in order."""
        return self._found[offset : None if limit is None else offset + limit]
