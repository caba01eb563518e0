"""修改记录: every change, looked for by word, person, kind and day; what it changed beside; taken back from here."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.records.catalogue import by_kind
from desktop.records.dates import parse_day
from desktop.records.past_changes import Asked, Done
from desktop.records.past_changes import Page as Found
from desktop.services.changes import LONG
from desktop.services.trail_reading import FieldChange
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox, search_line
from desktop.ui.calendar import DayBox
from desktop.ui.frame import Frame, Page
from desktop.ui.halves import Halves
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, hairline, holding, row
from desktop.ui.naming import name
from desktop.ui.plain_table import PlainTable
from desktop.ui.workroom import Task

AT_ONCE = 100
"""Changes shown at first, and by each 再往前."""
FIELDS = 200
"""Rows of one change that are shown; an import wrote thousands, all alike."""
BESIDE_FROM = 900
"""Pixels from which what a change did stands beside the list; else below it."""
PAGES = {
    "representative": "representatives",
    "open-day": "open-days",
    "ticket": "tickets",
    "visit": "visits",
    "household": "households",
    "pairing": "pairings",
    "form": "forms",
}
"""The places where a kind of record is opened."""


class ChangesPanel(Page):
    """Changes at the left, the last first; what the chosen one did to each field at the right."""

    key, label, icon = "changes", "修改记录", "history"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._done: list[Done] = []
        self._fields: list[FieldChange] = []
        self._asked = Asked()
        self._below = 0
        self._looking: Task | None = None
        self._stale = True
        self._wait = QTimer(self, singleShot=True, interval=250)
        self._wait.timeout.connect(self.search)
        self._make_filters()
        self.changes = PlainTable("changes", "修改记录", ("时间", "经手人", "做了什么"), wide=2)
        self.fields = PlainTable(
            "change-fields", "改了什么", ("记录", "做法", "项目", "原来", "改为"), wide=4
        )
        self.told = StatusLabel("changes-count", "改动次数", "muted")
        self.more = buttons.quiet("再往前", "changes-more", "chevron-down")
        self.take_back = buttons.quiet("撤销这次改动", "change-undo", "undo")
        self.export = buttons.quiet("导出", "changes-export", "export")
        self.opens = buttons.quiet("打开记录", "change-open", "external-link")
        self._lay_out()
        self._connect()

    def _make_filters(self) -> None:
        self.word = name(search_line("做了什么、原来或现在的内容"), "changes-search", "搜索修改记录")
        self.who = name(ChoiceBox((), empty="所有人"), "changes-who", "经手人")
        self.kind = name(ChoiceBox((), empty="所有种类"), "changes-kind", "记录种类")
        for kind, model in by_kind().items():
            self.kind.addItem(model.label, kind)
        self.since = name(DayBox(14, _day), "changes-since", "起始日期")
        self.until = name(DayBox(14, _day), "changes-until", "截止日期")
        self.since.setPlaceholderText("起始日期")
        self.until.setPlaceholderText("截止日期")
        for box in (self.since, self.until):
            box.picked.connect(partial(self._picked, box))
            box.textChanged.connect(self._wait.start)
        self.word.textChanged.connect(self._wait.start)
        for choice in (self.who, self.kind):
            choice.activated.connect(self._wait.start)

    def _lay_out(self) -> None:
        filters = row(
            self.word, self.who, self.kind, self.since, Text("—"), self.until, margins=(12, 8, 16, 8)
        )
        filters.setStretch(0, 1)
        under = row(self.told, None, self.more, self.take_back, self.export, margins=(12, 4, 8, 4))
        left = column(self.changes, hairline(), under, gap=0)
        beside = row(None, self.opens, margins=(12, 4, 8, 4))
        right = column(self.fields, hairline(), beside, gap=0)
        self.splitter = name(Halves(self._halves), "splitter-changes", "改动与内容的分隔")
        self.splitter.addWidget(holding(left))
        self.splitter.addWidget(holding(right))
        layout = column(filters, hairline(), self.splitter, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @staticmethod
    def _halves(width: int) -> tuple[int, ...]:
        return round(width * 0.52), width - round(width * 0.52)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= BESIDE_FROM
        self.splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def _connect(self) -> None:
        self.changes.row_chosen.connect(self._show_fields)
        self.fields.row_chosen.connect(self._tell_buttons)
        self.fields.doubleClicked.connect(self.open_chosen)
        self.more.clicked.connect(self.go_on)
        self.opens.clicked.connect(self.open_chosen)
        self.export.clicked.connect(self.take_out)
        self.take_back.clicked.connect(self.undo_chosen)
        buttons.action(self, "搜索修改记录", "Ctrl+F").triggered.connect(self.word.setFocus)
        buttons.action(self, "撤销", "Ctrl+Z").triggered.connect(self.undo)

    # -- looking

    def shown(self) -> None:
        if self._stale:
            self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.word

    def heard(self, models: frozenset[type[Record]]) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Look again: something was done since."""
        self._stale = False
        chosen = self.who.currentData() or ""
        self.who.clear()
        self.who.addItem("所有人", "")
        for person in self.frame.desk.trail.people():
            self.who.addItem(person, person)
        self.who.pick(chosen)
        self.search()

    def search(self) -> None:
        """Look for what the line above asks for; a day half typed isn't asked for yet."""
        self._wait.stop()
        self._done = []
        self.changes.fill([])
        self._show_fields(-1)
        words = (self.word.text(), self.who.currentData() or "", self.kind.currentData() or "")
        asked = partial(
            self.frame.desk.trail.asked, *words, _day(self.since.typed()), _day(self.until.typed())
        )
        self._look(partial(self._first, asked))

    def _first(self, make: Any) -> tuple[Asked, Found]:
        asked = make()
        return asked, self.frame.desk.trail.page(asked, 0, AT_ONCE)

    def go_on(self) -> None:
        """Look further back."""
        if self._below:
            self._look(partial(self._next, self._asked, self._below, AT_ONCE))

    def _next(self, asked: Asked, below: int, limit: int) -> tuple[Asked, Found]:
        return asked, self.frame.desk.trail.page(asked, below, limit)

    def _look(self, work: Any) -> None:
        if self._looking:
            self._looking.cancel()
        self.told.say("正在查找…")
        self._looking = self.frame.workroom.look(self, work, done=self._found, failed=self.frame.tell)

    def _found(self, result: tuple[Asked, Found]) -> None:
        self._asked, page = result
        self._below = page.below
        begins = not self._done
        self._done += page.found
        if page.found or begins:
            self.changes.fill([_told(done) for done in self._done])
            if begins and self._done:
                self.changes.selectRow(0)
        if page.below and (missing := -len(self._done) % AT_ONCE or (0 if self._done else AT_ONCE)):
            self._looking = self.frame.workroom.look(
                self,
                partial(self._next, self._asked, page.below, missing),
                done=self._found,
                failed=self.frame.tell,
            )
        self._tell()

    def _tell(self) -> None:
        last = self._done[-1].at[:10] if self._done and self._below else ""
        self.told.say(f"{len(self._done):,} 次" + (f"，到 {last} 为止" if last else ""))
        self.more.setEnabled(bool(self._below))
        self._tell_buttons()

    def _show_fields(self, at: int) -> None:
        done = self._done[at] if 0 <= at < len(self._done) else None
        self._fields = self.frame.desk.trail.fields(done.number, 0, FIELDS) if done else []
        self.fields.fill(
            [
                (f"{each.kind} {each.record}", each.did, each.field, each.before, each.after)
                for each in self._fields
            ]
        )
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        done = self.chosen
        able = done is not None and not done.undone and self.frame.desk.trail.may_undo(done.action)
        self.take_back.setEnabled(able and not self.frame.read_only)
        self.opens.setEnabled(self._chosen_field() is not None)
        self.export.setEnabled(bool(self._done))

    @property
    def chosen(self) -> Done | None:
        """Return the change gone to."""
        at = self.changes.row()
        return self._done[at] if 0 <= at < len(self._done) else None

    def _chosen_field(self) -> FieldChange | None:
        at = max(self.fields.row(), 0)
        return self._fields[at] if at < len(self._fields) else None

    # -- doing

    def open_chosen(self) -> None:
        """Go to the record of the field in front; to the 回收站 where it was removed."""
        field = self._chosen_field()
        if field is None:
            return
        model = next(model for model in by_kind().values() if model.label == field.kind)
        try:
            record = self.frame.desk.books.get(model, field.key)
        except UserError as gone:
            self.frame.tell(gone)
            return
        if model.kind in PAGES:
            self.frame.go(PAGES[model.kind], record.id)
        else:
            self.frame.tell(UserError(f"{model.label}没有自己的页面，请从它所属的记录打开"))

    def undo_chosen(self) -> None:
        """Take the change in front back, where nothing of it was touched since."""
        done = self.chosen
        if done is None:
            return
        asked = f"撤销“{done.action}”：{done.rows} 行恢复成原来的样子"
        if not self.frame.ask.confirm(asked, yes="撤销", no="保留", detail="后来又改动过的，不会撤销。"):
            return
        work = partial(self._take_back, done.key)
        if done.rows > LONG:
            from desktop.ui.work_beside import WorkBeside

            WorkBeside(self.frame, self.window(), "正在撤销", work, self._undone).open()
            return
        try:
            self._undone(work(None))
        except (UserError, TroubleError) as error:
            self.frame.tell(error)

    def _take_back(self, key: bytes, watch: Any) -> str:
        change = self.frame.desk.trail.change(key)
        self.frame.desk.changes.undo(change, watch)
        return change.action

    def take_out(self) -> None:
        """Write the changes listed to a workbook."""
        from desktop.ui.export_traces import export_table

        rows = [
            (
                done.at[:19].replace("T", " "),
                done.who,
                done.action,
                f"{done.rows}",
                "已撤销" if done.undone else "",
            )
            for done in self._done
        ]
        export_table(self.frame, self, "修改记录", ("时间", "经手人", "做了什么", "行数", "状态"), rows)

    def _picked(self, box: DayBox, day: datetime.date) -> None:
        box.fill(day.isoformat())


def _told(done: Done) -> tuple[str, ...]:
    """Return a change as a line of the list: how many rows only where there are several."""
    rows = f"（{done.rows:,} 行）" if done.rows > 1 else ""
    return _when(done.at), done.who, f"{done.action}{rows}{'（已撤销）' if done.undone else ''}"


def _when(at: str) -> str:
    """Return a time to the minute, without the year where it is this one."""
    this_year = f"{datetime.date.today().year}-"
    return at[:16].replace("T", " ").removeprefix(this_year)


def _day(text: str) -> datetime.date | None:
    try:
        return parse_day(text.strip()) if text.strip() else None
    except ValueError:
        return None
