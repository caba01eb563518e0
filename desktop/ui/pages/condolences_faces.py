"""What the page of condolences shows under its search line: list and form, a round being written down, or the totals."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from desktop.records.pairings import Condolence
from desktop.ui import buttons
from desktop.ui.faces import Faces
from desktop.ui.page_tools import export_button
from desktop.ui.readying import polished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.ui.pages.condolences import CondolencePage
    from desktop.ui.pages.condolences_round import RoundPanel
    from desktop.ui.pages.condolences_totals import GiftTotalsPanel


class GiftFaces(Faces):
    """List and form, a round, or the totals; the round is made ahead."""

    @cached_property
    def round(self) -> RoundPanel:
        """Return the panel that registers a round."""
        from desktop.ui.pages.condolences_round import RoundPanel

        made = self.taken_in(RoundPanel(self._frame))
        made.registered.connect(self._registered)
        return made

    @cached_property
    def totals(self) -> GiftTotalsPanel:
        """Return the totals."""
        from desktop.ui.pages.condolences_totals import GiftTotalsPanel

        return self.taken_in(GiftTotalsPanel(self._frame))

    def made_ahead(self) -> Iterator[None]:
        """Make the round before it is begun, a box a step."""
        yield from self.round.fields.building
        yield from polished(self.round)

    @property
    def rounding(self) -> bool:
        """Tell whether a round is being written down."""
        return self.is_in_front("round")

    def start_round(self) -> None:
        """Begin a round."""
        self.bring(self.round)
        self.round.begin()

    def show_totals(self) -> None:
        """Bring the totals to the front, as they are now."""
        self.bring(self.totals)
        self.totals.refresh()
        self.totals.groups.setFocus()

    def _registered(self, words: str) -> None:
        self.back()
        keys = [gift.id for gift in self.round.kept]
        self._frame.toast(words, undo=True, action=("打印签收表", partial(self._print_list, keys)))

    def _print_list(self, keys: list[bytes]) -> None:
        from desktop.ui.record_printing import print_records

        print_records(self._frame, self.window(), Condolence, keys, documents=("condolence-list",))

    def may_leave_face(self) -> bool:
        return not (self.rounding and self.round.dirty) or self.may_leave_written(
            "这一批慰问还没有登记", self.round
        )

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
