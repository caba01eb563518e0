"""名单: the invitations of one day by number, as a list of any length reads them: a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from desktop.records import invitations, listing
from desktop.records.base import Record
from desktop.records.invitations import Invitation, Mark
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay

PART = 500
"""Records asked for by one statement."""


class Roll:
    """What stands for a day. How each stands is held (`marks`), records are read when they are looked at.

    It answers a table of records as the books do: `count` reads anew whom a search means, `page` and `ids`
    are parts of that.
    """

    def __init__(self) -> None:
        self.day: OpenDay | None = None
        self.marks: list[Mark] = []
        self._found: list[bytes] = []

    def read(self, day: OpenDay) -> None:
        """Read how everything stands for a day now."""
        self.day, self.marks = day, invitations.marks(day)

    def counted(self, told: Callable[[Mark], str]) -> Counter[str]:
        """Return how many stand in each way."""
        return Counter(map(told, self.marks))

    def keys(self, wanted: Callable[[Mark], bool]) -> tuple[bytes, ...]:
        """Return those that stand in a way."""
        return tuple(mark.key for mark in self.marks if wanted(mark))

    def found(self, typed: str) -> list[bytes]:
        """Return the keys of those that typed characters mean, of all where nothing is typed."""
        typed = typed.strip()
        if not typed or self.day is None:
            return [mark.key for mark in self.marks]
        return invitations.found(self.day, typed)

    def records(self, keys: Sequence[bytes]) -> list[Invitation]:
        """Return invitations with their people, in the order of their keys."""
        if self.day is None:
            return []
        there: dict[bytes, Invitation] = {}
        for start in range(0, len(keys), PART):
            part = invitations.standing(self.day, keys=keys[start : start + PART])
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
