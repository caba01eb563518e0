"""After a commit, the types of records that changed are told to whoever shows them."""

from __future__ import annotations

from collections.abc import Callable

from desktop.records.base import Record

Heard = Callable[[frozenset[type[Record]]], None]


class Announcer:
    """Keeps who wants to hear; says it once a change, after the commit."""

    def __init__(self) -> None:
        self._hearers: list[Heard] = []

    def subscribe(self, heard: Heard) -> None:
        """Call `heard` with the changed record types after every change."""
        self._hearers.append(heard)

    def unsubscribe(self, heard: Heard) -> None:
        """Stop calling `heard`."""
        if heard in self._hearers:
            self._hearers.remove(heard)

    def announce(self, changed: frozenset[type[Record]]) -> None:
        """Tell everybody which record types changed."""
        for heard in tuple(self._hearers):
            heard(changed)
