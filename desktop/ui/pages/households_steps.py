"""What befalls a household, as buttons over its form: 脱困, 返困, 迁出, 销户, 迁回, 并户; each asks what it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.records.households import Household, HouseholdState
from desktop.records.pairings import Pairing
from desktop.ui.frame import Frame
from desktop.ui.list_page import RecordPage
from desktop.ui.pages.visits_household import HouseholdEditor
from desktop.ui.record_step_dialog import RecordStepDialog, asked
from desktop.ui.step_line import Step, StepLine


class Offer(NamedTuple):
    """A step: its verb, its word, what it asks, what follows from it."""

    verb: str
    words: str
    asks: tuple[str, ...]
    follows: str


OFFERS = {
    offer.verb: offer
    for offer in (
        Offer("lift", "脱困", ("on",), "登记脱困日期；从这一天起，结对可以解除。"),
        Offer("sink", "返困", ("reason",), "取消脱困登记，这一户重新算没有脱困。"),
        Offer("move", "迁出", ("on", "reason"), "迁出以后的日子不能再登记走访；以前的都在。"),
        Offer("leave", "销户", ("on", "reason"), "销户以后的日子不能再登记走访；以前的都在。"),
        Offer("come_back", "迁回", ("reason",), "恢复为在户，可以再登记走访。"),
        Offer(
            "merge",
            "并户",
            ("into", "reason"),
            "这一户的走访、问题、结对和慰问都转到并入的那一户，以后只登记在那里；户号不再使用。",
        ),
    )
}
LABELS = {"on": "日期", "reason": "原因", "into": "并入哪一户"}


def offers_of(home: Household) -> list[Offer]:
    """Return the steps that may be taken now."""
    match home.state:
        case HouseholdState.HERE:
            verbs = ("sink" if home.lifted_on else "lift", "move", "leave", "merge")
        case HouseholdState.MOVED | HouseholdState.GONE:
            verbs = ("come_back",)
        case _:
            verbs = ()
    return [OFFERS[verb] for verb in verbs]


def asked_kind(field: str) -> Any:
    """Return the kind that a field of a step is typed by."""
    kinds: dict[str, Any] = {
        "on": Household.left_on,
        "reason": Pairing.end_reason,
        "into": Household.merged_into,
    }
    return asked(kinds[field], field, LABELS[field], required=field != "reason")


class HouseholdSteps(StepLine):
    """The buttons of the steps that fit the household shown."""

    def __init__(self, frame: Frame, page: RecordPage) -> None:
        super().__init__()
        self._frame, self._page = frame, page

    def show_home(self, home: Household | None) -> None:
        """Offer the steps of a household."""
        if home is None or self._frame.read_only:
            self.show_steps([])
            return
        self.show_steps(
            [
                Step(offer.verb, offer.words, offer.follows, partial(self._ask, home, offer))
                for offer in offers_of(home)
            ]
        )

    def _ask(self, home: Household, offer: Offer) -> None:
        if self._page.may_leave():
            fresh = self._frame.desk.books.get(Household, home.id)
            HouseholdStepDialog(self._frame, self.window(), fresh, offer, self._taken).open()

    def _taken(self, words: str) -> None:
        self._frame.toast(words, undo=True)


class HouseholdStepDialog(RecordStepDialog):
    """Asks what a step needs; `taken` is called with what was done."""

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        home: Household,
        offer: Offer,
        taken: Callable[[str], None],
    ) -> None:
        super().__init__(
            frame,
            parent,
            f"{offer.words}：{home.told_apart()}",
            "household-step",
            home,
            offer.verb,
            offer.words,
            "\n".join([offer.follows, *frame.desk.books.warnings(home, offer.verb, {})]),
            [asked_kind(field) for field in offer.asks],
            lambda: taken(f"“{home.head}”已{offer.words}"),
            {"into": HouseholdEditor},
        )
