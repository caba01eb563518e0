"""The line over a ticket's form: where it stands, by when, and the steps that may be taken now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.dates import show_day
from desktop.records.tickets import Ticket
from desktop.services.ticket_clock import TicketClock
from desktop.ui import buttons, icons
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Tone
from desktop.ui.marks import Mark, MarkLine
from desktop.ui.naming import name, shown_text
from desktop.ui.pages.tickets_rows import PRESUMED, clock_marks, clock_texts, state_marks
from desktop.ui.pages.tickets_steps import Offer, offers_of
from desktop.ui.tints import Tint

WHY = "怎样算出"
LEAST, WORDS_FROM, ROOMY = 340, 490, 560
"""Pixels of the bar at least, from which the small button has its words, and two steps stand beside the first."""


class TicketBar(QWidget):
    """Shows a ticket's state, clock, deadline and steps; `asked` carries the step pressed, `explained` asks why."""

    asked = Signal(object)
    explained = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._offers: Sequence[Offer] = ()
        self.state = MarkLine("ticket-state", "状态")
        self.clock = MarkLine("ticket-clock", "时限")
        self.due = StatusLabel("ticket-due", "办理期限", "muted")
        self.why = buttons.quiet(WHY, "ticket-why", "calculator")
        self.why.setToolTip("期限怎样算出：逐日说明")
        self.why.clicked.connect(self.explained)
        self.first = buttons.primary("下一步", "ticket-next")
        self.others = [buttons.plain("", f"ticket-step-{place}") for place in (1, 2)]
        self.more = buttons.plain("其他", "ticket-more", "chevron-down")
        self.menu = name(QMenu(self), "ticket-steps", "其他步骤")
        self.menu.setToolTipsVisible(True)
        self.menu.triggered.connect(self._from_menu)
        self.more.setMenu(self.menu)
        for place, button in enumerate((self.first, *self.others)):
            button.clicked.connect(lambda _=False, place=place: self.asked.emit(self._offers[place]))
        self._lay_out()

    def _lay_out(self) -> None:
        told = QHBoxLayout()
        told.setSpacing(8)
        for part in (self.state, self.clock, self.due):
            told.addWidget(part)
        told.addWidget(self.why)
        told.addStretch(1)
        self._steps = QWidget()
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 4)
        steps.setSpacing(8)
        for button in (self.first, *self.others, self.more):
            steps.addWidget(button)
        steps.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 4)
        layout.setSpacing(4)
        layout.addLayout(told)
        layout.addWidget(self._steps)

    def show_ticket(self, ticket: Ticket) -> None:
        """Show how a kept ticket stands."""
        decided = [Mark(str(ticket.decision), Tone.PRESUMED, outlined=True)] if ticket.decision else []
        self.state.say(*state_marks(ticket.state), *decided)
        self.clock.say(*clock_marks(clock_texts(self._frame.desk, [ticket])[ticket.id]))
        self._say_due(f"期限 {show_day(ticket.due_on)}" if ticket.due_on else "")
        self._offer(offers_of(ticket))

    def show_draft(self, draft: Ticket | None) -> None:
        """Show by when a ticket that is being written down would be due; None where that can't be read yet."""
        self.state.say(Mark("未保存"))
        words, presumed = due_words(self._frame.desk.tickets.clock, draft) if draft else ("", False)
        self.clock.say(*([Mark(PRESUMED, Tone.PRESUMED, outlined=True)] if presumed else []))
        self._say_due(words)
        self._offer([])

    def _say_due(self, words: str) -> None:
        self.due.say(words)
        self.why.setVisible(bool(words))

    def _offer(self, offers: Sequence[Offer]) -> None:
        self._offers = offers
        for offer, button in zip(offers, self._buttons(), strict=False):
            button.setText(shown_text(offer.words))
            button.setAccessibleName(offer.words)
            button.setToolTip(offer.follows)
            button.setEnabled(not self._frame.read_only)
        self._steps.setVisible(bool(offers))
        self._share()

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.first, *self.others

    def _share(self) -> None:
        """Show as many steps as there is room for; the rest go into the menu."""
        self.why.setText("" if self.width() < WORDS_FROM else WHY)
        room = 3 if self.width() >= ROOMY else 2
        for place, button in enumerate(self._buttons()):
            button.setVisible(place < min(room, len(self._offers)))
        self.menu.clear()
        for offer in self._offers[room:]:
            self._entry(offer)
        self.more.setVisible(bool(self._offers[room:]))
        self.more.setEnabled(not self._frame.read_only)

    def _entry(self, offer: Offer) -> None:
        words = f"{offer.words}  —  {offer.follows}" if offer.follows else offer.words
        entry = QAction(icons.icon(offer.icon, Tint.MUTED), shown_text(words), self.menu)
        entry.setObjectName(f"step-{offer.verb}")
        entry.setData(offer.verb)
        self.menu.addAction(entry)

    def _from_menu(self, entry: QAction) -> None:
        self.asked.emit(next(offer for offer in self._offers if offer.verb == entry.data()))

    def minimumSizeHint(self) -> QSize:
        """Return what it needs with the fewest buttons: with more it would never let the window get narrow again."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._share()


def due_words(clock: TicketClock, draft: Ticket) -> tuple[str, bool]:
    """Return by when a draft is due, in words, and whether that is presumed; nothing where it can't be told yet."""
    try:
        deadline = clock.deadline(draft)
    except UserError:
        return "", False
    return f"期限 {show_day(deadline.due)}", deadline.presumed
