"""Fields of papers entered one after another: each with its pin, which keeps what it says for the next paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.ui import buttons, icons
from desktop.ui.editors import Editor
from desktop.ui.field_row import FieldRow
from desktop.ui.form import held
from desktop.ui.frame import Frame
from desktop.ui.keys import is_enter
from desktop.ui.tints import Tint

LABEL = 82


class PinRow(QWidget):
    """A field and its pin."""

    pinned_changed = Signal()

    def __init__(self, editor: Editor, *, pinned: bool) -> None:
        super().__init__()
        self.editor = editor
        self.row = FieldRow(editor)
        self.row.align_by_type(LABEL)
        label = editor.kind.label
        self.pin = cast("QToolButton", buttons.tool("pin", f"pin-{editor.kind.name}", f"固定{label}"))
        self.pin.setCheckable(True)
        self.pin.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pin.setChecked(pinned)
        self.pin.toggled.connect(self._turned)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.row, 1)
        line.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignTop)
        self._turned()

    @property
    def pinned(self) -> bool:
        """Tell whether the next paper has the same value."""
        return self.pin.isChecked()

    def _turned(self) -> None:
        label = self.editor.kind.label
        self.pin.setIcon(icons.icon("pin", Tint.ACCENT) if self.pinned else icons.icon("pin-off", Tint.MUTED))
        told = "下一张还是这个值，点一下改为每张都填" if self.pinned else "每张都填，点一下固定下来"
        self.pin.setToolTip(f"{label}：{told}")
        self.pin.setAccessibleName(f"{label}：{'已固定' if self.pinned else '不固定'}")
        self.pinned_changed.emit()


class PinnedFields(QObject):
    """The fields by name, in the order of Enter; `finished` when Enter leaves the last one, `edited` at any edit.

    `usual` are those pinned at first. Those of them that come last are filled once, before the first paper:
    Enter goes through them one by one, and from the last of them to the paper.
    """

    finished = Signal()
    edited = Signal(str)

    def __init__(self, frame: Frame, remembered: str, usual: Sequence[str]) -> None:
        super().__init__()
        self._frame, self._remembered, self._usual = frame, remembered, tuple(usual)
        kept = frame.memory.value(remembered)
        self._pins = tuple(str(kept).split(",")) if kept is not None else tuple(usual)
        self.rows: dict[str, PinRow] = {}

    def add(self, editor: Editor, *, may_stay: bool = True) -> PinRow:
        """Put a field after the others; one that may not stay has no pin."""
        field = editor.kind.name
        row = self.rows[field] = PinRow(editor, pinned=may_stay and field in self._pins)
        row.pin.setVisible(may_stay)
        row.pinned_changed.connect(self._remember)
        editor.edited.connect(lambda: self._was_edited(field))
        for part in (editor.widget, *editor.widget.findChildren(QWidget)):
            part.installEventFilter(self)
        return row

    def column(self, *parts: str | QWidget) -> QVBoxLayout:
        """Return some of the fields one below another, with other parts among them."""
        layout = QVBoxLayout()
        layout.setSpacing(8)
        for part in parts:
            layout.addWidget(self.rows[part] if isinstance(part, str) else part)
        layout.addStretch(1)
        return layout

    def box(self, field: str) -> Editor:
        """Return the editor of a field."""
        return self.rows[field].editor

    def text(self, field: str) -> str:
        """Return what is typed in a field."""
        return self.box(field).value()

    def load(self, record: Record, *, all_of_it: bool = True) -> None:
        """Show a record's values; without `all_of_it` the pinned fields keep theirs."""
        for field, row in self.rows.items():
            row.row.complain("")
            if all_of_it or not row.pinned:
                row.editor.load(held(record, field) if hasattr(type(record), field) else "")

    def typed(self) -> dict[str, str]:
        """Return the texts of all fields, the pinned ones too."""
        return {field: text for field in self.rows if (text := self.text(field))}

    def type_in(self, texts: Mapping[str, str]) -> None:
        """Put texts typed before back into their fields."""
        for field, text in texts.items():
            if field in self.rows:
                self.box(field).type_in(text)

    def store(self, record: Record) -> bool:
        """Read every field into a record; False shows the faults."""
        first: UserError | None = None
        for field, row in self.rows.items():
            row.row.complain("")
            try:
                value = row.editor.store()
            except UserError as fault:
                row.row.complain(fault.message)
                first = first or fault
                continue
            if hasattr(type(record), field):
                setattr(record, field, value)
        if first is not None:
            self.complain(first)
        return first is None

    def complain(self, fault: UserError) -> bool:
        """Show a fault beside its field and go there; False where it is of no field here."""
        row = self.rows.get(fault.field or "")
        if row is None:
            return False
        row.row.complain(fault.message)
        self.focus(fault.field or "")
        return True

    def focus(self, field: str) -> None:
        """Go to a field."""
        self.box(field).widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_enter(event) and not isinstance(watched, QPushButton) and isinstance(watched, QWidget):
            here = next(field for field, row in self.rows.items() if row.isAncestorOf(watched))
            if self.may_go_on(here):
                self.go_on(here)
            return True
        return super().eventFilter(watched, event)

    def may_go_on(self, field: str) -> bool:
        """Tell whether Enter may leave a field now."""
        return True

    def go_on(self, field: str) -> None:
        """Go to the next field that is filled anew for each paper; after the last one the fields are finished.

        Where one that stays is gone into, or the paper isn't begun, those that stay are being filled for all papers.
        """
        order = list(self.rows)
        later = order[order.index(field) + 1 :]
        stays = all(name in self._usual for name in (field, *later))
        if stays and (self.rows[field].pinned or not self.text(order[0]).strip()):
            following = next(iter(later), order[0])
        else:
            following = next((name for name in later if not self.rows[name].pinned), None)
        if following is None:
            self.finished.emit()
        else:
            self.box(following).widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _was_edited(self, field: str) -> None:
        self.rows[field].row.complain("")
        self.edited.emit(field)

    def _remember(self) -> None:
        pins = ",".join(field for field, row in self.rows.items() if row.pinned)
        self._frame.memory.setValue(self._remembered, pins)
