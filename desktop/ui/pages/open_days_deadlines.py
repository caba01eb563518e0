"""Why a date of an open day's line of time is what it is."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QWidget

from desktop.records.dates import show_day
from desktop.records.open_days import Milestone, OpenDay
from desktop.services.calendar_years import Judged
from desktop.services.workdays import Workdays
from desktop.ui.deadline_dialog import DeadlineDialog, Explained, source_of, years_told
from desktop.ui.deadline_dialog import explained as explained_deadline
from desktop.ui.pages.open_days_timeline import ANSWER
from desktop.ui.plain_table import Cell

ONE_DAY = datetime.timedelta(days=1)


def explained(workdays: Workdays, day: OpenDay, row: Milestone) -> tuple[Explained, str]:
    """Return how a milestone's date came about, and by which arrangement its years were judged."""
    held, due = day.held_on, row.due_on
    if held is None or due is None:
        return Explained("还没有定开放日的日期。", [], False), ""
    if row.name == ANSWER:
        deadline = workdays.due(held, day.reply_days or 0)
        told = explained_deadline(deadline, held, what="活动日")
        return _with_kept(told, due, deadline.due), years_told(deadline.days)
    days = _back(workdays, due)
    words = _before(held, due, days)
    told = Explained(words, _rows(days), any(day.presumed for day in days))
    return _with_kept(told, row.advised_on or days[-1].date, days[-1].date), years_told(days)


def _with_kept(told: Explained, kept: datetime.date, now: datetime.date) -> Explained:
    """Say so where the date kept is another than the arrangement of today gives."""
    if kept == now:
        return told
    words = f"{told.words}现在登记的是 {show_day(kept)}：放假安排后来有变动，可在“设置 › 放假安排 › 期限变动”里调整。"
    return Explained(words, told.rows, told.presumed)


def _back(workdays: Workdays, due: datetime.date) -> list[Judged]:
    """Return the days from `due` back to the last working day on or before it."""
    last = workdays.on_or_before(due).date
    return [workdays.judge(due - n * ONE_DAY) for n in range((due - last).days + 1)]


def _before(held: datetime.date, due: datetime.date, days: list[Judged]) -> str:
    away = (held - due).days
    words = (
        f"{show_day(held)} 往前 {away} 天是 {show_day(due)}。" if away else f"活动当天，{show_day(held)}。"
    )
    if len(days) > 1:
        words += f"那天不上班，往前最近的工作日是 {show_day(days[-1].date)}，建议在这一天办。"
    return words


def _rows(days: list[Judged]) -> list[tuple[Cell, ...]]:
    return [
        (show_day(day.date), "✓ 工作日" if day.counted else "✕ 不上班", day.reason, source_of(day))
        for day in days
    ]


def dialog_of(parent: QWidget | None, workdays: Workdays, day: OpenDay, row: Milestone) -> DeadlineDialog:
    """Return the dialog that explains one milestone."""
    told, years = explained(workdays, day, row)
    return DeadlineDialog(parent, f"{row.name}的日期怎样算出", told, years)
