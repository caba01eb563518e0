"""The texts of a letter as they are written: boxes with {字段}, unknown ones underlined, and their faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QPlainTextEdit, QScrollArea, QWidget

from desktop.errors import UserError
from desktop.records.base import kinds_of
from desktop.records.kinds import Kind
from desktop.records.letters import LETTER_FIELDS
from desktop.records.open_days import LetterWording
from desktop.records.template import unknown
from desktop.ui import buttons
from desktop.ui.boxes import LineBox
from desktop.ui.labels import Text
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import name, set_property, shown_text
from desktop.ui.plain_table import PlainTable

LINES, PROSE = ("title", "salutation", "slip_title"), ("body", "slip")
ORDER = ("title", "salutation", "body", "slip_title", "slip")
CHIPS = 6
"""Chips side by side."""


@dataclass(frozen=True, slots=True)
class WordingFault:
    """What is wrong: in which text, at which line and column (from 1, 0 for the text as a whole)."""

    field: str
    label: str
    line: int
    column: int
    message: str


class _Underline(QSyntaxHighlighter):
    """Underlines fields that nobody knows and braces without their partner; known fields get a tint."""

    def __init__(self, document: QTextDocument, known: str, wrong: str, fields: Sequence[str]) -> None:
        super().__init__(document)
        self._fields = fields
        self._wrong, self._known = QTextCharFormat(), QTextCharFormat()
        self._wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._wrong.setUnderlineColor(QColor(wrong))
        self._wrong.setForeground(QColor(wrong))
        self._known.setForeground(QColor(known))

    def highlightBlock(self, text: str) -> None:
        for word in self._fields:
            field = f"{{{word}}}"
            start = text.find(field)
            while start >= 0:
                self.setFormat(_units(text[:start]), _units(field), self._known)
                start = text.find(field, start + 1)
        for fault in unknown(text, self._fields):
            start = fault.column - 1
            closing = (
                text.find("}", start) + 1 if fault.name or text[start : start + 2] == "{}" else start + 1
            )
            self.setFormat(_units(text[:start]), _units(text[start : max(closing, start + 1)]), self._wrong)


def _units(text: str) -> int:
    """Return the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class WordingEditor(QWidget):
    """The boxes of one wording with chips to insert its `fields`; `edited` says that something was typed."""

    edited = Signal()

    def __init__(self, known: str, wrong: str, fields: Sequence[str] = LETTER_FIELDS) -> None:
        super().__init__()
        name(self, "wording-editor", "文稿")
        self._fields = fields
        self._kinds: dict[str, Kind] = {kind.name: kind for kind in kinds_of(LetterWording)}
        self.lines: dict[str, LineBox] = {}
        self.prose: dict[str, QPlainTextEdit] = {}
        for field in LINES:
            box = name(LineBox(), f"wording-{field}", self._kinds[field].label)
            box.textChanged.connect(self._typed)
            self.lines[field] = box
        for field in PROSE:
            area = name(QPlainTextEdit(), f"wording-{field}", self._kinds[field].label)
            area.setTabChangesFocus(True)
            area.textChanged.connect(self._typed)
            self.prose[field] = area
        self._marks = [_Underline(area.document(), known, wrong, fields) for area in self.prose.values()]
        self._last: LineBox | QPlainTextEdit = self.prose["body"]
        self.faults: list[WordingFault] = []
        self._list = PlainTable("wording-faults", "文稿里的问题", ("在哪里", "问题"), wide=1)
        self._list.activated.connect(self.go_to_fault)
        self._list.setMaximumHeight(110)
        self._loading = False
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for place, field in enumerate(ORDER):
            box = self.lines.get(field) or self.prose[field]
            label = Text(self._kinds[field].label)
            label.setBuddy(box)
            side = Qt.AlignmentFlag.AlignRight
            side |= Qt.AlignmentFlag.AlignTop if field in PROSE else Qt.AlignmentFlag.AlignVCenter
            label.setContentsMargins(0, 6 if field in PROSE else 0, 0, 0)
            grid.addWidget(label, place, 0, side)
            grid.addWidget(box, place, 1)
        grid.setRowStretch(2, 5)
        grid.setRowStretch(4, 2)
        grid.setRowMinimumHeight(2, 120)
        grid.setRowMinimumHeight(4, 88)
        menu = QMenu(self)
        menu.setObjectName("wording-field-menu")
        for field in self._fields:
            chosen = menu.addAction(field)
            chosen.setData(field)
            chosen.triggered.connect(self._field_picked)
        self._menu = menu
        insert = buttons.action(self, "插入字段", "Ctrl+I")
        insert.triggered.connect(self._offer)
        body = column(self._chips(), holding(grid), self._list, gap=12)
        body.setStretch(1, 1)
        self.setLayout(body)

    def _chips(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, field in enumerate(self._fields):
            chip = buttons.plain(field, f"chip-{field}")
            chip.setProperty("field", field)
            chip.setProperty("role", "chip")
            chip.setText(shown_text(field))
            chip.setToolTip(f"在光标处插入 {{{field}}}")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(self._field_picked)
            grid.addWidget(chip, place // CHIPS, place % CHIPS)
        head = row(Text("插入字段", "muted"), None, Text("Ctrl+I 用键盘选", "caption"))
        return holding(column(head, holding(grid), gap=4))

    def scrolled(self, identifier: str, dialog: QWidget) -> QScrollArea:
        """Return the editor in an area of a dialog that scrolls upright where the window is low."""
        set_property(self, "role", "surface")
        # its dialog at once: what is measured here would have to take on its look a second time (see `Scrolled`)
        area = name(QScrollArea(dialog, widgetResizable=True), identifier, "文稿")
        area.setWidget(self)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(self.minimumSizeHint().width() + 16)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    # -- values

    def load(self, wording: LetterWording) -> None:
        """Show a wording."""
        self._loading = True
        for field, box in self.lines.items():
            box.fill(getattr(wording, field))
        for field, area in self.prose.items():
            area.setPlainText(getattr(wording, field))
        self._loading = False
        self._check()

    def values(self) -> dict[str, str]:
        """Return the texts as they would be kept."""
        typed = {field: box.text() for field, box in self.lines.items()}
        typed |= {field: area.toPlainText() for field, area in self.prose.items()}
        return {field: self._kinds[field].parse(typed[field]) for field in ORDER}

    def _typed(self) -> None:
        if not self._loading:
            self._check()
            self.edited.emit()

    def _check(self) -> None:
        self.faults = list(self._found())
        self._list.fill([(place_of(fault), fault.message) for fault in self.faults])
        self._list.setVisible(bool(self.faults))

    def _found(self) -> list[WordingFault]:
        found = []
        for field in ORDER:
            kind, text = self._kinds[field], self._text(field)
            found += [
                WordingFault(field, kind.label, fault.line, fault.column, fault.message.partition("：")[2])
                for fault in unknown(text, self._fields)
            ]
            try:
                kind.check(kind.parse(text))
            except UserError as error:
                found.append(WordingFault(field, kind.label, 0, 0, error.message))
        return found

    def _text(self, field: str) -> str:
        return self.lines[field].text() if field in self.lines else self.prose[field].toPlainText()

    # -- fields and places

    def insert(self, field: str) -> None:
        """Put {field} at the cursor of the box that was typed in last."""
        box = self._target()
        if isinstance(box, QLineEdit):
            box.insert(f"{{{field}}}")
        else:
            box.insertPlainText(f"{{{field}}}")
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _target(self) -> LineBox | QPlainTextEdit:
        focused = self.focusWidget()
        boxes: Sequence[LineBox | QPlainTextEdit] = (*self.lines.values(), *self.prose.values())
        self._last = next((box for box in boxes if box is focused), self._last)
        return self._last

    def _field_picked(self) -> None:
        sender = self.sender()
        field = sender.property("field") or getattr(sender, "data", str)()
        self.insert(str(field))

    def _offer(self) -> None:
        box = self._target()
        inside = box.cursorRect().bottomLeft()
        self._menu.popup(box.mapToGlobal(inside))

    def go_to_fault(self) -> None:
        """Put the cursor where the fault chosen in the list stands, else the first one."""
        if not self.faults:
            return
        fault = self.faults[min(max(self._list.row(), 0), len(self.faults) - 1)]
        if fault.field in self.lines:
            line = self.lines[fault.field]
            line.setCursorPosition(_units(line.text()[: max(fault.column - 1, 0)]))
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        area = self.prose[fault.field]
        block = area.document().findBlockByNumber(max(fault.line - 1, 0))
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + _units(block.text()[: max(fault.column - 1, 0)]))
        area.setTextCursor(cursor)
        area.setFocus(Qt.FocusReason.OtherFocusReason)


def place_of(fault: WordingFault) -> str:
    """Return where a fault is, as one says it."""
    return f"{fault.label} 第 {fault.line} 行第 {fault.column} 字" if fault.line else fault.label
