"""The households of a round of condolences: typed one by one, or picked from their list, and taken out again."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Condolence
from desktop.services.household_presence import refuse_absent
from desktop.ui import buttons
from desktop.ui.field_row import FieldRow
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.layouts import row
from desktop.ui.marks import Mark
from desktop.ui.pages.households_picking import HouseholdPicker
from desktop.ui.pages.visits_household import HouseholdEditor, makes_households
from desktop.ui.plain_table import PlainTable


class RoundHomes(QWidget):
    """A box over a table. `changed` when households came or went, `finished` when Enter leaves the empty box.

    `day` tells the day of the round: who has something of it is marked.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, frame: Frame, day: Callable[[], datetime.date]) -> None:
        super().__init__()
        self._frame, self._day = frame, day
        self.homes: list[Household] = []
        kind: Any = copy.copy(cast("Any", Condolence.household))
        kind.label, kind.required = "加入", False
        self.home = HouseholdEditor(kind, frame.desk.books)
        self.line = FieldRow(self.home)
        self.line.align_by_type(48)
        self.pick = buttons.plain("从户中挑选…", "pick-households", "list-checks")
        self.pick.setToolTip("按类别、村列出户，一次选许多户（Ctrl+L）")
        self.table = PlainTable(
            "round-homes", "这一批慰问的户", ("户号", "户主", "村组", "类别", "当天"), wide=2
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.line, self.pick, margins=(8, 12, 16, 8)))
        layout.addWidget(self.table, 1)
        makes_households(frame, self.home)
        self.home.settled.connect(self._settled)
        self.home.edited.connect(lambda: self.complain(""))
        self.pick.clicked.connect(self.pick_several)
        buttons.action(self.table, "移出这一户", "Delete").triggered.connect(self.take_off)

    def focus(self) -> None:
        """Go to the box."""
        self.home.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def complain(self, words: str) -> None:
        """Say what is wrong under the box; '' takes it away."""
        self.line.complain(words)

    def add(self, homes: Sequence[Household]) -> bool:
        """Take households into the round; one that is in it, or isn't there any more, is told and left out."""
        there = {home.id for home in self.homes}
        fault = ""
        for home in homes:
            if home.id in there:
                fault = f"“{home.told_apart()}”已在这一批里" if len(homes) == 1 else fault
                continue
            try:
                refuse_absent(home, self._day(), "慰问", "household")
            except UserError as refused:
                fault = refused.message
                continue
            there.add(home.id)
            self.homes.append(home)
        self.complain(fault)
        self.show_all()
        return not fault

    def add_keys(self, keys: Sequence[bytes]) -> None:
        """Take the households with these keys, in this order."""
        self.add(self._read(keys))
        self.focus()

    def _read(self, keys: Sequence[bytes]) -> list[Household]:
        query = Query(Household, keys=tuple(keys))
        found = self._frame.desk.books.page(query, 0, len(keys)) if keys else []
        places = {key: place for place, key in enumerate(keys)}
        return sorted(cast("list[Household]", found), key=lambda home: places[home.id])

    def pick_several(self) -> None:
        """Choose households from their list, by sort and village."""
        HouseholdPicker(self._frame, self.window(), self.add_keys).open()

    def take_off(self) -> None:
        """Take the household gone to out of the round."""
        at = self.table.row()
        if 0 <= at < len(self.homes):
            del self.homes[at]
            self.show_all()
            if self.homes:
                self.table.selectRow(min(at, len(self.homes) - 1))

    def clear(self) -> None:
        """Forget them."""
        self.homes = []
        self.home.load(None)
        self.complain("")
        self.show_all()

    def look_again(self) -> None:
        """Read them again; those that are gone go."""
        self.homes = self._read([home.id for home in self.homes])
        self.show_all()

    def show_all(self) -> None:
        """Show the households, and which of them have something of the day."""
        met = self._frame.desk.condoling.met_already(self._day(), self.homes)
        told = Mark("已慰问", Tone.WARN)
        self.table.fill(
            [
                (home.number, home.head, f"{home.village}{home.group}", home.sort,
                 told if home.id in met else "")
                for home in self.homes
            ]
        )  # fmt: skip
        self.changed.emit()

    def _settled(self) -> None:
        """Take the household that Enter chose; Enter in the empty box goes on."""
        home = self.home.home
        if home is None:
            self.finished.emit()
            return
        if self.add([home]):
            self.home.load(None)
        self.focus()
