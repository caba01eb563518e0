"""设置: the office itself, its word lists, its staff, and how the window looks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.records.base import Record
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import Text
from desktop.ui.layouts import hairline
from desktop.ui.naming import name
from desktop.ui.pages.appearance import AppearancePanel
from desktop.ui.pages.holidays import HolidaysPanel
from desktop.ui.pages.office_settings import OfficePanel
from desktop.ui.pages.staff import StaffPage
from desktop.ui.pages.terms import TermsPanel
from desktop.ui.pages.time_limits import TimeLimitsPage
from desktop.ui.readying import polished


class SettingsPage(Page):
    """Tabs, each made when it is opened."""

    key, label, icon = "settings", "设置", "settings"
    TABS = (
        ("本单位", OfficePanel),
        ("工作人员", StaffPage),
        ("放假安排", HolidaysPanel),
        ("办理时限", TimeLimitsPage),
        ("名单词条", TermsPanel),
        ("外观", AppearancePanel),
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.tabs = name(QTabBar(), "settings-tabs", "设置的各部分")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        self._made: dict[int, Page] = {}
        for label, _ in self.TABS:
            self.tabs.addTab(label)
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 0)
        top.setSpacing(16)
        top.addWidget(Text("设置", "title"))
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

    def shown(self) -> None:
        self.front.shown()

    def ready(self) -> Iterator[None]:
        yield from polished(self)
        yield from self._part(0).ready()

    def first_focus(self) -> QWidget | None:
        return self.front.first_focus()

    def may_leave(self) -> bool:
        return self.front.may_leave()

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
