"""The form of a ticket: which fields it has, what is locked when, and the draft that its deadline is told of."""

from __future__ import annotations

from typing import Any, cast

from desktop.errors import UserError
from desktop.records.tickets import Ticket, TicketState
from desktop.services.tickets import CHARGED, FIXED_AT_ACCEPTING, UNCHARGED
from desktop.ui.category_editor import CategoryEditor
from desktop.ui.editors import ChoiceEditor, Editor, EditorMaker, Lookup
from desktop.ui.form import FieldForm
from desktop.ui.raised_editor import RaisedEditor

CLOCK = ("open_day", "received_on", "limit")
"""The fields from which the deadline follows."""
LOCKED = "已受理，不能再改"


def editors() -> dict[str, EditorMaker]:
    """Return the boxes of the fields that want one of their own."""
    return {"raised_by": RaisedEditor, "category": CategoryEditor, "sort": _as_list}


def _as_list(kind: Any, books: Lookup) -> Editor:
    return ChoiceEditor(kind)  # four words side by side would need a wide window


def lock_what_is_fixed(fields: FieldForm, ticket: Ticket, *, fresh: bool) -> None:
    """Let nobody edit what was said, nor what the clock rests on once the ticket is accepted."""
    fixed: set[str] = set()
    if not fresh:
        fixed.add("content")
        if ticket.state != TicketState.REGISTERED:
            fixed |= set(FIXED_AT_ACCEPTING)
        if ticket.state not in UNCHARGED:
            fixed |= set(CHARGED)
    for field, row in fields.rows.items():
        row.editor.lock(field in fixed)
        if field in (*FIXED_AT_ACCEPTING, *CHARGED):
            row.editor.widget.setToolTip(_why(field) if field in fixed else row.editor.kind.hint)


def _why(field: str) -> str:
    return "已交办，用“转交”换科室或经办人" if field in CHARGED else LOCKED


def draft_of(fields: FieldForm) -> Ticket | None:
    """Return a ticket with what the boxes say that its deadline follows from; None while they can't be read."""
    draft: Any = Ticket()
    for name in CLOCK:
        try:
            setattr(draft, name, fields.box(name).store())
        except UserError:
            if name != "received_on":  # it may be filled from the open day
                return None
    if draft.received_on is None and draft.open_day is not None:
        draft.received_on = draft.open_day.held_on
    return cast("Ticket", draft)
