"""How the deadline of a ticket came about: the round's own count, then every extension granted."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QWidget

from desktop.records.dates import show_day
from desktop.records.tickets import Ticket
from desktop.services.deadlines import Deadline
from desktop.services.desk import Desk
from desktop.services.ticket_moves import extensions_of
from desktop.ui.deadline_dialog import DeadlineDialog, Explained, explained, rows_of, years_told


def deadline_dialog(desk: Desk, parent: QWidget | None, ticket: Ticket) -> DeadlineDialog:
    """Return the dialog that explains a ticket's deadline day by day; raises UserError beyond the years known."""
    clock, start = desk.tickets.clock, _start(desk, ticket)
    deadline = clock.deadline(ticket, start if (ticket.round or 1) > 1 else None)
    told = explained(deadline, start, what=_what(ticket))
    told, last = _with_extensions(desk, ticket, told, deadline)
    more = years_told(deadline.days)
    if ticket.due_on and ticket.due_on != last:
        more += f"登记时算出的期限是 {show_day(ticket.due_on)}，之后放假安排或时限规则有变动。"
    title = f"{ticket.number} 的期限怎样算出".strip() if ticket.number else "期限怎样算出"
    return DeadlineDialog(parent, title, told, more)


def _start(desk: Desk, ticket: Ticket) -> datetime.date:
    """Return the day from which the present round is counted."""
    if (ticket.round or 1) > 1 and ticket.counted_from:
        return ticket.counted_from
    return desk.tickets.clock.start_of(ticket)


def _what(ticket: Ticket) -> str:
    if (ticket.round or 1) > 1:
        return f"第 {ticket.round} 轮开始"
    day = ticket.open_day.held_on if ticket.open_day else None
    return "开放日" if day and day == (ticket.counted_from or day) else "反映日期"


def _with_extensions(
    desk: Desk, ticket: Ticket, told: Explained, deadline: Deadline
) -> tuple[Explained, datetime.date]:
    """Return the explanation with the working days that extensions of this round added, and the last date."""
    words, rows, presumed, last = told.words, list(told.rows), told.presumed, deadline.due
    for step in extensions_of(ticket) if ticket.number else ():
        if not (step.due_before and step.days):
            continue
        longer = desk.workdays.due(step.due_before, step.days)
        by = f"{step.approver}批准" if step.approver else ""
        words += f"{by}延期 {step.days} 个工作日，顺延到 {show_day(longer.due)}。"
        rows += rows_of(longer.days)
        presumed, last = presumed or longer.presumed, longer.due
    return Explained(words, rows, presumed), last
