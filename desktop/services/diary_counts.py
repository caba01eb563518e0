"""Where diaries were published: 篇 are different diaries, 篇次 publications; by medium, by level, by author."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desktop.records.base import reading
from desktop.records.diaries import Diary, Publication
from desktop.services.figures import Figure
from desktop.services.help_figures import diary_figures

PIECES, TIMES = "篇", "篇次"
BY: dict[str, Callable[[Publication], str]] = {
    "按刊物": lambda row: f"{row.medium}（{row.level}）" if row.level else row.medium,
    "按层级": lambda row: row.level or "未写层级",
    "按作者": lambda row: row.diary.author.full_name,
}
"""By what publications are counted apart."""


@dataclass(slots=True)
class Published:
    """One line of the table: its words, the diaries behind 篇 and the publications behind 篇次."""

    words: str
    diaries: list[bytes] = field(default_factory=list)
    publications: list[bytes] = field(default_factory=list)


def published(first: datetime.date | None, last: datetime.date | None, by: str) -> list[Published]:
    """Return what was published in a period (both days inclusive, either open), the most published first.

    A diary published twice in one line is one 篇 and two 篇次 there. `by` is a word of BY.
    """
    lines: dict[str, Published] = {}
    for row in _publications(first, last):
        line = lines.setdefault(BY[by](row), Published(BY[by](row)))
        line.publications.append(row.id)
        if row.diary.id not in line.diaries:
            line.diaries.append(row.diary.id)
    return sorted(lines.values(), key=lambda line: (-len(line.publications), line.words))


def _publications(first: datetime.date | None, last: datetime.date | None) -> list[Any]:
    condition = Publication.deleted_at.is_null() & Diary.deleted_at.is_null()
    if first:
        condition &= Publication.on >= first
    if last:
        condition &= Publication.on <= last
    with reading():
        rows = Publication.select(Publication, Diary).join(Diary).where(condition)
        return list(rows.order_by(Publication.on, Publication.id))  # pyright: ignore


def publication_figures(
    first: datetime.date | None, last: datetime.date | None
) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return the groups of the report: written and published in all, then by medium, level and author."""
    groups = [("", tuple(diary_figures(first, last)))]
    for by in BY:
        figures = [
            figure
            for line in published(first, last, by)
            for figure in (
                Figure(line.words, len(line.diaries), PIECES, tuple(line.diaries)),
                Figure(line.words, len(line.publications), TIMES, tuple(line.publications)),
            )
        ]
        if figures:
            groups.append((f"刊载，{by}", tuple(figures)))
    return groups
