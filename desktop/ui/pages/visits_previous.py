"""上次走访: what was found and promised the last time, in sight while the next visit is written down."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.records.dates import show_day
from desktop.records.households import Household
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel

MOST = 120
"""Characters shown of each text; the whole of it stands in the list."""


class PreviousVisit(QWidget):
    """One paragraph about the last visit of a household; nothing where no household is chosen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self.told = StatusLabel("previous-visit", "上次走访", "muted", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.told)
        self.hide()

    def show_for(self, home: Household | None, before: datetime.date | None = None) -> None:
        """Tell of the last visit of a household before a day."""
        words = ""
        if home is not None:
            visit = self._frame.desk.visiting.previous(home, before)
            words = self._words(visit) if visit else "这一户还没有走访过。"
        self.told.say(words)
        self.setVisible(bool(words))

    def _words(self, visit: Visit) -> str:
        who = "、".join(filter(None, (visit.staff.full_name, visit.companions)))
        lines = [f"上次{visit.purpose}：{show_day(visit.visited_on)}，{who}" if visit.visited_on else ""]
        for label, text in (("情况", visit.found), ("答应", visit.promised), ("下步", visit.next_step)):
            if text:
                lines.append(f"{label}：{cut(text)}")
        problems = self._frame.desk.visiting.problems_of(visit)
        lines += [f"问题：{problem_words(ticket)}" for ticket in problems[:4]]
        return "\n".join(filter(None, lines))


def problem_words(ticket: Ticket) -> str:
    """Return a ticket in a line: number, summary and state."""
    return f"{ticket.number} {ticket.shown_summary}（{ticket.state}）"


def cut(text: str) -> str:
    """Return a text in one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= MOST else f"{line[:MOST]}…"
