"""结对帮扶: one member of staff and one household, with need, measures, what was done, and how it ended."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from desktop.records import pairing_rows
from desktop.records.base import Record, kinds_of
from desktop.records.households import Household
from desktop.records.pairings import Pairing, PairingProgress, PairingState
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.marks import Mark
from desktop.ui.page_tools import add_papers, export_button
from desktop.ui.sections import Section
from desktop.ui.tables import Column, column_of

if TYPE_CHECKING:
    from desktop.ui.editors import EditorMaker
    from desktop.ui.pages.households_story import StoryTab
    from desktop.ui.pages.pairings_progress import ProgressPanel
    from desktop.ui.record_form import RecordForm

SECTIONS = (
    Section("", ("household", "staff", "since", "goal")),
    Section("需求和措施", ("need", "measures")),
    Section("解除（用上面的按钮办理）", ("state", "until", "end_reason", "approver")),
)
SHOWN = ("staff_name", "head", "place", "need", "last", "since", "standing")
FOLLOWED = {Household, PairingProgress}
TONES = {
    PairingState.RUNNING.value: Tone.PLAIN,
    pairing_rows.LIFTED: Tone.PRESUMED,
    PairingState.LIFTED.value: Tone.DONE,
    PairingState.ENDED.value: Tone.WARN,
}
"""What else stands there says that the household is gone."""
FORM_LEAST = 500
"""Pixels that the form gets where the window is narrow."""
PROGRESS_TAB = 1


def standing_marks(text: str) -> list[Mark]:
    """Return how a pairing stands as a mark."""
    return [Mark(text, TONES.get(text, Tone.LATE))] if text else []


def _faces(place: int, pairings: list[Record]) -> dict[bytes, str]:
    return {key: face[place] for key, face in pairing_rows.faces(pairings).items()}


def _courses(place: int, pairings: list[Record]) -> dict[bytes, str]:
    return {key: course[place] for key, course in pairing_rows.courses(pairings).items()}


def columns() -> tuple[Column, ...]:
    """Return the columns of the list: those of a pairing, and what it shows of others."""
    own = {
        kind.name: column_of(kind, sortable=kind.name in ("since", "until", "state"))
        for kind in kinds_of(Pairing)
    }
    own["since"] = replace(own["since"], width=100)
    own["need"] = replace(own["need"], label="困难和需求", width=110, grows=True)
    faces = [
        Column(key, label, str, width=width, batch=lambda rows, place=place: _faces(place, rows))
        for place, (key, label, width) in enumerate(
            (("staff_name", "帮扶人", 76), ("head", "帮扶户", 76), ("place", "村组", 110))
        )
    ]
    standing = Column(
        "standing", "状态", str, width=96, batch=lambda rows: _courses(0, rows), marks=standing_marks
    )
    last = Column("last", "最近进展", str, width=110, batch=lambda rows: _courses(1, rows), grows=True)
    rest = [column for key, column in own.items() if key not in ("staff", "household", "state")]
    return (*rest, *faces, last, standing)


def _editors() -> Mapping[str, EditorMaker]:
    from desktop.ui.pages.visits_household import HouseholdEditor

    return {"household": HouseholdEditor}


class PairingPage(RecordPage):
    """The list of pairings and the form of one, with what was done and the story of its household."""

    key, label, icon = "pairing-list", "结对帮扶", "handshake"

    def __init__(self, frame: Frame) -> None:
        self._last: Pairing | None = None
        self._home: Household | None = None
        super().__init__(
            frame,
            ListLayout(
                model=Pairing,
                sections=SECTIONS,
                unit="对",
                purpose="干部和困难户结成对子：困难是什么、怎样帮、帮到哪一步；每人帮扶 1—2 户，不脱困不脱钩。",
                first_step="新建第一对",
                hint="帮扶人、户主、村、需求",
                filters=("state",),
                shown=SHOWN,
                columns=columns(),
                first_tab="结对",
                sort="since",
                form_least=FORM_LEAST,
                editors=_editors,
            ),
        )
        add_papers(self, "印结对帮扶卡、连心卡、走访登记表、慰问签收表")
        self.add_tool(export_button(self))

    # -- the form

    def furnish(self, form: RecordForm) -> None:
        from desktop.ui.pages.pairings_form import PairingSide
        from desktop.ui.pages.pairings_steps import PairingSteps

        self.steps: PairingSteps = PairingSteps(self)
        self.side: PairingSide = PairingSide(self, form)
        form.add_under_heading(self.steps)
        form.add_tab("进展", lambda: self.progress)
        form.add_tab("这一户的往来", lambda: self.story)

    @cached_property
    def progress(self) -> ProgressPanel:
        """Return what was done for the household of the pairing shown."""
        from desktop.ui.pages.pairings_progress import ProgressPanel

        made = ProgressPanel(self.frame)
        made.show_parts_of(self._kept)
        return made

    @cached_property
    def story(self) -> StoryTab:
        """Return everything that happened with the household of the pairing shown."""
        from desktop.ui.pages.households_story import StoryTab

        made = StoryTab(self.frame)
        made.show_home(self._kept.household if self._kept else None)
        return made

    @property
    def _kept(self) -> Pairing | None:
        """Return the pairing shown, where it was kept before."""
        return None if self.fresh else cast("Pairing | None", self.record)

    def note_progress(self) -> None:
        """Begin a line of what was done."""
        if self._kept is not None:
            self.form.tabs.setCurrentIndex(PROGRESS_TAB)
            self.progress.start()

    def start_for(self, home: Household) -> None:
        """Begin the pairing of a household."""
        self._home = home
        try:
            self.start_new()
        finally:
            self._home = None
        if self.fresh:
            self.form.box("staff").widget.setFocus()

    def blank(self) -> Record:
        """Return a pairing of today, or by whom and of when the one before it was."""
        pairing, last = self.books.new(Pairing), self._last
        pairing.since = last.since if last else datetime.date.today()
        if last is not None and self._home is None:
            pairing.staff = last.staff
        return pairing

    def opened(self, record: Record, *, fresh: bool) -> None:
        pairing = cast("Pairing", record)
        if fresh and self._home is not None:
            self.side.take(self._home)
        self.side.show()
        self.steps.show_pairing(None if fresh else pairing)
        for panel in self.form.panels:
            panel.show_parts_of(None if fresh else record)
        if "story" in self.__dict__:
            self.story.show_home(None if fresh else pairing.household)

    def before_save(self, record: Record) -> bool:
        """Ask about a third household, or one out of need, where who or whom was edited."""
        if not self.fresh and not {"staff", "household"} & set(self.form.fields.edits):
            return True
        asked = self.books.questions(record)
        return not asked or self.frame.ask.confirm("；".join(asked), yes="仍然结对", no="回去改")

    def keep(self, record: Record) -> None:
        super().keep(record)
        self._last = cast("Pairing", record)

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if models & FOLLOWED and Pairing not in models:
            self.table.refresh()
            self._keep_row()
            if Household in models:
                self._follow_change()
        if self._form is not None and "story" in self.__dict__:
            self.story.refresh()
