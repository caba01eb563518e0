"""问题: what was said and is owed an answer, with its clock; the list, the form, the steps of one."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.holidays import Holiday
from desktop.records.staff import Staff
from desktop.records.ticket_steps import Slip, Supervision
from desktop.records.tickets import Occurrence, Ticket
from desktop.ui import unsaved
from desktop.ui.frame import Frame
from desktop.ui.list_page import RecordPage
from desktop.ui.pages.tickets_faces import TicketFaces
from desktop.ui.pages.tickets_layout import layout_of
from desktop.ui.pages.tickets_tools import add_tools
from desktop.ui.pages.tickets_views import BOARD, LIST, ViewStrip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.records.open_days import OpenDay
    from desktop.services.drafts import Texts
    from desktop.ui.pages.tickets_side import TicketSide
    from desktop.ui.record_form import RecordForm

PILE = f"{unsaved.PILE}ticket"
"""The part of a draft with a paper of the pile."""
FOLLOWED = {Occurrence, Slip, Supervision, Holiday, Staff}


class TicketsPage(RecordPage):
    """The list of tickets by views, the form of one with its steps over it."""

    key, label, icon = "tickets", "问题", "message-square-warning"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, layout_of(frame.desk))
        self.views = ViewStrip(frame)
        self.views.picked.connect(lambda: self._turn_view())
        self.views.face_picked.connect(self._turn_face)
        self.faces = TicketFaces(self, self.splitter)
        self._recount = QTimer(self, singleShot=True, interval=0)
        self._recount.timeout.connect(self.views.count)
        self._place()
        self.merge = add_tools(self)
        self._turn_view(keep_order=True)
        self._recount.start()

    def _place(self) -> None:
        """Put the views under the search line, and the stack of faces where list and form were."""
        outer = cast("QVBoxLayout", self.layout())
        outer.insertWidget(1, self.views)
        outer.addWidget(self.faces, 1)

    def print_tickets(self) -> None:
        """Open the papers of the tickets chosen, else of all that the list shows; unsaved edits are asked about."""
        from desktop.ui.ticket_printing import print_tickets

        if self.may_leave():
            print_tickets(self.frame, self.window(), self.view.chosen_ids(), self.table.query)

    # -- the list

    def _selected(self) -> None:
        super()._selected()
        if hasattr(self, "merge"):
            self.merge.setEnabled(self.view.chosen_count > 1 and not self.frame.read_only)

    def _turn_view(self, *, keep_order: bool = False) -> None:
        """Show the view in front, in its own order, or in that which the list was left in."""
        asked = self.views.query()
        if not (keep_order and self.table.query.sort):
            self.view.show_sort(asked.sort, descending=asked.descending)
            self.table.query = replace(self.table.query, sort=asked.sort, descending=asked.descending)
        self.search()
        self._show_side()

    @property
    def narrowed(self) -> bool:
        strip = getattr(self, "views", None)  # the list is counted before the views stand over it
        return self.filter.active or (strip is not None and strip.view != "all")

    def show_all(self) -> None:
        self.views.show_view("all")
        self.filter.clear()

    def shown(self) -> None:
        """Show the clocks of today, where the window stood over night."""
        self.search()
        self._recount.start()

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if self.faces.piling and models & {Ticket, Occurrence}:
            self.faces.pile.look_again()
        if models & {Ticket, Staff, Holiday}:
            self.faces.refresh_board()
        if Ticket in models or models & FOLLOWED:
            self._recount.start()
        if models & FOLLOWED and Ticket not in models:
            self.table.refresh()
            self._keep_row()
            if self.record is not None and not self.fresh:
                self.side.show_parts()

    def why_remove(self, what: str) -> str | None:
        """Ask why; without a reason nothing is removed: its number stays, void, and must say why."""
        asked = f"删除 {what}"
        why = self.frame.ask.text(asked, label="删除的原因（编号作废，不再使用；原因留在历史里，可以撤销）：")
        if why == "":
            self.frame.tell(UserError("没有写原因，没有删除；编号作废要写明原因"))
            return None
        return why

    # -- list, board, pile

    def start_pile(self, day: OpenDay | None = None) -> None:
        """Register a pile of papers, of an open day where one is given."""
        if not self.frame.read_only and self.may_leave():
            self.faces.start_pile(day)

    def show_head(self, shown: bool) -> None:
        """Show search line and views, or give their room away."""
        for part in (self.head, self.views):
            part.setVisible(shown)

    def _turn_face(self, face: str) -> None:
        if face == BOARD and self.may_leave():
            self.faces.show_board()
        elif face == BOARD:
            self.views.show_face(LIST)
        else:
            self.faces.show_list()

    def search(self) -> None:
        """Show what views and filter line ask for, as of today."""
        self.table.query = replace(self.table.query, narrowed=self.views.query().narrowed)
        super().search()
        self.faces.refresh_board()

    def may_leave(self) -> bool:
        return self.faces.may_leave_pile() if self.faces.piling else super().may_leave()

    def typed(self) -> dict[str, dict[str, str]]:
        if self.faces.piling:
            return {PILE: self.faces.pile.fields.typed()} if self.faces.pile.dirty else {}
        return super().typed()

    def type_in(self, texts: Texts) -> None:
        if unsaved.piled(texts):
            self.start_pile()
            self.faces.pile.fields.type_in(texts[PILE])
        else:
            super().type_in(texts)

    def drop_edits(self) -> None:
        self.faces.drop_paper()
        super().drop_edits()

    def _chosen(self, key: bytes) -> None:
        if not self.faces.piling:  # the list behind moves on with every ticket registered
            super()._chosen(key)

    def open_record(self, key: bytes) -> None:
        """Show a ticket in list and form, whatever was in front."""
        if self.faces.piling and not self.faces.leave_pile():
            return
        self.views.show_face(LIST)
        super().open_record(key)

    def start_new(self) -> None:
        if self.faces.piling and not self.faces.leave_pile():
            return
        self.views.show_face(LIST)
        super().start_new()

    # -- the form

    def furnish(self, form: RecordForm) -> None:
        from desktop.ui.pages.tickets_side import TicketSide

        self.side: TicketSide = TicketSide(self, form)

    def blank(self) -> Record:
        """Return a ticket of today, so that its deadline shows at once."""
        ticket = self.books.new(Ticket)
        ticket.received_on = datetime.date.today()
        return ticket

    def opened(self, record: Record, *, fresh: bool) -> None:
        self.side.show()

    def before_save(self, record: Record) -> bool:
        self.side.note_raiser()
        return True

    def present(self, record: Record) -> None:
        """Show a record as it is now, whatever stood in the form."""
        self._show(record)

    def put_edits(self, mine: Record, fields: Sequence[str]) -> None:
        super().put_edits(mine, fields)
        if "raised_by" in fields:
            self.side.raised.link(cast("Ticket", mine).representative)

    def ready(self) -> Iterator[None]:
        yield from super().ready()
        _ = self.side.story
        yield
        yield from self.faces.made_ahead()
