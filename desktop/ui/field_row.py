"""One field of a form: label at the left, the box, and under it what is at fault."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from desktop.records.kinds import Choice, Kind, Prose, Text
from desktop.ui.editors import Editor
from desktop.ui.keys import is_enter
from desktop.ui.labels import IconLabel, StatusLabel
from desktop.ui.labels import Text as Words
from desktop.ui.naming import shown_text
from desktop.ui.tints import Tint

WIDE_FROM = 60
"""Texts that may be longer than this take the whole width of the form."""
STANDARD_POINTS, CONTROL = 10.5, 32
"""Type and height of a box in the standard size."""
DOT = 8
"""Pixels of the mark of what is required, at least: in large type it takes what it needs."""


class FieldRow(QWidget):
    """Label, box, fault; `note` is a warning that doesn't stop saving."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self._by_type = 0
        kind = editor.kind
        self.label = Words(shown_text(kind.label), "muted")
        self.label.setBuddy(editor.widget)
        self._sign = IconLabel("alert-circle", Tint.LATE, 14)
        self._words = StatusLabel(f"{kind.name}-fault", f"{kind.label}的问题", "fault", wrap=True)
        self._below = QWidget()
        self._fill_below()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.addLayout(self._heading(kind), 0, 0)
        grid.addLayout(self._boxed(), 0, 1)
        grid.addWidget(self._below, 1, 1)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._below.hide()

    @property
    def wide(self) -> bool:
        """Tell whether the field wants a line of its own."""
        kind = self.editor.kind
        if isinstance(kind, Choice):
            return False
        return isinstance(kind, Prose) or (
            isinstance(kind, Text) and kind.limit > WIDE_FROM and not kind.masked
        )

    @property
    def fault(self) -> str:
        """Return what is shown to be at fault, or ''."""
        return self._words.text() if self.editor.widget.property("fault") else ""

    @property
    def note(self) -> str:
        """Return the warning shown, or ''."""
        return "" if self.editor.widget.property("fault") else self._words.text()

    def complain(self, words: str) -> None:
        """Show a fault; '' takes it away."""
        self.editor.mark(bool(words))
        self._say(words, "fault", "alert-circle", Tint.LATE)

    def warn(self, words: str) -> None:
        """Show a warning; '' takes it away, but leaves a fault."""
        if not self.fault:
            self._say(words, "note", "alert-triangle", Tint.WARN)

    def add_under(self, widget: QWidget) -> None:
        """Put a widget under the box (what is found while one types)."""
        self._grid.addWidget(widget, 2, 1)

    def align(self, width: int, control: int) -> None:
        """Give the label the width of its column, level with the first line of the box."""
        ink = self._dot.fontMetrics().tightBoundingRect("•").width()
        self._dot.setFixedWidth(max(DOT, ink + 2))
        self._dot.setMinimumHeight(control)
        self.label.setFixedWidth(width - 10)
        self.label.setMinimumHeight(control)

    def align_by_type(self, width: int) -> None:
        """Give the label of a row that stands alone a width told in standard type, more in larger type."""
        self._by_type = width
        self.label.ensurePolished()
        growth = max(self.label.font().pointSizeF() / STANDARD_POINTS, 1.0)
        self.align(round(width * growth), min(max(self.editor.widget.sizeHint().height(), CONTROL), 44))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._by_type and event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.align_by_type(self._by_type)

    def _say(self, words: str, role: str, sign: str, tint: Tint) -> None:
        self._sign.show_icon(sign, tint)
        self._words.setProperty("role", role)
        self._words.style().polish(self._words)
        self._words.say(words)
        self._below.setVisible(bool(words))

    def _heading(self, kind: Kind) -> QHBoxLayout:
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setSpacing(2)
        dot = Words("•" if kind.required else "", "required")
        dot.setFixedWidth(DOT)
        dot.setAlignment(
            Qt.AlignmentFlag.AlignCenter
        )  # narrower than its glyph is set: only the ink must show
        dot.setToolTip("必填" if kind.required else "")
        line.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
        dot.setMinimumHeight(32)
        self._dot = dot
        return line

    def _boxed(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(0)
        box = self.editor.widget
        stretches = box.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
        # at the top: a box that grows while it is laid out would else stay where the middle was
        line.addWidget(box, 1 if stretches else 0, Qt.AlignmentFlag.AlignTop)
        if not stretches:
            line.addStretch(1)
        return line

    def _fill_below(self) -> None:
        line = QHBoxLayout(self._below)
        line.setContentsMargins(0, 0, 0, 3)
        line.setSpacing(5)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)


class EnterGoesOn(QObject):
    """Enter leads from the box of each row to that of the next one shown, from the last to `then`.

    A text of several lines and a button keep it.
    """

    def __init__(self, parent: QWidget, rows: Iterable[FieldRow], then: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._then = tuple(rows), then
        for row in self._rows:
            for part in (row.editor.widget, *row.editor.widget.findChildren(QWidget)):
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not is_enter(event) or isinstance(watched, QPlainTextEdit | QPushButton):
            return super().eventFilter(watched, event)
        shown = [row for row in self._rows if not row.isHidden()]
        here = next(at for at, row in enumerate(shown) if row.isAncestorOf(cast("QWidget", watched)))
        target = shown[here + 1].editor.widget if here + 1 < len(shown) else self._then
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True
