"""Icons: SVG outlines painted in the colour of the palette, sharp at every scale."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.ui.tints import Tint

SIZE = 18
BESIDE_TEXT = QSize(SIZE + 5, SIZE)
"""The icon size of a button with words: the drawing stands at the left, the rest is the gap."""


@functools.cache
def _outline(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_outline(name).replace("currentColor", colour).encode()))


class _Engine(QIconEngine):
    """Paints one outline; the colour is asked of the palette at each painting, so themes may change."""

    def __init__(self, name: str, tint: Tint, tint_on: Tint) -> None:
        super().__init__()
        self._drawn = (name, tint, tint_on)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        name, tint, tint_on = self._drawn
        palette = QApplication.palette()
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        square = QRect(rect.x(), rect.y(), min(rect.width(), rect.height()), min(rect.width(), rect.height()))
        colour = palette.color(group, (tint_on if state == QIcon.State.On else tint).value)
        _renderer(name, colour.name(QColor.NameFormat.HexRgb)).render(painter, QRectF(square))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> _Engine:
        return _Engine(*self._drawn)


@functools.cache
def icon(name: str, tint: Tint = Tint.INK, tint_on: Tint | None = None) -> QIcon:
    """Return the icon `resources/icons/<name>.svg`; `tint_on` is its colour while checked or selected."""
    _outline(name)
    return QIcon(_Engine(name, tint, tint_on or tint))


def pixmap(name: str, size: int, ratio: float, tint: Tint = Tint.INK) -> QPixmap:
    """Return an icon as a picture for a label, `size` in device-independent pixels."""
    drawn = icon(name, tint).pixmap(QSize(size, size), ratio)
    drawn.setDevicePixelRatio(ratio)
    return drawn
