"""List and form side by side: shared out by a rule until the user moves the line between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

Rule = Callable[[int], Sequence[int]]
"""Tells the widths of the parts in so many pixels; nothing where they shall stay as they are."""


class Halves(QSplitter):
    """A splitter whose parts follow `rule` as the window grows; once moved by hand they keep their shares."""

    def __init__(self, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._rule = rule
        self.moved = False
        self.splitterMoved.connect(self._was_moved)

    def kept(self) -> QByteArray:
        """Return what to remember; empty while the user moved nothing."""
        return self.saveState() if self.moved else QByteArray()

    def bring_back(self, kept: QByteArray) -> None:
        """Put the parts as they were left."""
        self.moved = bool(kept) and self.restoreState(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.moved and (sizes := self._rule(self.width() - self.handleWidth())):
            self.setSizes(list(sizes))

    def _was_moved(self) -> None:
        self.moved = True


def bring_back(whole: QWidget, memory: QSettings) -> None:
    """Put the parts of all halves inside a widget as they were left when the window closed last."""
    for halves in whole.findChildren(Halves):
        kept = memory.value(f"splitters/{halves.objectName()}")
        if isinstance(kept, QByteArray):
            halves.bring_back(kept)


def keep(whole: QWidget, memory: QSettings) -> None:
    """Remember how the parts of all halves inside a widget stand."""
    for halves in whole.findChildren(Halves):
        memory.setValue(f"splitters/{halves.objectName()}", halves.kept())
