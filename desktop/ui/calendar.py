"""A box for a day: typed in any usual way, or picked from a calendar."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout

from desktop.ui import icons
from desktop.ui.boxes import LineBox
from desktop.ui.naming import name
from desktop.ui.tints import Tint


class DayBox(LineBox):
    """A line for a day with a calendar behind its button; `picked` carries the day chosen there."""

    picked = Signal(object)

    def __init__(self, columns: int, read: Callable[[str], datetime.date | None]) -> None:
        super().__init__(columns)
        self._read = read
        opens = self.addAction(
            icons.icon("calendar-days", Tint.MUTED), QLineEdit.ActionPosition.TrailingPosition
        )
        opens.setToolTip("从日历中选")
        opens.triggered.connect(self.open_calendar)
        for button in self.findChildren(QToolButton):
            name(button, "calendar", "从日历中选")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the day where the window goes into the box: what is typed replaces it."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.selectAll()

    def open_calendar(self) -> None:
        """Show the calendar under the box, at the day typed or at today."""
        sheet = _Sheet(self, self._read(self.typed()) or datetime.date.today())
        sheet.picked.connect(self._took)
        sheet.move(self.mapToGlobal(self.rect().bottomLeft()))
        sheet.show()

    def _took(self, day: datetime.date) -> None:
        self.picked.emit(day)
        self.setFocus(Qt.FocusReason.PopupFocusReason)


class _Sheet(QFrame):
    picked = Signal(object)

    def __init__(self, box: DayBox, day: datetime.date) -> None:
        super().__init__(box, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.days = name(QCalendarWidget(), "calendar-days", "日历")
        self.days.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setGridVisible(False)
        self.days.setSelectedDate(QDate(day.year, day.month, day.day))
        self.days.clicked.connect(self._clicked)
        self.days.activated.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.days)
        self.days.setFocus()

    def _clicked(self, day: QDate) -> None:
        self.picked.emit(datetime.date(day.year(), day.month(), day.day()))
        self.close()
