"""The boxes one types into: as wide as what goes in, quiet under the wheel, with suggestions or a mask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
)

from desktop.ui import icons
from desktop.ui.keys import is_enter
from desktop.ui.naming import name
from desktop.ui.tints import Tint

Suggestions = Sequence[tuple[str, Any]]
"""What a box offers for what is typed: (text shown, what it stands for)."""
TYPING = (QEvent.Type.FocusIn, QEvent.Type.KeyPress, QEvent.Type.InputMethod)
BESIDE_TEXT = 44
"""Pixels of a choice box that are not its text: both edges and the arrow, and some to spare."""


def leaves_undo(event: QEvent, own_undo: bool) -> bool:
    """Return whether Ctrl+Z is for the page: Qt's boxes claim it even where nothing typed can be taken back."""
    return (
        not own_undo
        and event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
    )


class LineBox(QLineEdit):
    """One line, `columns` half-width characters wide; 0 columns is as wide as there is room."""

    def __init__(self, columns: int = 0) -> None:
        super().__init__()
        self._columns = columns
        wide = QSizePolicy.Policy.Expanding if columns == 0 else QSizePolicy.Policy.Preferred
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.isUndoAvailable()):
            return False
        return super().event(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._columns:
            hint.setWidth(self.fontMetrics().horizontalAdvance("0") * self._columns + 24)
        return hint

    def set_columns(self, columns: int) -> None:
        """Take another width, in half-width characters."""
        self._columns = columns
        self.updateGeometry()

    def typed(self) -> str:
        """Return the text typed (a masked box shows another)."""
        return self.text()

    def fill(self, text: str) -> None:
        """Put a text in without it counting as typed."""
        self.setText(text)
        self.setCursorPosition(0)


class SearchBox(QLineEdit):
    """A line to search by, which leaves Ctrl+Z to the page where nothing typed can be taken back."""

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.isUndoAvailable()):
            return False
        return super().event(event)


def search_line(hint: str, sign: str = "search") -> QLineEdit:
    """Return a line to search by: its sign before, its button that empties it behind."""
    box = SearchBox(placeholderText=hint, clearButtonEnabled=True)
    for button in box.findChildren(QToolButton):
        name(button, "clear", "清空")
    box.addAction(icons.icon(sign, Tint.MUTED), QLineEdit.ActionPosition.LeadingPosition)
    for button in box.findChildren(QToolButton):
        if not button.objectName():
            name(button, "sign", hint)
    return box


class MaskedBox(LineBox):
    """A number that is hidden but while it is edited, or while its eye is open."""

    def __init__(self, columns: int, mask: Callable[[str], str], what: str) -> None:
        super().__init__(columns)
        self._mask, self._full, self._what = mask, "", what
        self._eye = self.addAction(icons.icon("eye", Tint.MUTED), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.setToolTip("显示完整号码")
        self._eye.toggled.connect(self._opened)
        self.textEdited.connect(self._keep)
        self._name_button()

    def typed(self) -> str:
        return self._full

    def fill(self, text: str) -> None:
        self._full = text
        self._eye.setChecked(False)
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()

    def _keep(self, text: str) -> None:
        self._full = text

    def _opened(self, opened: bool) -> None:
        self._eye.setIcon(icons.icon("eye-off" if opened else "eye", Tint.MUTED))
        self._eye.setToolTip("遮住号码" if opened else "显示完整号码")
        self._show()

    def _show(self) -> None:
        text = self._full if self.hasFocus() or self._eye.isChecked() else self._mask(self._full)
        if text != self.text():
            self.setText(text)

    def _name_button(self) -> None:
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(f"显示{self._what}")
            button.setObjectName("eye")


class Offers(QCompleter):
    """A list below a box in which no row is gone to but by the arrows: Qt would go to the first that begins alike.

    Enter would take that row, of two namesakes the first.
    """

    def splitPath(self, path: str) -> list[str]:
        return ["\0"]


class SuggestingBox(LineBox):
    """A line that offers what `suggest` finds for what is typed; ↓ or its arrow offers everything."""

    chosen = Signal(object)

    def __init__(self, columns: int, suggest: Callable[[str], Suggestions], *, arrow: bool = True) -> None:
        super().__init__(columns)
        self._suggest = suggest
        self._model = QStandardItemModel(self)
        self.textEdited.connect(self._look_up)
        if arrow:
            opens = self.addAction(
                icons.icon("chevron-down", Tint.MUTED), QLineEdit.ActionPosition.TrailingPosition
            )
            opens.setToolTip("可选的词（↓）")
            opens.triggered.connect(self.offer_all)
            for button in self.findChildren(QToolButton):
                name(button, "offer", "可选的词")

    @cached_property
    def _offers(self) -> QCompleter:
        """Return the list below, made when the box is gone into: it costs more than the box itself."""
        popup = name(QListView(), "suggestions", "可选的词")
        popup.setProperty("role", "popup")
        popup.setUniformItemSizes(True)
        offers = Offers(self._model, self)
        offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        offers.setMaxVisibleItems(10)
        offers.setPopup(popup)
        offers.activated[QModelIndex].connect(self._activated)  # pyright: ignore
        self.setCompleter(offers)
        return offers

    def event(self, event: QEvent) -> bool:
        if event.type() in TYPING:
            _ = self._offers  # Qt's box asks for it before it says that something was typed
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._offers.popup()
        is_open = bool(popup and popup.isVisible())
        if event.key() == Qt.Key.Key_Down and not is_open:
            self.offer_all()
        elif is_open and is_enter(event) and not self.on_offer:
            self.put_away()  # Enter went to the list: what moves on to the next box has not seen it yet
            again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QCoreApplication.sendEvent(self, again)
        else:
            super().keyPressEvent(event)

    def offer_all(self) -> None:
        """Open the list of everything, as if nothing were typed."""
        self.offer("")

    def offer(self, text: str) -> None:
        """Open the list of what a text may mean."""
        self._look_up(text)
        self._offers.complete()

    def put_away(self) -> None:
        """Close the list below."""
        if popup := self._offers.popup():
            popup.hide()

    @property
    def on_offer(self) -> bool:
        """Tell whether a row of the list below is gone to."""
        popup = self._offers.popup()
        return bool(popup and popup.isVisible() and popup.currentIndex().isValid())

    def _look_up(self, text: str) -> None:
        self._model.clear()
        for words, meant in self._suggest(text):
            item = QStandardItem(words)
            item.setData(meant, Qt.ItemDataRole.UserRole)
            item.setToolTip("")
            self._model.appendRow(item)

    def _activated(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))


class ChoiceBox(QComboBox):
    """A closed list; the wheel scrolls the form and never changes what was chosen."""

    def __init__(self, options: Sequence[str], *, empty: str | None = None) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._popup: QListView | None = None
        if empty is not None:
            self.addItem(empty, "")
        for option in options:
            self.addItem(option, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        """Return Qt's width and the room it forgets: the style's padding beside the arrow."""
        return super().sizeHint() + QSize(12, 0)

    def showPopup(self) -> None:
        """Open the list; it is made when it is first asked for: it costs more than the box itself."""
        if self._popup is None:
            self._popup = name(QListView(self), "options", "可选项")
            self._popup.setProperty("role", "popup")
            self.setView(self._popup)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is chosen, with … where it is too long: Qt would cut it in the middle of a character."""
        if self.fontMetrics().horizontalAdvance(self.currentText()) + BESIDE_TEXT <= self.width():
            super().paintEvent(event)
        else:
            self._paint_cut()

    def _paint_cut(self) -> None:
        # the style's own words are two thousand; no box of the first picture needs them
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width() - 4
        option.currentText = option.fontMetrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def pick(self, value: str) -> None:
        """Show a value; one that the list doesn't have is shown all the same, so that nothing is lost."""
        row = self.findData(value)
        if row < 0 and value:
            self.addItem(value, value)
            row = self.count() - 1
        self.setCurrentIndex(max(row, 0) if value or self.findData("") >= 0 else -1)


class ProseBox(QPlainTextEdit):
    """Several lines: grows with what is typed from `least` to `most` lines, Tab leaves it."""

    def __init__(self, least: int = 3, most: int = 14) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setMaximumWidth(760)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.document().isUndoAvailable()):
            return False
        return super().event(event)

    def set_lines(self, least: int, most: int) -> None:
        """Grow from another number of lines to another."""
        self._least, self._most = least, most
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _lines(self) -> int:
        """Return how many lines the text takes in this width, as far as the box grows: Qt breaks them only at painting."""
        layout, block, lines = self.document().documentLayout(), self.document().firstBlock(), 0
        while block.isValid() and lines < self._most:
            layout.blockBoundingRect(block)
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        return lines

    def _grow(self) -> None:
        line = self.fontMetrics().lineSpacing()
        lines = min(max(self._lines(), self._least), self._most)
        wanted = line * lines + 18
        if self.height() != wanted or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
