"""上报材料 by what is owed: still to come, late, handed in; what falls due soon stands on the workbench."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from desktop.records.base import reading
from desktop.records.work_lines import LiaisonReport


class View(StrEnum):
    """Which reports a list shows."""

    OWED = "待报"
    LATE = "逾期"
    SENT = "已报"
    ALL = "全部"


def condition(view: View, today: datetime.date) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return the conditions of a list (`Query.narrowed`) for a view; what is late is owed too."""
    match view:
        case View.OWED:
            return (("t.sent_on IS NULL", ()),)
        case View.LATE:
            return (("t.sent_on IS NULL", ()), ("t.due_on < ?", (today.isoformat(),)))
        case View.SENT:
            return (("t.sent_on IS NOT NULL", ()),)
        case _:
            return ()


def standing(report: LiaisonReport, today: datetime.date) -> str:
    """Return how a report stands: `逾期 2 天`, `今天到期`, `还有 5 天`, `已报`, `已报（逾期 1 天）`."""
    if report.due_on is None:
        return ""
    if report.sent_on:
        over = (report.sent_on - report.due_on).days
        return f"已报（逾期 {over} 天）" if over > 0 else "已报"
    left = (report.due_on - today).days
    if left == 0:
        return "今天到期"
    return f"还有 {left} 天" if left > 0 else f"逾期 {-left} 天"


def owed_by(last: datetime.date) -> list[LiaisonReport]:
    """Return the reports not handed in that are due by a day, the latest ones of all first to be done."""
    owed = LiaisonReport.sent_on.is_null() & (LiaisonReport.due_on <= last)
    with reading():
        rows = LiaisonReport.select().where(owed & LiaisonReport.deleted_at.is_null())
        return list(rows.order_by(LiaisonReport.due_on, LiaisonReport.id))  # pyright: ignore
