"""Long statements of SQLite that tell how far they are, and stop when they are asked to."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from desktop.errors import Cancelled
from desktop.records.base import DATABASE_ERRORS
from desktop.records.papers import Watch
from desktop.storage.database import OfficeDatabase

OFTEN = 50_000
"""Steps of SQLite's machine between two looks: some hundredths of a second."""


@contextlib.contextmanager
def watched(file: OfficeDatabase, watch: Watch | None, far: Callable[[], tuple[int, int]]) -> Iterator[None]:
    """Let `watch` hear of `far()`, the part done and the whole, during the statements of a block.

    What `watch` raises comes out of the block; the statement it stopped has changed nothing.
    """
    if watch is None:
        yield
        return
    raised: list[BaseException] = []

    def look() -> int:
        try:
            watch(*far())
        except BaseException as error:  # SQLite only takes a number; it comes out below
            raised.append(error)
            return 1
        return 0

    connection = file.connection()
    connection.set_progress_handler(look, OFTEN)
    try:
        yield
    except (*DATABASE_ERRORS, Cancelled):
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, OFTEN)
