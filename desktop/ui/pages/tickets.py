"""问题: what was said and is owed an answer, with its clock; the list, the form, the steps of one."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.records.holidays import Holiday
from desktop.records.staff import Staff
from desktop.records.storing import Conflict
from desktop.records.ticket_steps import Slip, Supervision
from desktop.records.tickets import Occurrence, Ticket
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.pages.tickets_rows import SHOWN, columns
from desktop.ui.pages.tickets_views import ViewStrip
from desktop.ui.sections import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from desktop.records.open_days import OpenDay
    from desktop.ui.pages.tickets_pile import PilePanel
    from desktop.ui.pages.tickets_side import TicketSide
    from desktop.ui.record_form import RecordForm

LAYOUT = {
    "unit": "件",
    "purpose": "群众和代表提的问题、意见建议登记在这里：按工作日算期限，交办、答复、回访、办结一步一步留痕。",
    "first_step": "登记第一件",
    "hint": "编号、内容、反映人、地点",
    "filters": ("sort", "section", "category"),
    "shown": SHOWN,
    "first_tab": "内容",
}
SECTIONS = (
    Section("", ("content", "raised_by", "raiser", "sort", "category", "open_day", "received_on", "source", "urgency")),
    Section("承办", ("section", "handler", "limit")),
    Section("摘要与备注", ("summary", "place", "source_document", "note")),
)  # fmt: skip
FORM_LEAST = 440
"""Pixels that the form gets where the window is narrow."""
FOLLOWED = {Occurrence, Slip, Supervision, Holiday, Staff}


def _editors() -> dict[str, Any]:
    from desktop.ui.pages.tickets_form import editors

    return editors()


class TicketsPage(RecordPage):
    """The list of tickets by views, the form of one with its steps over it."""

    key, label, icon = "tickets", "问题", "message-square-warning"

    def __init__(self, frame: Frame) -> None:
        layout = ListLayout(
            model=Ticket, sections=SECTIONS, columns=columns(frame.desk), editors=_editors, **LAYOUT
        )
        super().__init__(frame, layout)
        self.views = ViewStrip(frame)
        self.views.picked.connect(self._turn_view)
        self.faces = QStackedWidget()
        self._place_faces()
        self._recount = QTimer(self, singleShot=True, interval=0)
        self._recount.timeout.connect(self.views.count)
        self._pile: PilePanel | None = None
        self._tools()
        self._turn_view()
        self._recount.start()

    def _place_faces(self) -> None:
        """Put the views under the search line, and list and form into a stack with what may stand for them."""
        outer = cast("QVBoxLayout", self.layout())
        outer.insertWidget(1, self.views)
        outer.replaceWidget(self.splitter, self.faces)
        self.faces.addWidget(self.splitter)

    def _tools(self) -> None:
        pile = buttons.plain("登记一摞", "start-pile", "files")
        pile.setToolTip("一张接一张登记一摞纸上的问题，日期、来源、科室填一次（Ctrl+Shift+N）")
        begin = buttons.action(self, "登记一摞", "Ctrl+Shift+N")
        begin.setEnabled(not self.frame.read_only)
        begin.triggered.connect(self.start_pile)
        pile.clicked.connect(begin.trigger)
        pile.setEnabled(not self.frame.read_only)
        self.add_tool(pile)
        take_out = buttons.plain("导出", "export", "export")
        take_out.setToolTip("把列表里的件导出为 Excel 工作簿")
        take_out.clicked.connect(self.export)
        self.add_tool(take_out)

    def export(self) -> None:
        """Write what the list shows to a workbook."""
        from desktop.ui.export_records import export_records

        export_records(self.frame, self.table.query, self)

    # -- the list

    def halves(self, width: int) -> tuple[int, ...]:
        """Give the form what its boxes need, also on a small screen in large type."""
        form = super().halves(width)[-1]
        form = max(form, min(FORM_LEAST, round(width * 0.6)))
        return width - form, form

    def _turn_view(self) -> None:
        """Show the view in front, in its own order."""
        asked = self.views.query()
        self.table.search_for(
            replace(self.table.query, narrowed=asked.narrowed, sort=asked.sort, descending=asked.descending)
        )
        self.search()
        self._show_side()

    @property
    def narrowed(self) -> bool:
        strip = getattr(self, "views", None)  # the list is counted before the views stand over it
        return self.filter.active or (strip is not None and strip.view != "all")

    def show_all(self) -> None:
        self.views.show_view("all")
        self.filter.clear()

    def shown(self) -> None:
        """Show the clocks of today, where the window stood over night."""
        self.table.refresh()
        self._recount.start()

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if self.piling and models & {Ticket, Occurrence}:
            self.pile.look_again()
        if Ticket in models or models & FOLLOWED:
            self._recount.start()
        if models & FOLLOWED and Ticket not in models:
            self.table.refresh()
            self._keep_row()
            if self.record is not None and not self.fresh:
                self.side.show_parts()

    def why_remove(self, what: str) -> str | None:
        """Ask why; without a reason nothing is removed: its number stays, void, and must say why."""
        asked = f"删除 {what}"
        why = self.frame.ask.text(asked, label="删除的原因（编号作废，不再使用；原因留在历史里，可以撤销）：")
        if why == "":
            self.frame.tell(UserError("没有写原因，没有删除；编号作废要写明原因"))
            return None
        return why

    # -- a pile of papers

    @property
    def pile(self) -> PilePanel:
        """Return the panel that registers a pile, made at its first use."""
        from desktop.ui.pages.tickets_pile import PilePanel

        if self._pile is None:
            self._pile = PilePanel(self.frame)
            self._pile.left.connect(self.leave_pile)
            self._pile.opened.connect(self._leave_pile_for)
            self._pile.undo_asked.connect(self.undo)
            self.faces.addWidget(self._pile)
        return self._pile

    @property
    def piling(self) -> bool:
        """Tell whether a pile is being registered."""
        return self._pile is not None and self.faces.currentWidget() is self._pile

    def start_pile(self, day: OpenDay | None = None) -> None:
        """Register a pile of papers, of an open day where one is given."""
        if self.frame.read_only or not self.may_leave():
            return
        self._face(self.pile)
        self.pile.begin(day or None)

    def leave_pile(self) -> bool:
        """Go back to the list; a paper half written down is asked about first."""
        if not self.may_leave():
            return False
        self._face(self.splitter)
        self.filter.search.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _leave_pile_for(self, key: bytes) -> None:
        if self.leave_pile():
            self.open_record(key)

    def _face(self, face: QWidget) -> None:
        """Show the list and its form, or what stands for them."""
        for part in (self.head, self.views):
            part.setVisible(face is not self._pile)
        self.faces.setCurrentWidget(face)

    def may_leave(self) -> bool:
        if not (self.piling and self.pile.dirty):
            return super().may_leave()
        answers = ("登记", "不要了", "继续填")
        answer = self.frame.ask.choose("这一件还没有登记", answers)
        if answer == "登记":
            return self.pile.register()
        if answer == "不要了":
            self.pile.fields.load(self.pile.fields.blank(), all_of_it=False)
        return answer == "不要了"

    def _chosen(self, key: bytes) -> None:
        if not self.piling:  # the list behind moves on with every ticket registered
            super()._chosen(key)

    def open_record(self, key: bytes) -> None:
        if self.piling and not self.leave_pile():
            return
        super().open_record(key)

    # -- the form

    def furnish(self, form: RecordForm) -> None:
        from desktop.ui.pages.tickets_side import TicketSide

        self.side: TicketSide = TicketSide(self, form)

    def blank(self) -> Record:
        """Return a ticket of today, so that its deadline shows at once."""
        ticket = self.books.new(Ticket)
        ticket.received_on = datetime.date.today()
        return ticket

    def opened(self, record: Record, *, fresh: bool) -> None:
        self.side.show()

    def before_save(self, record: Record) -> bool:
        self.side.note_edits()
        return True

    def present(self, record: Record) -> None:
        """Show a record as it is now, whatever stood in the form."""
        self._show(record)

    def _refused(self, error: UserError | TroubleError) -> None:
        if isinstance(error, Conflict) and error.theirs is not None:
            self.side.settle_clash(error)
        else:
            super()._refused(error)

    def ready(self) -> Iterator[None]:
        yield from super().ready()
        _ = self.side.story
        yield
