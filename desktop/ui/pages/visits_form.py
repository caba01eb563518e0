"""What the form of a visit has beside its fields: the last visit, problems found, their tickets, its diaries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.visits import Visit, VisitState
from desktop.ui import buttons
from desktop.ui.editors import DayEditor
from desktop.ui.pages.routine import RoutinePage
from desktop.ui.pages.visits_household import HouseholdEditor, makes_households
from desktop.ui.pages.visits_previous import PreviousVisit, problem_words
from desktop.ui.pages.visits_problems import ProblemLines
from desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from desktop.ui.pages.visits import VisitsPage

NOT_MADE = (VisitState.PLANNED, VisitState.CANCELLED)
"""Visits that no diary can tell of."""


class VisitSide:
    """Keeps them in step with what the form shows."""

    def __init__(self, page: VisitsPage, form: RecordForm) -> None:
        self._page, self._form = page, form
        self.previous = PreviousVisit(page.frame)
        self.problems = ProblemLines(page.frame)
        self._registered = QWidget()
        self._links = QVBoxLayout(self._registered)
        self._links.setContentsMargins(0, 0, 0, 0)
        self._links.setSpacing(0)
        self._home = cast("HouseholdEditor", form.box("household"))
        makes_households(page.frame, self._home)
        form.fields.rows["household"].add_under(self.previous)
        self.problems.add_below(self._registered)
        self.diary = buttons.quiet("写日记", "write-diary", "book")
        self.diary.setToolTip("写一篇民情日记，带上这一次走访；左边选中几次的，一起带上（Ctrl+D）")
        self.diary.clicked.connect(self.write_diary)
        buttons.action(page, "写日记", "Ctrl+D").triggered.connect(self.write_diary)
        form.add_button(self.diary)
        found, after = form.box("found").widget, form.box("promised").widget
        form.fields.rows["found"].add_under(self.problems)
        self.problems.come_between(found, after)
        self._home.edited.connect(self._tell_previous)
        self._home.settled.connect(form.box("visited_on").widget.setFocus)
        form.box("visited_on").edited.connect(self._tell_previous)
        self.problems.finished.connect(after.setFocus)
        self.problems.edited.connect(self._tell_unsaved)

    def show(self, visit: Visit, *, fresh: bool) -> None:
        """Follow the visit that was just shown."""
        self.problems.clear()
        self.show_registered(None if fresh else visit)
        self._tell_previous()

    def write_diary(self) -> None:
        """Begin a diary that tells of the visit shown, or of those selected with it."""
        page, visit = self._page, cast("Visit | None", self._page.record)
        if visit is None or page.fresh or page.frame.read_only or page.faces.piling:
            return
        chosen = page.view.chosen_ids()
        keys = chosen if visit.id in chosen else [visit.id]
        if visit.state in NOT_MADE:
            told = f"“{visit.caption()}”的走访是“{visit.state}”，去过以后再写进日记"
            page.frame.tell(UserError(told))
            return
        window = page.window()
        page.frame.go("diaries")
        if isinstance(front := getattr(window, "page", None), RoutinePage):
            front.write_diary(keys)

    def show_registered(self, visit: Visit | None) -> None:
        """Show the tickets that came of a visit and the diaries that tell of it, each a way to it."""
        made = visit is not None and visit.state not in NOT_MADE
        self.diary.setVisible(made and not self._page.frame.read_only)
        while item := self._links.takeAt(0):
            if part := item.widget():
                part.hide()
                part.deleteLater()
        for ticket in self._page.frame.desk.visiting.problems_of(visit) if visit is not None else ():
            link = buttons.quiet(problem_words(ticket), f"ticket-{ticket.number}", "message-square-warning")
            link.setToolTip("打开这一件")
            link.clicked.connect(partial(self._page.frame.go, "tickets", ticket.id))
            self._links.addWidget(link)
        for diary in self._page.frame.desk.diaries.of_visits([visit.id]) if visit is not None else ():
            link = buttons.quiet(f"日记“{diary.caption()}”（{diary.state}）", "diary-of-visit", "book")
            link.setToolTip("打开这篇日记")
            link.clicked.connect(partial(self._page.frame.go, "diaries", diary.id))
            self._links.addWidget(link)
        self._registered.setVisible(self._links.count() > 0)

    def _tell_previous(self) -> None:
        try:
            on = cast("DayEditor", self._form.box("visited_on")).store()
        except UserError:
            on = None
        home = self._home.home if self._page.record is not None else None
        self.previous.show_for(home, on)

    def _tell_unsaved(self) -> None:
        unsaved = self.problems.dirty or self._form.fields.dirty
        self._form.status.say("有没保存的修改" if unsaved else "")
