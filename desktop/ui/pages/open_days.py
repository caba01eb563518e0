"""开放日: one day's whole life, from the plan to the archive, under its line of time."""

from __future__ import annotations

import datetime
from functools import partial
from typing import cast

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QCursor, QResizeEvent
from PySide6.QtWidgets import QMenu

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.records.dates import show_day
from desktop.records.forms import FormIssue, FormReturn
from desktop.records.holidays import Holiday
from desktop.records.invitations import CAME, Invitation, InvitationState
from desktop.records.leaflets import Leaflet
from desktop.records.listing import Query
from desktop.records.notices import Notice
from desktop.records.open_days import Milestone, OpenDay, ProgrammeItem, Site
from desktop.records.representatives import Representative
from desktop.records.tickets import Occurrence, Ticket
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.pages.open_days_deadlines import dialog_of
from desktop.ui.pages.open_days_handouts import HandoutsTab
from desktop.ui.pages.open_days_names import NamesTab
from desktop.ui.pages.open_days_printing import PrintingTab
from desktop.ui.pages.open_days_programme import ProgrammeTab
from desktop.ui.pages.open_days_sign_in import SignInTab
from desktop.ui.pages.open_days_steps import StepButton
from desktop.ui.pages.open_days_summary import SummaryTab
from desktop.ui.pages.open_days_tab import DayTab, open_print
from desktop.ui.pages.open_days_tickets import DayTicketsTab
from desktop.ui.pages.open_days_timeline import HELD, TimeLine, nodes_of
from desktop.ui.record_form import RecordForm
from desktop.ui.sections import Section
from desktop.ui.tables import Column

SECTIONS = (
    Section("", ("theme", "held_on", "starts_at", "ends_at", "venue", "capacity", "leader")),
    Section("时限", ("letters_before", "notice_before", "reply_days")),
    Section("邀请函与方案", ("letter", "plan")),
)
TABS: tuple[tuple[str, type[DayTab]], ...] = (
    ("名单", NamesTab),
    ("日程与参观点", ProgrammeTab),
    ("材料", HandoutsTab),
    ("印制", PrintingTab),
    ("签到", SignInTab),
    ("意见与问题", DayTicketsTab),
    ("总结", SummaryTab),
)
FOLLOWED = {
    Invitation,
    Representative,
    ProgrammeItem,
    Site,
    Milestone,
    Notice,
    Leaflet,
    FormIssue,
    FormReturn,
    OpenDay,
    Holiday,
    Ticket,
    Occurrence,
}
LEAST, MORE = 300, 80
"""Pixels of the list of days at least, and beyond its columns for the longer themes."""
LOW = 570
"""Pixels of height under which the line of time leaves its dates out."""


def _held(day: OpenDay) -> str:
    return show_day(day.held_on) if day.held_on else ""


class OpenDaysPage(RecordPage):
    """The list of days, and one day with its line of time, its steps and the parts of its life."""

    key = "open-days"
    label = "开放日"
    icon = "calendar-days"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=OpenDay,
                sections=SECTIONS,
                unit="个",
                purpose="定下主题和日期，程序就按工作日倒排出寄函、公告、答复的日子，并带着您办完名单、印制、签到和总结。",
                first_step="新建开放日",
                hint="搜索主题、地点",
                filters=("state",),
                shown=("held_on", "theme", "state", "people"),
                columns=self._columns(frame),
            ),
        )
        self.table.search_for(Query(OpenDay, sort="held_on", descending=True))
        self.tabs: dict[str, DayTab] = {}
        self._low = False
        buttons.action(self, "打印", "Ctrl+P").triggered.connect(self.print_papers)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._refresh_day)

    def halves(self, width: int) -> tuple[int, ...]:
        """Give the day the room: an office has a few dozen days, each with a line of time and its lists."""
        days = min(max(round(width * 0.37), LEAST), self.view.wanted_width + MORE)
        return days, width - days

    def furnish(self, form: RecordForm) -> None:
        """Put the steps beside the heading, the line of time under it, and the parts of the day into tabs."""
        self.steps = StepButton(self.frame)
        self.line = TimeLine()
        self.line.set_low(self._low)
        self.line.chosen.connect(self._offer_node)
        form.add_beside_heading(self.steps)
        form.add_under_heading(self.line)
        for label, _ in TABS:
            form.add_tab(label, partial(self._make_tab, label))
        form.tabs.currentChanged.connect(self._turned)

    def _make_tab(self, label: str) -> DayTab:
        """Make a part of the day when it is first opened."""
        tab = self.tabs[label] = dict(TABS)[label](self.frame)
        tab.turned.connect(self.turn_to)
        tab.show_day(None if self.fresh else cast("OpenDay | None", self.record))
        return tab

    @staticmethod
    def _columns(frame: Frame) -> tuple[Column, ...]:
        books = frame.desk.books

        def people(rows: list[Record]) -> dict[bytes, str]:
            return {row.id: _counted(books, cast("OpenDay", row)) for row in rows}

        return (
            Column("held_on", "日期", _held, width=134, sort="held_on"),
            Column("theme", "主题", lambda day: day.theme, width=156, sort="theme", grows=True),
            Column("state", "状态", lambda day: day.state, width=72, sort="state"),
            Column("people", "邀请/到会", str, width=88, right=True, batch=people),
            Column("number", "编号", lambda day: day.number, width=80, sort="number"),
            Column("venue", "地点", lambda day: day.venue, width=180, sort="venue", grows=True),
        )

    def opened(self, record: Record, *, fresh: bool) -> None:
        day = cast("OpenDay", record)
        self.steps.show_day(None if fresh else day)
        self.steps.setVisible(not fresh)
        self._show_line(None if fresh else day)
        for tab in self.tabs.values():
            tab.show_day(None if fresh else day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._low = self.height() < LOW
        if self.record is not None:
            self.line.set_low(self._low)

    def turn_to(self, label: str) -> None:
        """Bring a part of the day to the front."""
        for place in range(self.form.tabs.count()):
            if self.form.tabs.tabText(place) == label:
                self.form.tabs.setCurrentIndex(place)

    def show_part(self, record: Record) -> None:
        """Show an invitation of the day in front: its row on 名单."""
        self.turn_to("名单" if isinstance(record, Invitation) else "基本")
        names = self.tabs.get("名单")
        if isinstance(record, Invitation) and isinstance(names, NamesTab):
            names.go_to(record.id)

    def _turned(self, place: int) -> None:
        """Read a part when it comes to the front."""
        tab = self.tabs.get(TABS[place - 1][0]) if place > 0 else None
        if tab is not None and self.record is not None and not self.fresh:
            tab.refresh()

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if models & FOLLOWED:
            if Invitation in models and OpenDay not in models:
                self.table.refresh()
                self._keep_row()
            self._again.start()

    def _refresh_day(self) -> None:
        if self.record is None or self.fresh:
            return
        self._show_line(cast("OpenDay", self.record))
        for tab in self.tabs.values():
            if tab.isVisible():
                tab.refresh()

    def print_papers(self) -> None:
        """Print the letters of the day shown, the rows selected on 名单 where there are several."""
        if self.record is None or self.fresh:
            return
        names = self.tabs.get("名单")
        chosen = names.standing_ids() if isinstance(names, NamesTab) and names.isVisible() else []
        keys = chosen if len(chosen) > 1 else []
        open_print(self, self.frame, ["invitation-letters"], cast("OpenDay", self.record), keys)

    # -- the line of time

    def _show_line(self, day: OpenDay | None) -> None:
        nodes = nodes_of(day, self.frame.desk.open_days.milestones(day)) if day is not None else []
        self.line.show_nodes(nodes)
        self.line.setVisible(bool(nodes))

    def _offer_node(self, key: bytes) -> None:
        """Offer what can be done with a milestone."""
        menu = self.node_menu(key)
        button = self.focusWidget()
        where = (
            button.mapToGlobal(QPoint(0, button.height()))
            if button in self.line.findChildren(type(button))
            else None
        )
        menu.popup(where or QCursor.pos())

    def node_menu(self, key: bytes) -> QMenu:
        """Return the menu of a milestone: done today, not done after all, how its date came about."""
        row = self.books.get(Milestone, key)
        menu = QMenu(self)
        menu.setObjectName("node-menu")
        done = QAction("标为今天完成" if row.done_on is None else "撤回“完成”", menu)
        done.setObjectName("node-done")
        done.setData(("done", key))
        done.setEnabled(not self.frame.read_only and row.name != HELD)
        why = QAction("这个日期怎样算出…", menu)
        why.setObjectName("node-why")
        why.setData(("why", key))
        menu.addAction(done)
        menu.addAction(why)
        menu.triggered.connect(self._take_node)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _take_node(self, entry: QAction) -> None:
        does, key = entry.data()
        row = self.books.get(Milestone, key)
        if does == "why":
            dialog_of(self.window(), self.frame.desk.workdays, cast("OpenDay", self.record), row).open()
            return
        row.done_on = None if row.done_on else datetime.date.today()
        try:
            self.books.save(row)
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self.frame.toast(f"{row.name}：{'已完成' if row.done_on else '改回没有完成'}", undo=True)


def _counted(books, day: OpenDay) -> str:  # noqa: ANN001 - the office's books
    """Return `36 / 28`: invitations that stand, and those who came."""

    def count(*where: tuple[str, object]) -> int:
        return books.count(Query(Invitation, where=(("open_day", day), *where)))

    invited = count() - count(("state", InvitationState.VOID))
    came = sum(count(("attendance", word)) for word in CAME)
    return f"{invited} / {came}" if invited else "—"
