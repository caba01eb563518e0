"""Box layouts on the 8 px grid."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

GAP, GROUP, EDGE = 8, 16, 24
"""Inside a group, between groups, around a page."""

L = TypeVar("L", bound=QBoxLayout)
Part = QWidget | QLayout | int | None
"""A widget, a layout, a fixed gap in pixels, or None for what stretches."""


def column(*parts: Part, gap: int = GAP, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return parts one below another."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def row(*parts: Part, gap: int = GAP, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return parts side by side."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def _filled(layout: L, parts: tuple[Part, ...], gap: int, margins: tuple[int, int, int, int]) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        match part:
            case None:
                layout.addStretch(1)
            case int():
                layout.addSpacing(part)
            case QWidget():
                layout.addWidget(part)
            case _:
                layout.addLayout(part)
    return layout


def holding(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """Return a bare widget that holds a layout."""
    widget = QWidget(parent)
    widget.setLayout(layout)
    return widget


def hairline(*, upright: bool = False) -> QFrame:
    """Return a line of one pixel between groups."""
    line = QFrame()
    line.setProperty("role", "hairline")
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return line
