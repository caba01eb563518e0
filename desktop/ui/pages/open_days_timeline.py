"""The line of time of an open day: what is due when, what is done, what is late, and what is only presumed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.records.open_days import DayState, Milestone, OpenDay
from desktop.ui import icons
from desktop.ui.naming import name
from desktop.ui.tints import Tint

SOON = 3
"""Days ahead from which a thing counts as near."""
HELD = "开放日活动"
ANSWER = "答复代表"
SHORT = {
    "寄发邀请函": "寄邀请函",
    "发布公告": "公告",
    "核对名单和会务": "核对名单",
    HELD: "活动",
    ANSWER: "答复",
}
SIGN = 18


@dataclass(frozen=True, slots=True)
class Node:
    """One milestone as the line shows it; `key` is the milestone's id."""

    key: bytes
    name: str
    offset: str
    date: datetime.date
    words: str
    icon: str
    tint: Tint
    presumed: bool = False
    late: bool = False

    @property
    def spoken(self) -> str:
        """Return everything the node shows, as one sentence."""
        presumed = "，推定" if self.presumed else ""
        return f"{self.offset} {self.name} {self.date.month}月{self.date.day}日 {self.words}{presumed}"


def nodes_of(day: OpenDay, milestones: Sequence[Milestone], today: datetime.date | None = None) -> list[Node]:
    """Return the line of a day's milestones in the order of their dates."""
    today = today or datetime.date.today()
    return [_node(day, row, today) for row in milestones if row.due_on]


def _node(day: OpenDay, row: Milestone, today: datetime.date) -> Node:
    due = row.due_on or today
    words, icon, tint = _standing(day, row, due, today)
    return Node(
        key=row.id,
        name=SHORT.get(row.name, row.name),
        offset=_offset(day, row.name, due),
        date=due,
        words=words,
        icon=icon,
        tint=tint,
        presumed=bool(row.presumed),
        late=tint is Tint.LATE,
    )


def _offset(day: OpenDay, called: str, due: datetime.date) -> str:
    if called == ANSWER:
        return f"+{day.reply_days} 工作日"
    away = (due - day.held_on).days if day.held_on else 0
    return "当天" if away == 0 else f"{'+' if away > 0 else '−'}{abs(away)} 天"


def is_done(day: OpenDay, row: Milestone) -> bool:
    """Tell whether nothing is left to do for a milestone; a day that was held is done by itself."""
    held = day.state in (DayState.HELD, DayState.ARCHIVED)
    return row.done_on is not None or (row.name == HELD and held)


def _standing(
    day: OpenDay, row: Milestone, due: datetime.date, today: datetime.date
) -> tuple[str, str, Tint]:
    if is_done(day, row):
        done = row.done_on or due
        return f"{done.month}月{done.day}日完成", "check-circle", Tint.DONE
    if day.state == DayState.CANCELLED:
        return "已取消", "minus", Tint.MUTED
    left = (due - today).days
    if day.state in (DayState.HELD, DayState.ARCHIVED) and day.held_on and due < day.held_on:
        return "没有登记", "minus", Tint.MUTED
    if left < 0:
        return f"逾期 {-left} 天", "alert-circle", Tint.LATE
    if left == 0:
        return "今天", "alert-triangle", Tint.WARN
    advised = row.advised_on or due
    if advised != due and (advised - today).days <= SOON:
        return f"请于 {advised.month}月{advised.day}日前", "alert-triangle", Tint.WARN
    return (
        f"还有 {left} 天",
        "alert-triangle" if left <= SOON else "clock",
        Tint.WARN if left <= SOON else Tint.MUTED,
    )


class NodeButton(QAbstractButton):
    """One node: sign on the line, below it offset, name and standing in words."""

    def __init__(self, node: Node, *, first: bool, last: bool, low: bool = False) -> None:
        super().__init__()
        self.node, self._first, self._last, self.low = node, first, last, low
        name(self, f"node-{node.name}", node.spoken)
        self.setToolTip(f"{node.spoken}\n回车：标为完成、看怎样算出")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lines(self) -> tuple[str, str, str]:
        node = self.node
        date = f"{node.date.month}月{node.date.day}日"
        full = f"{node.offset} · {date}"
        fits = self.fontMetrics().horizontalAdvance(full) <= self.width() - 4
        return full if fits else date, node.name, node.words + (" · 推定" if node.presumed else "")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in self._lines())
        return QSize(widest + 12, SIGN + 14 + (2 if self.low else 3) * (metrics.height() + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(72, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette, rect = self.palette(), self.rect()
        if self.underMouse():
            painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
        self._paint_line(painter, rect)
        top = 4 + SIGN + 4
        for place, line in enumerate(self._lines()):
            if self.low and place == 0:
                continue
            self._paint_words(
                painter, QRect(2, top, rect.width() - 4, self.fontMetrics().height()), place, line
            )
            top += self.fontMetrics().height() + 1
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Link))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_line(self, painter: QPainter, rect: QRect) -> None:
        middle, y = rect.center().x(), 4 + SIGN // 2
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        gap = SIGN // 2 + 4
        if not self._first:
            painter.drawLine(0, y, middle - gap, y)
        if not self._last:
            painter.drawLine(middle + gap, y, rect.width(), y)
        sign = icons.pixmap(self.node.icon, SIGN, self.devicePixelRatioF(), self.node.tint)
        painter.drawPixmap(QPoint(middle - SIGN // 2, 4), sign)

    def _paint_words(self, painter: QPainter, room: QRect, place: int, line: str) -> None:
        role = (Tint.MUTED, Tint.INK, self.node.tint)[place].value
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if place == 1 else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorGroup.Active, role))
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, shown)


class TimeLine(QWidget):
    """The nodes of one day side by side; `chosen` carries the milestone that was pressed."""

    chosen = Signal(bytes)

    def __init__(self, identifier: str = "timeline") -> None:
        super().__init__()
        name(self, identifier, "倒排时间线")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 4, 16, 4)
        self._line.setSpacing(0)
        self.nodes: list[Node] = []
        self._low = False

    def set_low(self, low: bool) -> None:
        """Leave the dates out where the window is low; they stay in the tooltips."""
        if low != self._low:
            self._low = low
            for button in self.findChildren(NodeButton):
                button.low = low
                button.updateGeometry()

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show other nodes; the same ones again change nothing, so that the focus stays."""
        if list(nodes) == self.nodes:
            return
        self.nodes = list(nodes)
        while self._line.count():
            item = self._line.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, node in enumerate(self.nodes):
            button = NodeButton(node, first=place == 0, last=place == len(self.nodes) - 1, low=self._low)
            button.clicked.connect(self._pressed)
            self._line.addWidget(button, 1)
        self.setVisible(bool(self.nodes))

    def _pressed(self) -> None:
        if isinstance(button := self.sender(), NodeButton):
            self.chosen.emit(button.node.key)
