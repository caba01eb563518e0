"""What the form of a pairing says beside its fields: how the household stands, and whom the helper helps already."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from desktop.errors import UserError
from desktop.records.base import parts_of
from desktop.records.households import Household
from desktop.records.pairings import Pairing, PairingState
from desktop.records.staff import Staff
from desktop.services.helping import MOST_PAIRED
from desktop.ui.editors import LinkEditor
from desktop.ui.labels import StatusLabel
from desktop.ui.pages.visits_household import HouseholdEditor, makes_households
from desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from desktop.ui.pages.pairings_list import PairingPage


class PairingSide:
    """Keeps both lines in step with what the form shows."""

    def __init__(self, page: PairingPage, form: RecordForm) -> None:
        self._page, self._form = page, form
        self._home = cast("HouseholdEditor", form.box("household"))
        self._staff = cast("LinkEditor", form.box("staff"))
        self.told = StatusLabel("pairing-household", "这一户", "muted", wrap=True)
        form.fields.rows["household"].add_under(self.told)
        makes_households(page.frame, self._home)
        self._home.settled.connect(self._staff.widget.setFocus)
        self._home.edited.connect(self._took_home)
        self._staff.edited.connect(self.show)
        self._staff.box.editingFinished.connect(self.show)

    def take(self, home: Household) -> None:
        """Fill the household of a new pairing."""
        self._home.take(home)

    def show(self) -> None:
        """Tell of the household and the helper as the form has them."""
        home, here = self._home.home, cast("Pairing | None", self._page.record)
        self.told.say(self._told(home, here) if home is not None and here is not None else "")
        self.told.setVisible(bool(self.told.text()))
        self._form.fields.rows["staff"].warn(self._helped(here) if here is not None else "")

    def _took_home(self) -> None:
        """Take what the household needs over into a new pairing that says nothing of it yet."""
        home, need = self._home.home, self._form.box("need")
        if home is not None and self._page.fresh and not need.value().strip():
            need.load(home.needs)
        self.show()

    def _told(self, home: Household, here: Pairing) -> str:
        words = [home.sort, f"{home.people} 人" if home.people else ""]
        words.append(f"已于 {home.lifted_on} 脱困" if home.lifted_on else "")
        words.append(f"已{home.state}" if home.left_on or home.merged_into else "")
        others = [pairing.staff.full_name for pairing in self._running("household", home, here)]
        words.append(f"还有 {'、'.join(others[:3])} 结对" if others else "")
        return "，".join(filter(None, words))

    def _helped(self, here: Pairing) -> str:
        """Return whom the helper helps already, where one more is beyond the rule."""
        try:
            person = self._staff.store()
        except UserError:
            return ""
        if not isinstance(person, Staff) or here.state != PairingState.RUNNING:
            return ""
        others = [pairing.household.head for pairing in self._running("staff", person, here)]
        if len(others) < MOST_PAIRED:
            return ""
        return f"已结对 {len(others)} 户（{'、'.join(others[:4])}），按规定每人帮扶 1—{MOST_PAIRED} 户"

    @staticmethod
    def _running(link: str, whole: Household | Staff, here: Pairing) -> list[Pairing]:
        return [
            pairing
            for pairing in parts_of(Pairing, link, whole)
            if pairing.state == PairingState.RUNNING and pairing.id != here.id
        ]
