"""Figures as tiles: label, number with its unit, a small drawn chart; a press opens the records counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop.ui.naming import as_tooltip, name

EDGE = 12
CHART = 22
WIDEST = 6
"""Pixels a bar of a chart is wide at most: a chart of two days is not two walls."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What one tile shows: `share` (0…1) draws a bar, `bars` draws a column each; `note` explains the figure."""

    key: str
    label: str
    value: str
    unit: str
    note: str = ""
    share: float | None = None
    bars: tuple[tuple[str, float], ...] = ()
    opens: bool = True

    @property
    def spoken(self) -> str:
        """Return the tile as a sentence."""
        parts = "、".join(f"{label} {value:g}" for label, value in self.bars)
        return (
            f"{self.label}:{self.value} {self.unit}"
            + (f";{self.note}" if self.note else "")
            + (f";{parts}" if parts else "")
        )


class TileButton(QAbstractButton):
    """One tile."""

    def __init__(self, tile: Tile, identifier: str) -> None:
        super().__init__()
        self.tile, self._noted = tile, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name(self, identifier, tile.spoken)
        self.show_tile(tile)

    def show_tile(self, tile: Tile, *, noted: bool = False) -> None:
        """Show another figure in the same place; `noted` leaves a line for notes, as its neighbours do."""
        self.tile, self._noted = tile, noted
        self.setAccessibleName(tile.spoken)
        self.setToolTip(as_tooltip(tile.spoken + ("。回车打开" if tile.opens else "")))
        self.setEnabled(tile.opens)
        self.updateGeometry()
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        large, small = QFont(self.font()), QFont(self.font())
        large.setPointSizeF(self.font().pointSizeF() * 1.6)
        large.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(max(9.0, self.font().pointSizeF() * 0.9))
        return large, small

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(170, 2 * EDGE + line * (2 if self._noted else 1) + round(line * 1.7) + CHART)

    def minimumSizeHint(self) -> QSize:
        return QSize(130, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette, role = self.palette(), QPalette.ColorRole
        active = QPalette.ColorGroup.Active
        ground = role.AlternateBase if self.underMouse() and self.isEnabled() else role.Base
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(palette.color(active, ground))
        painter.setPen(palette.color(active, role.Link if self.hasFocus() else role.Shadow))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        inside = self.rect().adjusted(EDGE, EDGE - 2, -EDGE, -EDGE)
        large, small = self._fonts()
        painter.setFont(small)
        painter.setPen(palette.color(active, role.Dark))
        label = painter.fontMetrics().elidedText(self.tile.label, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), label)
        top = inside.y() + painter.fontMetrics().height() + 2
        self._value(painter, QRect(inside.x(), top, inside.width(), inside.height()), large, small)
        self._chart(painter, QRect(inside.x(), inside.bottom() - CHART + 4, inside.width(), CHART - 4))
        painter.end()

    def _value(self, painter: QPainter, room: QRect, large: QFont, small: QFont) -> None:
        active = QPalette.ColorGroup.Active
        painter.setFont(large)
        painter.setPen(self.palette().color(active, QPalette.ColorRole.Text))
        side = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, side, self.tile.value)
        wide, baseline = (
            painter.fontMetrics().horizontalAdvance(self.tile.value),
            painter.fontMetrics().ascent(),
        )
        painter.setFont(small)
        painter.setPen(self.palette().color(active, QPalette.ColorRole.Dark))
        painter.drawText(room.x() + wide + 5, room.y() + baseline, self.tile.unit)
        below = room.y() + baseline + round(painter.fontMetrics().height() * 1.4)
        shown = painter.fontMetrics().elidedText(self.tile.note, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.x(), below, shown)

    def _chart(self, painter: QPainter, room: QRect) -> None:
        active, role = QPalette.ColorGroup.Active, QPalette.ColorRole
        ink, ground = self.palette().color(active, role.Dark), self.palette().color(active, role.Shadow)
        if self.tile.share is not None:
            line = QRect(room.x(), room.bottom() - 5, room.width(), 5)
            painter.fillRect(line, ground)
            line.setWidth(round(room.width() * min(max(self.tile.share, 0), 1)))
            painter.fillRect(line, ink)
        elif self.tile.bars:
            most = max(value for _, value in self.tile.bars) or 1
            step = min(room.width() / len(self.tile.bars), WIDEST * 2.5)
            wide = max(2, min(WIDEST * 2, round(step * 0.7)))
            for place, (_, value) in enumerate(self.tile.bars):
                x = room.x() + round(place * step)
                high = round((room.height() - 1) * value / most)
                painter.fillRect(x, room.bottom(), wide, 1, ground)
                if value:
                    painter.fillRect(x, room.bottom() - max(high, 2), wide, max(high, 2), ink)


class TileGrid(QWidget):
    """Tiles in as many columns as there is room for."""

    def __init__(self, identifier: str, label: str, *, least: int = 168) -> None:
        super().__init__()
        name(self, identifier, label)
        self._least, self._columns = least, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.tiles: list[TileButton] = []

    def show_tiles(self, tiles: Sequence[Tile]) -> list[TileButton]:
        """Show other figures; returns the new tiles, whose `clicked` is still to be connected."""
        made: list[TileButton] = []
        noted = any(tile.note for tile in tiles)
        while len(self.tiles) > len(tiles):
            old = self.tiles.pop()
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        for place, tile in enumerate(tiles):
            if place == len(self.tiles):
                self.tiles.append(TileButton(tile, f"{self.objectName()}-{place + 1}"))
                made.append(self.tiles[-1])
            self.tiles[place].show_tile(tile, noted=noted)
        self._columns = 0
        self._arrange()
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(self.width() // self._least, len(self.tiles) or 1))
        if columns == self._columns:
            return
        for place in range(self._columns, columns):
            self._grid.setColumnStretch(place, 1)
        for place in range(columns, max(self._grid.columnCount(), columns)):
            self._grid.setColumnStretch(place, 0)
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)
        self._columns = columns
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
