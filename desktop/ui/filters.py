"""The line over a list: what is searched for, which values are filtered by, and filters saved by name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.records import kinds
from desktop.records.base import Record
from desktop.records.listing import Query, field_of
from desktop.ui import buttons
from desktop.ui.ask import Ask
from desktop.ui.boxes import ChoiceBox, search_line
from desktop.ui.naming import name, set_property, shown_text

if TYPE_CHECKING:
    from desktop.ui.editors import Lookup

PAUSE = 50
"""Milliseconds of quiet before what is typed is searched for."""
SEARCH = 240
"""Pixels the search box keeps before the other boxes move under it."""


class FilterLine(QWidget):
    """Search box, one box a filtered field, the menu of saved filters. `changed` asks to look again."""

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        model: type[Record],
        fields: Sequence[str],
        books: Lookup,
        memory: QSettings,
        ask: Ask,
        hint: str,
    ) -> None:
        super().__init__()
        self._model, self._books, self._memory, self._ask = model, books, memory, ask
        self._key = f"filters/{model.kind}"
        self.search = name(search_line(hint), "search", f"搜索{model.label}")
        self.search.setMinimumWidth(120)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self.left)
        self._boxes = {field: self._box(field) for field in fields}
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._take)
        self._saved = buttons.menu_tool("filter", "saved-filters", "已保存的筛选", self._menu)
        self._lines = (QHBoxLayout(), QHBoxLayout())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for line in self._lines:
            line.setSpacing(8)
            layout.addLayout(line)
        self._lines[0].addWidget(self.search, 1)
        self._lines[0].addWidget(self._saved)
        beneath = sum(box.minimumSizeHint().width() + 8 for box in self._boxes.values())
        self.setMinimumWidth(max(SEARCH, beneath))  # what it needs with the boxes under the search
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    def _box(self, field: str) -> ChoiceBox:
        kind = field_of(self._model, field)
        options = list(kind.options) if isinstance(kind, kinds.Choice) else []
        box = name(
            ChoiceBox([option for option in options if option], empty=kind.label),
            f"filter-{field}",
            f"按{kind.label}筛选",
        )
        box.setMaximumWidth(150)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(len(kind.label) + 1)
        box.currentIndexChanged.connect(self.changed)
        return box

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        boxes = sum(box.sizeHint().width() + 8 for box in self._boxes.values())
        self._arrange(narrow=self.width() < boxes + SEARCH + 40)

    def _arrange(self, *, narrow: bool) -> None:
        """Put the boxes beside the search, or under it where it would become too short to read."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        upper, lower = self._lines
        while lower.count():
            lower.takeAt(0)
        for place, box in enumerate(self._boxes.values(), 1):
            upper.removeWidget(box)
            if narrow:
                lower.addWidget(box)
            else:
                upper.insertWidget(place, box)
        if narrow:
            lower.addStretch(1)

    def fill_words(self) -> None:
        """Read the editable lists again, keeping what is chosen."""
        for field, box in self._boxes.items():
            kind = field_of(self._model, field)
            if isinstance(kind, kinds.Listed):
                kept = box.currentData()
                box.blockSignals(True)
                while box.count() > 1:
                    box.removeItem(1)
                for word in self._books.words(kind.terms)[:300]:
                    box.addItem(word, word)
                box.pick(kept or "")
                box.blockSignals(False)

    def query(self, now: Query) -> Query:
        """Return the query of the boxes, sorted as `now` is."""
        where = tuple((field, box.currentData()) for field, box in self._boxes.items() if box.currentData())
        return replace(now, search=self.search.text().strip(), where=where)

    @property
    def active(self) -> bool:
        """Tell whether anything is filtered."""
        return bool(self.search.text().strip()) or any(box.currentData() for box in self._boxes.values())

    def clear(self) -> None:
        """Filter nothing."""
        self._show("", {})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.active:
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def state(self) -> dict[str, str]:
        """Return the filter as plain words: the search under "", values under their fields."""
        values = {field: box.currentData() for field, box in self._boxes.items() if box.currentData()}
        return {"": self.search.text().strip(), **values}

    def _show(self, search: str, values: dict[str, str]) -> None:
        for field, box in self._boxes.items():
            box.blockSignals(True)
            box.pick(values.get(field, ""))
            box.blockSignals(False)
        self.search.setText(search)
        self.changed.emit()

    def mark(self) -> None:
        """Show which boxes filter."""
        for box in self._boxes.values():
            set_property(box, "filtering", bool(box.currentData()))

    def _saved_filters(self) -> dict[str, dict[str, str]]:
        try:
            saved = json.loads(str(self._memory.value(self._key) or "{}"))
        except ValueError:
            return {}
        return saved if isinstance(saved, dict) else {}

    def _fill_menu(self) -> None:
        self._menu.clear()
        saved = self._saved_filters()
        for words in saved:
            self._entry(words, "show", words)
        if saved:
            self._menu.addSeparator()
        self._entry("保存当前筛选…", "save", "", enabled=self.active)
        self._entry("清除筛选", "clear", "", enabled=self.active)
        if saved:
            gone = self._menu.addMenu("删除已保存的筛选")
            for words in saved:
                entry = gone.addAction(shown_text(words))
                entry.setData(("forget", words))

    def _entry(self, text: str, does: str, words: str, *, enabled: bool = True) -> QAction:
        entry = self._menu.addAction(shown_text(text))
        entry.setData((does, words))
        entry.setEnabled(enabled)
        return entry

    def _take(self, entry: QAction) -> None:
        does, words = entry.data() or ("", "")
        saved = self._saved_filters()
        match does:
            case "show":
                self._show(saved[words].get("", ""), saved[words])
            case "clear":
                self.clear()
            case "forget":
                saved.pop(words, None)
                self._memory.setValue(self._key, json.dumps(saved, ensure_ascii=False))
            case "save":
                if called := self._ask.text("保存当前筛选", label="给这个筛选起个名字："):
                    saved[called[:40]] = self.state()
                    self._memory.setValue(self._key, json.dumps(saved, ensure_ascii=False))
