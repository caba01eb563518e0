"""What the workbench tells of planned visits: those not registered yet, today's, this week's; a line opens the plans."""

from __future__ import annotations

import datetime

from desktop.records.visit_due import plans_due
from desktop.services.desk import Desk
from desktop.ui.pages.workbench_due import WEEK, Task
from desktop.ui.tints import Tint

PAGE, TAB = "visits", "计划"


def tasks(desk: Desk, today: datetime.date) -> list[Task]:
    """Return a line each for plans gone by, for those of today, and for those of the week ahead."""
    if not desk.books.has_any("visit"):
        return []
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
