"""The fields of the pile of tickets: what stays at the left, what each paper has of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, cast

from desktop.errors import UserError
from desktop.records.base import Record, kinds_of
from desktop.records.tickets import Ticket
from desktop.ui.boxes import LineBox
from desktop.ui.editors import editor_for
from desktop.ui.frame import Frame
from desktop.ui.pages.tickets_form import editors
from desktop.ui.pinned_fields import PinnedFields
from desktop.ui.raised_editor import RaisedEditor, RaisedPair

STAYING = ("open_day", "received_on", "source", "section", "handler", "limit", "urgency")
CHANGING = ("content", "raised_by", "raiser", "sort", "place", "category", "summary")
USUALLY_PINNED = (*STAYING, "sort")
NARROW = 20
"""Half-width characters of the boxes at the left."""
PINNED = "tickets/pinned"
"""Where the window remembers which fields stay."""


class PileFields(PinnedFields):
    """The text of a ticket first; what stays comes after it, for Enter passes it over."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, PINNED, USUALLY_PINNED)
        self.building = self._build()

    def _build(self) -> Iterator[None]:
        """Make the rows, one a step."""
        own, kinds = editors(), {kind.name: kind for kind in kinds_of(Ticket)}
        for field in (*CHANGING, *STAYING):
            editor = own.get(field, editor_for)(cast("Any", kinds[field]), self._frame.desk.books)
            self.add(editor, may_stay=field != "content")
            if field in STAYING and isinstance(editor.widget, LineBox) and field != "received_on":
                editor.widget.set_columns(NARROW)
            yield
        self.raised = cast("RaisedEditor", self.box("raised_by"))
        self._pair = RaisedPair(self.raised, self.box("raiser"))
        self.load(self.blank())
        yield

    @property
    def dirty(self) -> bool:
        """Tell whether something of a ticket is written down that isn't saved."""
        return any(self.text(field).strip() for field in ("content", "summary"))

    def blank(self) -> Ticket:
        """Return what an empty pile starts with: a ticket of today."""
        ticket = self._frame.desk.books.new(Ticket)
        ticket.received_on = datetime.date.today()
        return ticket

    def load(self, record: Record, *, all_of_it: bool = True) -> None:
        """Show a ticket's values; without `all_of_it` the pinned fields keep theirs."""
        super().load(record, all_of_it=all_of_it)
        person = cast("Ticket", record).representative
        if person is not None and (all_of_it or not self.rows["raised_by"].pinned):
            self.raised.link(person)

    def ticket(self) -> Ticket | None:
        """Return a new ticket with what the fields say; None shows the faults."""
        ticket = self._frame.desk.books.new(Ticket)
        ticket.representative = self.raised.linked
        return ticket if self.store(ticket) else None

    def focus_content(self) -> None:
        """Go to the text of the next paper."""
        self.focus("content")

    def _was_edited(self, field: str) -> None:
        if field == "open_day":
            self._follow_day()
        super()._was_edited(field)

    def _follow_day(self) -> None:
        """Take the open day's date as the day it was said, where that day has come."""
        try:
            day = cast("Any", self.box("open_day").store())
        except UserError:
            return
        if day is not None and day.held_on and day.held_on <= datetime.date.today():
            self.box("received_on").load(day.held_on)
