"""走访: who went to whom, what was found and promised, and the problems that came of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QVBoxLayout

from desktop.records import visit_rows
from desktop.records.base import Record, kinds_of
from desktop.records.households import Household
from desktop.records.tickets import Ticket
from desktop.records.visits import Campaign, OwnQuota, Visit, VisitState
from desktop.ui import unsaved
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.marks import Mark
from desktop.ui.pages.visits_faces import VisitFaces, add_tools
from desktop.ui.sections import Section
from desktop.ui.tables import Column, column_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.services.drafts import Texts
    from desktop.ui.editors import EditorMaker
    from desktop.ui.record_form import RecordForm

SECTIONS = (
    Section("", ("household", "visited_on", "staff", "companions", "purpose", "state")),
    Section("情况", ("found", "promised", "next_step", "next_on")),
    Section("走访代表、单位，备注", ("representative", "enterprise", "note")),
)
SHOWN = ("visited_on", "whom", "village", "staff_name", "purpose", "found", "problems", "state")
TONES = {VisitState.PLANNED: Tone.PRESUMED, VisitState.MISSED: Tone.WARN, VisitState.DONE: Tone.DONE}
ASKED_AGAIN = {"visited_on", "staff", "household", "state"}
"""The fields whose edits make what should be asked about another thing."""
FACES = {"whom": ("户主", 80), "village": ("村组", 104), "staff_name": ("走访人", 80)}
PROBLEMS = "problems ticket"
"""The part of the page where the problems found are written."""
PILE = f"{unsaved.PILE}visit"
"""The part of a draft with a paper of the pile."""
FORM_LEAST = 500
"""Pixels that the form gets where the window is narrow."""


def _faces(place: int, visits: list[Record]) -> dict[bytes, str]:
    return {key: face[place] for key, face in visit_rows.faces(visits).items()}


def _problems(visits: list[Record]) -> dict[bytes, str]:
    return {key: str(count) for key, count in visit_rows.problems(visits).items()}


def _state_marks(text: str) -> list[Mark]:
    return [Mark(text, TONES.get(VisitState(text), Tone.PLAIN))] if text else []


def columns() -> tuple[Column, ...]:
    """Return the columns of the list: those of a visit, and what it shows of others."""
    own = {
        kind.name: column_of(kind, sortable=kind.name in ("visited_on", "purpose", "state"))
        for kind in kinds_of(Visit)
    }
    own["visited_on"] = replace(own["visited_on"], label="日期", width=108)
    own["purpose"] = replace(own["purpose"], label="形式", width=56)
    own["found"] = replace(own["found"], label="情况", width=130, grows=True)
    own["state"] = replace(own["state"], width=64, marks=_state_marks)
    more = [
        Column(
            key,
            label,
            str,
            width=width,
            batch=lambda rows, place=place: _faces(place, rows),
            grows=place == 1,
        )
        for place, (key, (label, width)) in enumerate(FACES.items())
    ]
    problems = Column("problems", "问题", str, width=48, right=True, batch=_problems)
    rest = [
        column
        for key, column in own.items()
        if key not in ("household", "representative", "staff", "enterprise")
    ]
    return (*rest, *more, problems)


def _editors() -> Mapping[str, EditorMaker]:
    from desktop.ui.pages.visits_household import HouseholdEditor

    return {"household": HouseholdEditor}


class VisitsPage(RecordPage):
    """The list of visits and the form of one, with the last visit of the household and the problems found."""

    key, label, icon = "visits", "走访", "footprints"

    def __init__(self, frame: Frame) -> None:
        self._last: Visit | None = None
        super().__init__(
            frame,
            ListLayout(
                model=Visit,
                sections=SECTIONS,
                unit="次",
                purpose="走访、寻访、约谈、慰问登记在这里：去了哪一户、了解到什么、答应了什么；发现的问题同时登记为件，按期限办。",
                first_step="登记第一次走访",
                hint="户主、村、情况、单位",
                filters=("state", "purpose"),
                shown=SHOWN,
                columns=columns(),
                first_tab="走访",
                sort="visited_on",
                form_least=FORM_LEAST,
                editors=_editors,
            ),
        )
        self.faces = VisitFaces(self, self.splitter)
        cast("QVBoxLayout", self.layout()).addWidget(self.faces, 1)
        add_tools(self)

    # -- a pile of sheets

    def start_pile(self) -> None:
        """Register a pile of visit sheets, one after another."""
        if not self.frame.read_only and self.may_leave():
            self.faces.start_pile()

    def show_quotas(self) -> None:
        """Show how many households each has to visit and has visited."""
        if self.may_leave():
            self.faces.show_quotas()

    def show_plan(self) -> None:
        """Show what is planned, by place and day."""
        if self.may_leave():
            self.faces.show_plan()

    def turn_to(self, face: str) -> None:
        """Show the face that a line of the workbench is about."""
        if face == "计划":
            self.show_plan()

    def may_leave(self) -> bool:
        return self.faces.may_leave_face() if self.faces.piling else super().may_leave()

    def typed(self) -> dict[str, dict[str, str]]:
        if self.faces.piling:
            pile = self.faces.pile
            texts = {PILE: pile.fields.typed(), PROBLEMS: pile.problems.typed()} if pile.dirty else {}
        else:
            texts = super().typed()
            if self._form is not None and self.record is not None:
                texts[PROBLEMS] = self.side.problems.typed()
        return {part: typed for part, typed in texts.items() if typed}

    def type_in(self, texts: Texts) -> None:
        if unsaved.piled(texts):
            self.start_pile()
            self.faces.pile.fields.type_in(texts[PILE])
            self.faces.pile.problems.type_in(texts.get(PROBLEMS, {}))
        else:
            super().type_in(texts)
            self.side.problems.type_in(texts.get(PROBLEMS, {}))

    def _chosen(self, key: bytes) -> None:
        if not self.faces.away:  # the list behind moves on with every visit registered
            super()._chosen(key)

    def open_record(self, key: bytes) -> None:
        if self.faces.leave():
            super().open_record(key)

    def start_new(self) -> None:
        if self.faces.leave():
            super().start_new()

    def ready(self) -> Iterator[None]:
        yield from super().ready()
        yield from self.faces.made_ahead()

    # -- the form

    def furnish(self, form: RecordForm) -> None:
        from desktop.ui.pages.visits_form import VisitSide

        self.side: VisitSide = VisitSide(self, form)

    def blank(self) -> Record:
        """Return a visit of today, by those who made the one that was kept last."""
        visit = self.books.new(Visit)
        visit.visited_on = datetime.date.today()
        if (last := self._last) is not None:
            visit.visited_on, visit.staff = last.visited_on, last.staff
            visit.companions, visit.purpose = last.companions, last.purpose
            visit.state = last.state
        return visit

    def opened(self, record: Record, *, fresh: bool) -> None:
        self.side.show(cast("Visit", record), fresh=fresh)

    def heading(self, record: Record) -> str:
        visit = cast("Visit", record)
        return super().heading(record) if self.fresh else f"{visit.visited_on} {visit.purpose} {visit.whom}"

    def unsaved_beside(self) -> bool:
        return self.side.problems.dirty

    def before_save(self, record: Record) -> bool:
        """Ask about what looks wrong, where something was edited that makes it so."""
        visit = cast("Visit", record)
        if not self.fresh and not ASKED_AGAIN & set(self.form.fields.edits):
            return True
        from desktop.ui.pages.visits_questions import sure

        return sure(self.frame, visit)

    def keep(self, record: Record) -> None:
        visit = cast("Visit", record)
        self.frame.desk.visiting.save(visit, self.side.problems.tickets())
        self._last = visit

    def drop_edits(self) -> None:
        self.faces.drop_sheet()
        if self._form is not None:
            self.side.problems.clear()
        super().drop_edits()

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if models & {Visit, Household, Campaign, OwnQuota}:
            self.faces.look_again()
        if models & {Ticket, Household} and Visit not in models:
            self.table.refresh()
            self._keep_row()
            if self.record is not None and not self.fresh:
                self.side.show_registered(cast("Visit", self.record))
