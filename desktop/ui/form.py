"""The form of a record: it loads and stores, never binds; faults stand beside their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.base import Record, kinds_of
from desktop.ui.editors import Editor, EditorMaker, Lookup, editor_for
from desktop.ui.field_row import FieldRow
from desktop.ui.labels import Banner, Text, Tone
from desktop.ui.naming import name
from desktop.ui.sections import TWO_COLUMNS, Section

LABEL_MOST = 150


class FieldForm(QScrollArea):
    """The fields of one record type in sections. `changed` tells whether there is something unsaved.

    Enter moves to the next box; after the last one `finished` is announced. Loading never counts as an
    edit and never saves. With `later` the boxes are made one a step of `building`, or all when they are asked for.
    `editors` are those of fields that want another box than their kind has.
    """

    changed = Signal(bool)
    finished = Signal()

    def __init__(
        self,
        model: type[Record],
        sections: Sequence[Section],
        books: Lookup,
        *,
        label: int = 96,
        later: bool = False,
        editors: Mapping[str, EditorMaker] | None = None,
    ) -> None:
        super().__init__()
        self._own, self.kind = editors or {}, model.kind
        name(self, f"form-{model.kind}", f"{model.label}表单")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows: dict[str, FieldRow] = {}
        self._label, self._columns = label, 0
        self._loaded: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._was_dirty = False
        self._grids: list[tuple[QGridLayout, list[FieldRow]]] = []
        self._banner = Banner(f"form-{model.kind}-banner")
        self.building = self._build({kind.name: kind for kind in kinds_of(model)}, sections, books)
        if not later:
            self._complete()

    @property
    def rows(self) -> dict[str, FieldRow]:
        """Return the rows by field id, made by now at the latest."""
        self._complete()
        return self._rows

    def _complete(self) -> None:
        for _ in self.building:
            pass

    def _build(self, kinds: dict[str, Any], sections: Sequence[Section], books: Lookup) -> Iterator[None]:
        """Make the boxes, one a step."""
        body = QWidget()
        body.setProperty("role", "surface")
        stack = QVBoxLayout(body)
        stack.setContentsMargins(16, 16, 24, 24)
        stack.setSpacing(8)
        stack.addWidget(self._banner)
        self._stack = stack
        for section in sections:
            if section.label:
                stack.addSpacing(8 if self._grids else 0)
                stack.addWidget(Text(section.label, "heading"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(8)
            rows = []
            for field in section.fields:
                rows.append(self._row(self._own.get(field, editor_for)(kinds[field], books)))
                yield
            self._grids.append((grid, rows))
            stack.addLayout(grid)
        stack.addStretch(1)
        self.setWidget(body)
        yield
        self._arrange(2 if self.width() >= TWO_COLUMNS else 1)
        yield

    def _row(self, editor: Editor) -> FieldRow:
        row = FieldRow(editor)
        editor.lock(editor.kind.stepped)
        editor.edited.connect(self._edited)
        for part in (editor.widget, *editor.widget.findChildren(QWidget)):
            part.installEventFilter(self)
        self._rows[editor.kind.name] = row
        return row

    def add_on_top(self, widget: QWidget) -> None:
        """Put a widget over the fields (what is to be known before anything is changed)."""
        self._complete()
        self._stack.insertWidget(0, widget)

    def box(self, field: str) -> Editor:
        """Return the editor of a field, by its id or its label."""
        for row in self.rows.values():
            if field in (row.editor.kind.name, row.editor.kind.label):
                return row.editor
        raise KeyError(field)

    @property
    def dirty(self) -> bool:
        """Tell whether a box shows something else than what was loaded."""
        return self._values() != self._loaded

    @property
    def edits(self) -> list[str]:
        """Return the fields whose boxes show something else than what was loaded."""
        return [field for field, text in self._values().items() if text != self._loaded.get(field)]

    @property
    def faults(self) -> dict[str, str]:
        """Return the faults shown, by field id."""
        return {field: row.fault for field, row in self.rows.items() if row.fault}

    def load(self, record: Record) -> None:
        """Show a record."""
        for field, row in self.rows.items():
            row.editor.load(held(record, field))
        self.clear_faults()
        self.settle()
        self.verticalScrollBar().setValue(0)

    def put(self, record: Record, fields: Sequence[str]) -> None:
        """Put what a record holds in these fields into their boxes, as edits that are not saved yet."""
        for field in fields:
            self.rows[field].editor.load(held(record, field))
        self._tell()

    def typed(self) -> dict[str, str]:
        """Return the texts that aren't saved, by field."""
        if not self._loaded:
            return {}
        return {field: text for field, text in self._values().items() if text != self._loaded.get(field)}

    def type_in(self, texts: Mapping[str, str]) -> None:
        """Put texts typed before into their boxes, as edits that are not saved yet."""
        for field, text in texts.items():
            if field in self.rows:
                self.rows[field].editor.type_in(text)
        self._tell()

    def settle(self) -> None:
        """Take what the boxes show as saved."""
        self._before, self._loaded = self._loaded, self._values()
        self._tell()

    def unsettle(self) -> None:
        """Count what the boxes show as unsaved again: the service refused it."""
        self._loaded = self._before
        self._tell()

    def store(self, record: Record) -> bool:
        """Read every box into the record; on faults show them, leave the record as it was, return False."""
        self.clear_faults()
        values: dict[str, Any] = {}
        faults: list[UserError] = []
        for field, row in self.rows.items():
            if row.editor.kind.stepped:
                continue
            try:
                values[field] = row.editor.store()
            except UserError as fault:
                faults.append(fault)
        before = {field: held(record, field) for field in values}
        _assign(record, values)
        faults = faults or record.faults()
        if not faults:
            return True
        _assign(record, before)
        for fault in reversed(faults):
            self.show_fault(fault)
        return False

    def show_fault(self, fault: UserError) -> None:
        """Show a fault beside its field and go there; one of no field stands on top."""
        row = self.rows.get(fault.field or "")
        if row is None:
            self._banner.say(fault.message, Tone.LATE)
            self.verticalScrollBar().setValue(0)
            return
        row.complain(fault.message)
        self.ensureWidgetVisible(row, 0, 40)
        row.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_faults(self) -> None:
        """Take every fault and warning away."""
        self._banner.say("")
        for row in self.rows.values():
            row.complain("")

    def focus_first(self) -> None:
        """Go to the first box."""
        next(iter(self.rows.values())).editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
        ):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if plain and enter and not isinstance(watched, QPlainTextEdit | QPushButton):
                self._move_on(watched)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns:
            self._arrange(2 if self.width() >= TWO_COLUMNS else 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._columns:
            self._align()

    def _move_on(self, watched: QWidget) -> None:
        rows = [row for row in self.rows.values() if row.editor.widget.isEnabled()]
        here = next((i for i, row in enumerate(rows) if row.isAncestorOf(watched)), len(rows) - 1)
        if here + 1 < len(rows):
            target = rows[here + 1].editor.widget
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(target, 0, 40)
        else:
            self.finished.emit()

    def _values(self) -> dict[str, str]:
        return {field: row.editor.value() for field, row in self.rows.items()}

    def _edited(self) -> None:
        editor = self.sender()
        if isinstance(editor, Editor) and (row := self.rows.get(editor.kind.name)):
            row.complain("")
        self._tell()

    def _tell(self) -> None:
        if self.dirty != self._was_dirty:
            self._was_dirty = not self._was_dirty
            self.changed.emit(self._was_dirty)

    def _arrange(self, columns: int) -> None:
        """Lay the rows out in one or two columns; wide fields take a line of their own."""
        if columns == self._columns:
            return
        self._columns = columns
        for grid, rows in self._grids:
            line = place = 0
            for row in rows:
                span = columns if row.wide else 1
                if place + span > columns:
                    line, place = line + 1, 0
                grid.addWidget(row, line, place, 1, span, Qt.AlignmentFlag.AlignTop)
                place += span
            for column in range(2):
                grid.setColumnStretch(column, 1 if column < columns else 0)
        self._align()

    def _align(self) -> None:
        widest = max(
            row.label.fontMetrics().horizontalAdvance(row.label.text()) for row in self._rows.values()
        )
        control = max(
            (row.editor.widget.sizeHint().height() for row in self._rows.values() if not row.wide), default=32
        )
        for row in self._rows.values():
            row.align(min(max(self._label, widest + 14), LABEL_MOST + self._label - 96), min(control, 44))


def held(record: Record, field: str) -> Any:
    """Return a field's value; a required link that is still open is None (peewee would raise)."""
    return None if record.__data__.get(field) is None else getattr(record, field)


def _assign(record: Record, values: dict[str, Any]) -> None:
    for field, value in values.items():
        setattr(record, field, value)
