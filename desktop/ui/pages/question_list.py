"""The questions of a form as an ordered list with one under edit, or as text, one question a line."""

from __future__ import annotations

import copy
import json
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.records.papers import SCALE_LABELS, QuestionSort
from desktop.records.questions import Questions, as_dict, as_line, from_dict, from_line
from desktop.ui import buttons
from desktop.ui.boxes import ProseBox
from desktop.ui.editors import Editor, Lookup, editor_for
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, row
from desktop.ui.naming import name
from desktop.ui.pages.question_box import QuestionBox
from desktop.ui.plain_table import PlainTable

ROWS = 7
"""How many questions are in sight; the list scrolls beyond."""
HINT = (
    "一行一题：题型、题目、[选项|选项]，必答加 *。例如\n"
    "单选* 您的身份 [党代表|人大代表|政协委员]\n五级 您对干部工作的评价\n文字 您的意见建议"
)


class QuestionList(QWidget):
    """The editor's widget. Insert adds, Ctrl+D duplicates, Delete removes, Alt+↑ Alt+↓ move, Enter edits."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[dict[str, Any]] = []
        self.table = PlainTable("question-list", "题目列表", ("", "题目", "题型"), wide=1)
        self.table.horizontalHeader().setMinimumSectionSize(30)
        self.box = QuestionBox()
        self.text = name(ProseBox(8, 24), "question-lines-text", "题目，一行一题")
        self.text.setPlaceholderText(HINT)
        self.fault = StatusLabel("question-lines-fault", "题目写法", "fault", wrap=True)
        self._loading = False
        self._tools()
        self._lay_out()
        self._connect()

    def _tools(self) -> None:
        self.add = buttons.quiet("加一题", "add-question", "plus")
        self.twin = buttons.tool("copy", "copy-question", "复制这一题（Ctrl+D）")
        self.up = buttons.tool("arrow-up", "question-up", "上移（Alt+↑）")
        self.down = buttons.tool("arrow-down", "question-down", "下移（Alt+↓）")
        self.off = buttons.tool("trash", "remove-question", "删除这一题（Delete）")
        self.mode = buttons.quiet("文本", "question-mode", "file-text")
        self.mode.setCheckable(True)
        self.mode.setToolTip("按文本写：一行一题，适合整份粘贴")
        self.add.setToolTip("在这一题后面加一题（Insert）")

    def _lay_out(self) -> None:
        tools = row(self.add, self.twin, self.up, self.down, self.off, None, self.mode, gap=2)
        self.none = Text(
            "还没有题目。按 Insert 或点“加一题”；整份现成的问卷点“文本”粘贴进来。", "muted", wrap=True
        )
        listed = QWidget()
        listed.setLayout(column(self.none, self.table, self.box, None))
        typed = QWidget()
        typed.setLayout(
            column(self.text, self.fault, Text(HINT.replace("\n", "  "), "caption", wrap=True), None)
        )
        self._sides = QStackedWidget()
        self._sides.addWidget(listed)
        self._sides.addWidget(typed)
        self.setLayout(column(tools, self._sides, gap=4))
        self._grow()

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._chosen)
        self.box.edited.connect(self._stored)
        self.text.textChanged.connect(self._typed)
        self.mode.toggled.connect(self._turn)
        for button, slot in (
            (self.add, self.add_one),
            (self.twin, self.duplicate),
            (self.up, self.move_up),
            (self.down, self.move_down),
            (self.off, self.take_off),
        ):
            button.clicked.connect(slot)
        buttons.action(self, "加一题", "Ins").triggered.connect(self.add_one)
        buttons.action(self, "复制这一题", "Ctrl+D").triggered.connect(self.duplicate)
        buttons.action(self, "上移这一题", "Alt+Up").triggered.connect(self.move_up)
        buttons.action(self, "下移这一题", "Alt+Down").triggered.connect(self.move_down)
        buttons.action(self.table, "删除这一题", "Delete").triggered.connect(self.take_off)

    # -- what the editor asks

    def load(self, value: str) -> None:
        """Show the questions kept in a column."""
        self.questions = json.loads(value or "[]")
        self._loading = True
        self.mode.setChecked(False)
        self._loading = False
        self._fill(0)

    def value(self) -> str:
        """Return the questions as JSON, or the text typed while it can't be read."""
        if self.mode.isChecked():
            try:
                return json.dumps(self._read(), ensure_ascii=False)
            except ValueError:
                return self.text.toPlainText()
        return json.dumps(self.questions, ensure_ascii=False)

    def faults(self) -> list[str]:
        """Return what is wrong with the questions as they stand."""
        found: list[str] = []
        for place, value in enumerate(self.questions, 1):
            try:
                from_dict(value, place)
            except ValueError as reason:
                found.append(str(reason))
        return found

    # -- the list

    def _fill(self, current: int) -> None:
        self._loading = True
        self.table.fill([_shown(place, value) for place, value in enumerate(self.questions, 1)])
        self._grow()
        current = max(0, min(current, len(self.questions) - 1))
        if self.questions:
            self.table.setCurrentIndex(self.table.rows.index(current, 0))
            self.box.load(self.questions[current])
        self._loading = False
        for part in (self.box, self.table):
            part.setVisible(bool(self.questions))
        self.none.setVisible(not self.questions)
        for button in (self.twin, self.up, self.down, self.off):
            button.setEnabled(bool(self.questions) and not self.mode.isChecked())

    def _grow(self) -> None:
        rows = min(max(len(self.questions), 2), ROWS)
        pitch = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * pitch + 2)

    @property
    def here(self) -> int:
        """The place of the question under edit, from 0; -1 for none."""
        return self.table.row() if self.questions else -1

    def _chosen(self, place: int) -> None:
        if not self._loading and 0 <= place < len(self.questions):
            self.box.load(self.questions[place])

    def _stored(self) -> None:
        if self.here < 0:
            return
        self.box.store(self.questions[self.here])
        self.table.rows.rows[self.here] = _shown(self.here + 1, self.questions[self.here])
        model = self.table.rows
        model.dataChanged.emit(model.index(self.here, 0), model.index(self.here, model.columnCount() - 1))
        self.edited.emit()

    def _fresh_key(self) -> str:
        used = {str(value.get("key")) for value in self.questions}
        return next(key for number in range(1, 1000) if (key := f"q{number}") not in used)

    def add_one(self) -> None:
        """Add a question of the same sort after the one under edit, and go to its text."""
        if self.mode.isChecked():
            return
        like = (
            self.questions[self.here] if self.here >= 0 else {"sort": str(QuestionSort.CHOICE), "options": []}
        )
        scale = like["sort"] == QuestionSort.SCALE
        made = {
            "key": self._fresh_key(),
            "sort": like["sort"],
            "text": "",
            "options": list(like["options"]) or (list(SCALE_LABELS) if scale else []),
            "lines": 3,
            "required": False,
        }
        self._insert(made)
        self.box.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def duplicate(self) -> None:
        """Add a copy of the question under edit after it."""
        if self.here >= 0 and not self.mode.isChecked():
            self._insert({**copy.deepcopy(self.questions[self.here]), "key": self._fresh_key()})

    def _insert(self, value: dict[str, Any]) -> None:
        place = self.here + 1
        self.questions.insert(place, value)
        self._fill(place)
        self.edited.emit()

    def move_up(self) -> None:
        """Let the question under edit change places with the one before."""
        self._move(-1)

    def move_down(self) -> None:
        """Let the question under edit change places with the one after."""
        self._move(1)

    def _move(self, by: int) -> None:
        here, other = self.here, self.here + by
        if self.mode.isChecked() or here < 0 or not 0 <= other < len(self.questions):
            return
        self.questions[here], self.questions[other] = self.questions[other], self.questions[here]
        self._fill(other)
        self.edited.emit()

    def take_off(self) -> None:
        """Remove the question under edit; 取消 of the form brings everything back."""
        if self.here >= 0 and not self.mode.isChecked():
            here = self.here
            self.questions.pop(here)
            self._fill(here)
            self.edited.emit()

    # -- as text

    def _turn(self, as_text: bool) -> None:
        """Change between list and text; text that can't be read keeps one there."""
        if self._loading:
            self._sides.setCurrentIndex(1 if as_text else 0)
            return
        if as_text:
            self._loading = True
            self.text.setPlainText("\n".join(_line(value) for value in self.questions))
            self._loading = False
            self.fault.say("")
        else:
            try:
                self.questions = self._read()
            except ValueError as reason:
                self.fault.say(str(reason))
                self._loading = True
                self.mode.setChecked(True)
                self._loading = False
                return
        self._sides.setCurrentIndex(1 if as_text else 0)
        self.add.setEnabled(not as_text)
        self._fill(0)
        self.edited.emit()

    def _read(self) -> list[dict[str, Any]]:
        """Return the questions typed; one that was there keeps its key, so that its answers stay its own."""
        kept = {(str(value["sort"]), value["text"]): value for value in self.questions}
        lines = [line for line in self.text.toPlainText().split("\n") if line.strip()]
        found = [as_dict(from_line(line, place)) for place, line in enumerate(lines, 1)]
        used: set[str] = set()
        for value in found:
            before = kept.get((value["sort"], value["text"]), {})
            value["lines"] = before.get("lines", value["lines"])
            value["key"] = "" if before.get("key") in used else str(before.get("key", ""))
            used.add(value["key"])
        free = (f"q{number}" for number in range(1, 10_000) if f"q{number}" not in used)
        for value in found:
            value["key"] = value["key"] or next(free)
        return found

    def _typed(self) -> None:
        if self._loading:
            return
        try:
            self._read()
            self.fault.say("")
        except ValueError as reason:
            self.fault.say(str(reason))
        self.edited.emit()


def _shown(place: int, value: dict[str, Any]) -> tuple[str, ...]:
    mark = " *" if value.get("required") else ""
    return (str(place), (value["text"] or "（还没有题目）") + mark, str(value["sort"]))


def _line(value: dict[str, Any]) -> str:
    try:
        return as_line(from_dict(value, 1))
    except ValueError:
        return f"{value['sort']} {value['text']} [{'|'.join(value['options'])}]"


class QuestionsEditor(Editor):
    """The questions in a form: the list is the box."""

    def __init__(self, kind: Questions) -> None:
        self.list = QuestionList()
        super().__init__(kind, self.list)
        self.list.edited.connect(self.edited)
        self._hooked = False

    def value(self) -> str:
        return self.list.value()

    def load(self, value: str) -> None:
        if not self._hooked:
            # after the form's own filter, so that Enter in the list goes to the question, not to the next field
            self.list.table.installEventFilter(self)
            self._hooked = True
        self.list.load(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.key() in enter and not event.modifiers():
            if event.type() == QEvent.Type.KeyPress:
                self.list.box.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)


@editor_for.register
def _(kind: Questions, books: Lookup) -> Editor:
    return QuestionsEditor(kind)
