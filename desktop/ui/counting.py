"""Counting what a list finds, beside the window: the first page shows at once, the count follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desktop.records.listing import Query
from desktop.services.books import Books
from desktop.ui.workroom import Task, Workroom


class CountBeside:
    """Counts one query at a time: the next question makes the one before worthless."""

    def __init__(self, owner: QObject, workroom: Workroom, books: Books) -> None:
        self._owner, self._workroom, self._books = owner, workroom, books
        self._task: Task | None = None

    def __call__(self, query: Query, told: Callable[[int], None]) -> None:
        """Count what a query finds and tell it on the window's thread."""
        if self._task:
            self._task.cancel()
        self._task = self._workroom.look(self._owner, partial(self._books.count, query), done=told)
