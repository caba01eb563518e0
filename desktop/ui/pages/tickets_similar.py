"""Beside what is typed: tickets that may be the same matter, to count one more 件次 of instead of another 件."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.records.occurrences import times_raised
from desktop.records.tickets import Occurrence, Ticket
from desktop.services.similar import similar
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import IconLabel, StatusLabel, Text
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import as_tooltip, name, set_property
from desktop.ui.tints import Tint

if TYPE_CHECKING:
    from desktop.ui.workroom import Task

PAUSE = 250
"""Milliseconds of quiet before tickets like what is typed are looked for."""
MOST = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """One ticket like the text, as plain values: they come from another thread."""

    key: bytes
    number: str
    words: str
    whole: str
    told: str


def hints_for(text: str, place: str) -> list[Hint]:
    """Return the tickets most like a text, the likest first."""
    found = similar(text, place, most=MOST)
    times = times_raised([one.ticket for one in found])
    return [
        Hint(
            one.ticket.id,
            one.ticket.number,
            one.ticket.shown_summary,
            one.ticket.content,
            f"{one.ticket.state}，{times[one.ticket.id]} 件次，内容相近 {round(one.share * 100)}%",
        )
        for one in found
    ]


def once_more(told: Ticket, main: Ticket) -> Occurrence:
    """Return one more 件次 of a ticket, with what was written down as a ticket of its own."""
    again = Occurrence(ticket=main, first_ticket=main, content=told.content)
    for field in ("raised_by", "raiser", "representative", "received_on", "source"):
        setattr(again, field, getattr(told, field))
    return again


class SimilarHints(QFrame):
    """A strip under the text; `same` and `opened` carry the key of the ticket chosen. Hidden while there is none."""

    same = Signal(bytes)
    opened = Signal(bytes)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        name(self, "similar", "可能是同一件")
        set_property(self, "role", "banner")
        set_property(self, "tone", "warn")
        self._frame = frame
        self._task: Task | None = None
        self._asked = ("", "")
        self.hints: Sequence[Hint] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look)
        self.told = StatusLabel("similar-told", "可能是同一件", "strong")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 7)
        layout.setSpacing(4)
        layout.addLayout(row(IconLabel("merge", Tint.WARN, 16), self.told, None))
        layout.addLayout(self._lines)
        self.hide()

    def look_for(self, text: str, place: str) -> None:
        """Look for tickets like a text, once the typing rests."""
        if (text, place) != self._asked:
            self._asked = text, place
            self._pause.start()

    def clear(self) -> None:
        """Show nothing."""
        self._asked = "", ""
        self._pause.stop()
        self._show([])

    def _look(self) -> None:
        if self._task:
            self._task.cancel()
        self._task = self._frame.workroom.look(self, partial(hints_for, *self._asked), done=self._show)

    def _show(self, hints: Sequence[Hint]) -> None:
        self.hints = hints
        while item := self._lines.takeAt(0):
            if line := item.widget():
                line.hide()
                line.deleteLater()
        self.told.say(f"可能是同一件：有 {len(hints)} 件内容相近" if hints else "")
        for hint in hints:
            self._lines.addWidget(holding(self._line(hint)))
        self.setVisible(bool(hints))

    def _line(self, hint: Hint) -> QVBoxLayout:
        words = Text(f"{hint.number}  {hint.words}", wrap=True)
        words.setToolTip(as_tooltip(hint.whole))
        same = buttons.plain("就是这件，加一件次", f"same-{hint.number}")
        same.setAccessibleName(f"就是 {hint.number}，加一件次")
        same.clicked.connect(lambda: self.same.emit(hint.key))
        look = buttons.plain("打开", f"look-{hint.number}")
        look.setAccessibleName(f"打开 {hint.number}")
        look.clicked.connect(lambda: self.opened.emit(hint.key))
        for button in (same, look):
            button.setProperty("role", "chip")
        return column(words, row(Text(hint.told, "caption"), None, same, look, gap=8), gap=2)
