"""A month to look over and walk through by keyboard: what each day holds stands in its cell."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QWidget

from desktop.ui import buttons
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import column, row
from desktop.ui.naming import name
from desktop.ui.tints import Tint

INSIDE, GAP = 5, 8
TWO_LINES = 2.3
"""Heights of a line from which a day's number and its words stand one under the other."""
LEAST_ROWS = 7
"""Lines of a month: the weekdays, and six weeks."""


@dataclass(frozen=True, slots=True)
class DayWords:
    """What a cell says beside its number: `parts` in their colours, a `mark` (密, 休) at its corner, warning or not."""

    parts: tuple[tuple[str, Tint], ...] = ()
    mark: str = ""
    warns: bool = False
    off: bool = False

    @property
    def words(self) -> str:
        """Return the parts as one text."""
        return "，".join(text for text, _ in self.parts)


class MonthCalendar(QWidget):
    """Arrows go by days and weeks, PageUp and PageDown by months, Home and End to the month's ends.

    `gone` carries the day gone to, `opened` the day that Enter or a click opens; `turned` says that another month
    came in sight.
    """

    gone = Signal(object)
    opened = Signal(object)
    turned = Signal()

    def __init__(self, identifier: str, label: str) -> None:
        super().__init__()
        self._sheet = _Sheet(identifier, label)
        self.days = self._sheet.days
        self.title = StatusLabel(f"{identifier}-title", "月份", "strong")
        before = buttons.tool("chevron-left", f"{identifier}-before", "上个月（PageUp）")
        after = buttons.tool("chevron-right", f"{identifier}-after", "下个月（PageDown）")
        today = buttons.quiet("今天", f"{identifier}-today")
        before.clicked.connect(lambda: self._turn(-1))
        after.clicked.connect(lambda: self._turn(1))
        today.clicked.connect(lambda: self.go_to(datetime.date.today()))
        self.told = StatusLabel(f"{identifier}-day", "选中的一天", "muted")
        head = row(before, self.title, after, today, None, self.told, margins=(8, 4, 16, 4))
        layout = column(gap=0)
        layout.addLayout(head)
        layout.addWidget(self._sheet, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.days)
        self._sheet.selectionChanged.connect(lambda: self.gone.emit(self.day))
        self._sheet.activated.connect(lambda _: self.opened.emit(self.day))
        self._sheet.clicked.connect(lambda _: self.opened.emit(self.day))
        self._sheet.currentPageChanged.connect(self._turned)
        self._turned()

    @property
    def day(self) -> datetime.date:
        """Return the day gone to."""
        return _date(self._sheet.selectedDate())

    def go_to(self, day: datetime.date) -> None:
        """Go to a day, and its month."""
        self._sheet.setSelectedDate(QDate(day.year, day.month, day.day))

    def span(self) -> tuple[datetime.date, datetime.date]:
        """Return the first and last day in sight: six weeks around the month shown."""
        first = datetime.date(self._sheet.yearShown(), self._sheet.monthShown(), 1)
        before = datetime.timedelta(
            days=first.weekday() or 7
        )  # one that begins on Monday has a week before it
        return first - before, first - before + datetime.timedelta(days=41)

    @property
    def words(self) -> Mapping[datetime.date, DayWords]:
        """Return what the days hold."""
        return self._sheet.words

    def say(self, words: Mapping[datetime.date, DayWords]) -> None:
        """Show what the days hold."""
        self._sheet.words = words
        self._sheet.updateCells()

    def _turn(self, months: int) -> None:
        self._sheet.setSelectedDate(self._sheet.selectedDate().addMonths(months))
        self.days.setFocus()

    def _turned(self, *_: int) -> None:
        self.title.say(f"{self._sheet.yearShown()}年{self._sheet.monthShown()}月")
        self.turned.emit()


class _Sheet(QCalendarWidget):
    """Qt's own month, its cells painted by us."""

    def __init__(self, identifier: str, label: str) -> None:
        super().__init__()
        name(self, identifier, label)
        self.words: Mapping[datetime.date, DayWords] = {}
        self.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setNavigationBarVisible(False)
        self.setDateEditEnabled(False)
        self.days: QAbstractItemView = self.findChild(QAbstractItemView)  # pyright: ignore
        name(self.days, f"{identifier}-days", label)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekday, QTextCharFormat())  # Qt's own red means 逾期 here

    def minimumSizeHint(self) -> QSize:
        """Return a line for each week; words stand beside the numbers then."""
        return QSize(7 * 60, LEAST_ROWS * (self.fontMetrics().height() + 4))

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:  # pyright: ignore
        day, palette = _date(date), self.palette()
        told = self.words.get(day, DayWords())
        painter.save()
        painter.setPen(palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.topLeft(), rect.bottomLeft())
        if date == self.selectedDate():
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
            painter.setPen(QPen(palette.color(Tint.ACCENT.value), 2 if self.days.hasFocus() else 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        room = rect.adjusted(INSIDE, 4, -INSIDE, -3)
        low = room.height() < self.fontMetrics().height() * TWO_LINES
        number = self._number(day, low=low)
        font = QFont(self.font())
        font.setBold(day == datetime.date.today())
        painter.setFont(font)
        muted = told.off or date.month() != self.monthShown()
        painter.setPen(palette.color((Tint.MUTED if muted else Tint.INK).value))
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, number)
        beside = painter.fontMetrics().horizontalAdvance(f"{number} ") if low else 0
        painter.setFont(self.font())
        self._paint_words(painter, room, told, beside)
        painter.restore()

    @staticmethod
    def _number(day: datetime.date, *, low: bool) -> str:
        if day != datetime.date.today():
            return f"{day.day}"
        return f"{day.day} 今" if low else f"{day.day} 今天"

    def _paint_words(self, painter: QPainter, room: QRect, told: DayWords, beside: int) -> None:
        """Paint the mark, and the words under the number; `beside` it, from the right, where there is one line only.

        Words that have no room there are cut to their first character and their number.
        """
        mark = [(told.mark, Tint.WARN if told.warns else Tint.MUTED)] if told.mark else []
        if not beside:
            self._paint_from(painter, room, mark, from_right=True, bottom=False)
            self._paint_from(painter, room, list(told.parts), from_right=False, bottom=True)
            return
        whole = [*told.parts, *mark]
        if self._wide(painter, whole) > room.width() - beside:
            whole = [(f"{text[0]}{text.split()[-1]}", tint) for text, tint in told.parts] + mark
        self._paint_from(painter, room, whole, from_right=True, bottom=False)

    @staticmethod
    def _wide(painter: QPainter, parts: list[tuple[str, Tint]]) -> int:
        texts = [text for text, _ in parts]
        return sum(map(painter.fontMetrics().horizontalAdvance, texts)) + GAP * (len(texts) - 1)

    def _paint_from(
        self, painter: QPainter, room: QRect, parts: list[tuple[str, Tint]], *, from_right: bool, bottom: bool
    ) -> None:
        metrics, side = painter.fontMetrics(), Qt.AlignmentFlag
        where = (side.AlignBottom if bottom else side.AlignTop) | side.AlignLeft
        left = room.right() - self._wide(painter, parts) if from_right else room.left()
        for text, tint in parts:
            painter.setPen(self.palette().color(tint.value))
            painter.drawText(room.adjusted(left - room.left(), 0, 0, 0), where, text)
            left += metrics.horizontalAdvance(text) + GAP


def _date(day: QDate) -> datetime.date:
    return datetime.date(day.year(), day.month(), day.day())
