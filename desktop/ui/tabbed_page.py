"""A place of the navigation that holds several parts, each a page of its own behind a tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.records.base import Record
from desktop.ui import halves
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import Text
from desktop.ui.layouts import hairline
from desktop.ui.list_page import RecordPage
from desktop.ui.naming import name, shown_text
from desktop.ui.readying import polished

if TYPE_CHECKING:
    from desktop.services.drafts import Draft

TAB = "tab"
"""The part of a draft that says which tab it was typed behind."""


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
        self._go_inside(self.tabs.hasFocus())  # Qt gives the tabs what the place left had

    def _go_inside(self, wanted: bool) -> None:
        """Go into the part in front: its keys work only there."""
        if wanted and (box := self.front.first_focus()):
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys of the part in front (Ctrl+N, Ctrl+P) work at the tabs too."""
        pressed = QKeySequence(event.keyCombination())
        meant = [made for made in self.front.actions() if made.isEnabled() and pressed in made.shortcuts()]
        if meant:
            meant[0].trigger()
        else:
            super().keyPressEvent(event)

    def ready(self) -> Iterator[None]:
        yield from polished(self)
        first = self._part(0)
        yield
        yield from first.ready()

    def first_focus(self) -> QWidget | None:
        return self.front.first_focus()

    def may_leave(self) -> bool:
        return self.front.may_leave()

    def drop_edits(self) -> None:
        """Forget the unsaved edits of the part in front, where it has any."""
        if self._made and isinstance(self.front, RecordPage):
            self.front.drop_edits()

    def draft(self) -> Draft | None:
        if not self._made or (draft := self.front.draft()) is None:
            return None
        tab = next(at for at, part in self._made.items() if part is self.front)
        return replace(draft, place=self.key, texts={**draft.texts, TAB: {TAB: str(tab)}})

    def take_up(self, draft: Draft) -> None:
        front = self.turn_to(int(draft.texts[TAB][TAB]))
        front.take_up(replace(draft, texts={part: draft.texts[part] for part in draft.texts if part != TAB}))

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
        self._go_inside(self.isVisible() and not self.tabs.hasFocus())

    def _part(self, tab: int) -> Page:
        """Return the part of a tab, made by now."""
        if tab not in self._made:
            part = self._made[tab] = self.TABS[tab][1](self.frame)
            if isinstance(part, RecordPage):
                part.title.hide()  # the tab says it
            self._stack.addWidget(part)
            halves.bring_back(part, self.frame.memory)
        return self._made[tab]
