"""Rows of a list as text with tabs, as a sheet takes them: a few at once, many beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.records.base import own_connection
from desktop.records.listing import Query
from desktop.records.papers import Watch
from desktop.ui.tables import PAGE, Column, Pages

if TYPE_CHECKING:
    from desktop.ui.frame import Frame

MOST = 5_000
"""Rows that Ctrl+C takes at most; more than that is what the export is for."""
PART = 500
"""Rows read between two reports of progress."""


def copied(
    books: Pages, query: Query, columns: Sequence[Column], runs: Sequence[range], watch: Watch | None = None
) -> str:
    """Return rows of a query, the first MOST of them, under their headings; masked numbers stay masked."""
    lines = [[column.label for column in columns]]
    total = min(sum(map(len, runs)), MOST)
    for run in runs:
        for start in range(run.start, run.stop, PART):
            if watch:
                watch(len(lines) - 1, total)
            many = min(PART, run.stop - start, total + 1 - len(lines))
            lines += _lines(books, query, columns, start, many) if many else []
    return "\n".join("\t".join(line) for line in lines)


def _lines(books: Pages, query: Query, columns: Sequence[Column], start: int, many: int) -> list[list[str]]:
    records = books.page(query, start, many)
    batched = {column.key: column.batch(records) for column in columns if column.batch}
    return [
        [
            " ".join(
                (batched[column.key].get(record.id, "") if column.batch else column.show(record)).split()
            )
            for column in columns
        ]
        for record in records
    ]


def copy_rows(
    frame: Frame | None,
    parent: QWidget,
    books: Pages,
    query: Query,
    columns: Sequence[Column],
    runs: Sequence[range],
) -> None:
    """Put rows on the clipboard: at once what is a page or less, else when all are read."""
    work = partial(copied, books, query, columns, runs)
    many = min(sum(map(len, runs)), MOST)
    if frame is None or many <= PAGE:
        QGuiApplication.clipboard().setText(work())
        return
    # its dialog and progress are loaded when somebody copies that many
    from desktop.ui.quiet_work import QuietWork

    told = partial(_put, frame, many)
    QuietWork(frame, parent, "复制", "copy-work", f"正在复制 {many:,} 行", partial(_apart, work), told)


def _apart(work: partial[str], watch: Watch) -> str:
    with own_connection():
        return work(watch)


def _put(frame: Frame, many: int, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    frame.toast(f"已复制 {many:,} 行")
