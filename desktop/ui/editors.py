"""Editors: the only place where kinds meet Qt. One function chooses the widget that a kind is edited with."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import singledispatch
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.errors import UserError
from desktop.records import kinds
from desktop.records.base import Record
from desktop.records.cleaning import one_line
from desktop.records.dates import show_day
from desktop.records.kinds import Kind
from desktop.ui.boxes import ChoiceBox, LineBox, MaskedBox, ProseBox, SuggestingBox
from desktop.ui.calendar import DayBox
from desktop.ui.naming import name, set_property
from desktop.ui.segments import Segments
from desktop.ui.words import matching

FEW, SHORT = 4, 16
"""Options up to this many, and this many characters in all, stand side by side."""


class Lookup(Protocol):
    """What editors ask of the office's books."""

    def words(self, terms: str) -> list[str]:
        """Return an editable list."""
        ...

    def find(self, model: type[Record], text: str, limit: int = 20) -> list[Record]:
        """Return the records that a few typed characters may mean."""
        ...


class Editor(QObject):
    """A kind on the screen: `load` shows a value, `store` reads it back, `edited` says the user changed it."""

    edited = Signal()

    def __init__(self, kind: Kind, widget: QWidget) -> None:
        super().__init__(widget)
        self.kind, self.widget = kind, widget
        name(widget, kind.name, kind.label)
        told = "；".join(filter(None, ("必填" if kind.required else "", kind.hint)))
        widget.setAccessibleDescription(told)
        widget.setToolTip(kind.hint)

    def value(self) -> str:
        """Return the text typed or chosen."""
        raise NotImplementedError

    def load(self, value: Any) -> None:
        """Show a value without it counting as an edit."""
        raise NotImplementedError

    def store(self) -> Any:
        """Return the value that the text means, checked; raises UserError at this field."""
        value = self.kind.parse(self.value())
        self.kind.check(value)
        return value

    def type_in(self, text: str) -> None:
        """Show what was typed here before and not saved, as an edit (a text may not be a value yet)."""
        self.load(self.kind.parse(text))
        self.edited.emit()

    def mark(self, at_fault: bool) -> None:
        """Draw the border of a fault, or take it away."""
        set_property(self.widget, "fault", at_fault)

    def lock(self, locked: bool) -> None:
        """Let nobody edit what only a step may change."""
        self.widget.setEnabled(not locked)


EditorMaker = Callable[[Any, Lookup], Editor]
"""Makes an editor for a kind, as `editor_for` does."""


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, kind: Kind, box: LineBox, hint: str = "") -> None:
        super().__init__(kind, box)
        self.box = box
        box.setPlaceholderText(hint)
        box.textEdited.connect(self.edited)

    def value(self) -> str:
        return self.box.typed()

    def load(self, value: Any) -> None:
        self.box.fill(self.kind.show(value))

    def type_in(self, text: str) -> None:
        self.box.fill(text)
        self.edited.emit()

    def lock(self, locked: bool) -> None:
        self.box.setReadOnly(locked)


class ListedEditor(LineEditor):
    """A word of an editable list: typed freely, or taken from the words used before."""

    def __init__(self, kind: kinds.Listed, books: Lookup, columns: int) -> None:
        box = SuggestingBox(columns, self._suggest)
        self._words, self._terms = books.words, kind.terms
        super().__init__(kind, box, kind.hint)
        box.chosen.connect(self.edited)

    def _suggest(self, text: str) -> list[tuple[str, str]]:
        return [(word, word) for word in matching(self._words(self._terms), text)]


class DayEditor(LineEditor):
    """A day: once typed it is shown as 2026-09-29 周二."""

    def __init__(self, kind: kinds.Day) -> None:
        box = DayBox(18, self._read)
        super().__init__(kind, box, "如 2026-9-29")
        box.picked.connect(self._picked)
        box.editingFinished.connect(self._settle)

    def load(self, value: datetime.date | None) -> None:
        self.box.fill(show_day(value) if value else "")

    def _read(self, text: str) -> datetime.date | None:
        try:
            return self.kind.parse(text)
        except UserError:
            return None

    def _picked(self, day: datetime.date) -> None:
        self.load(day)
        self.edited.emit()

    def _settle(self) -> None:
        if day := self._read(self.box.text()):
            self.load(day)


class SettledEditor(LineEditor):
    """A line that shows what it understood once it is left: 9点半 becomes 09:30."""

    def __init__(self, kind: Kind, box: LineBox, hint: str = "") -> None:
        super().__init__(kind, box, hint)
        box.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        try:
            self.load(self.kind.parse(self.value()))
        except UserError:
            return


class SegmentEditor(Editor):
    """A few options side by side."""

    def __init__(self, kind: kinds.Choice) -> None:
        self.strip = Segments(
            kind.label, [option for option in kind.options if option], clearable=not kind.required
        )
        super().__init__(kind, self.strip)
        self.strip.picked.connect(self.edited)

    def value(self) -> str:
        return self.strip.value()

    def load(self, value: str) -> None:
        self.strip.pick(value)

    def type_in(self, text: str) -> None:
        self.load(text)
        self.edited.emit()


class ChoiceEditor(Editor):
    """A longer closed list."""

    def __init__(self, kind: kinds.Choice) -> None:
        empty = None if kind.required else "—"
        self.box = ChoiceBox([option for option in kind.options if option], empty=empty)
        super().__init__(kind, self.box)
        self.box.activated.connect(self.edited)

    def value(self) -> str:
        return self.box.currentData() or ""

    def load(self, value: str) -> None:
        self.box.pick(value)

    def type_in(self, text: str) -> None:
        self.load(text)
        self.edited.emit()


class ProseEditor(Editor):
    """Several lines."""

    def __init__(self, kind: Kind) -> None:
        self.box = ProseBox()
        super().__init__(kind, self.box)
        self.box.setPlaceholderText(kind.hint)
        self.box.textChanged.connect(self.edited)

    def value(self) -> str:
        return self.box.toPlainText()

    def load(self, value: str) -> None:
        blocked = self.blockSignals(True)
        self.box.setPlainText(self.kind.show(value))
        self.blockSignals(blocked)

    def type_in(self, text: str) -> None:
        self.box.setPlainText(text)

    def lock(self, locked: bool) -> None:
        self.box.setReadOnly(locked)


class FlagEditor(Editor):
    """是 or 否."""

    def __init__(self, kind: kinds.Flag) -> None:
        self.box = QCheckBox(kind.hint or "是")
        super().__init__(kind, self.box)
        self.box.clicked.connect(self.edited)

    def value(self) -> str:
        return "是" if self.box.isChecked() else "否"

    def load(self, value: bool | None) -> None:
        self.box.setChecked(bool(value))


class LinkEditor(LineEditor):
    """Another record: found by name, pinyin, initials or number; namesakes are told apart."""

    def __init__(self, kind: kinds.Link, books: Lookup) -> None:
        self._find: Callable[..., list[Record]] = books.find
        self._chosen: Record | None = None
        box = SuggestingBox(36, self._suggest)
        super().__init__(kind, box, kind.hint or f"输入{kind.label}的名称、拼音或编号")
        self._target: type[Record] = kind.target
        box.textEdited.connect(self._forget)
        box.chosen.connect(self._took)
        box.editingFinished.connect(self._left)

    def load(self, value: Record | None) -> None:
        self._chosen = value
        self.box.fill(value.told_apart() if value else "")

    def type_in(self, text: str) -> None:
        """Show a text; where it names one record wholly, as choosing it made it, that one is chosen again."""
        near = self._find(self._target, text.partition("（")[0], 50) if text.strip() else []
        meant = [record for record in near if record.told_apart() == text]
        self._chosen = meant[0] if len(meant) == 1 else None
        super().type_in(text)

    def store(self) -> Record | None:
        text = self.kind.parse(self.value())
        if self._chosen is None and text:
            self._chosen = self._only(text)
        if self._chosen is None:
            self.kind.check(None)
        return self._chosen

    def _suggest(self, text: str) -> list[tuple[str, Record]]:
        return [(record.told_apart(), record) for record in self._find(self._target, text, 20)]

    def _meant(self, text: str) -> list[Any]:
        found = self._find(self._target, text, 20)
        return [record for record in found if text in (record.caption(), record.told_apart())] or found

    def _only(self, text: str) -> Record:
        exact = self._meant(text)
        if not exact:
            raise self.kind.wrong(f"中没有“{text[:20]}”，请从列表中选一个")
        if len(exact) > 1:
            some = "、".join(record.told_apart() for record in exact[:3])
            raise self.kind.wrong(f"“{text[:20]}”有 {len(exact)} 个：{some}，请从列表中选一个")
        return exact[0]

    def _forget(self) -> None:
        self._chosen = None

    def _took(self, record: Record) -> None:
        self.load(record)
        self.edited.emit()

    def _left(self) -> None:
        """Show which record was meant, where initials or a part of the name mean one alone."""
        text = one_line(self.value())
        if self._chosen is None and text and len(meant := self._meant(text)) == 1:
            self._took(meant[0])


def _columns(limit: int) -> int:
    """Return how wide a box is for texts of a limit; long ones take the room there is."""
    sizes = ((10, 12), (20, 22), (40, 34), (60, 46), (120, 64))
    return next((columns for most, columns in sizes if limit <= most), 0)


@singledispatch
def editor_for(kind: Kind, books: Lookup) -> Editor:
    """Return a new editor for a kind; `books` answers for editable lists and links."""
    return LineEditor(kind, LineBox(0), kind.hint)


@editor_for.register
def _(kind: kinds.Text, books: Lookup) -> Editor:
    return LineEditor(kind, LineBox(_columns(kind.limit)), kind.hint)


@editor_for.register
def _(kind: kinds.Name, books: Lookup) -> Editor:
    return LineEditor(kind, LineBox(34), kind.hint)


@editor_for.register
def _(kind: kinds.Prose, books: Lookup) -> Editor:
    return ProseEditor(kind)


@editor_for.register
def _(kind: kinds.Choice, books: Lookup) -> Editor:
    options = [option for option in kind.options if option]
    if len(options) <= FEW and len("".join(options)) <= SHORT:
        return SegmentEditor(kind)
    return ChoiceEditor(kind)


@editor_for.register
def _(kind: kinds.Listed, books: Lookup) -> Editor:
    return ListedEditor(kind, books, _columns(kind.limit))


@editor_for.register
def _(kind: kinds.Phone, books: Lookup) -> Editor:
    return LineEditor(kind, MaskedBox(18, kind.masked_text, kind.label), "11 位手机号")


@editor_for.register
def _(kind: kinds.IdCard, books: Lookup) -> Editor:
    return LineEditor(kind, MaskedBox(23, kind.masked_text, kind.label), "18 位")


@editor_for.register
def _(kind: kinds.Day, books: Lookup) -> Editor:
    return DayEditor(kind)


@editor_for.register
def _(kind: kinds.PartialDay, books: Lookup) -> Editor:
    return SettledEditor(kind, LineBox(16), "如 1967 或 1967-3")


@editor_for.register
def _(kind: kinds.Clock, books: Lookup) -> Editor:
    return SettledEditor(kind, LineBox(10), "如 09:00")


@editor_for.register
def _(kind: kinds.Whole, books: Lookup) -> Editor:
    return SettledEditor(kind, LineBox(10), kind.hint)


@editor_for.register
def _(kind: kinds.Flag, books: Lookup) -> Editor:
    return FlagEditor(kind)


@editor_for.register
def _(kind: kinds.Link, books: Lookup) -> Editor:
    return LinkEditor(kind, books)
