"""The fields of a pile of visit sheets: what stays for all of them, and what each household has of its own."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator
from typing import Any, cast

from desktop.records.base import kinds_of
from desktop.records.households import Household
from desktop.records.visits import Visit
from desktop.ui.boxes import LineBox, ProseBox
from desktop.ui.editors import ChoiceEditor, EditorMaker, editor_for
from desktop.ui.frame import Frame
from desktop.ui.pages.visits_household import HouseholdEditor, makes_households
from desktop.ui.pinned_fields import PinnedFields

STAYING = ("visited_on", "staff", "companions", "village", "purpose")
CHANGING = ("household", "found", "promised", "next_step", "next_on")
PINNED = "visits/pinned"
"""Where the window remembers which fields stay."""
NARROW = 20
"""Half-width characters of the boxes at the left."""
NEVER = ("household", "found")
"""What is of one household alone."""

MAKERS: dict[str, EditorMaker] = {
    "household": HouseholdEditor,
    "purpose": lambda kind, books: ChoiceEditor(kind),  # four words side by side leave no room for the pin
}


class VisitFields(PinnedFields):
    """The household first: Enter chooses it, or makes it, and goes on."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, PINNED, STAYING)
        self.building = self._build()

    def _build(self) -> Iterator[None]:
        """Make the rows, one a step."""
        kinds: dict[str, Any] = {kind.name: kind for kind in kinds_of(Visit)}
        kinds["village"] = copy.copy(next(kind for kind in kinds_of(Household) if kind.name == "village"))
        kinds["village"].required = False
        books = self._frame.desk.books
        for field in (*CHANGING, *STAYING):
            editor = MAKERS.get(field, editor_for)(kinds[field], books)
            self.add(editor, may_stay=field not in NEVER)
            if field in STAYING and isinstance(editor.widget, LineBox) and field != "visited_on":
                editor.widget.set_columns(NARROW)
            if isinstance(editor.widget, ProseBox):
                editor.widget.set_lines(3 if field == "found" else 1, 10)
            yield
        self.household = cast("HouseholdEditor", self.box("household"))
        self.household.village = lambda: self.text("village")
        self.household.settled.connect(lambda: self.go_on("household"))
        makes_households(self._frame, self.household)
        self.load(self.blank())
        yield

    def blank(self) -> Visit:
        """Return what an empty sheet starts with: a visit of today."""
        visit = self._frame.desk.books.new(Visit)
        visit.visited_on = datetime.date.today()
        return visit

    @property
    def dirty(self) -> bool:
        """Tell whether something of a sheet is written down that isn't kept."""
        return any(self.text(field).strip() for field in ("household", "found", "promised", "next_step"))

    def may_go_on(self, field: str) -> bool:
        return field != "household" or self.household.enter()

    def write_again(self, visit: Visit) -> None:
        """Show a visit that was taken back, to be corrected."""
        self.load(visit)
        if visit.household is not None:
            self.box("village").load(visit.household.village)
