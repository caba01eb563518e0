"""What the page of condolences shows under its search line: list and form, a round being written down, or the totals."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.records.pairings import Condolence
from desktop.ui import buttons
from desktop.ui.page_tools import export_button
from desktop.ui.readying import polished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.ui.pages.condolences import CondolencePage
    from desktop.ui.pages.condolences_round import RoundPanel
    from desktop.ui.pages.condolences_totals import GiftTotalsPanel

REGISTER, DROP, GO_ON = "登记", "不要了", "继续填"


class GiftFaces(QStackedWidget):
    """A stack of the three; all but the list are made at their first use, the round ahead."""

    def __init__(self, page: CondolencePage, listed: QWidget) -> None:
        super().__init__()
        self._page, self._frame, self._listed = page, page.frame, listed
        self.addWidget(listed)

    @cached_property
    def round(self) -> RoundPanel:
        """Return the panel that registers a round."""
        from desktop.ui.pages.condolences_round import RoundPanel

        made = RoundPanel(self._frame)
        made.left.connect(self.leave)
        made.registered.connect(self._registered)
        self.addWidget(made)
        return made

    @cached_property
    def totals(self) -> GiftTotalsPanel:
        """Return the totals."""
        from desktop.ui.pages.condolences_totals import GiftTotalsPanel

        made = GiftTotalsPanel(self._frame)
        made.left.connect(self.leave)
        self.addWidget(made)
        return made

    def made_ahead(self) -> Iterator[None]:
        """Make the round before it is begun, a box a step."""
        yield from self.round.fields.building
        yield from polished(self.round)

    @property
    def away(self) -> bool:
        """Tell whether something else than the list is in front."""
        return self.currentWidget() is not self._listed

    @property
    def rounding(self) -> bool:
        """Tell whether a round is being written down."""
        return "round" in self.__dict__ and self.currentWidget() is self.round

    def start_round(self) -> None:
        """Begin a round."""
        self._page.show_head(False)
        self.setCurrentWidget(self.round)
        self.round.begin()

    def show_totals(self) -> None:
        """Bring the totals to the front, as they are now."""
        self._page.show_head(False)
        self.setCurrentWidget(self.totals)
        self.totals.refresh()
        self.totals.groups.setFocus()

    def leave(self) -> bool:
        """Go back to list and form; a round half written down is asked about first."""
        if not self.away:
            return True
        if not self.may_leave_round():
            return False
        self._back()
        return True

    def _back(self) -> None:
        if self.away:
            self._page.show_head(True)
            self.setCurrentWidget(self._listed)
            self._page.to_search.trigger()

    def _registered(self, words: str) -> None:
        self._back()
        keys = [gift.id for gift in self.round.kept]
        self._frame.toast(words, undo=True, action=("打印签收表", partial(self._print_list, keys)))

    def _print_list(self, keys: list[bytes]) -> None:
        from desktop.ui.record_printing import print_records

        print_records(self._frame, self.window(), Condolence, keys, documents=("condolence-list",))

    def may_leave_round(self) -> bool:
        """Ask about a round half written down; False keeps the user at it."""
        if not (self.rounding and self.round.dirty):
            return True
        answer = self._frame.ask.choose("这一批慰问还没有登记", (REGISTER, DROP, GO_ON))
        if answer == REGISTER:
            return self.round.register()
        if answer == DROP:
            self.drop_round()
        return answer == DROP

    def drop_round(self) -> None:
        """Forget the households of the round that is half written down."""
        if self.rounding:
            self.round.clear()

    def look_again(self) -> None:
        """Follow what was changed or undone."""
        if self.rounding:
            self.round.to.look_again()
        elif self.away and "totals" in self.__dict__:
            self.totals.refresh()


def add_tools(page: CondolencePage) -> None:
    """Put the page's own buttons over its list and into its empty state."""
    begin = buttons.action(page, "登记一批", "Ctrl+Shift+N")
    begin.triggered.connect(page.start_round)
    begin.setEnabled(not page.frame.read_only)
    many = buttons.plain("登记一批", "start-round", "files")
    many.setToolTip("同一天、同样的慰问品和慰问金，一次登记许多户（Ctrl+Shift+N）")
    first = buttons.plain("登记一批", "first-round", "files")
    for button in (many, first):
        button.clicked.connect(begin.trigger)
        button.setEnabled(not page.frame.read_only)
    page.add_tool(many)
    totals = buttons.plain("慰问合计", "show-totals", "chart")
    totals.setToolTip("慰问了几户、几户次、慰问金多少，按时机、慰问人、村、户类别")
    totals.clicked.connect(page.show_totals)
    page.add_tool(totals)
    page.add_tool(export_button(page))
    page.add_first_steps(first)
