"""One question of a form under edit: sort, text, options one a line, required, lines to write on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.records.papers import SCALE_LABELS, QuestionSort
from desktop.ui.boxes import ChoiceBox, ProseBox
from desktop.ui.labels import Text
from desktop.ui.layouts import column, row
from desktop.ui.naming import name
from desktop.ui.segments import Segments

WITH_OPTIONS = (QuestionSort.CHOICE, QuestionSort.SEVERAL, QuestionSort.SCALE)
LINES = range(1, 21)


class QuestionBox(QWidget):
    """Loads and stores the plain values of one question; `edited` says that something was changed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        name(self, "question", "这一题")
        self._loading = False
        self._kept_options = ""
        self.sort = name(Segments("题型", list(QuestionSort), clearable=False), "question-sort", "题型")
        self.text = name(ProseBox(1, 4), "question-text", "题目")
        self.text.setPlaceholderText("题目，如“您对组织部门干部选拔任用工作的评价是”")
        self.options = name(ProseBox(2, 10), "question-options", "选项，一行一个")
        self.options.setPlaceholderText("一行一个选项")
        self.required = name(QCheckBox("必答"), "question-required", "必答")
        self.lines = name(ChoiceBox([str(number) for number in LINES]), "question-lines", "留几行")
        self._lay_out()
        self.sort.picked.connect(self._sorted)
        self.text.textChanged.connect(self._changed)
        self.options.textChanged.connect(self._changed)
        self.required.clicked.connect(self._changed)
        self.lines.activated.connect(self._changed)
        self.text.installEventFilter(self)

    def _lay_out(self) -> None:
        self._lines_row = QWidget()
        self._lines_row.setLayout(row(Text("留", "muted"), self.lines, Text("行", "muted"), None))
        whole = column(
            self.sort, self.text, self.options, self._lines_row, self.required, gap=6, margins=(0, 4, 0, 0)
        )
        self.setLayout(whole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                following = self.options if self.options.isVisible() else self.required
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def load(self, value: dict[str, Any]) -> None:
        """Show a question without it counting as an edit."""
        self._loading = True
        self._kept_options = ""
        self.sort.pick(str(value["sort"]))
        if self.text.toPlainText() != value["text"]:
            self.text.setPlainText(str(value["text"]))
        options = "\n".join(value.get("options") or ())
        if self.options.toPlainText() != options:
            self.options.setPlainText(options)
        self.required.setChecked(bool(value.get("required")))
        self.lines.pick(str(value.get("lines") or 3))
        self._show_rows()
        self._loading = False

    def store(self, value: dict[str, Any]) -> None:
        """Put what the boxes show into the plain values of a question."""
        value["sort"] = self.sort.value() or str(QuestionSort.CHOICE)
        value["text"] = " ".join(self.text.toPlainText().split())
        with_options = value["sort"] in WITH_OPTIONS
        lines = [line.strip() for line in self.options.toPlainText().splitlines()]
        value["options"] = [line for line in lines if line] if with_options else []
        value["required"] = self.required.isChecked()
        value["lines"] = int(self.lines.currentData() or 3)

    def _show_rows(self) -> None:
        sort = self.sort.value()
        self.options.setVisible(sort in WITH_OPTIONS)
        self._lines_row.setVisible(sort == QuestionSort.TEXT)

    def _sorted(self) -> None:
        scale, options = self.sort.value() == QuestionSort.SCALE, self.options.toPlainText()
        self._loading = True
        if scale and len(options.split("\n")) != len(SCALE_LABELS):
            self._kept_options = options
            self.options.setPlainText("\n".join(SCALE_LABELS))
        elif not scale and self._kept_options:
            self.options.setPlainText(self._kept_options)
            self._kept_options = ""
        self._loading = False
        self._show_rows()
        self._changed()

    def _changed(self) -> None:
        if not self._loading:
            self.edited.emit()
