"""回收站: what was removed and why; brought back, or cleared for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record, kinds_of
from desktop.records.catalogue import by_kind
from desktop.records.papers import Watch
from desktop.records.quoting import Quotes
from desktop.records.removed import Removed
from desktop.services.recycling import CONFIRM, PurgeOutcome
from desktop.services.rights import Deed
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.frame import Frame, Page
from desktop.ui.halves import Halves
from desktop.ui.labels import EmptyState, StatusLabel, Text
from desktop.ui.layouts import column, hairline, holding, row
from desktop.ui.naming import name
from desktop.ui.plain_table import PlainTable

CHOSEN = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
MOST = 500
"""Rows shown; older ones are reached by their kind."""


class BinPanel(Page):
    """Removed records at the left, what the chosen one holds at the right."""

    key, label, icon = "bin", "回收站", "trash"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._rows: list[Removed] = []
        self._stale = True
        self.kind = name(ChoiceBox((), empty="所有种类"), "bin-kind", "记录种类")
        self.kind.activated.connect(self.refresh)
        self.rows = PlainTable("bin-rows", "回收站", ("种类", "名称", "删除时间", "原因", "经手人"), wide=3)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.held = PlainTable("bin-held", "删除的内容", ("项目", "内容"), wide=1)
        self.told = StatusLabel("bin-count", "条数", "muted")
        self.recover = buttons.primary("恢复", "bin-recover", "undo")
        self.purge = buttons.quiet("彻底删除…", "bin-purge", "trash")
        self._lay_out()
        self.rows.row_chosen.connect(self._show)
        self.rows.selectionModel().selectionChanged.connect(self._tell_buttons)
        self.rows.doubleClicked.connect(self.bring_back)
        self.recover.clicked.connect(self.bring_back)
        self.purge.clicked.connect(self.clear)
        buttons.action(self.rows, "彻底删除", "Delete").triggered.connect(self.clear)
        buttons.action(self, "撤销", "Ctrl+Z").triggered.connect(self.undo)

    def _lay_out(self) -> None:
        under = row(self.told, None, self.purge, self.recover, margins=(12, 4, 8, 4))
        left = column(self.rows, hairline(), under, gap=0)
        halves = name(Halves(self._halves), "splitter-bin", "回收站与内容的分隔")
        halves.addWidget(holding(left))
        halves.addWidget(self.held)
        empty = EmptyState("trash", "回收站是空的", "删除的记录会留在这里，连同删除的原因，可以恢复。")
        self._stack = QStackedWidget()
        self._stack.addWidget(halves)
        self._stack.addWidget(empty)
        filters = row(Text("种类"), self.kind, None, margins=(12, 8, 16, 8))
        layout = column(filters, hairline(), self._stack, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @staticmethod
    def _halves(width: int) -> tuple[int, ...]:
        return round(width * 0.66), width - round(width * 0.66)

    def shown(self) -> None:
        if self._stale:
            self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.rows if self._rows else self.kind

    def heard(self, models: frozenset[type[Record]]) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read anew what there is."""
        self._stale = False
        chosen = self.kind.currentData() or ""
        counts = self.frame.desk.recycle_bin.counts()
        self.kind.clear()
        self.kind.addItem("所有种类", "")
        for kind, count in counts.items():
            self.kind.addItem(f"{by_kind()[kind].label} {count:,}", kind)
        if chosen in counts:
            self.kind.pick(chosen)
        else:
            chosen = ""
        self._rows = self.frame.desk.recycle_bin.page(chosen, 0, MOST)
        self.rows.fill([_line(each) for each in self._rows])
        total = counts.get(chosen, 0) if chosen else sum(counts.values())
        shown = f"，列出最近的 {len(self._rows)} 条" if total > len(self._rows) else ""
        self.told.say(f"{total:,} 条{shown}")
        self._stack.setCurrentIndex(0 if counts else 1)
        if self._rows:
            # selectRow would toggle while Ctrl is held down (Ctrl+Z)
            self.rows.selectionModel().setCurrentIndex(self.rows.rows.index(0, 0), CHOSEN)
        self._show(self.rows.row())

    def _show(self, at: int) -> None:
        held: list[tuple[str, str]] = []
        if 0 <= at < len(self._rows):
            each = self._rows[at]
            record = self.frame.desk.recycle_bin.get(each.model, each.key)
            texts = (
                (kind.label, kind.masked_text(getattr(record, kind.name))) for kind in kinds_of(each.model)
            )
            held = [(label, text) for label, text in texts if text]
        self.held.fill(held)
        self._tell_buttons()

    def chosen(self) -> list[Removed]:
        """Return the rows selected."""
        places = sorted({index.row() for index in self.rows.selectionModel().selectedRows()})
        return [self._rows[place] for place in places if place < len(self._rows)]

    def _tell_buttons(self) -> None:
        some = bool(self.chosen()) and not self.frame.read_only
        self.recover.setEnabled(some)
        self.purge.setEnabled(some and self.frame.desk.rights.may(Deed.PURGE))

    # -- doing

    def bring_back(self) -> None:
        """Bring the rows selected back, all of a kind or none of it."""
        names: list[str] = []
        try:
            for model, several in _by_model(self.chosen()):
                names += self.frame.desk.recycle_bin.recover(model, [each.key for each in several])
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
        if names:
            self.frame.toast(f"已恢复 {names[0] if len(names) == 1 else f'{len(names)} 条'}")
        self.refresh()

    def clear(self) -> None:
        """Look where else the rows selected are spoken of, and clear them for good after the word was typed."""
        chosen = self.chosen()
        if not chosen or not self.purge.isEnabled():
            return
        several = [(model, [each.key for each in rows]) for model, rows in _by_model(chosen)]
        work, told = partial(self._quoted, several), partial(self._ask_for, chosen, several)
        self._beside("正在查找别处同样的内容", work, told)

    def _beside(self, words: str, work: Callable[[Watch], Any], told: Callable[[Any], None]) -> None:
        """Do what goes through the whole file beside the window: every text read, the file written anew."""
        from desktop.ui.work_beside import WorkBeside

        WorkBeside(self.frame, self.window(), words, work, told).open()

    def _quoted(self, several: list[tuple[type[Record], list[bytes]]], watch: Watch) -> list[Quotes]:
        found = []
        for turn, (model, keys) in enumerate(several):
            watch(turn, len(several))
            found.append(self.frame.desk.recycle_bin.quotes(model, keys))
        return found

    def _ask_for(
        self, chosen: list[Removed], several: list[tuple[type[Record], list[bytes]]], quotes: list[Quotes]
    ) -> None:
        what = f"“{chosen[0].caption}”" if len(chosen) == 1 else f"这 {len(chosen)} 条"
        typed = self.frame.ask.text(
            f"彻底删除{what}",
            label="内容、修改记录里的原值、检索和印制留存都会清除，不能恢复；\n以前的备份和导出的文件里还有，要另行清理。\n"
            f"{_elsewhere(quotes)}确定要做，请输入“{CONFIRM}”四个字：",
        )
        if typed is None:
            return
        if typed.strip() != CONFIRM:
            self.frame.tell(UserError(f"没有彻底删除：输入的不是“{CONFIRM}”四个字"))
            return
        self._beside(f"正在彻底删除{what}", partial(self._purged, several), self._told)

    def _purged(self, several: list[tuple[type[Record], list[bytes]]], watch: Watch) -> list[PurgeOutcome]:
        purge: Any = self.frame.desk.recycle_bin.purge
        return [purge(model, keys, confirmed=CONFIRM, watch=watch) for model, keys in several]

    def _told(self, outcomes: list[PurgeOutcome]) -> None:
        self.frame.ask.tell("\n".join(outcome.told() for outcome in outcomes))
        self.refresh()


def _elsewhere(quotes: list[Quotes]) -> str:
    """Return in a few lines which other records say the same, '' where none does."""
    told = [line for each in quotes for line in each.lines(most=4)]
    if not told:
        return ""
    advice = "它们不会改动；不该再有的，请先去改掉，修改记录里的原值到时一并清除。"
    return "\n".join(("别的记录里也有同样的姓名、号码或文字：", *told, advice, ""))


def _line(each: Removed) -> tuple[str, ...]:
    return each.model.label, each.caption, each.at[:16].replace("T", " "), each.because, each.who


def _by_model(chosen: list[Removed]) -> list[tuple[type[Record], list[Removed]]]:
    in_order = sorted(chosen, key=lambda each: each.model.kind)
    return [
        (by_kind()[kind], list(rows)) for kind, rows in groupby(in_order, key=lambda each: each.model.kind)
    ]
