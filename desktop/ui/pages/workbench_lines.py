"""The lines of the workbench: sign, what, more about it, when; Enter opens, ↑ ↓ go along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.naming import as_tooltip, name
from desktop.ui.pages.workbench_due import Task

SIGN, EDGE = 18, 12


class TaskLine(QAbstractButton):
    """One line; `linked` draws the line of time through the signs."""

    def __init__(self, task: Task, *, above: bool = False, below: bool = False) -> None:
        super().__init__()
        self.task, self._above, self._below = task, above, below
        name(self, f"task-{task.what}", task.spoken)
        self.setToolTip(as_tooltip(task.spoken))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lines(self) -> int:
        return 2 if self.task.about else 1

    def sizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().height() * self._lines() + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette, rect, role = self.palette(), self.rect(), QPalette.ColorRole
        active = QPalette.ColorGroup.Active
        if self.underMouse():
            painter.fillRect(rect, palette.color(active, role.AlternateBase))
        self._sign(painter, rect)
        left, high = EDGE + SIGN + 10, self.fontMetrics().height()
        top = (rect.height() - high * self._lines()) // 2
        painter.setPen(palette.color(active, self.task.tint.value))
        wide = painter.fontMetrics().horizontalAdvance(self.task.when)
        when = QRect(rect.right() - EDGE - wide, top, wide + 1, high)
        painter.drawText(
            when, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.task.when
        )
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold if self.task.about else QFont.Weight.Normal)
        self._text(painter, QRect(left, top, when.left() - left - 8, high), self.task.what, bold, role.Text)
        if self.task.about:
            below = QRect(left, top + high, rect.right() - left - EDGE, high)
            self._text(painter, below, self.task.about, self.font(), role.Dark)
        if self.hasFocus():
            painter.setPen(palette.color(active, role.Link))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()

    def _sign(self, painter: QPainter, rect: QRect) -> None:
        middle = rect.height() // 2
        painter.setPen(self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.Dark))
        x = EDGE + SIGN // 2
        if self._above:
            painter.drawLine(x, 0, x, middle - SIGN // 2 - 2)
        if self._below:
            painter.drawLine(x, middle + SIGN // 2 + 2, x, rect.height())
        sign = icons.pixmap(self.task.icon, SIGN, self.devicePixelRatioF(), self.task.tint)
        painter.drawPixmap(QPoint(EDGE, middle - SIGN // 2), sign)

    def _text(self, painter: QPainter, room: QRect, text: str, font: QFont, role: QPalette.ColorRole) -> None:
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorGroup.Active, role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


class TaskLines(QWidget):
    """Lines one below another; `chosen` carries the Task that was pressed."""

    chosen = Signal(object)

    def __init__(self, identifier: str, label: str, *, linked: bool = False) -> None:
        super().__init__()
        name(self, identifier, label)
        self._linked = linked
        self.lines: list[TaskLine] = []
        self._shown: list[Task] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """Show other lines; the same ones again change nothing, so that the focus stays."""
        if list(tasks) == self._shown:
            return
        self._shown = list(tasks)
        for old in self.lines:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = []
        for place, task in enumerate(tasks):
            linked = self._linked
            line = TaskLine(task, above=linked and place > 0, below=linked and place < len(tasks) - 1)
            line.clicked.connect(self._pressed)
            self.lines.append(line)
            self._layout.addWidget(line)

    def _pressed(self) -> None:
        if isinstance(line := self.sender(), TaskLine):
            self.chosen.emit(line.task)
