"""上报材料: what liaison officers owe whom by which day: still to come, late, handed in."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QHBoxLayout

from desktop.errors import TroubleError, UserError
from desktop.records.work_lines import LiaisonReport
from desktop.services import liaison
from desktop.services.liaison import View
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.marks import Mark
from desktop.ui.pages.simple_page import SimplePage, columns_told
from desktop.ui.sections import Section
from desktop.ui.segments import Segments
from desktop.ui.step_line import Step, StepLine
from desktop.ui.tables import Column

if TYPE_CHECKING:
    from desktop.records.base import Record
    from desktop.ui.record_form import RecordForm

SHOWN = ("standing", "title", "to", "due_on", "staff")


def _marks(text: str) -> list[Mark]:
    tone = Tone.LATE if "逾期" in text else Tone.DONE if text.startswith("已报") else Tone.WARN
    return [Mark(text, Tone.PLAIN if text.startswith("还有") else tone)] if text else []


def columns() -> tuple[Column, ...]:
    """Return the columns of the list, first how a report stands today."""
    own = columns_told(
        LiaisonReport, ("staff",), {"due_on": 108, "sent_on": 108, "to": 110}, title={"width": 140}
    )
    standing = Column(
        "standing", "时限", lambda row: liaison.standing(row, datetime.date.today()), width=126, sort="due_on",
        marks=_marks,
    )  # fmt: skip
    return (standing, *own)


class LiaisonPage(SimplePage):
    """The list of reports by view, and the form of one with the step that hands it in."""

    key, label, icon = "liaison-reports", "上报材料", "file-up"

    def __init__(self, frame: Frame) -> None:
        self.views = Segments("看哪些", [str(view) for view in View], clearable=False)
        self.views.pick(View.OWED)
        super().__init__(
            frame,
            ListLayout(
                model=LiaisonReport,
                sections=(Section("", ("title", "to", "due_on", "staff", "sent_on", "note")),),
                unit="份",
                purpose="联络员要上报的材料登记在这里：报给哪里、什么时候要、谁来报；快到期和逾期的，工作台会提醒。",
                first_step="登记第一份上报材料",
                hint="材料名称、报送单位、报送人",
                shown=SHOWN,
                columns=columns(),
                first_tab="材料",
            ),
            sort="due_on",
            descending=False,
        )
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 12)
        line.addWidget(self.views)
        line.addStretch(1)
        cast("Any", self.layout()).insertLayout(1, line)
        self.views.picked.connect(self.search)
        self.search()

    def search(self) -> None:
        view = View(self.views.value())
        narrowed = liaison.condition(view, datetime.date.today())
        self.table.query = replace(self.table.query, narrowed=narrowed)
        super().search()

    @property
    def narrowed(self) -> bool:
        return super().narrowed or self.views.value() != View.ALL

    def show_all(self) -> None:
        self.views.pick(View.ALL)
        super().show_all()

    def furnish(self, form: RecordForm) -> None:
        self.steps = StepLine()
        form.add_under_heading(self.steps)

    def opened(self, record: Record, *, fresh: bool) -> None:
        super().opened(record, fresh=fresh)
        report = cast("LiaisonReport", record)
        if fresh or self.frame.read_only:
            self.steps.show_steps([])
        elif report.sent_on:
            told = "还没有报出去的，取消报送日期。"
            self.steps.show_steps([Step("take-back", "取消报送", told, lambda: self._send(report, None))])
        else:
            told = "记下今天报送；不是今天的，在下面填报送日期。"
            today = datetime.date.today()
            self.steps.show_steps([Step("send", "今天已报", told, lambda: self._send(report, today))])

    def _send(self, report: LiaisonReport, on: datetime.date | None) -> None:
        """Keep on which day a report went out."""
        if self.form.dirty and not self.save_record():
            return
        try:
            fresh = self.books.get(LiaisonReport, report.id)
            fresh.sent_on = on
            self.books.save(fresh)
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self.frame.toast(f"“{report.title}”已报送" if on else f"“{report.title}”改为未报", undo=True)
