"""Marks: a few words in a coloured plate (`还剩 3 个工作日`, `推定`), painted in lists, on cards and over forms.

The colour never speaks alone: the words say the same. Colours follow the palette.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.labels import Tone
from desktop.ui.naming import name
from desktop.ui.tints import Tint

TINTS = {
    Tone.PLAIN: Tint.MUTED,
    Tone.WARN: Tint.WARN,
    Tone.LATE: Tint.LATE,
    Tone.DONE: Tint.DONE,
    Tone.PRESUMED: Tint.PRESUMED,
}
INSIDE, GAP, ROUND = 6, 4, 4
"""Pixels from the plate's edge to its words, between two plates, and of its corners."""
WASH = 30
"""Of 255: how much of its colour the ground of a plate has; the words stay at 4.5 : 1 on it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words on a plate; an outlined one has a border instead of a ground."""

    text: str
    tone: Tone = Tone.PLAIN
    outlined: bool = False


def marks_width(marks: Sequence[Mark], metrics: QFontMetrics) -> int:
    """Return the pixels that marks side by side take."""
    widths = [metrics.horizontalAdvance(mark.text) + 2 * INSIDE for mark in marks]
    return sum(widths) + GAP * max(len(marks) - 1, 0)


def paint_marks(painter: QPainter, room: QRect, marks: Sequence[Mark], font: QFont, palette: QPalette) -> int:
    """Paint marks from the left edge of `room`, level with its middle; returns where the last one ends.

    Words that have no room end in …; a mark with no room at all is left out.
    """
    metrics = QFontMetrics(font)
    high = min(metrics.height() + 4, room.height())
    left = room.left()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    for mark in marks:
        wide = min(metrics.horizontalAdvance(mark.text) + 2 * INSIDE + 1, room.right() + 1 - left)
        if wide < 3 * INSIDE:
            break
        plate = QRect(left, room.center().y() - high // 2 + 1, wide, high)
        ink = palette.color(QPalette.ColorGroup.Active, TINTS[mark.tone].value)
        _paint_plate(painter, plate, ink, outlined=mark.outlined)
        painter.setPen(ink)
        words = metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, wide - 2 * INSIDE + 1)
        painter.drawText(plate.adjusted(INSIDE, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        left += wide + GAP
    painter.restore()
    return left


def _paint_plate(painter: QPainter, plate: QRect, ink: QColor, *, outlined: bool) -> None:
    inner = QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5)
    if outlined:
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        ground = QColor(ink)
        ground.setAlpha(WASH)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
    painter.drawRoundedRect(inner, ROUND, ROUND)


class MarkLine(QWidget):
    """Marks as a widget; its accessible name says what they say."""

    def __init__(self, identifier: str, what: str) -> None:
        super().__init__()
        self._what = what
        self._marks: tuple[Mark, ...] = ()
        name(self, identifier, what)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        """Return what the marks say."""
        return "，".join(mark.text for mark in self._marks)

    def say(self, *marks: Mark) -> None:
        """Show other marks; none hides the line."""
        self._marks = marks
        self.setAccessibleName(f"{self._what}：{self.words}" if marks else self._what)
        self.updateGeometry()
        self.update()
        self.setVisible(bool(marks))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(marks_width(self._marks, metrics) + len(self._marks) + 2, metrics.height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_marks(QPainter(self), self.rect(), self._marks, self.font(), self.palette())
