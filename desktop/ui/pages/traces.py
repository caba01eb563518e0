"""留痕: what was done, what was removed, and what was taken out, behind one tab of 设置."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.records.base import Record
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import Text
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import set_property
from desktop.ui.pages.traces_bin import BinPanel
from desktop.ui.pages.traces_changes import ChangesPanel
from desktop.ui.pages.traces_taken import TakenPanel
from desktop.ui.segments import Segments

TOLD = {
    "修改记录": "每次改动都留在这里，不能删改；选中一次，看改了哪些内容。",
    "回收站": "删除的记录留在这里，可以恢复；彻底删除后不能找回。",
    "带出记录": "谁在什么时候把名单和号码印出、导出、复制或备份了出去。",
}


class TracesPanel(Page):
    """Three lists, each made when it is first looked at."""

    key, label, icon = "traces", "留痕", "history"
    PARTS: ClassVar[dict[str, Callable[[Frame], Page]]] = {
        "修改记录": ChangesPanel,
        "回收站": BinPanel,
        "带出记录": TakenPanel,
    }

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.parts = Segments("留痕的各部分", tuple(self.PARTS), clearable=False)
        self.parts.pick("修改记录")
        self.parts.picked.connect(self.turn_to)
        self._told = Text("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._made: dict[str, Page] = {}
        top = row(self.parts, self._told, gap=16, margins=(12, 8, 16, 8))
        top.setStretch(1, 1)
        layout = column(top, hairline(), self._stack, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_property(self, "role", "surface")

    @property
    def front(self) -> Page:
        """Return the list in front."""
        return self._made.get(self.parts.value()) or self.turn_to(self.parts.value())

    def turn_to(self, part: str) -> Page:
        """Bring one of the lists to the front."""
        self.parts.pick(part)
        if part not in self._made:
            self._made[part] = self.PARTS[part](self.frame)
            self._stack.addWidget(self._made[part])
        self._told.setText(TOLD[part])
        self._stack.setCurrentWidget(self._made[part])
        self._made[part].shown()
        return self._made[part]

    def shown(self) -> None:
        self.turn_to(self.parts.value())

    def first_focus(self) -> QWidget | None:
        return self.front.first_focus()

    def heard(self, models: frozenset[type[Record]]) -> None:
        for part in tuple(self._made.values()):
            part.heard(models)
