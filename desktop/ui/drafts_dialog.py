"""没有保存的草稿: what the program could not save when it ended last, offered once at the start."""

from __future__ import annotations

import datetime
import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.records.base import kinds_of
from desktop.records.catalogue import by_kind
from desktop.services.drafts import Draft
from desktop.ui import buttons
from desktop.ui.boxes import ProseBox
from desktop.ui.dialogs import Dialog
from desktop.ui.labels import Text
from desktop.ui.naming import name
from desktop.ui.pages import PLACES
from desktop.ui.plain_table import PlainTable

NUMBER = re.compile(r"\d{8,}")
UNTOLD = ("", "answers")
"""Fields that are no words: a row's key, the answers of a sheet by their numbers."""
SHOWN = (3, 4)
"""Digits that are shown of a number at its start, and at its end."""


class DraftsDialog(Dialog):
    """A list, what the chosen one says, and what becomes of it. `brought` a draft, `dropped` the keys of some."""

    keeps_drafts = False
    brought = Signal(object)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None, drafts: list[Draft]) -> None:
        super().__init__(parent, "没有保存的草稿", "drafts-dialog")
        self.drafts = drafts
        told = "程序上次没有正常关闭。下面是当时正在填、还没有保存的内容，恢复后请核对再保存。"
        self.table = PlainTable("drafts", "草稿列表", ("内容", "在哪一页", "时间"), wide=0)
        self.words = name(ProseBox(4, 8), "draft-words", "草稿的内容")
        self.words.setReadOnly(True)
        self.body.addWidget(Text(told, wrap=True))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words)
        later = buttons.plain("以后再说", "drafts-later")
        later.setToolTip("留着，下次打开时再问（Esc）")
        drop = buttons.plain("丢弃", "drafts-drop", "trash")
        bring = buttons.primary("恢复", "drafts-bring")
        bring.setDefault(True)
        self.footer.insertWidget(0, drop)
        self.footer.addWidget(later)
        self.footer.addWidget(bring)
        later.clicked.connect(self.reject)
        drop.clicked.connect(self.drop)
        bring.clicked.connect(self.bring)
        self.table.row_chosen.connect(self._show)
        self.table.doubleClicked.connect(self.bring)
        self._fill(0)
        self.fit(640, 420)

    @property
    def chosen(self) -> Draft | None:
        """Return the draft chosen in the list."""
        row = self.table.row()
        return self.drafts[row] if 0 <= row < len(self.drafts) else None

    def bring(self) -> None:
        """Close, and have the draft chosen brought back."""
        if draft := self.chosen:
            self.accept()
            self.brought.emit(draft)

    def drop(self) -> None:
        """Throw the draft chosen away; the last one closes the dialog."""
        if draft := self.chosen:
            row = self.drafts.index(draft)
            self.dropped.emit([draft.key])
            self.drafts = [other for other in self.drafts if other.key != draft.key]
            if not self.drafts:
                self.accept()
                return
            self._fill(min(row, len(self.drafts) - 1))

    def _fill(self, row: int) -> None:
        places = {place.key: place.label for place in PLACES}
        self.table.fill(
            [(draft.title, places.get(draft.place, draft.place), _when(draft.at)) for draft in self.drafts]
        )
        self.table.selectRow(row)
        self._show()

    def _show(self) -> None:
        draft = self.chosen
        self.words.setPlainText(told_of(draft) if draft else "")


def told_of(draft: Draft) -> str:
    """Return what a draft says, a line a field, long numbers masked."""
    lines: list[str] = []
    for part, texts in draft.texts.items():
        model = by_kind().get(part.rpartition(" ")[2])
        labels = {kind.name: kind.label for kind in kinds_of(model)} if model else {}
        for field, text in texts.items():
            name = field.rpartition(".")[2]
            if name not in UNTOLD and text:
                lines.append(f"{labels.get(name, name)}：{text}")
    return NUMBER.sub(_masked, "\n".join(lines))


def _masked(found: re.Match[str]) -> str:
    number = found[0]
    first, last = SHOWN
    return f"{number[:first]}{'*' * (len(number) - first - last)}{number[-last:]}"


def _when(at: str) -> str:
    moment = datetime.datetime.fromisoformat(at)
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
