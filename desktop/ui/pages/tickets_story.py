"""办理: everything that happened to a ticket, round by round, with who and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.records.dates import show_day
from desktop.records.tickets import Ticket
from desktop.services.ticket_story import Chapter, Line, story
from desktop.ui.labels import IconLabel, StatusLabel, Text
from desktop.ui.layouts import hairline
from desktop.ui.naming import name, set_property
from desktop.ui.scrolled import Scrolled
from desktop.ui.tints import Tint

SIGNS = {
    "register": "file-plus", "accept": "check", "refuse": "x-circle", "assign": "arrow-right", "sign_for": "check",
    "start": "arrow-right", "return": "undo", "ask_extension": "calendar-clock", "grant": "calendar-clock",
    "deny": "calendar-clock", "extend": "calendar-clock", "suspend": "clock", "resume": "arrow-right",
    "answer": "message-square-text", "evaluate": "phone", "redo": "refresh", "close": "check-circle",
    "archive": "archive", "table": "users", "decide": "clipboard-check", "carry_out": "list-checks",
    "feed_back": "message-square-text", "merge": "merge", "slip": "printer", "supervision": "eye",
}  # fmt: skip
"""The icon of each kind of line."""
DATE = 128
"""Pixels of the column of dates."""


class StoryTab(QWidget):
    """The rounds as headings, under each its lines: date, sentence, the text behind it, who wrote it down."""

    def __init__(self) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self.facts = StatusLabel("ticket-facts", "概况", "muted", wrap=True)
        self.facts.setContentsMargins(16, 8, 24, 8)
        self._ticket: Ticket | None = None
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(16, 12, 24, 24)
        self._rows.setSpacing(8)
        self.lines: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.facts)
        layout.addWidget(hairline())
        layout.addWidget(Scrolled(self._inside, "ticket-story", "办理经过", least=60), 1)

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Show a ticket's story; it is read only while the tab is in front."""
        self._ticket = ticket
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the story again."""
        ticket = self._ticket
        self.setUpdatesEnabled(False)
        while item := self._rows.takeAt(0):
            if part := item.widget():
                part.hide()
                part.deleteLater()
        self.lines = []
        self.facts.say(facts_of(ticket) if ticket is not None else "")
        for chapter in story(ticket) if ticket is not None else ():
            self._rows.addWidget(self._chapter(chapter))
        self._rows.addStretch(1)
        self.setUpdatesEnabled(True)

    def _chapter(self, chapter: Chapter) -> QWidget:
        part = name(QWidget(), f"round-{chapter.round}", chapter.title)
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(Text(chapter.title, "heading"), 0, 0, 1, 4)
        for row, line in enumerate(chapter.lines, 1):
            self._line(grid, row, line)
        grid.setColumnMinimumWidth(1, DATE)
        grid.setColumnStretch(2, 1)
        return part

    def _line(self, grid: QGridLayout, row: int, line: Line) -> None:
        top = Qt.AlignmentFlag.AlignTop
        when = show_day(line.on) if line.on else ""
        words = StatusLabel(f"line-{row}", "办理经过", "strong", wrap=True)
        words.say(line.words)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(words)
        if line.detail:
            told.addWidget(Text(line.detail, wrap=True))
        grid.addWidget(IconLabel(SIGNS.get(line.sort, "info"), Tint.MUTED, 16), row, 0, top)
        grid.addWidget(Text(when, "muted"), row, 1, top)
        grid.addLayout(told, row, 2)
        if line.who:
            grid.addWidget(Text(f"{line.who} 记", "caption"), row, 3, top)
        self.lines.append(" ".join(filter(None, (when, line.words, line.detail))))


def facts_of(ticket: Ticket) -> str:
    """Return what is to be known beside the steps, as one line."""
    facts: Sequence[str | None] = (
        f"{ticket.section} {ticket.handler.full_name if ticket.handler else ''}".strip()
        and f"承办：{ticket.section} {ticket.handler.full_name if ticket.handler else ''}".strip(),
        f"延期 {ticket.asked_days} 个工作日待批" if ticket.asked_days else None,
        f"办理结果：{ticket.outcome}" if ticket.outcome else None,
        f"评价：{ticket.verdict}" if ticket.verdict else None,
        f"会议：{ticket.meeting.name}" if ticket.meeting else None,
        f"{ticket.decision}（{ticket.decision_reason}）" if ticket.decision else None,
        f"落实：{show_day(ticket.carried_out_on)}" if ticket.carried_out_on else None,
        f"已反馈：{show_day(ticket.fed_back_on)}" if ticket.fed_back_on else None,
        f"下次反馈：{show_day(ticket.next_feedback_on)}" if ticket.next_feedback_on else None,
        f"已并入 {ticket.main.number}" if ticket.main else None,
    )
    return "；".join(filter(None, facts)) or "还没有交办"
