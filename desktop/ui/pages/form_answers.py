"""One question on the entry screen: number keys choose, Enter moves on, − is 弃填."""

from __future__ import annotations

import unicodedata
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.records.papers import FormQuestion, QuestionSort
from desktop.ui.boxes import LineBox, ProseBox
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.naming import name, shown_text

SKIPPED = "弃填"
KEYS = "1234567890abcdefghijklmnop"
"""The keys of the options in order: ten digits (0 is the tenth), then letters."""


class AnswerRow(QFrame):
    """Keeps the answer of one question; `moved` asks for the next (+1) or the one before (−1)."""

    moved = Signal(int)
    changed = Signal()
    entered = Signal()

    def __init__(self, place: int, question: FormQuestion) -> None:
        super().__init__()
        self.place, self.question = place, question
        self._picked: set[int] = set()
        self._skipped = False
        self.box: QLineEdit | QPlainTextEdit | None = None
        self.chips: list[QRadioButton] = []
        self.state = StatusLabel(f"answer-{question.key}-state", f"第 {place} 题", "note")
        star = " *" if question.required else ""
        self.title = Text(f"{place}. {question.text}{star}", wrap=True)
        name(self, f"answer-{question.key}", f"第 {place} 题 {question.text}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 8)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self._box() if not question.options else self._options())
        layout.addWidget(self.state)
        self.state.hide()

    def _options(self) -> QWidget:
        side = QWidget()
        grid = QGridLayout(side)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        longest = max(len(option) for option in self.question.options)
        columns = min(
            5 if longest <= 6 else 3 if longest <= 10 else 2 if longest <= 18 else 1,
            len(self.question.options),
        )
        for number, option in enumerate(self.question.options):
            key = KEYS[number].upper() if number < len(KEYS) else " "
            chip = name(
                QRadioButton(shown_text(f"{key}  {option}")), f"option-{number + 1}", f"{number + 1} {option}"
            )
            chip.setProperty("role", "segment")
            chip.setProperty("place", "alone")
            chip.setAutoExclusive(False)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(self._clicked)
            grid.addWidget(chip, number // columns, number % columns)
            self.chips.append(chip)
        grid.setColumnStretch(columns, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return side

    def _box(self) -> QWidget:
        box: QLineEdit | QPlainTextEdit
        box = LineBox(14) if self.question.sort is QuestionSort.NUMBER else ProseBox(2, 8)
        self.box = name(box, f"answer-{self.question.key}-box", f"第 {self.place} 题 {self.question.text}")
        box.installEventFilter(self)
        box.textChanged.connect(self._typed)
        self.setFocusProxy(box)
        return box

    # -- the answer

    def answer(self) -> Any:
        """Return the answer as the service takes it; None where nothing was answered."""
        if self._skipped:
            return SKIPPED
        if self.box is not None:
            text = self.box.text() if isinstance(self.box, QLineEdit) else self.box.toPlainText()
            return (
                unicodedata.normalize("NFKC", text).strip()
                if isinstance(self.box, QLineEdit)
                else text.strip() or None
            )
        if not self._picked:
            return None
        if self.question.sort is QuestionSort.SEVERAL:
            return sorted(self._picked)
        return next(iter(self._picked))

    def load(self, value: Any) -> None:
        """Show an answer; None is empty."""
        self._skipped = value == SKIPPED
        self._picked = set()
        if self.box is not None:
            text = "" if value is None or self._skipped else str(value)
            self.box.blockSignals(True)
            self.box.setText(text) if isinstance(self.box, QLineEdit) else self.box.setPlainText(text)
            self.box.blockSignals(False)
        elif value is not None and not self._skipped:
            self._picked = set(value) if isinstance(value, list) else {int(value)}
        self._show()

    def complain(self, words: str) -> None:
        """Say what is wrong here."""
        self.state.say(words)
        self.state.setVisible(bool(words))

    def skip(self) -> None:
        """Note that the person left this question empty, and move on."""
        self._picked, self._skipped = set(), True
        self._show()
        self.changed.emit()
        self.moved.emit(1)

    def _show(self) -> None:
        for number, chip in enumerate(self.chips, 1):
            chip.setChecked(number in self._picked)
        said = (
            SKIPPED
            if self._skipped
            else "、".join(self.question.options[number - 1] for number in sorted(self._picked))
        )
        self.complain("弃填：这一题空着没有填" if self._skipped else "")
        self.setAccessibleDescription(said)

    def pick(self, number: int) -> None:
        """Choose an option by its number; one of several is switched, a single one moves on."""
        self._skipped = False
        if self.question.sort is QuestionSort.SEVERAL:
            self._picked ^= {number}
            self._show()
            self.changed.emit()
            return
        self._picked = {number}
        self._show()
        self.changed.emit()
        self.moved.emit(1)

    def _clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, QRadioButton):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.pick(self.chips.index(chip) + 1)

    def _typed(self) -> None:
        self._skipped = False
        self.complain("")
        self.changed.emit()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), unicodedata.normalize("NFKC", event.text()).lower()
        place = KEYS.find(text) if text else -1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved.emit(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_F4 or text in ("-", "−"):
            self.skip()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.load(None)
            self.changed.emit()
        elif (
            0 <= place < len(self.question.options)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.pick(place + 1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and watched is self.box:
            self.update()
            if event.gotFocus():
                self.entered.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.box:
            return self._key_in_box(event)
        return super().eventFilter(watched, event)

    def _key_in_box(self, event: QKeyEvent) -> bool:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        empty = self.answer() in (None, "", SKIPPED)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift and not control:
            self.moved.emit(1)
            return True
        if event.key() == Qt.Key.Key_F4 or (empty and event.text() in ("-", "−")):
            self.skip()
            return True
        line = isinstance(self.box, QLineEdit) or empty
        if line and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette, rect, role = self.palette(), self.rect(), QPalette.ColorRole
        if self.hasFocus() or (self.box is not None and self.box.hasFocus()):
            painter.fillRect(rect, palette.color(QPalette.ColorGroup.Active, role.AlternateBase))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), palette.color(role.Accent))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, palette.color(role.Shadow))
        painter.end()
