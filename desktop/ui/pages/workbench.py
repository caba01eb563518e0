"""工作台: what is due today and this week, the next open day, and the year in figures."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.base import Record
from desktop.records.forms import FormReturn
from desktop.records.invitations import Invitation
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.ui import buttons
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import EmptyState, StatusLabel, Text
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import name, set_property
from desktop.ui.pages import (
    workbench_backup,
    workbench_moved,
    workbench_routine,
    workbench_tickets,
    workbench_visits,
)
from desktop.ui.pages import workbench_due as due
from desktop.ui.pages.open_days_tab import open_print
from desktop.ui.pages.open_days_timeline import nodes_of
from desktop.ui.pages.workbench_figures import TileButton, TileGrid
from desktop.ui.pages.workbench_lines import TaskLines
from desktop.ui.pages.workbench_moved import MovedCount

FOLLOWED = {
    "open-day", "milestone", "invitation", "programme-item", "form-issue", "form-return", "representative", "holiday",
    "ticket", "liaison-report", "appointment", "visit", "pairing", "household",
}  # fmt: skip
ROOMY = 960
"""Pixels from which three columns stand side by side."""
MINUTE = 60_000
FIGURES = {"invited": "邀请代表", "coming": "回执参加", "came": "到会"}


class WorkbenchPage(Page):
    """Three columns; read anew when it comes to the front and when something of it changed."""

    key = "workbench"
    label = "工作台"
    icon = "home"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.day: OpenDay | None = None
        self.today = StatusLabel("today", "今天", "muted")
        self.tasks = TaskLines("tasks", "今天与本周要办的事")
        self.quiet = StatusLabel("tasks-none", "今天与本周", "muted", wrap=True)
        self.later = TaskLines("later", "往后一个月")
        self._later_title = Text("往后一个月", "caption")
        self.theme = StatusLabel("next-day", "下一个开放日", "heading", wrap=True)
        self.when = StatusLabel("next-day-when", "时间和地点", "muted", wrap=True)
        for label in (self.theme, self.when):
            label.setMinimumWidth(120)
        self.line = TaskLines("next-line", "倒排时间线", linked=True)
        self.state = TaskLines("next-state", "准备情况")
        self.figures = TileGrid("year-figures", "本年数字", least=146)
        self.year = Text("", "heading")
        self._stale = True
        self._read_on = datetime.date.min
        self._found: list[due.Task] = []
        self._told_fault = ""
        self.moved = MovedCount(self, frame, self._show_tasks)
        self._verbs()
        self._lay_out()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self.refresh)
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self._look_at_the_clock)
        self._clock.start()
        for lines in (self.tasks, self.later, self.line, self.state):
            lines.chosen.connect(self.open_task)

    def _verbs(self) -> None:
        self.open_day = buttons.primary("打开", "open-next-day", "arrow-right")
        self.print = buttons.plain("印邀请函", "print-next-day", "printer")
        self.sign_in = buttons.plain("签到", "sign-in-next-day", "user-check")
        self.new_day = buttons.plain("新建开放日", "new-day", "plus")
        self.open_day.clicked.connect(self._open_day)
        self.print.clicked.connect(self._print)
        self.sign_in.clicked.connect(self._sign_in)
        self.new_day.clicked.connect(self.start_day)
        for button in (self.new_day, self.sign_in):
            button.setEnabled(not self.frame.read_only)

    def _lay_out(self) -> None:
        top = row(Text("工作台", "title"), 8, self.today, None, self.new_day, margins=(24, 16, 24, 12))
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = (self._due_column(), self._next_column(), self._year_column())
        self._roomy: bool | None = None  # arranged when the page gets its first size
        full = QWidget()
        full.setLayout(self._grid)
        self._sides = QStackedWidget()
        self._sides.addWidget(full)
        self._sides.addWidget(self._empty())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(hairline())
        layout.addWidget(self._sides, 1)

    def _arrange(self, *, roomy: bool) -> None:
        """Put three columns side by side; in a narrow window the year stands below what is due."""
        if roomy == self._roomy:
            return
        self._roomy = roomy
        tasks, coming, year = self._columns
        set_property(coming, "edge", "both" if roomy else "left")
        self._grid.addWidget(tasks, 0, 0)
        self._grid.addWidget(coming, 0, 1, 1 if roomy else 2, 1)
        self._grid.addWidget(year, 0 if roomy else 1, 2 if roomy else 0)
        for place, share in enumerate((10, 11, 10 if roomy else 0)):
            self._grid.setColumnStretch(place, share)
        self._grid.setRowStretch(0, 1)
        self._grid.setRowStretch(1, 0 if roomy else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(roomy=self.width() >= ROOMY)

    def _due_column(self) -> QWidget:
        body = column(
            Text("今天与本周", "heading"),
            4,
            self.quiet,
            self.tasks,
            16,
            self._later_title,
            self.later,
            None,
            gap=4,
            margins=(12, 16, 12, 16),
        )
        body.setAlignment(Qt.AlignmentFlag.AlignTop)
        return _scrolled(body, "due-column", "今天与本周")

    def _next_column(self) -> QWidget:
        verbs = row(self.open_day, self.print, self.sign_in, None)
        self._next_full = QWidget()
        self._next_full.setLayout(
            column(
                self.theme, self.when, 8, verbs, 12, Text("时间线", "caption"), self.line, 12,
                Text("准备情况", "caption"), self.state, None, gap=4,
            )
        )  # fmt: skip
        new = buttons.primary("新建开放日", "first-day", "plus")
        new.clicked.connect(self.start_day)
        none = EmptyState(
            "calendar-days", "还没有开放日", "定下主题和日期，寄函、公告、答复的日子会自动排出来。", new
        )
        none.setMinimumWidth(200)
        self._next = QStackedWidget()
        self._next.addWidget(self._next_full)
        self._next.addWidget(none)
        body = column(Text("下一个开放日", "caption"), self._next, gap=4, margins=(20, 16, 20, 16))
        return _scrolled(body, "next-column", "下一个开放日")

    def _year_column(self) -> QWidget:
        note = Text("按一下数字，打开它数的记录。", "caption", wrap=True)
        body = column(self.year, 4, self.figures, note, None, gap=8, margins=(20, 16, 24, 16))
        return _scrolled(body, "year-column", "本年")

    def _empty(self) -> QWidget:
        first = buttons.primary("导入花名册", "import-first", "import")
        new = buttons.plain("新建开放日", "new-first", "plus")
        look = buttons.plain("打开示例", "sample-first", "eye")
        first.clicked.connect(self._import)
        new.clicked.connect(self.start_day)
        look.clicked.connect(self._sample)
        words = "先把去年的花名册导入进来，再新建今年的开放日；也可以打开一个示例单位看看做好是什么样子。"
        return EmptyState("home", "从这里开始", words, look, new, first)

    # -- reading

    def ready(self) -> Iterator[None]:
        yield from super().ready()
        self.moved.look()
        yield

    def shown(self) -> None:
        if self._stale or self._read_on != datetime.date.today():
            self.refresh()
        elif self._told_fault != workbench_backup.fault_of(self.frame.desk):
            self._show_tasks()

    def _look_at_the_clock(self) -> None:
        """Read anew when the day turned: a window is left open overnight and over the weekend."""
        if self.isVisible():
            self.shown()

    def heard(self, models: frozenset[type[Record]]) -> None:
        if not FOLLOWED.isdisjoint(model.kind for model in models):
            self._stale = True
            if self.isVisible():
                self._again.start()

    def refresh(self) -> None:
        """Read everything again: counts by index, never the whole of a table."""
        desk, today = self.frame.desk, datetime.date.today()
        self._stale, self._read_on = False, today
        self.today.say(f"{today.year}年{today.month}月{today.day}日 星期{'一二三四五六日'[today.weekday()]}")
        days = due.running_days(desk)
        nobody = (
            not days
            and not desk.books.count(Query(OpenDay))
            and not desk.books.count(Query(Representative))
            and not any(
                desk.books.has_any(kind)
                for kind in ("ticket", "liaison-report", "appointment", "visit", "pairing")
            )
        )
        self._sides.setCurrentIndex(1 if nobody else 0)
        if nobody:
            return
        found = [*due.tasks(desk, days, today), *workbench_tickets.tasks(desk, today)]
        found += [*workbench_routine.tasks(desk, today), *workbench_visits.tasks(desk, today)]
        self._found = found
        self._show_tasks()
        self.moved.look_again()
        ahead = due.later(desk, days, today)
        self.later.show_tasks(ahead[:12])
        self._later_title.setVisible(bool(ahead))
        self._show_day(due.next_day(days, today), today)
        year = due.year_days(desk, today.year)
        self.year.setText(f"{today.year} 年")
        for made in self.figures.show_tiles(due.year_tiles(desk, year)):
            made.clicked.connect(self._open_figure)

    def _show_tasks(self) -> None:
        self._told_fault = workbench_backup.fault_of(self.frame.desk)
        found = (*self._found, *self.moved.tasks(), *workbench_backup.tasks(self.frame.desk))
        found = sorted(found, key=lambda task: task.urgency)
        self.tasks.show_tasks(found[:40])
        self.quiet.say("" if found else "今天和这一周没有要办的事。")
        self.quiet.setVisible(not found)

    def _show_day(self, day: OpenDay | None, today: datetime.date) -> None:
        self.day = day
        self._next.setCurrentIndex(0 if day else 1)
        if day is None:
            return
        self.theme.say(day.theme)
        self.when.say(due.in_words(day, today))
        self.line.show_tasks(
            due.of_nodes(day, nodes_of(day, self.frame.desk.open_days.milestones(day), today))
        )
        state = due.state_of(self.frame.desk, day)
        self.state.show_tasks(state)
        self.print.setEnabled(due.standing(self.frame.desk, day) > 0)

    # -- going

    def open_task(self, task: due.Task) -> None:
        """Open what a line is about: a view of the tickets, or a day at the tab where it is done."""
        if task.page:
            self.frame.go(task.page, task.day)
            page = getattr(self.window(), "page", None)
            if task.tab and page is not None and page.key == task.page:
                page.turn_to(task.tab)
            return
        if not task.view:
            self.go_to_day(task.day, task.tab)
            return
        if task.view == workbench_moved.VIEW:
            self.moved.open()
            return
        self.frame.go(workbench_tickets.PAGE)
        page = getattr(self.window(), "page", None)
        if views := getattr(page, "views", None):
            views.show_view(task.view)

    def go_to_day(self, key: bytes, tab: str = "") -> None:
        """Bring a day to the front at one of its tabs."""
        self.frame.go("open-days", key)
        page = getattr(self.window(), "page", None)
        if tab and page is not None and hasattr(page, "turn_to"):
            page.turn_to(tab)

    def start_day(self) -> None:
        """Begin a new day on its page."""
        self.frame.go("open-days")
        page = getattr(self.window(), "page", None)
        if page is not None and hasattr(page, "start_new"):
            page.start_new()

    def _open_day(self) -> None:
        if self.day:
            self.go_to_day(self.day.id)

    def _sign_in(self) -> None:
        if self.day:
            self.go_to_day(self.day.id, "签到")

    def _print(self) -> None:
        if self.day:
            open_print(self, self.frame, ["invitation-letters"], self.day)

    def _import(self) -> None:
        from desktop.ui.import_dialog import ImportDialog

        ImportDialog(self.frame, Representative, self.window()).open()

    def _open_figure(self) -> None:
        if not isinstance(tile := self.sender(), TileButton):
            return
        days, desk = due.year_days(self.frame.desk, datetime.date.today().year), self.frame.desk
        title = f"{tile.tile.label}：{tile.tile.value} {tile.tile.unit}"
        match tile.tile.key:
            case "people":
                self.frame.go("representatives")
            case "days":
                self._show_records(title, OpenDay, [day.id for day in days])
            case "forms":
                figure = next(one for one in desk.reports.forms(days) if one.label == "收回")
                self._show_records(title, FormReturn, figure.records)
            case key:
                report = desk.reports.participants(days)
                figure = next(one for one in report if one.label == FIGURES[key] and one.unit == "人次")
                self._show_records(title, Invitation, figure.records)

    def _show_records(self, title: str, model: type[Record], keys: Sequence[bytes]) -> None:
        from desktop.ui.pages.open_days_records import RecordsDialog  # not loaded at every start

        RecordsDialog(self.frame, self.window(), title, model, keys).open()

    # -- the sample office, in a window of its own: this office stays as it is

    def _sample(self) -> None:
        folder = self.frame.ask.choose_folder("示例单位放到哪个文件夹")
        if folder is None:
            return
        from PySide6.QtCore import QProcess

        self._folder = folder
        self._maker = QProcess(self)
        self._maker.finished.connect(self._made)
        program, *words = _program()
        self._maker.start(program, [*words, "demo", str(folder)])
        self.frame.toast("正在建示例单位，好了会另开一个窗口")

    def _made(self, code: int) -> None:
        if code:
            said = bytes(self._maker.readAllStandardError().data()).decode("utf-8", "replace").strip()
            self.frame.ask.tell("示例单位没有建成", detail=said.splitlines()[-1] if said else "")
            return
        from PySide6.QtCore import QProcess

        program, *words = _program()
        QProcess.startDetached(program, [*words, "--data", str(Path(self._folder) / "office.openday")])


def _program() -> list[str]:
    """Return how this program is started: the frozen one by itself, else by the module."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]


def _scrolled(body: QVBoxLayout, identifier: str, label: str) -> QScrollArea:
    inside = QWidget()
    set_property(inside, "role", "surface")
    inside.setLayout(body)
    scroll = name(QScrollArea(), identifier, label)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inside)
    return scroll
