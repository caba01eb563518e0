"""A part that scrolls where the window is too low for it, and takes no more room than it needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from desktop.ui.naming import name, set_property


class Scrolled(QScrollArea):
    """As high as what it holds where there is room; with `snug` never higher.

    Making it asks all it holds for their sizes, which gives them their look; given its `parent` at once, they
    don't have to take on the look again when it comes into a layout (a third of what a dialog costs, measured).
    """

    def __init__(
        self,
        inside: QWidget,
        identifier: str,
        label: str,
        parent: QWidget | None = None,
        *,
        least: int = 120,
        snug: bool = False,
    ) -> None:
        super().__init__(parent)
        name(self, identifier, label)
        self._inside = inside
        set_property(inside, "role", "surface")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(least)
        upright = QSizePolicy.Policy.Maximum if snug else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        inside = self._inside
        high = inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else -1
        return QSize(inside.sizeHint().width(), max(high, inside.sizeHint().height()) + 2)

    def minimumSizeHint(self) -> QSize:
        inside = self._inside.minimumSizeHint()
        bar = (
            self.verticalScrollBar().sizeHint().width()
        )  # or it would lie over the right edge of what it scrolls
        return QSize(inside.width() + bar, min(inside.height(), self.minimumHeight()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # what Python has cleared away already may still be told of an event while Qt takes it apart
        if watched is getattr(self, "_inside", None) and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what it holds has grown or shrunk
        return super().eventFilter(watched, event)
