"""What the workbench tells of reports owed and talks arranged: late, today, this week; each line opens its record."""

from __future__ import annotations

import datetime
from typing import Any

from desktop.records.listing import Query
from desktop.services.desk import Desk
from desktop.ui.pages.workbench_due import WEEK, Task
from desktop.ui.tints import Tint

PAGE = "diaries"
MOST = 12
"""Lines of each sort: who has more to do than this opens the page."""


def tasks(desk: Desk, today: datetime.date) -> list[Task]:
    """Return the reports late or due within a week, and the talks of that week and those nobody closed."""
    found: list[Task] = []
    if desk.books.has_any("liaison-report"):
        found += _reports(today)
    if desk.books.has_any("appointment"):
        found += _talks(desk, today)
    return found


def _reports(today: datetime.date) -> list[Task]:
    from desktop.services.liaison import owed_by, standing

    made = []
    for report in owed_by(today + datetime.timedelta(days=WEEK))[:MOST]:
        left = (report.due_on - today).days if report.due_on else 0
        tint = Tint.LATE if left < 0 else Tint.WARN if left <= 1 else Tint.MUTED
        sign = "alert-circle" if left < 0 else "file-up"
        who = report.staff.full_name if report.staff else ""
        to = f"报{report.to}" if report.to else ""
        about = " · ".join(filter(None, (to, who)))
        when = standing(report, today)
        made.append(Task(sign, tint, report.title, about, when, report.id, urgency=left, page=PAGE))
    return made


def _talks(desk: Desk, today: datetime.date) -> list[Task]:
    """Return the talks of the week ahead; those of past days wait to be told how they went."""
    from desktop.records.appointments import Appointment, AppointmentState

    last = today + datetime.timedelta(days=WEEK)
    query = Query(
        Appointment,
        where=(("state", AppointmentState.MADE),),
        sort="on",
        narrowed=(('t."on" <= ?', (last.isoformat(),)),),
    )
    made = []
    for talk in desk.books.page(query, 0, MOST):
        told: Any = talk
        left = (told.on - today).days
        when = "等登记结果" if left < 0 else "今天" if left == 0 else f"{told.on.month}月{told.on.day}日"
        about = " · ".join(filter(None, (told.at, told.staff.full_name, told.venue)))
        tint = Tint.WARN if left <= 0 else Tint.MUTED
        made.append(
            Task(
                "calendar-clock",
                tint,
                f"约谈{told.with_whom}",
                about,
                when,
                told.id,
                urgency=max(left, -1),
                page=PAGE,
            )
        )
    return made
