"""The fields of the pile: each with its pin, which keeps what it says for the next ticket."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.base import kinds_of
from desktop.records.tickets import Ticket
from desktop.ui import buttons, icons
from desktop.ui.boxes import LineBox
from desktop.ui.editors import Editor, editor_for
from desktop.ui.field_row import FieldRow
from desktop.ui.form import held
from desktop.ui.frame import Frame
from desktop.ui.keys import is_enter
from desktop.ui.pages.tickets_form import editors
from desktop.ui.raised_editor import RaisedEditor, RaisedPair
from desktop.ui.tints import Tint

STAYING = ("open_day", "received_on", "source", "section", "handler", "limit", "urgency")
CHANGING = ("content", "raised_by", "raiser", "sort", "place", "category", "summary")
USUALLY_PINNED = (*STAYING, "sort")
NARROW = 20
"""Half-width characters of the boxes at the left."""
PINNED = "tickets/pinned"
"""Where the window remembers which fields stay."""
LABEL = 82


class PinRow(QWidget):
    """A field and its pin."""

    pinned_changed = Signal()

    def __init__(self, editor: Editor, *, pinned: bool) -> None:
        super().__init__()
        self.editor = editor
        self.row = FieldRow(editor)
        self.row.align_by_type(LABEL)
        self.pin = cast(
            "QToolButton", buttons.tool("pin", f"pin-{editor.kind.name}", f"固定{editor.kind.label}")
        )
        self.pin.setCheckable(True)
        self.pin.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pin.setChecked(pinned)
        self.pin.toggled.connect(self._turned)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.row, 1)
        line.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignTop)
        self._turned()

    @property
    def pinned(self) -> bool:
        """Tell whether the next ticket has the same value."""
        return self.pin.isChecked()

    def _turned(self) -> None:
        label = self.editor.kind.label
        self.pin.setIcon(icons.icon("pin", Tint.ACCENT) if self.pinned else icons.icon("pin-off", Tint.MUTED))
        told = "下一件还是这个值，点一下改为每件都填" if self.pinned else "每件都填，点一下固定下来"
        self.pin.setToolTip(f"{label}：{told}")
        self.pin.setAccessibleName(f"{label}：{'已固定' if self.pinned else '不固定'}")
        self.pinned_changed.emit()


class PileFields(QObject):
    """All the fields of the pile, in two columns; `finished` when Enter leaves the last one, `edited` at any edit."""

    finished = Signal()
    edited = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self.rows: dict[str, PinRow] = {}
        self.building = self._build()

    def _build(self) -> Iterator[None]:
        """Make the rows, one a step."""
        frame, own = self._frame, editors()
        kinds = {kind.name: kind for kind in kinds_of(Ticket)}
        kept = frame.memory.value(PINNED)
        pins = str(kept).split(",") if kept is not None else USUALLY_PINNED
        for field in (*CHANGING, *STAYING):
            editor = own.get(field, editor_for)(cast("Any", kinds[field]), frame.desk.books)
            self.rows[field] = self._row(field, editor, pinned=field in pins and field != "content")
            yield
        self.rows["content"].pin.hide()
        self.raised = cast("RaisedEditor", self.box("raised_by"))
        self._pair = RaisedPair(self.raised, self.box("raiser"))
        self.load(self.blank())
        yield

    def _row(self, field: str, editor: Editor, *, pinned: bool) -> PinRow:
        row = PinRow(editor, pinned=pinned)
        row.pinned_changed.connect(self._remember)
        if field in STAYING and isinstance(editor.widget, LineBox) and field != "received_on":
            editor.widget.set_columns(NARROW)
        editor.edited.connect(lambda: self._was_edited(field))
        for part in (editor.widget, *editor.widget.findChildren(QWidget)):
            part.installEventFilter(self)
        return row

    def column(self, fields: Sequence[str], *between: tuple[str, QWidget]) -> QVBoxLayout:
        """Return some of the fields one below another; `between` puts widgets after fields."""
        after = dict(between)
        layout = QVBoxLayout()
        layout.setSpacing(8)
        for field in fields:
            layout.addWidget(self.rows[field])
            if field in after:
                layout.addWidget(after[field])
        layout.addStretch(1)
        return layout

    def box(self, field: str) -> Editor:
        """Return the editor of a field."""
        return self.rows[field].editor

    def text(self, field: str) -> str:
        """Return what is typed in a field."""
        return self.box(field).value()

    @property
    def dirty(self) -> bool:
        """Tell whether something of a ticket is written down that isn't saved."""
        return any(self.text(field).strip() for field in ("content", "summary"))

    def blank(self) -> Ticket:
        """Return what an empty pile starts with: a ticket of today."""
        ticket = self._frame.desk.books.new(Ticket)
        ticket.received_on = datetime.date.today()
        return ticket

    def load(self, ticket: Ticket, *, all_of_it: bool = True) -> None:
        """Show a ticket's values; without `all_of_it` the pinned fields keep theirs."""
        for field, row in self.rows.items():
            row.row.complain("")
            if all_of_it or not row.pinned:
                row.editor.load(held(ticket, field))
        if ticket.representative is not None and (all_of_it or not self.rows["raised_by"].pinned):
            self.raised.link(ticket.representative)

    def store(self) -> Ticket | None:
        """Return a new ticket with what the fields say; None shows the faults."""
        ticket = self._frame.desk.books.new(Ticket)
        first: UserError | None = None
        for field, row in self.rows.items():
            row.row.complain("")
            try:
                setattr(ticket, field, row.editor.store())
            except UserError as fault:
                row.row.complain(fault.message)
                first = first or fault
        ticket.representative = self.raised.linked
        if first is not None:
            self.complain(first)
            return None
        return ticket

    def complain(self, fault: UserError) -> bool:
        """Show a fault beside its field and go there; False where it is of no field here."""
        row = self.rows.get(fault.field or "")
        if row is None:
            return False
        row.row.complain(fault.message)
        row.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_content(self) -> None:
        """Go to the text of the next paper."""
        self.box("content").widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_enter(event) and not isinstance(watched, QPushButton) and isinstance(watched, QWidget):
            self._move_on(watched)
            return True
        return super().eventFilter(watched, event)

    def _move_on(self, watched: QWidget) -> None:
        """Go to the next field that is filled anew for each ticket; after the last one the ticket is finished."""
        order = list(self.rows.values())
        here = next(i for i, row in enumerate(order) if row.isAncestorOf(watched))
        following = next((row for row in order[here + 1 :] if not row.pinned), None)
        if following is None:
            self.finished.emit()
        else:
            following.editor.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _was_edited(self, field: str) -> None:
        self.rows[field].row.complain("")
        if field == "open_day":
            self._follow_day()
        self.edited.emit(field)

    def _follow_day(self) -> None:
        """Take the open day's date as the day it was said, where that day has come."""
        try:
            day = cast("Any", self.box("open_day").store())
        except UserError:
            return
        if day is not None and day.held_on and day.held_on <= datetime.date.today():
            self.box("received_on").load(day.held_on)

    def _remember(self) -> None:
        pins = ",".join(field for field, row in self.rows.items() if row.pinned)
        self._frame.memory.setValue(PINNED, pins)
