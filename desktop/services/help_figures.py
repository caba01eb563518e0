"""Figures of the visit loop beside 户 and 户次: diaries in 篇 and 篇次, pairings and gifts."""

from __future__ import annotations

import datetime
from typing import Any

from desktop.records.base import Record, reading
from desktop.records.diaries import Diary, Publication
from desktop.records.pairings import Condolence, Pairing, PairingState
from desktop.services.figures import Figure, counted


def diary_figures(first: datetime.date | None, last: datetime.date | None) -> list[Figure]:
    """Count diaries written and published in a period: 篇 are different diaries, 篇次 publications."""
    written = _in_period(Diary, "written_on", first, last)
    published = _in_period(Publication, "on", first, last)
    texts = tuple(dict.fromkeys(row.diary.id for row in published))
    return [
        counted("民情日记", "篇", written),
        Figure("刊载日记", len(texts), "篇", texts),
        counted("刊载日记", "篇次", published),
    ]


def help_figures(first: datetime.date | None, last: datetime.date | None) -> list[Figure]:
    """Count pairings made, ended and standing at the end of a period, and what was brought to households."""
    with reading():
        pairings: list[Any] = list(Pairing.select().where(Pairing.deleted_at.is_null()))
    begun = [row for row in pairings if _within(row.since, first, last)]
    ended = [row for row in pairings if row.until and _within(row.until, first, last)]
    end = last or datetime.date.today()
    running = [
        row for row in pairings if row.since and row.since <= end and not (row.until and row.until <= end)
    ]
    gifts = [row for row in _in_period(Condolence, "on", first, last) if not row.is_ahead]
    homes = tuple(dict.fromkeys(row.household.id for row in gifts))
    money = sum(row.amount or 0 for row in gifts)
    return [
        counted("新结对", "对", begun),
        counted("脱困解除", "对", [row for row in ended if row.state == PairingState.LIFTED]),
        counted("审批解除", "对", [row for row in ended if row.state == PairingState.ENDED]),
        counted("期末结对中", "对", running),
        Figure("慰问", len(homes), "户", homes),
        counted("慰问", "户次", gifts),
        Figure("慰问金", money, "元", tuple(row.id for row in gifts if row.amount)),
    ]


def _in_period(
    model: type[Record], field: str, first: datetime.date | None, last: datetime.date | None
) -> list[Any]:
    day = getattr(model, field)
    condition = model.deleted_at.is_null() & day.is_null(False)
    if first:
        condition &= day >= first
    if last:
        condition &= day <= last
    with reading():
        return list(model.select().where(condition).order_by(day, model.id))  # pyright: ignore


def _within(day: datetime.date | None, first: datetime.date | None, last: datetime.date | None) -> bool:
    return day is not None and (first is None or day >= first) and (last is None or day <= last)
