"""What is done with plans, each in a dialog of its own: 已访, 未遇, 改期 with better days, 取消, 列入计划."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.dates import show_day
from desktop.records.households import Household
from desktop.records.kinds import Prose
from desktop.records.visits import Visit, VisitState
from desktop.ui import buttons
from desktop.ui.editors import DayEditor
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.record_dialog import RecordDialog
from desktop.ui.record_step_dialog import RecordStepDialog, asked
from desktop.ui.sections import Section


class Offer(NamedTuple):
    """A step of a plan: its verb, its word, what it asks, what follows from it."""

    verb: str
    words: str
    asks: tuple[str, ...]
    follows: str


OFFERS = {
    offer.verb: offer
    for offer in (
        Offer(
            "done", "已访", ("on", "found", "promised", "next_step"), "计划变成一次走访，从这时起算户和户次。"
        ),
        Offer("miss", "未遇", ("on", "note"), "去了没有遇到，不算户次；要再去的另列计划。"),
        Offer("move", "改期", ("on",), "只改日期，其余不变。"),
        Offer("cancel", "取消计划", ("reason",), "计划留下记录，状态为“取消”，不再提醒。"),
    )
}
KINDS: dict[str, tuple[Any, str, bool]] = {
    "on": (Visit.visited_on, "日期", True),
    "found": (Visit.found, "了解的情况", False),
    "promised": (Visit.promised, "答应的事", False),
    "next_step": (Visit.next_step, "下步打算", False),
    "note": (Visit.note, "备注", False),
    "reason": (Visit.note, "原因", False),
}


class PlanStepDialog(RecordStepDialog):
    """Asks what a step of a plan needs; what would be too close is asked about before it is taken."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, visit: Visit, verb: str, taken: Callable[[], None]
    ) -> None:
        offer, self._plan = OFFERS[verb], visit
        kinds = [_kind(field) for field in offer.asks]
        title = f"{offer.words}：{visit.caption()}"
        super().__init__(
            frame, parent, title, f"plan-{verb}-dialog", visit, verb, offer.words, offer.follows, kinds, taken
        )
        self._verb_taken = verb
        if verb in ("done", "miss") and visit.visited_on:
            self._day.load(min(visit.visited_on, datetime.date.today()))
        if verb == "move" and visit.visited_on:
            self._day.load(visit.visited_on)
            self._offer_days()

    @property
    def _day(self) -> DayEditor:
        return cast("DayEditor", self.rows["on"].editor)

    def _offer_days(self) -> None:
        """Put a button for each better day under the box."""
        found = self.frame.desk.planning.proposals(self._plan)
        words = "这些工作日不过密，也不集中：" if found else "前后三周内没有更合适的工作日。"
        at = self.body.indexOf(self.rows["on"]) + 1
        lines = QVBoxLayout()
        lines.addWidget(Text(words, "muted", wrap=True))
        for place, one in enumerate(found, 1):
            button = buttons.quiet(
                f"{show_day(one.day)}　{one.told}", f"better-day-{place}", "calendar-check"
            )
            button.clicked.connect(partial(self._took, one.day))
            lines.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.insertLayout(at, lines)
        self.fit(560, self.sizeHint().height())

    def _took(self, day: datetime.date) -> None:
        self._day.load(day)
        self.go.setFocus()

    def take(self) -> None:
        """Take the step, after asking about what would be too close."""
        try:
            on = self._day.store() if "on" in self.rows else None
        except UserError:
            on = None  # the step itself says what is wrong with it
        told = {"on": on.isoformat()} if on else {}
        questions = self.frame.desk.books.warnings(self._plan, self._verb_taken, told)
        goes_on = "仍然改到这一天" if self._verb_taken == "move" else "仍然登记，户次照计"
        if not questions or self.frame.ask.confirm("；".join(questions), yes=goes_on, no="回去改"):
            super().take()


def _kind(field: str) -> Any:
    kind, label, required = KINDS[field]
    made = asked(kind, field, label, required=required)
    if isinstance(made, Prose):
        made.limit = 2000
    return made


class PlanDialog(RecordDialog[Visit]):
    """When, who, with whom: several households are planned at once; `kept` is called with what was asked."""

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        homes: Sequence[Household],
        on: datetime.date,
        last: Visit | None,
        kept: Callable[[Visit], None],
    ) -> None:
        self._homes = list(homes)
        visit = frame.desk.books.new(Visit)
        visit.visited_on, visit.state = on, VisitState.PLANNED
        visit.household = homes[0]  # what is asked here is the same of all
        if last is not None:
            visit.staff, visit.companions, visit.purpose = last.staff, last.companions, last.purpose
        section = Section("", ("visited_on", "staff", "companions", "purpose"))
        super().__init__(
            frame,
            parent,
            f"列入走访计划：{len(homes)} 户",
            "plan-homes-dialog",
            FieldForm(Visit, (section,), frame.desk.books),
            visit,
            kept,
            "列入计划",
        )
        shown = "、".join(home.told_apart() for home in homes[:4])
        names = f"{shown} 等 {len(homes)} 户" if len(homes) > 4 else shown
        self.body.insertWidget(0, Text(names, "muted", wrap=True))
        self.fit(560, 360)
        self.fields.focus_first()

    def sure(self, record: Visit) -> bool:
        """Ask about what would be too close."""
        if record.visited_on is None:
            return True
        questions = self.frame.desk.planning.questions_of(self._homes, record.staff, record.visited_on)
        return not questions or self.frame.ask.confirm("；".join(questions), yes="仍然列入计划", no="回去改")

    def save(self, record: Visit) -> None:
        """Plan them all."""
        if record.visited_on is None:
            raise UserError("请填写日期", field="visited_on")
        planning = self.frame.desk.planning
        planning.plan(self._homes, record.staff, record.visited_on, record.companions, record.purpose)
