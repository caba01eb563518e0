"""结对: who helps which household, and what was brought to households; two parts behind tabs."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Condolence, Pairing
from desktop.ui.pages.condolences import CondolencePage
from desktop.ui.pages.pairings_list import PairingPage
from desktop.ui.tabbed_page import TabbedPage

PAIRINGS, GIFTS = range(2)


class PairingsPage(TabbedPage):
    """Pairings and condolences."""

    key, label, icon = "pairings", "结对", "handshake"
    TABS = (("结对帮扶", PairingPage), ("慰问", CondolencePage))

    def open_record(self, key: bytes) -> None:
        """Show a pairing or a condolence; for a household begin its pairing."""
        if self._is(Pairing, key):
            self.turn_to(PAIRINGS).open_record(key)
        elif self._is(Condolence, key):
            self.turn_to(GIFTS).open_record(key)
        else:
            self._begin(key)

    def _begin(self, key: bytes) -> None:
        try:
            home = self.frame.desk.books.get(Household, key)
        except UserError as gone:
            self.frame.tell(gone)
            return
        front = self.turn_to(PAIRINGS)
        if isinstance(front, PairingPage):
            front.start_for(home)

    def _is(self, model: type[Pairing] | type[Condolence], key: bytes) -> bool:
        return bool(self.frame.desk.books.count(Query(model, keys=(key,))))
