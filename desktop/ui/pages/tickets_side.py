"""The right side of 问题: the line of steps over the form, its tabs, and what happens to edits and steps."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from desktop.errors import TroubleError, UserError
from desktop.records.storing import Conflict
from desktop.records.tickets import Ticket
from desktop.ui.pages.tickets_bar import TicketBar
from desktop.ui.pages.tickets_form import CLOCK, draft_of, lock_what_is_fixed
from desktop.ui.pages.tickets_parts import OccurrencesPanel, supervision_panel
from desktop.ui.pages.tickets_similar import SimilarHints, once_more
from desktop.ui.pages.tickets_step_dialog import StepDialog
from desktop.ui.pages.tickets_steps import Offer
from desktop.ui.pages.tickets_story import StoryTab
from desktop.ui.parts_panel import PartsPanel
from desktop.ui.raised_editor import RaisedEditor, RaisedPair
from desktop.ui.scrolled import Scrolled

if TYPE_CHECKING:
    from desktop.ui.pages.tickets import TicketsPage
    from desktop.ui.record_form import RecordForm

PAUSE = 60
"""Milliseconds of quiet before the deadline of what is typed is told."""
STORY = 1
"""The place of the tab 办理."""


class TicketSide(QObject):
    """What belongs to the form of one ticket beside its fields."""

    def __init__(self, page: TicketsPage, form: RecordForm) -> None:
        super().__init__(form)
        self._page, self._form, self._frame = page, form, page.frame
        self.bar = TicketBar(self._frame)
        self.bar.asked.connect(self.ask_step)
        self.bar.explained.connect(self.explain)
        form.add_under_heading(self.bar)
        form.add_tab("办理", lambda: self.story)
        form.add_tab("件次", lambda: self._tab(self.occurrences))
        form.add_tab("监督", lambda: self._tab(self.supervisions))
        form.tabs.currentChanged.connect(self._turned)
        self.hints = SimilarHints(self._frame)
        self.hints.same.connect(self.count_once_more)
        self.hints.opened.connect(page.open_record)
        form.fields.rows["content"].add_under(self.hints)
        for field in ("content", "place"):
            form.box(field).edited.connect(self._look_for_same)
        self._pair = RaisedPair(form.box("raised_by"), form.box("raiser"))
        self._draft_due = QTimer(self, singleShot=True, interval=PAUSE)
        self._draft_due.timeout.connect(self._show_due)
        for field in CLOCK:
            form.box(field).edited.connect(self._draft_due.start)

    @property
    def ticket(self) -> Ticket:
        """Return the ticket in the form."""
        return cast("Ticket", self._page.record)

    @property
    def _kept(self) -> Ticket | None:
        return None if self._page.fresh else cast("Ticket | None", self._page.record)

    @property
    def raised(self) -> RaisedEditor:
        """Return the box of 反映人."""
        return cast("RaisedEditor", self._form.box("raised_by"))

    @cached_property
    def story(self) -> StoryTab:
        """Return the tab with everything that happened."""
        return StoryTab()

    @cached_property
    def occurrences(self) -> OccurrencesPanel:
        """Return the tab with those who raised it."""
        return OccurrencesPanel(self._frame)

    @cached_property
    def supervisions(self) -> PartsPanel:
        """Return the tab with what representatives found."""
        return supervision_panel(self._frame)

    def _tab(self, panel: PartsPanel) -> Scrolled:
        """Return a panel of the ticket's rows as a tab that a low window may scroll."""
        part = self._at_ticket(panel)
        return Scrolled(
            part, f"{panel.objectName()}-tab", panel.accessibleName(), self._form.place, least=100
        )

    def _at_ticket(self, panel: PartsPanel) -> PartsPanel:
        panel.show_parts_of(self._kept)
        return panel

    # -- showing

    def show(self) -> None:
        """Show what belongs to the ticket that was just put into the form."""
        self.hints.clear()
        kept = self._kept
        lock_what_is_fixed(self._form.fields, self.ticket, fresh=kept is None)
        if self.ticket.representative is not None:
            self.raised.link(self.ticket.representative)
            self._form.fields.settle()
        self.show_parts()

    def show_parts(self) -> None:
        """Read again what hangs on the ticket."""
        kept = self._kept
        if kept is None:
            self._show_due()
        else:
            self.bar.show_ticket(kept)
        for panel in self._form.panels:
            self._at_ticket(panel)
        self.story.show_ticket(kept)

    def _turned(self, tab: int) -> None:
        if tab == STORY:
            self.story.show_ticket(self._kept)
            self.story.refresh()

    def _show_due(self) -> None:
        """Show by when the ticket would be due by what the boxes say."""
        if self._page.record is not None and (self._page.fresh or self._form.dirty):
            self.bar.show_draft(draft_of(self._form.fields))

    def explain(self) -> None:
        """Show how the deadline came about, day by day."""
        from desktop.ui.pages.tickets_due import deadline_dialog

        ticket = self._kept or draft_of(self._form.fields)
        if ticket is None:
            return
        try:
            deadline_dialog(self._frame.desk, self._page.window(), ticket).open()
        except UserError as told:
            self._frame.tell(told)

    # -- the same again

    def _look_for_same(self) -> None:
        if self._page.fresh:
            self.hints.look_for(self._form.box("content").value(), self._form.box("place").value())

    def count_once_more(self, key: bytes) -> None:
        """Keep what is written down as one more 件次 of a ticket that is there already, and show that one."""
        told, books = self.ticket, self._frame.desk.books
        if not self._form.store(told):
            return
        told.representative = self.raised.linked
        again = once_more(told, books.get(Ticket, key))
        try:
            books.save(again)
        except UserError as fault:
            self._form.show_fault(fault)
            return
        except TroubleError as trouble:
            self._frame.tell(trouble)
            return
        self._page.drop_edits()
        self._page.open_record(key)
        self._frame.toast(f"已给 {again.ticket.number} 加一件次", undo=True)

    def note_raiser(self) -> None:
        """Take over which of the namesakes was chosen."""
        self.ticket.representative = self.raised.linked

    # -- steps

    def ask_step(self, offer: Offer) -> None:
        """Ask what a step needs and take it; unsaved edits are asked about first."""
        if self._kept is None or self._frame.read_only or (self._form.dirty and not self._page.may_leave()):
            return
        StepDialog(self._frame, self._page.window(), self.ticket, offer, self._taken, self._clashed).open()

    def _taken(self, words: str) -> None:
        self._frame.toast(words, undo=True)

    def _clashed(self, conflict: Conflict) -> None:
        """Show a ticket that changed elsewhere as it is now; the step was not taken."""
        self._frame.tell(conflict)
        if conflict.theirs is not None:
            self._page.present(conflict.theirs)
