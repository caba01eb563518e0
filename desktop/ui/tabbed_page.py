"""A place of the navigation that holds several parts, each a page of its own behind a tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.records.base import Record
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import Text
from desktop.ui.layouts import hairline
from desktop.ui.list_page import RecordPage
from desktop.ui.naming import name, shown_text
from desktop.ui.readying import polished


class TabbedPage(Page):
    """Tabs, each part made when it is opened. Subclasses set TABS: word and maker of every part."""

    TABS: ClassVar[tuple[tuple[str, Callable[[Frame], Page]], ...]] = ()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.tabs = name(QTabBar(), f"{self.key}-tabs", f"{self.label}的各部分")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        self._made: dict[int, Page] = {}
        for label, _ in self.TABS:
            self.tabs.addTab(shown_text(label))
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 0)
        top.setSpacing(16)
        top.addWidget(Text(self.label, "title"))
        top.addWidget(self.tabs)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(hairline())
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def front(self) -> Page:
        """Return the part in front, the first one until another is opened."""
        if not self._made:
            self._turn(0)
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def turn_to(self, tab: int) -> Page:
        """Bring a part to the front, unless unsaved edits keep the user at another; return the one in front."""
        self.tabs.setCurrentIndex(tab)
        return self.front

    def shown(self) -> None:
        self.front.shown()

    def ready(self) -> Iterator[None]:
        yield from polished(self)
        yield from self._part(0).ready()

    def first_focus(self) -> QWidget | None:
        return self.front.first_focus()

    def may_leave(self) -> bool:
        return self.front.may_leave()

    def drop_edits(self) -> None:
        """Forget the unsaved edits of the part in front, where it has any."""
        if self._made and isinstance(self.front, RecordPage):
            self.front.drop_edits()

    def heard(self, models: frozenset[type[Record]]) -> None:
        for part in tuple(self._made.values()):
            part.heard(models)

    def _turn(self, tab: int) -> None:
        if self._made and self.front is self._made.get(tab):
            return
        if self._made and not self.front.may_leave():
            self.tabs.setCurrentIndex(next(at for at, part in self._made.items() if part is self.front))
            return
        part = self._part(tab)
        self._stack.setCurrentWidget(part)
        part.shown()

    def _part(self, tab: int) -> Page:
        """Return the part of a tab, made by now."""
        if tab not in self._made:
            self._made[tab] = self.TABS[tab][1](self.frame)
            self._stack.addWidget(self._made[tab])
        return self._made[tab]
