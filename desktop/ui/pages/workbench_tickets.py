"""What the workbench tells of tickets: late, due, waiting; each line opens its view, and on a day off nobody is urged."""

from __future__ import annotations

import datetime

from desktop.services.desk import Desk
from desktop.ui.pages.workbench_due import Task
from desktop.ui.tints import Tint

PAGE = "tickets"
LINES: tuple[tuple[str, str, Tint, str, str, int], ...] = (
    ("late", "alert-circle", Tint.LATE, "件逾期没有答复", "已逾期", -100),
    ("today", "clock", Tint.WARN, "件今天到期", "今天", -1),
    ("warning", "clock", Tint.WARN, "件快到期了", "预警", 0),
    ("to_accept", "clipboard-list", Tint.WARN, "件等待受理", "待受理", 1),
    ("to_assign", "arrow-right", Tint.WARN, "件等待交办", "待交办", 1),
    ("to_evaluate", "phone", Tint.WARN, "件已答复，等待回访", "待回访", 2),
    ("to_close", "check-circle", Tint.MUTED, "件已回访，可以办结", "待办结", 6),
    ("to_feed_back", "message-square-text", Tint.WARN, "件该向反映人反馈", "待反馈", 2),
)
"""View, sign, colour, what is told of its count, the word at the end of the line, how pressing."""


def tasks(desk: Desk, today: datetime.date) -> list[Task]:
    """Return the lines of a working day; on a day off one line says when reminders come again."""
    if not desk.books.has_any("ticket"):
        return []
    told = desk.ticket_views.reminders(today)
    if not told.is_workday:
        if not desk.ticket_views.count("owed", today=today):
            return []
        day = told.next_workday
        words = f"今天休息，不催办；{day.month}月{day.day}日上班后再提醒"
        return [Task("moon", Tint.MUTED, "问题和意见建议", words, "休息", b"", view="owed", urgency=90)]
    return [
        Task(sign, tint, f"{count} {what}", _about(view, told.counts), when, b"", view=view, urgency=urgency)
        for view, sign, tint, what, when, urgency in LINES
        if (count := told.counts[view])
    ]


def _about(view: str, counts: dict[str, int]) -> str:
    match view:
        case "late" if counts["very_late"]:
            return f"其中 {counts['very_late']} 件逾期满 5 个工作日，应当督办"
        case "late":
            return "请催办"
        case "warning":
            return "两个工作日内到期"
        case _:
            return ""
