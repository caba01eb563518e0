"""One step of a ticket: what has to be told with it, asked in a small dialog, and taken."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.backups import Reason
from desktop.records.base import Record
from desktop.records.dates import show_day
from desktop.records.listing import Query
from desktop.records.staff import Staff
from desktop.records.storing import Conflict
from desktop.records.tickets import Ticket
from desktop.services.ticket_gestures import accept_and_assign
from desktop.ui import buttons
from desktop.ui.backup_first import backup_first
from desktop.ui.boxes import SuggestingBox
from desktop.ui.dialogs import Dialog
from desktop.ui.editors import Editor, LineEditor, LinkEditor, editor_for
from desktop.ui.field_row import EnterGoesOn, FieldRow
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel
from desktop.ui.pages.tickets_steps import HAND_OVER, ON_THE_SPOT, Offer, asked_kind, own_verb
from desktop.ui.words import matching

LABEL, CONTROL, WIDE = 118, 32, 560
KEPT = ("approver", "by", "method")
"""What is offered again at the next ticket: usually the same person signs and asks."""


class StepDialog(Dialog):
    """Asks what a step needs. `taken` is called when it is done, `clashed` where the ticket changed meanwhile."""

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        ticket: Ticket,
        offer: Offer,
        taken: Callable[[str], None],
        clashed: Callable[[Conflict], None] | None = None,
    ) -> None:
        self._offer = offer
        super().__init__(parent, f"{self._offer.words}：{ticket.caption()}", "ticket-step")
        self._frame, self._ticket, self._taken, self._clashed = frame, ticket, taken, clashed
        self.rows: dict[str, FieldRow] = {}
        told = StatusLabel("step-follows", "这一步", "muted", wrap=True)
        told.say(self._offer.follows)
        told.setVisible(bool(self._offer.follows))
        self.body.addWidget(told)
        for field in self._offer.asks:
            self._add(field)
        self.outlook = StatusLabel("step-outlook", "新期限", "muted", wrap=True)
        self.outlook.hide()
        self.body.addWidget(self.outlook)
        self.body.addStretch(1)
        self.go = self.add_buttons(self._offer.words)
        self.go.setToolTip("Ctrl+Enter")
        self.go.clicked.connect(self.take)
        EnterGoesOn(self, self.rows.values(), self.go)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, self._offer.words, keys).triggered.connect(self.take)
        self._align()
        self._prefill()
        self.fit(WIDE, self.sizeHint().height())
        self._first()

    def _add(self, field: str) -> None:
        editor = self._editor(field)
        row = self.rows[field] = FieldRow(editor)
        editor.edited.connect(lambda: row.complain(""))
        if field in ("days", "handler"):
            editor.edited.connect(self._reckon if field == "days" else self._follow_handler)
        self.body.addWidget(row)

    def _align(self) -> None:
        """Give the labels one width and the height of the boxes, also in large type."""
        rows = self.rows.values()
        for row in rows:
            row.label.ensurePolished()
            row.editor.widget.ensurePolished()
        widest = max(row.label.fontMetrics().horizontalAdvance(row.label.text()) for row in rows)
        heights = [row.editor.widget.sizeHint().height() for row in rows if not row.wide]
        for row in rows:
            row.align(max(LABEL, widest + 14), min(max(heights, default=CONTROL), 44))

    def _editor(self, field: str) -> Editor:
        kind, books = asked_kind(self._offer, field), self._frame.desk.books
        if field in ("by", "meeting"):
            words = self._names if field == "by" else self._meetings
            box = SuggestingBox(30, lambda text: [(word, word) for word in matching(words(), text)])
            editor = LineEditor(kind, box, kind.hint)
            box.chosen.connect(editor.edited)
            return editor
        return editor_for(kind, books)

    def _names(self) -> list[str]:
        return [person.caption() for person in self._frame.desk.books.page(Query(Staff), 0, 500)]

    def _meetings(self) -> list[str]:
        from desktop.records.meetings import Meeting

        query = Query(Meeting, sort="held_on", descending=True)
        return [meeting.caption() for meeting in self._frame.desk.books.page(query, 0, 50)]

    def _prefill(self) -> None:
        """Offer what is usually told: today, who has it already, who signed and asked last time."""
        memory, ticket = self._frame.memory, self._ticket
        for field in self.rows:
            match field:
                case "on":
                    self.box(field).load(datetime.date.today())
                case "section" | "handler":
                    self.box(field).load(getattr(ticket, field))
                case "by" if own_verb(self._offer.verb) == "answer":
                    self.box(field).load(ticket.handler.full_name if ticket.handler else "")
                case _ if field in KEPT:
                    self.box(field).load(str(memory.value(f"tickets/last-{field}") or ""))
        if self._offer.verb in ("grant", "extend", "ask_extension"):
            self._reckon()

    def _first(self) -> None:
        """Go to the first box that has to be filled, else to the button."""
        for row in self.rows.values():
            if not row.editor.value() and (row.editor.kind.required or row is next(iter(self.rows.values()))):
                row.editor.widget.setFocus()
                return
        self.go.setFocus()

    def box(self, field: str) -> Editor:
        """Return the editor of a field."""
        return self.rows[field].editor

    def _follow_handler(self) -> None:
        """Fill the section of the person chosen, where none is told yet."""
        if "section" not in self.rows or self.box("section").value().strip():
            return
        try:
            person = cast("LinkEditor", self.box("handler")).store()
        except UserError:
            return
        if isinstance(person, Staff) and person.section:
            self.box("section").load(person.section)

    def _reckon(self) -> None:
        """Say what the deadline would be."""
        days = self._ticket.asked_days or 0
        if "days" in self.rows:
            text = self.box("days").value().strip()
            days = int(text) if text.isascii() and text.isdigit() else 0
        due = self._ticket.due_on
        self.outlook.setVisible(due is not None)
        if not (due and 0 < days < 366):
            most = self._frame.desk.tickets.clock.limit_of(self._ticket).extension_days or 0
            self.outlook.say(f"现在的期限是 {show_day(due)}，最多延长 {most} 个工作日" if due else "")
            return
        moved = self._frame.desk.workdays.due(due, days)
        presumed = "（推定）" if moved.presumed else ""
        self.outlook.say(f"期限由 {show_day(due)} 改为 {show_day(moved.due)}{presumed}")

    # -- taking it

    def values(self) -> dict[str, str] | None:
        """Return what is told, as typed text; None shows the faults."""
        told: dict[str, str] = {}
        first: FieldRow | None = None
        for field, row in self.rows.items():
            row.complain("")
            try:
                value = row.editor.store()
            except UserError as fault:
                row.complain(fault.message)
                first = first or row
                continue
            if value not in (None, ""):
                told[field] = value.id.hex() if isinstance(value, Record) else str(value)
        if first is not None:
            first.editor.widget.setFocus()
            return None
        return told

    def take(self) -> None:
        """Take the step, after asking what should be asked first; a refusal stands in the dialog."""
        values = self.values()
        if values is None:
            return
        verb = own_verb(self._offer.verb)
        if self._offer.verb == ON_THE_SPOT:
            values["on_the_spot"] = "是"
        if verb == "merge":
            backup_first(self._frame, self, Reason.MERGE, partial(self._take, values))
        else:
            self._take(values)

    def _take(self, values: dict[str, str]) -> None:
        verb, desk = own_verb(self._offer.verb), self._frame.desk
        try:
            warned = desk.tickets.warnings(self._ticket, verb, values)
            if warned and not self._frame.ask.confirm("；".join(warned), yes="仍然这样记", no="回去改"):
                return
            if self._offer.verb == HAND_OVER:
                accept_and_assign(desk.tickets, desk.changes, self._ticket, values)
            else:
                desk.books.do(self._ticket, verb, values)
        except Conflict as conflict:
            self.reject()
            if self._clashed:
                self._clashed(conflict)
        except UserError as refused:
            self._refused(refused)
        except TroubleError as trouble:
            self.complain(trouble.message)
        else:
            self._done(values)

    def _refused(self, refused: UserError) -> None:
        row = self.rows.get(refused.field or "")
        if row is None:
            self.complain(refused.message)
            return
        row.complain(refused.message)
        row.editor.widget.setFocus()

    def _done(self, values: dict[str, str]) -> None:
        for field in KEPT:
            if field in values and own_verb(self._offer.verb) != "answer":
                self._frame.memory.setValue(f"tickets/last-{field}", values[field])
        self.accept()
        self._taken(told_of(self._offer, self._ticket))


def told_of(offer: Offer, ticket: Ticket) -> str:
    """Return what the toast says of a step taken."""
    more = "" if ticket.state == offer.words else f"，现在是“{ticket.state}”"
    if offer.verb in ("extend", "grant") and ticket.due_on:
        more = f"，新期限 {show_day(ticket.due_on)}"
    if offer.verb == "decide" and ticket.decision:
        more = f"：{ticket.decision}"
    if offer.verb in (HAND_OVER, "assign") and ticket.handler:
        more = f"给 {ticket.section} {ticket.handler.full_name}"
    return f"{ticket.number} 已{offer.words}{more}"
