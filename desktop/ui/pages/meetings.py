"""会议: 部长办公会 and 调度会, what was decided there, and the suggestions on their agendas."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from desktop.records.base import Record, parts_of
from desktop.records.meetings import Meeting
from desktop.records.tickets import Ticket
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.hanging_tab import HangingTab, Row
from desktop.ui.list_layout import ListLayout
from desktop.ui.pages.simple_page import SimplePage, columns_told
from desktop.ui.record_form import RecordForm
from desktop.ui.sections import Section

PAPERS = ("meeting-agenda", "meeting-resolutions")
OPEN = "未定"


class MeetingsPage(SimplePage):
    """The list of meetings and the form of one; its agenda can be printed."""

    key, label, icon = "meetings", "会议", "users"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=Meeting,
                sections=(
                    Section("", ("name", "sort", "held_on", "starts_at", "venue", "host", "recorder")),
                    Section("", ("attendees", "decided", "note")),
                ),
                unit="次",
                purpose="部长办公会、调度会登记在这里：哪天开、谁参加、议定了什么。提交会议的意见建议会排在“议题”里。",
                first_step="登记第一次会议",
                hint="会议名称、地点、议定事项",
                filters=("sort",),
                shown=("held_on", "name", "sort", "host"),
                columns=columns_told(
                    Meeting, (), {"held_on": 108, "sort": 96, "host": 80}, name={"width": 180}
                ),
                first_tab="会议",
            ),
            sort="held_on",
        )

    def furnish(self, form: RecordForm) -> None:
        form.add_tab("议题", self._agenda)

    def _agenda(self) -> HangingTab:
        self.agenda.show_of(None if self.fresh else self.record)
        return self.agenda

    @cached_property
    def agenda(self) -> HangingTab:
        """Return the suggestions that were submitted to the meeting."""
        made = HangingTab(
            self.frame, "meeting-agenda", "议题", ("编号", "摘要", "采纳情况", "状态"), _agenda, page="tickets",
            unit="件", wide=1, empty="在“问题”页用“提交会议”把意见建议提交到这次会议，就会排在这里。",
        )  # fmt: skip
        papers = buttons.quiet("印议题单、决定事项", "print-agenda", "printer")
        papers.clicked.connect(self.print_agenda)
        made.add_tool(papers)
        return made

    def print_agenda(self) -> None:
        """Open the print dialog with the papers of the meeting."""
        from desktop.ui.ticket_printing import print_tickets

        if self.agenda.rows and self.may_leave():
            keys = [ticket.id for ticket, _ in self.agenda.rows]
            print_tickets(self.frame, self.window(), keys, documents=PAPERS)

    def opened(self, record: Record, *, fresh: bool) -> None:
        super().opened(record, fresh=fresh)
        if "agenda" in self.__dict__:
            self.agenda.show_of(None if fresh else record)

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if Ticket in models and "agenda" in self.__dict__:
            self.agenda.refresh()


def _agenda(meeting: Record) -> list[Row]:
    tickets = sorted(parts_of(Ticket, "meeting", cast("Meeting", meeting)), key=lambda ticket: ticket.number)
    return [
        (ticket, (ticket.number, ticket.shown_summary, ticket.decision or OPEN, ticket.state))
        for ticket in tickets
    ]
