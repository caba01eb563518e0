"""户: who lives where, what they need, and everything that ever happened with them in one line of time."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from desktop.records import visit_rows
from desktop.records.base import Record, kinds_of
from desktop.records.households import Household, HouseholdState, Member
from desktop.records.pairings import Condolence, Pairing, PairingProgress
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.marks import Mark
from desktop.ui.page_tools import add_papers, add_sheets
from desktop.ui.sections import Section
from desktop.ui.tables import Column, column_of

if TYPE_CHECKING:
    from desktop.ui.pages.households_story import StoryTab
    from desktop.ui.parts_panel import PartsPanel
    from desktop.ui.record_form import RecordForm

SECTIONS = (
    Section("", ("head", "village", "group", "sort", "people", "mobile", "address", "since", "needs")),
    Section("变动（用上面的按钮办理）", ("number", "state", "lifted_on", "left_on", "merged_into")),
    Section("备注", ("reading", "note")),
)
SHOWN = ("number", "head", "place", "sort", "mobile", "last_visit", "helpers")
WIDTHS = {"number": 80, "head": 84, "sort": 84, "mobile": 116, "state": 68}
FORM_LEAST = 480
"""Pixels that the form gets where the window is narrow."""
FOLLOWED = {Visit, Ticket, Pairing, PairingProgress, Condolence}
TONES = {
    HouseholdState.MOVED: Tone.WARN,
    HouseholdState.GONE: Tone.WARN,
    HouseholdState.MERGED: Tone.PRESUMED,
}


def _state_marks(text: str) -> list[Mark]:
    return [Mark(text, TONES.get(HouseholdState(text), Tone.DONE))] if text else []


def columns() -> tuple[Column, ...]:
    """Return the columns of the list; unless sorted by another it stands in the order of readings."""
    made = [
        column_of(kind, sortable=kind.name in ("number", "village", "sort")) for kind in kinds_of(Household)
    ]
    made = [replace(column, width=WIDTHS.get(column.key, column.width)) for column in made]
    made = [replace(column, marks=_state_marks) if column.key == "state" else column for column in made]
    place = Column(
        "place", "村组", lambda home: f"{home.village}{home.group}", width=120, sort="village", grows=True
    )
    last = Column("last_visit", "最近走访", str, width=100, batch=visit_rows.last_visits)
    helpers = Column("helpers", "结对人", str, width=80, batch=visit_rows.helpers)
    return (*(column for column in made if column.key != "merged_into"), place, last, helpers)


class HouseholdsPage(RecordPage):
    """The list of households and the form of one."""

    key, label, icon = "households", "户", "map-pin"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=Household,
                sections=SECTIONS,
                unit="户",
                purpose="走访的户放在这里：户主、村组、类别、困难和需求；每一户的走访、问题、结对、慰问按时间排在一起。",
                first_step="新建第一户",
                hint="户主、首字母、户号、电话、村",
                filters=("sort", "state"),
                shown=SHOWN,
                columns=columns(),
                first_tab="户情",
                form_least=FORM_LEAST,
            ),
        )
        add_sheets(
            self, "导入户册", "从 xlsx、xls 或 csv 户册导入；同村同名的户并排比对，逐户定跳过、更新还是新增"
        )
        add_papers(self, "印走访登记表、结对帮扶卡、连心卡、慰问签收表、走访台账")

    def furnish(self, form: RecordForm) -> None:
        from desktop.ui.pages.households_steps import HouseholdSteps

        self.steps: HouseholdSteps = HouseholdSteps(self.frame, self)
        form.add_under_heading(self.steps)
        self.pair = buttons.plain("结对…", "pair-household", "handshake")
        self.pair.setToolTip("为这一户登记结对帮扶")
        self.pair.clicked.connect(self._start_pairing)
        form.add_beside_heading(self.pair)
        form.add_tab("往来", lambda: self.story)
        form.add_tab("成员", self._members)

    @cached_property
    def story(self) -> StoryTab:
        """Return what happened with the household shown."""
        from desktop.ui.pages.households_story import StoryTab

        made = StoryTab(self.frame)
        made.show_home(None if self.fresh else cast("Household | None", self.record))
        return made

    @cached_property
    def members(self) -> PartsPanel:
        """Return the people of the household shown."""
        from desktop.ui.parts_panel import PartsPanel

        return PartsPanel(
            self.frame,
            Member,
            "household",
            ("full_name", "relation", "sex", "born_on", "party", "occupation", "left_on", "died_on", "note"),
            shown=("full_name", "relation", "sex", "born_on", "party", "occupation"),
            wide=5,
            purpose="同住的家庭成员，与户主的关系、出生年月、职业和去向。",
        )

    def _start_pairing(self) -> None:
        """Begin the pairing of the household shown, on the page of pairings."""
        if self.record is not None:
            self.frame.go("pairings", self.record.id)

    def _members(self) -> PartsPanel:
        self.members.show_parts_of(None if self.fresh else self.record)
        return self.members

    def heading(self, record: Record) -> str:
        home = cast("Household", record)
        if self.fresh:
            return super().heading(record)
        return f"{home.number} {home.head}" + (
            "" if home.state == HouseholdState.HERE else f"（{home.state}）"
        )

    def opened(self, record: Record, *, fresh: bool) -> None:
        home = cast("Household", record)
        self.steps.show_home(None if fresh else home)
        self.pair.setVisible(not fresh and home.state == HouseholdState.HERE and not self.frame.read_only)
        for panel in self.form.panels:
            panel.show_parts_of(None if fresh else record)
        if "story" in self.__dict__:
            self.story.show_home(None if fresh else home)

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if models & FOLLOWED:
            if Household not in models:
                self.table.refresh()
                self._keep_row()
            if "story" in self.__dict__:
                self.story.refresh()
