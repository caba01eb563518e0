"""What belongs to a ticket beside its steps: those who raised it, and what representatives found when they looked."""

from __future__ import annotations

import datetime
from typing import cast

from desktop.records.base import Record
from desktop.records.ticket_steps import Supervision
from desktop.records.tickets import Occurrence
from desktop.ui.frame import Frame
from desktop.ui.naming import name
from desktop.ui.parts_panel import PartsPanel
from desktop.ui.raised_editor import RaisedEditor, RaisedPair


class OccurrencesPanel(PartsPanel):
    """件次: every time that the matter was raised; adding one counts another 件次 of the same 件."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame, Occurrence, "ticket", ("raised_by", "raiser", "received_on", "source", "content"),
            shown=("raised_by", "raiser", "received_on", "source", "told_on"), sort="received_on", wide=0,
            purpose="同一个问题又有人反映，在这里加一件次，不用另登一件；办结时一并答复。",
            long_texts=True, editors={"raised_by": RaisedEditor},
        )  # fmt: skip
        name(self, "occurrences", "件次")
        RaisedPair(self.fields.box("raised_by"), self.fields.box("raiser"))

    def fill(self, part: Record) -> None:
        """Take over which of the namesakes on the roster was chosen."""
        box = cast("RaisedEditor", self.fields.box("raised_by"))
        cast("Occurrence", part).representative = box.linked

    def _edit(self, part: Record) -> None:
        raised = cast("Occurrence", part)
        raised.received_on = raised.received_on or datetime.date.today()
        if raised.__data__.get("first_ticket") is None:
            raised.first_ticket = raised.ticket
        super()._edit(part)
        cast("RaisedEditor", self.fields.box("raised_by")).link(raised.representative)
        self.fields.settle()


def supervision_panel(frame: Frame) -> PartsPanel:
    """Return the panel of what representatives found when they looked after a ticket."""
    panel = PartsPanel(
        frame, Supervision, "ticket", ("on", "by", "text"), sort="on", descending=True, wide=2, long_texts=True,
        purpose="代表监督办理的，每次看到的情况记一笔。",
    )  # fmt: skip
    return name(panel, "supervisions", "监督")
