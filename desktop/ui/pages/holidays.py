"""放假安排: the years and whose word they are, the days of one, and the notice that changes them."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.records.dates import show_day
from desktop.records.holidays import Holiday
from desktop.records.open_days import Milestone, OpenDay
from desktop.records.tickets import Ticket
from desktop.services.holiday_table import Origin, TableDay, Taken, YearLine
from desktop.ui import buttons
from desktop.ui.frame import Frame, Page, sentence
from desktop.ui.labels import Banner, StatusLabel, Tone
from desktop.ui.layouts import hairline, row
from desktop.ui.marks import Mark
from desktop.ui.naming import set_property
from desktop.ui.plain_table import PlainTable
from desktop.ui.workroom import Task

MARKS = {
    Origin.OFFICIAL: Mark(Origin.OFFICIAL, Tone.DONE),
    Origin.OWN: Mark(Origin.OWN, Tone.PLAIN),
    Origin.LAW: Mark(Origin.LAW, Tone.PLAIN),
    Origin.PRESUMED: Mark(Origin.PRESUMED, Tone.PRESUMED, outlined=True),
}
CONCERNED = (Holiday, OpenDay, Milestone, Ticket)
"""What can make a kept date another than the table gives."""


class HolidaysPanel(Page):
    """Years at the left, the days of one at the right. Insert adds a day, F2 or Enter changes, Delete removes."""

    key, label, icon = "holidays", "放假安排", "calendar-days"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._years: list[YearLine] = []
        self._days: list[TableDay] = []
        self._stale = True
        self._looking: Task | None = None
        self._review_next = False
        self.years = PlainTable("holiday-years", "年份", ("年份", "来源"), wide=1)
        self.years.setFixedWidth(208)
        self.days = PlainTable(
            "holiday-days", "放假和补班的日子", ("日期", "类别", "节日", "来源", "依据"), wide=4
        )
        self.told = StatusLabel("holiday-year-told", "这一年", "muted", wrap=True)
        self.pending = Banner("holiday-pending", "期限变动")
        self._review = buttons.plain("逐项确认", "holiday-review")
        self._review.clicked.connect(self.review)
        self.pending.add_button(self._review)
        self._own: list[QWidget] = []
        self._lay_out()
        self.years.row_chosen.connect(self._show_year)
        self.days.row_chosen.connect(self._tell_buttons)
        self.days.doubleClicked.connect(self.change)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._tools())
        right.addWidget(hairline())
        above = row(self.told, margins=(12, 8, 16, 8))
        right.addLayout(above)
        around = row(self.pending, margins=(12, 0, 16, 8))
        right.addLayout(around)
        right.addWidget(self.days, 1)
        layout = row(self.years, hairline(upright=True), gap=0)
        layout.addLayout(right, 1)
        self.setLayout(layout)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_property(self, "role", "surface")

    def _tools(self) -> QVBoxLayout:
        paste = buttons.action(self, "录入放假通知", "Ctrl+N", "file-text")
        sheet = buttons.action(self, "导入表格", "Ctrl+I", "import")
        add = buttons.action(self, "登记一天", "Ins", "plus")
        change = buttons.action(self.days, "修改", "F2", "edit")
        remove = buttons.action(self.days, "删除", "Delete", "trash")
        buttons.action(self, "撤销", "Ctrl+Z").triggered.connect(self.undo)
        for made, verb in (
            (paste, self.paste),
            (sheet, self.bring_in),
            (add, self.add),
            (change, self.change),
            (remove, self.take_off),
        ):
            made.triggered.connect(verb)
            made.setEnabled(not self.frame.read_only)
        self._change, self._remove = change, remove
        line = row(gap=4, margins=(12, 8, 12, 8))
        first = buttons.does(buttons.primary("录入通知", "holiday-paste", "file-text"), paste)
        line.addWidget(first)
        for made, words, identifier, icon in (
            (sheet, "导入", "holiday-import", "import"),
            (add, "登记一天", "holiday-add", "plus"),
            (change, "修改", "holiday-change", "edit"),
            (remove, "删除", "holiday-remove", "trash"),
        ):
            line.addWidget(buttons.does(buttons.quiet(words, identifier, icon), made))
        line.addStretch(1)
        stack = QVBoxLayout()
        stack.addLayout(line)
        return stack

    # -- showing

    def shown(self) -> None:
        self.frame.desk.workdays.forget()  # another window or the command line may have changed the table
        if self._stale:
            self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.years

    def heard(self, models: frozenset[type[Record]]) -> None:
        if not models.isdisjoint(CONCERNED):
            self._stale = True
            if self.isVisible():
                self.refresh()

    @property
    def year(self) -> int:
        """Return the year in front; the present one until another is chosen."""
        at = self.years.row()
        return self._years[at].year if 0 <= at < len(self._years) else datetime.date.today().year

    def refresh(self) -> None:
        """Read the table anew; the year and the day gone to stay in front."""
        year, at = self.year, self.days.row()
        self._years = self.frame.desk.holidays.years()
        self.years.fill([(f"{line.year} 年", MARKS[line.origin]) for line in self._years])
        place = next((place for place, line in enumerate(self._years) if line.year == year), 0)
        self.years.selectRow(place)
        self._show_year(place)
        if 0 <= at < len(self._days):
            self.days.selectRow(at)
        self._stale = False
        self._tell_pending()

    def _show_year(self, place: int) -> None:
        if not 0 <= place < len(self._years):
            return
        line = self._years[place]
        self._days = self.frame.desk.holidays.days(line.year)
        self.days.fill(
            [(show_day(day.date), day.sort, day.name, MARKS[day.origin], day.source) for day in self._days]
        )
        self.told.say(f"{line.year} 年：{line.told}。")
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        day = self._chosen()
        writable = not self.frame.read_only
        self._change.setEnabled(writable and day is not None)
        self._remove.setEnabled(writable and day is not None and day.key is not None)

    def _tell_pending(self) -> None:
        """Look beside the window whether kept dates moved: among ten thousands of tickets that takes a moment."""
        if self._looking:
            self._looking.cancel()
        moved = self.frame.desk.moved
        self._looking = self.frame.workroom.look(
            self, lambda: len(moved.pending()), done=self._pending_came, failed=self._pending_failed
        )

    def _pending_came(self, number: int) -> None:
        told = f"按现在的放假安排，有 {number} 项已登记的期限要改。改不改由您逐项决定，没有自动改动。"
        self.pending.say(told if number else "", Tone.WARN)
        self._review.setEnabled(number > 0 and not self.frame.read_only)
        if number and self._review_next:
            self.review()
        self._review_next = False

    def _pending_failed(self, error: BaseException) -> None:
        if sentence(error) is None:
            raise error
        self.pending.say("")

    def _chosen(self) -> TableDay | None:
        at = self.days.row()
        return self._days[at] if 0 <= at < len(self._days) else None

    # -- changing

    def paste(self) -> None:
        """Take in the text of a notice."""
        from desktop.ui.notice_dialog import NoticeDialog

        dialog = NoticeDialog(self.frame, self.window())
        dialog.taken.connect(self._taken)
        dialog.open()

    def _taken(self, taken: Taken, year: int) -> None:
        told = [f"新增 {taken.added} 天"] if taken.added else []
        told += [f"改动 {taken.changed} 天"] if taken.changed else []
        told += [f"{taken.left} 天没有改动"] if taken.left else []
        self.frame.toast(f"{year} 年放假安排已录入：{'，'.join(told)}", undo=True)
        self.refresh()
        place = next((place for place, line in enumerate(self._years) if line.year == year), 0)
        self.years.selectRow(place)
        self._review_next = True
        self._tell_pending()

    def review(self) -> None:
        """Go through the dates that moved."""
        from desktop.ui.moved_dialog import MovedDialog

        MovedDialog(self.frame, self.window()).open()

    def bring_in(self) -> None:
        """Import a sheet."""
        from desktop.ui.import_dialog import ImportDialog

        ImportDialog(self.frame, Holiday, self.window()).open()

    def add(self) -> None:
        """Enter one day."""
        self._edit(Holiday(sort="放假"))

    def change(self) -> None:
        """Change the day chosen; of one that isn't the office's own, make a line that goes before it."""
        day = self._chosen()
        if day is None or self.frame.read_only:
            return
        if day.key is None:
            self._edit(Holiday(date=day.date, sort=day.sort, name=day.name[:20]))
            return
        try:
            self._edit(self.frame.desk.books.get(Holiday, day.key))
        except UserError as error:
            self.frame.tell(error)

    def _edit(self, record: Holiday) -> None:
        from desktop.ui.holiday_dialog import HolidayDialog

        HolidayDialog(self.frame, record, self.window()).open()

    def take_off(self) -> None:
        """Remove the office's own line of the day chosen: what the notice or the law says holds again."""
        day = self._chosen()
        if day is None or day.key is None or self.frame.read_only:
            return
        try:
            self.frame.desk.books.remove(self.frame.desk.books.get(Holiday, day.key))
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self.frame.toast(f"已删除 {day.date} 的{day.sort}登记", undo=True)
