"""意见与问题: what was said on the day, with its clocks; registered from here with the day filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from desktop.records import ticket_views as conditions
from desktop.records.listing import Query
from desktop.records.open_days import DayState, OpenDay
from desktop.records.tickets import Ticket, TicketState
from desktop.ui import buttons
from desktop.ui.counting import CountBeside
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState
from desktop.ui.pages.open_days_tab import LOW, DayTab
from desktop.ui.pages.tickets_rows import columns
from desktop.ui.record_view import RecordView
from desktop.ui.tables import RecordTable

if TYPE_CHECKING:
    from desktop.ui.workroom import Task

SHOWN = ("number", "clock", "state", "summary", "raised_by", "section", "handler", "times")
DONE = (TicketState.CLOSED, TicketState.ARCHIVED, TicketState.REFUSED, TicketState.MERGED)
PURPOSE = "活动当天代表提的问题、意见建议登记在这里，期限按这个开放日答应的工作日算。"


class DayTicketsTab(DayTab):
    """The tickets of a day as the page 问题 lists them; Enter opens one there."""

    key = "day-tickets"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._task: Task | None = None
        later = CountBeside(self, frame.workroom, frame.desk.books)
        self.table = RecordTable(frame.desk.books, self._query(None), columns(frame.desk), later)
        self.view = RecordView(self.table, frame.memory, "day-tickets", "这个开放日的意见与问题", SHOWN)
        self.view.setMinimumHeight(LOW)
        self.view.opened.connect(self._open)
        first = buttons.plain("登记这一天的问题", "first-day-ticket", "plus")
        first.clicked.connect(self.take_next)
        first.setEnabled(not frame.read_only)
        self._faces = QStackedWidget()
        self._faces.addWidget(self.view)
        self._faces.addWidget(EmptyState("message-square-warning", "还没有登记", PURPOSE, first))
        self.body.addWidget(self._faces, 1)

    @staticmethod
    def _query(day: OpenDay | None) -> Query:
        where = (("open_day", day),) if day is not None else ()
        keys = () if day is not None else (b"\0",)
        return Query(Ticket, where=where, keys=keys, sort="due_on")

    def fill(self, day: OpenDay) -> None:
        """Show the tickets of a day, and count beside the window what is still owed."""
        self.table.search_for(self._query(day))
        self._faces.setCurrentIndex(0 if self.table.rowCount() else 1)
        held = day.state != DayState.CANCELLED
        self.offer(self._said(self.table.rowCount(), None), "登记这一天的问题", icon="plus", enabled=held)
        if self._task:
            self._task.cancel()
        books, key = self.frame.desk.books, day.id

        def owed() -> tuple[int, int]:
            query = Query(Ticket, where=(("open_day", key),))
            done = Query(Ticket, where=(("open_day", key),), narrowed=conditions.in_state(*DONE))
            return books.count(query), books.count(done)

        self._task = self.frame.workroom.look(self, owed, done=self._tell)

    def _tell(self, counts: tuple[int, int]) -> None:
        self.words.say(self._said(*counts))

    @staticmethod
    def _said(count: int, done: int | None) -> str:
        if not count:
            return PURPOSE
        return (
            f"登记 {count:,} 件"
            if done is None
            else f"登记 {count:,} 件，已了结 {done:,} 件，在办 {count - done:,} 件"
        )

    def take_next(self) -> None:
        """Register a pile of papers of this day on the page 问题."""
        day = self.day
        self.frame.go("tickets")
        page = getattr(self.window(), "page", None)
        if day is not None and page is not None and page.key == "tickets":
            page.start_pile(day)

    def _open(self) -> None:
        if chosen := self.view.chosen_ids():
            self.frame.go("tickets", chosen[0])
