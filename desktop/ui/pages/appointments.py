"""约谈: talks that were arranged, with whom and when; what was held becomes a visit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from desktop.records import routine_rows
from desktop.records.appointments import Appointment, AppointmentState
from desktop.records.visits import Visit
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.marks import Mark
from desktop.ui.pages.simple_page import SimplePage, columns_told
from desktop.ui.record_step_dialog import RecordStepDialog, asked
from desktop.ui.sections import Section
from desktop.ui.step_line import Step, StepLine
from desktop.ui.tables import Column

if TYPE_CHECKING:
    from desktop.records.base import Record
    from desktop.ui.editors import EditorMaker
    from desktop.ui.record_form import RecordForm

SECTIONS = (
    Section("", ("household", "representative", "whom", "phone")),
    Section("", ("on", "at", "staff", "venue", "about")),
    Section("经过（用上面的按钮办理）", ("state", "because", "note")),
)
SHOWN = ("on", "at", "with_whom", "about", "staff", "state")
TONES = {
    AppointmentState.MADE: Tone.PRESUMED,
    AppointmentState.HELD: Tone.DONE,
    AppointmentState.MISSED: Tone.WARN,
}
HOLD = "登记谈的情况；同时记为一次约谈走访，计入户次。"
MISS = "对方没有来；可以写明原因。"
CANCEL = "不谈了；请写明原因。"


def _state_marks(text: str) -> list[Mark]:
    return [Mark(text, TONES.get(AppointmentState(text), Tone.PLAIN))] if text else []


def columns() -> tuple[Column, ...]:
    """Return the columns of the list: those of an appointment, and whom it is with."""
    own = columns_told(
        Appointment, ("staff",), {"on": 108, "at": 66, "state": 64}, state={"marks": _state_marks},
        about={"width": 140},
    )  # fmt: skip
    left_out = ("household", "representative", "whom", "visit")
    whom = Column("with_whom", "约谈对象", str, width=90, batch=routine_rows.with_whom, grows=True)
    return (*(column for column in own if column.key not in left_out), whom)


def _editors() -> Mapping[str, EditorMaker]:
    from desktop.ui.pages.visits_household import HouseholdEditor

    return {"household": HouseholdEditor}


class AppointmentsPage(SimplePage):
    """The list of appointments and the form of one with its steps."""

    key, label, icon = "appointments", "约谈", "calendar-clock"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=Appointment,
                sections=SECTIONS,
                unit="次",
                purpose="约好的谈话登记在这里：约谁、哪天几点、在哪里、谈什么。谈过以后按“已谈”，自动登记为一次约谈走访。",
                first_step="登记第一次约谈",
                hint="对象、约谈人、事由、地点",
                filters=("state",),
                shown=SHOWN,
                columns=columns(),
                first_tab="约谈",
                editors=_editors,
            ),
            sort="on",
        )

    def furnish(self, form: RecordForm) -> None:
        self.steps = StepLine()
        form.add_under_heading(self.steps)
        self.to_visit = buttons.quiet("打开登记的走访", "open-visit", "footprints")
        self.to_visit.clicked.connect(self._open_visit)
        form.add_button(self.to_visit)

    def blank(self) -> Record:
        made = self.books.new(Appointment)
        made.on = datetime.date.today()
        return made

    def opened(self, record: Record, *, fresh: bool) -> None:
        super().opened(record, fresh=fresh)
        appointment = cast("Appointment", record)
        open_ = not fresh and appointment.state == AppointmentState.MADE and not self.frame.read_only
        ask = partial(self._ask, appointment)
        found = asked(Visit.found, "found", "谈的情况", required=False)
        promised = asked(Visit.promised, "promised", "答应的事", required=False)
        day = asked(Visit.next_on, "on", "谈话日期")
        why = partial(asked, Appointment.because, "reason", "原因")
        steps = (
            Step("hold", "已谈…", HOLD, partial(ask, "hold", "已谈", HOLD, (day, found, promised))),
            Step("miss", "未到…", MISS, partial(ask, "miss", "未到", MISS, (why(required=False),))),
            Step("cancel", "取消约谈…", CANCEL, partial(ask, "cancel", "取消约谈", CANCEL, (why(),))),
        )
        self.steps.show_steps(steps if open_ else ())
        self.to_visit.setVisible(appointment.__data__.get("visit") is not None)

    def _ask(
        self, appointment: Appointment, verb: str, words: str, follows: str, kinds: tuple[Any, ...]
    ) -> None:
        if self.form.dirty and not self.save_record():
            return
        fresh = self.books.get(Appointment, appointment.id)
        taken = partial(self.frame.toast, f"“{fresh.caption()}”：{words}", undo=True)
        RecordStepDialog(
            self.frame, self.window(), f"{words}：{fresh.caption()}", f"appointment-{verb}", fresh, verb, words,
            follows, kinds, taken,
        ).open()  # fmt: skip

    def _open_visit(self) -> None:
        if self.record is not None and (key := self.record.__data__.get("visit")):
            self.frame.go("visits", key)
