"""材料: 公告, what the public reads before the day, and 明白纸, what each section hands to the visitors."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from desktop.records.base import Record
from desktop.records.leaflets import Leaflet, leaflets_of
from desktop.records.notices import Notice
from desktop.records.open_days import OpenDay
from desktop.ui.frame import Frame
from desktop.ui.layouts import hairline, holding, row
from desktop.ui.naming import name
from desktop.ui.pages.open_days_notice import NoticePanel
from desktop.ui.pages.open_days_tab import LOW, DayTab, open_print
from desktop.ui.parts_panel import PartsPanel
from desktop.ui.segments import Segments

NOTICES, LEAFLETS = "公告", "明白纸"


class LeafletsPanel(PartsPanel):
    """The leaflets that are printed for the day: its own, and the general ones, which belong to every day."""

    def read_rows(self, owner: Record) -> list[Record]:
        assert isinstance(owner, OpenDay)
        return list[Record](leaflets_of(owner))


class HandoutsTab(DayTab):
    """Two lists behind a strip: notices and leaflets, each with its form below."""

    key = "handouts"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.notices = NoticePanel(frame)
        self.leaflets = LeafletsPanel(
            frame, Leaflet, "open_day", ("section", "title", "text", "open_day", "position"),
            shown=("section", "title", "open_day", "position"), sort="position", wide=1, long_texts=True,
            purpose="每个科室一张，写明职责、近期做了什么、有事找谁，发给来的代表。",
        )  # fmt: skip
        self.which = name(
            Segments("公告还是明白纸", (NOTICES, LEAFLETS), clearable=False), "handouts-which", "看哪一种"
        )
        self.which.pick(NOTICES)
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(3 * LOW)  # of their own they would want more than a small screen has
        for panel in (self.notices, self.leaflets):
            self._stack.addWidget(panel)
            panel.changed.connect(self.refresh)
        top = holding(row(self.which, None, margins=(16, 8, 16, 4)))
        self.body.addWidget(top)
        self.body.addWidget(hairline())
        self.body.addWidget(self._stack, 1)
        self.which.picked.connect(self._turn)

    def show_day(self, day: OpenDay | None) -> None:
        for panel in (self.notices, self.leaflets):
            if day is None or panel.owner is None or panel.owner.id != day.id:
                panel.show_parts_of(day)
        super().show_day(day)

    def fill(self, day: OpenDay) -> None:
        for panel in (self.notices, self.leaflets):
            panel.owner = day
            panel.refresh()
        self._tell()

    def _turn(self, which: str) -> None:
        """Turn to the other list; a row that can't be saved stays in sight."""
        front = self._stack.currentWidget()
        if isinstance(front, PartsPanel) and front.dirty and not front.save():
            which = LEAFLETS if front is self.leaflets else NOTICES
            self.which.pick(which)
        self._stack.setCurrentIndex(int(which == LEAFLETS))
        self._tell()

    def _tell(self) -> None:
        """Say how many there are, and offer to print them."""
        if self.which.value() == LEAFLETS:
            count = len(self.leaflets.rows)
            words = f"这次发 {count} 张明白纸" if count else "还没有明白纸"
            self.offer(words, "印明白纸" if count else "写第一张明白纸")
            return
        media = "、".join(row.medium for row in self.notices.rows if isinstance(row, Notice) and row.medium)
        said = f"，发布渠道：{media}" if media else ""
        count = len(self.notices.rows)
        self.offer(f"已写 {count} 条公告{said}" if count else "还没有写公告，印出来是统一的文字", "印公告")

    def take_next(self) -> None:
        """Print what is in front, or begin the first leaflet."""
        leaflets = self.which.value() == LEAFLETS
        if leaflets and not self.leaflets.rows:
            self.leaflets.start()
            return
        panel = self.leaflets if leaflets else self.notices
        if not panel.dirty or panel.save():
            open_print(self, self.frame, ["leaflets" if leaflets else "notice"], self.day)
