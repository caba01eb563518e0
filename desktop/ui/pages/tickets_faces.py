"""What the page 问题 shows under its views: list and form, the board, or the pile that is being registered."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import UserError
from desktop.records.storing import Conflict
from desktop.records.tickets import Ticket
from desktop.ui.readying import polished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.records.open_days import OpenDay
    from desktop.ui.pages.tickets import TicketsPage
    from desktop.ui.pages.tickets_board import Board
    from desktop.ui.pages.tickets_pile import PilePanel
    from desktop.ui.pages.tickets_pile_fields import PileFields
    from desktop.ui.pages.tickets_steps import Offer

REGISTER, DROP, GO_ON = "登记", "不要了", "继续填"


class TicketFaces(QStackedWidget):
    """A stack of the three, each made at its first use."""

    def __init__(self, page: TicketsPage, listed: QWidget) -> None:
        super().__init__()
        self._page, self._frame, self._listed = page, page.frame, listed
        self._behind: QWidget = listed
        self.addWidget(listed)

    @cached_property
    def pile(self) -> PilePanel:
        """Return the panel that registers a pile."""
        from desktop.ui.pages.tickets_pile import PilePanel

        made = PilePanel(self._frame, self._fields, self)
        made.left.connect(self.leave_pile)
        made.opened.connect(self._page.open_record)
        made.undo_asked.connect(self._page.undo)
        self.addWidget(made)
        return made

    @cached_property
    def _fields(self) -> PileFields:
        from desktop.ui.pages.tickets_pile_fields import PileFields

        return PileFields(self._frame)

    def made_ahead(self) -> Iterator[None]:
        """Make the pile before it is begun, a box a step: all its boxes at once take a fifth of a second."""
        yield from self._fields.building
        pile = self.pile
        yield
        yield from polished(pile)

    @cached_property
    def board(self) -> Board:
        """Return the board by stages."""
        from desktop.ui.pages.tickets_board import Board

        made = Board(self._frame)
        made.opened.connect(self._page.open_record)
        made.asked.connect(self._ask_step)
        made.refused.connect(lambda words: self._frame.tell(UserError(words)))
        self.addWidget(made)
        return made

    @property
    def piling(self) -> bool:
        """Tell whether a pile is being registered."""
        return "pile" in self.__dict__ and self.currentWidget() is self.pile

    @property
    def boarding(self) -> bool:
        """Tell whether the board is in front."""
        return "board" in self.__dict__ and self.currentWidget() is self.board

    def show_list(self) -> None:
        """Bring list and form to the front."""
        self._behind = self._listed
        self._show(self._listed)

    def show_board(self) -> None:
        """Bring the board to the front, as it is now."""
        self._behind = self.board
        self._show(self.board)
        self.refresh_board()
        self.board.focus_first()

    def refresh_board(self) -> None:
        """Read the board again, searched and filtered as the list is."""
        if self.boarding:
            self.board.show_query(self._page.filter.query(self._page.table.query))

    def start_pile(self, day: OpenDay | None = None) -> None:
        """Register a pile of papers, of an open day where one is given."""
        self._show(self.pile)
        self.pile.begin(day)

    def leave_pile(self) -> bool:
        """Go back to where the pile was begun; a paper half written down is asked about first."""
        if not self.may_leave_pile():
            return False
        self._show(self._behind)
        self._page.to_search.trigger()
        return True

    def may_leave_pile(self) -> bool:
        """Ask about a paper half written down; False keeps the user at it."""
        if not (self.piling and self.pile.dirty):
            return True
        answer = self._frame.ask.choose("这一件还没有登记", (REGISTER, DROP, GO_ON))
        if answer == REGISTER:
            return self.pile.register()
        if answer == DROP:
            self.drop_paper()
        return answer == DROP

    def drop_paper(self) -> None:
        """Forget the paper that is half written down."""
        if self.piling:
            self.pile.fields.load(self.pile.fields.blank(), all_of_it=False)
            self.pile.hints.clear()

    def _show(self, face: QWidget) -> None:
        self._page.show_head(face is not self.__dict__.get("pile"))
        self.setCurrentWidget(face)

    def _ask_step(self, ticket: Ticket, offer: Offer) -> None:
        """Ask what the step needs that moving a card means."""
        from desktop.ui.pages.tickets_step_dialog import StepDialog

        if self._frame.read_only:
            return
        StepDialog(self._frame, self._page.window(), ticket, offer, self._taken, self._clashed).open()

    def _taken(self, words: str) -> None:
        self._frame.toast(words, undo=True)

    def _clashed(self, conflict: Conflict) -> None:
        self._frame.tell(conflict)
        self.refresh_board()
