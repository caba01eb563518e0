"""From diaries to a booklet: each with its day, author and the visits it tells of."""

from __future__ import annotations

import datetime

from desktop.records.base import parts_of
from desktop.records.dates import chinese_day
from desktop.records.diaries import Diary, DiaryVisit
from desktop.records.visit_papers import DiaryBooklet, DiaryPiece
from desktop.records.visits import Visit
from desktop.services.orders import Plan

WEEKDAYS = "一二三四五六日"


def diary_booklet(plan: Plan) -> DiaryBooklet:
    """Return the booklet of the diaries asked for, in their order."""
    diaries = [row for row in plan.records if isinstance(row, Diary)]
    days = [row.written_on for row in diaries if row.written_on]
    return DiaryBooklet(
        size=plan.order.options.size,
        office=plan.office.name,
        period=_period(min(days), max(days)) if days else "",
        made=f"{datetime.date.today():%Y}年{datetime.date.today().month}月",
        pieces=tuple(map(_piece, diaries)),
    )


def _piece(diary: Diary) -> DiaryPiece:
    on = diary.written_on
    day = f"{chinese_day(on)}　星期{WEEKDAYS[on.weekday()]}" if on else ""
    visits = [row.visit for row in parts_of(DiaryVisit, "diary", diary)]
    visits.sort(key=lambda visit: visit.visited_on or datetime.date.min)
    return DiaryPiece(
        title=diary.title or (f"{on.month}月{on.day}日" if on else ""),
        date=day,
        author=diary.author.full_name,
        section=diary.author.section,
        text=diary.text,
        weather=diary.weather,
        visits=tuple(map(_told, visits)),
        record=diary.id,
    )


def _told(visit: Visit) -> str:
    day = chinese_day(visit.visited_on) if visit.visited_on else ""
    home = visit.household
    where = f"{home.village}{home.group}" if home is not None else ""
    return f"{day}{visit.purpose}{where}{visit.whom}"


def _period(first: datetime.date, last: datetime.date) -> str:
    """Return from which month to which: 2026年3月—11月."""
    begun = f"{first.year}年{first.month}月"
    if (first.year, first.month) == (last.year, last.month):
        return begun
    ended = f"{last.month}月" if first.year == last.year else f"{last.year}年{last.month}月"
    return f"{begun}—{ended}"
