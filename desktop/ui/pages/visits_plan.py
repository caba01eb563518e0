"""走访计划: places at the left, the month and what is planned at the right; plans are moved and carried out here."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.dates import show_day
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.visit_plans import Where
from desktop.services.place_tree import Branch, place_tree
from desktop.services.planning import Period
from desktop.ui import buttons
from desktop.ui.counting import CountBeside
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState, OneLine, StatusLabel, Text
from desktop.ui.layouts import column, hairline, row
from desktop.ui.month_calendar import DayWords, MonthCalendar
from desktop.ui.naming import name, set_property
from desktop.ui.pages import visits_plan_lists as lists
from desktop.ui.pages.visits_places import PlaceTree
from desktop.ui.pages.visits_plan_days import month_words
from desktop.ui.pages.visits_plan_work import PlanWork
from desktop.ui.record_view import RecordView
from desktop.ui.segments import Segments
from desktop.ui.tables import RecordTable
from desktop.ui.workroom import Task

TREE, TREE_LEAST = 0.3, 250
"""Of the width that the places take, and the least of it in pixels."""
NOTHING = "按 PageUp、PageDown 看别的月份；要安排走访，先看哪些户没访过，选中要去的户，按“列入计划”。"
ICONS = {"done": "check", "miss": "user", "move": "calendar-clock", "cancel": "x"}


class PlanPanel(QWidget):
    """`left` leaves it. What is listed is of the place gone to, and of one day once that was opened."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self.frame = frame
        self.day: datetime.date | None = None
        self._period: Period = frame.desk.planning.period()
        self._looks: dict[str, Task] = {}
        self.places = PlaceTree()
        self.month = MonthCalendar("plan-month", "走访日历")
        self.face = Segments("列出哪些", lists.FACES, clearable=False)
        self.face.pick(lists.PLANS)
        self.told = StatusLabel("plan-told", "列出的", "strong")
        self.period_told = name(OneLine("", "muted"), "plan-period", "已访怎样算")
        books, later = frame.desk.books, CountBeside(self, frame.workroom, frame.desk.books)
        self.plans = RecordTable(books, lists.plans(Where(), None), lists.plan_columns(), later)
        self.plan_view = RecordView(self.plans, frame.memory, "visit-plan", "走访计划", lists.PLAN_SHOWN)
        later = CountBeside(self, frame.workroom, frame.desk.books)
        self.homes = RecordTable(books, Query(Household, keys=(b"",)), lists.home_columns(), later)
        self.home_view = RecordView(self.homes, frame.memory, "household-plan", "户", lists.HOME_SHOWN)
        self.work = PlanWork(self)
        buttons.action(self, "回到走访", "Esc").triggered.connect(self.left)
        self._lay_out()
        self._connect()

    # -- building

    def _lay_out(self) -> None:
        self.paper = buttons.plain("打印安排表", "print-plan", "printer")
        self.paper.setToolTip("按日期、村排好的走访安排表（Ctrl+P）")
        done = buttons.plain("回到走访", "plan-leave", "check")
        done.setToolTip("Esc")
        done.clicked.connect(self.left)
        top = row(
            Text("走访计划", "heading"), 8, self.period_told, None, self.paper, done, margins=(16, 8, 16, 8)
        )
        self.all_days = buttons.quiet("全部日期", "plan-all-days", "filter-off")
        self.face_line = row(self.told, self.all_days, None, self.face, margins=(16, 4, 16, 4))
        self._lists = QStackedWidget()
        see = buttons.plain("看没访过的户", "plan-see-homes", "map-pin")
        see.clicked.connect(lambda: self.face.buttons[lists.UNSEEN].click())
        self._nothing = EmptyState("calendar-days", "没有计划", NOTHING, see)
        for part in (self.plan_view, self.home_view, self._nothing):
            self._lists.addWidget(part)
        self._buttons = [
            buttons.does(buttons.quiet(act.text(), f"plan-{verb}", ICONS[verb]), act)
            for verb, act in self.work.steps.items()
        ]
        list_up = self.work.list_up
        self._list_up = buttons.does(buttons.quiet(list_up.text(), "plan-homes", "calendar-check"), list_up)
        below = row(*self._buttons, self._list_up, None, margins=(8, 4, 16, 4))
        right = column(self.month, hairline(), self.face_line, self._lists, hairline(), below, gap=0)
        right.setStretch(0, 5)
        right.setStretch(3, 6)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.places)
        body.addWidget(hairline(upright=True))
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (top, body):
            layout.addLayout(part)
        layout.insertWidget(1, hairline())
        layout.setStretch(2, 1)

    def _connect(self) -> None:
        self.places.gone.connect(self._narrow)
        self.month.turned.connect(self._count_days)
        self.month.gone.connect(lambda _: self._tell_day())
        self.month.opened.connect(self.open_day)
        self.face.picked.connect(lambda _: self._list())
        self.all_days.clicked.connect(lambda: self.open_day(None))
        self.paper.clicked.connect(self.work.print_plan)
        for view, table in ((self.plan_view, self.plans), (self.home_view, self.homes)):
            view.copies_beside(self.frame)
            view.opened.connect(self._open_row)
            view.selectionModel().selectionChanged.connect(self._tell)
            table.counted.connect(self._tell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.places.setFixedWidth(max(TREE_LEAST, round(self.width() * TREE)))

    def minimumSizeHint(self) -> QSize:
        """Return little: month and list give way on a small screen."""
        return QSize(600, 320)

    # -- what is shown

    def refresh(self) -> None:
        """Read everything again."""
        self._period = self.frame.desk.planning.period()
        told = f"已访按{self._period.label}算，{self._period.since} 至 {self._period.until}"
        self.period_told.setText(told)
        self.period_told.setAccessibleName(told)
        self._look("places", partial(place_tree, self._period), self._fill_places)
        self._narrow()

    def _look(self, what: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if what in self._looks:
            self._looks[what].cancel()
        self._looks[what] = self.frame.workroom.look(self, work, done=done)

    def _fill_places(self, root: Branch) -> None:
        self.places.fill(root)
        self._tell()

    def _narrow(self) -> None:
        self._count_days()
        self._list()

    def _count_days(self) -> None:
        first, last = self.month.span()
        self._look(
            "days",
            partial(month_words, first, last, self.places.where, self.frame.desk.workdays),
            self._fill_days,
        )

    def _fill_days(self, words: dict[datetime.date, DayWords]) -> None:
        self.month.say(words)
        self._tell_day()

    def _tell_day(self) -> None:
        day = self.month.day
        told = self.month.words.get(day, DayWords())
        close = "有的村这一周过于集中" if told.warns else "休息日" if told.off else ""
        words = "，".join(filter(None, (told.words or "没有计划", close)))
        self.month.told.say(f"{day.month}月{day.day}日 {show_day(day)[-2:]}：{words}")

    def open_day(self, day: datetime.date | None) -> None:
        """List the plans of one day; the same day again, or none, lists those of all."""
        self.day = None if day == self.day else day
        self.face.pick(lists.PLANS)
        self._list()
        if self.day is not None and self.plans.rowCount():
            self.plan_view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.plan_view.go_to(0)

    def _list(self) -> None:
        face, where = self.face.value(), self.places.where
        if face == lists.PLANS:
            self.plans.search_for(lists.plans(where, self.day))
        else:
            self.homes.search_for(lists.homes(face, where, self._period))
        shown = (
            self.home_view
            if face != lists.PLANS
            else self.plan_view
            if self.plans.rowCount()
            else self._nothing
        )
        self._lists.setCurrentWidget(shown)
        for button in self._buttons:
            button.setVisible(face == lists.PLANS)
        self._list_up.setVisible(face != lists.PLANS)
        self.all_days.setVisible(face == lists.PLANS and self.day is not None)
        self._tell()

    def _tell(self) -> None:
        """Say what is listed, of which place and day, how many, and how many are selected."""
        face, branch = self.face.value(), self.places.branch
        table, view = (self.plans, self.plan_view) if face == lists.PLANS else (self.homes, self.home_view)
        if not table.complete:
            return
        where = f"{branch.name} " if branch is not None else ""
        when = f"{show_day(self.day)} " if self.day and face == lists.PLANS else ""
        unit = "次" if face == lists.PLANS else "户"
        chosen = view.chosen_count
        more = f"，已选 {chosen:,}" if chosen > 1 else ""
        self.told.say(f"{where}{when}{face} {table.rowCount():,} {unit}{more}")

    # -- rows

    def stay_at(self, key: bytes) -> None:
        """Keep the place in the list at a plan, where it is still there."""
        if (at := self.plans.row_of(key)) >= 0:
            self.plan_view.go_to(at)

    def _open_row(self) -> None:
        view = self._lists.currentWidget()
        if isinstance(view, RecordView) and (keys := view.chosen_ids()):
            self.frame.go("visits" if view is self.plan_view else "households", keys[0])
