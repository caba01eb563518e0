"""What the workbench tells of planned visits (gone by, today's, this week's) and of pairings to be ended."""

from __future__ import annotations

import datetime

from desktop.records.pairing_rows import to_be_ended
from desktop.records.visit_due import plans_due
from desktop.services.desk import Desk
from desktop.ui.pages.workbench_due import WEEK, Task
from desktop.ui.tints import Tint

PAGE, TAB = "visits", "计划"
MOST = 6
"""Pairings to be ended that are told of one by one."""


def tasks(desk: Desk, today: datetime.date) -> list[Task]:
    """Return a line each for plans gone by, those of today and of the week ahead, and for pairings to be ended."""
    found = _plans(today) if desk.books.has_any("visit") else []
    return found + (_endings() if desk.books.has_any("pairing") else [])


def _endings() -> list[Task]:
    """Return a line for each pairing whose household is out of need: it opens the pairing."""
    return [
        Task(
            "handshake",
            Tint.MUTED,
            f"{one.staff}结对的{one.head}已脱困，可以解除结对",
            f"{one.lifted_on} 脱困",
            "待解除",
            one.pairing,
            urgency=WEEK,
            page="pairings",
        )
        for one in to_be_ended(MOST)
    ]


def _plans(today: datetime.date) -> list[Task]:
    due = plans_due(today, WEEK)
    lines = (
        (due.late, "alert-circle", Tint.LATE, "次走访计划过了日子，还没有登记", "已过期", -2),
        (due.today, "footprints", Tint.WARN, "次走访计划在今天", "今天", 0),
        (due.ahead, "footprints", Tint.MUTED, "次走访计划在一周内", "一周内", 6),
    )
    return [
        Task(sign, tint, f"{count} {what}", "", when, b"", tab=TAB, urgency=urgency, page=PAGE)
        for count, sign, tint, what, when, urgency in lines
        if count
    ]
