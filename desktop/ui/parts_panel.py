"""The rows that belong to a record (identities of a person, items of a programme): list above, one row below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record, show
from desktop.records.listing import Query, field_of
from desktop.ui import buttons
from desktop.ui.editors import EditorMaker
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState
from desktop.ui.layouts import hairline
from desktop.ui.naming import set_property
from desktop.ui.plain_table import PlainTable
from desktop.ui.sections import Section


class PartsPanel(QWidget):
    """Keeps the rows of `model` whose field `link` is the owner. Insert adds, Delete removes, Ctrl+Enter saves.

    `changed` tells that rows were saved or removed.
    """

    changed = Signal()
    MOST = 500
    LOW = 620
    """Pixels of height under which the row of a panel with long texts takes the place of the list."""

    def __init__(
        self,
        frame: Frame,
        model: type[Record],
        link: str,
        fields: Sequence[str],
        *,
        shown: Sequence[str] = (),
        sort: str = "",
        descending: bool = False,
        purpose: str = "",
        wide: int = -1,
        long_texts: bool = False,
        editors: Mapping[str, EditorMaker] | None = None,
    ) -> None:
        super().__init__()
        self._long_texts = long_texts
        set_property(self, "role", "surface")
        self._frame, self._model, self._link = frame, model, link
        self._order = (sort, descending)
        self._kinds = [field_of(model, field) for field in (shown or fields)]
        self.owner: Record | None = None
        self.part: Record | None = None
        self._rows: list[Record] = []
        key = self.kind = model.kind
        self.table = PlainTable(
            f"parts-{key}", f"{model.label}列表", [kind.label for kind in self._kinds], wide=wide
        )
        self.fields = FieldForm(
            model, (Section("", tuple(fields)),), frame.desk.books, later=True, editors=editors
        )
        self.add = buttons.quiet(f"添加{model.label}", f"add-{key}", "plus")
        self.remove = buttons.quiet("移除", f"remove-{key}", "trash")
        self.drop = buttons.plain("取消", f"drop-{key}")
        self.keep = buttons.primary(f"保存{model.label}", f"keep-{key}")
        self.add.setToolTip("Insert")
        self.remove.setToolTip("Delete")
        first = buttons.plain(f"添加{model.label}", f"first-{key}", "plus")
        first.clicked.connect(self.start)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(EmptyState("list", f"还没有{model.label}", purpose, first))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 4, 8, 4)
        tools.addWidget(self.add)
        tools.addWidget(self.remove)
        tools.addStretch(1)
        self._tools = tools
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 24, 8)
        below.setSpacing(8)
        below.addStretch(1)
        below.addWidget(self.drop)
        below.addWidget(self.keep)
        self._editing = QWidget()
        edited = QVBoxLayout(self._editing)
        edited.setContentsMargins(0, 0, 0, 0)
        edited.setSpacing(0)
        edited.addWidget(hairline())
        edited.addWidget(self.fields, 1)
        edited.addLayout(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(tools)
        layout.addWidget(self._lists, 2)
        layout.addWidget(self._editing, 3)
        self._editing.hide()

    def add_tool(self, button: QWidget) -> None:
        """Put a button at the right end of the line over the list."""
        self._tools.addWidget(button)

    def _connect(self) -> None:
        self.add.clicked.connect(self.start)
        self.remove.clicked.connect(self.take_off)
        self.keep.clicked.connect(self.save)
        self.drop.clicked.connect(self.leave)
        self.table.row_chosen.connect(self._chosen, Qt.ConnectionType.QueuedConnection)
        self.fields.finished.connect(self.keep.setFocus)
        self.fields.changed.connect(self._follow)
        buttons.action(self, "添加一行", "Ins").triggered.connect(self.start)
        buttons.action(self.table, "移除这一行", "Delete").triggered.connect(self.take_off)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, "保存这一行", keys).triggered.connect(self._save_and_next)
        for part in (self.add, self.remove, self.keep):
            part.setEnabled(not self._frame.read_only)

    @property
    def dirty(self) -> bool:
        """Tell whether the row below has unsaved edits."""
        return self.part is not None and self.fields.dirty

    def show_parts_of(self, owner: Record | None) -> None:
        """Show the rows of a record; None shows none and lets none be added."""
        self.owner = owner
        self.setEnabled(owner is not None)
        self.leave()
        self.refresh()

    def refresh(self) -> None:
        """Read the rows again."""
        self._rows = []
        if self.owner is not None:
            self._rows = self.read_rows(self.owner)
        self.table.fill([tuple(show(row, kind) for kind in self._kinds) for row in self._rows])
        self._lists.setCurrentIndex(0 if self._rows or self.part is not None else 1)
        self.remove.setEnabled(bool(self._rows) and not self._frame.read_only)

    def read_rows(self, owner: Record) -> list[Record]:
        """Return the rows that belong to a record."""
        sort, descending = self._order
        query = Query(self._model, where=((self._link, owner),), sort=sort, descending=descending)
        return self._frame.desk.books.page(query, 0, self.MOST)

    @property
    def rows(self) -> list[Record]:
        """Return the rows shown."""
        return list(self._rows)

    def start(self) -> None:
        """Begin a new row."""
        if self.owner is None or self._frame.read_only or (self.dirty and not self.save()):
            return
        part = self._frame.desk.books.new(self._model)
        setattr(part, self._link, self.owner)
        self._edit(part)
        self.table.clearSelection()
        self._lists.setCurrentIndex(0)
        self.fields.focus_first()

    def open_again(self, key: str) -> None:
        """Open a row by its key in hex to go on with it; a new one where it is '' or gone."""
        row = next((row for row in self._rows if row.id.hex() == key), None)
        if row is None:
            self.start()
        else:
            self._edit(row)

    def fill(self, part: Record) -> None:
        """Fill what the boxes don't say of a row that is about to be saved."""

    def save(self) -> bool:
        """Save the row below; faults stand beside its fields."""
        if self.part is None or not self.fields.store(self.part):
            return self.part is None
        part = self.part
        self.fill(part)
        try:
            self._frame.desk.books.save(part)
        except UserError as fault:
            self.fields.show_fault(fault)
            return False
        except TroubleError as error:
            self._frame.tell(error)
            return False
        self.leave()
        self._done(f"已保存 {part.caption()}")
        return True

    def take_off(self) -> None:
        """Remove the row chosen; the toast brings it back."""
        row = self.table.row()
        if not 0 <= row < len(self._rows) or self._frame.read_only:
            return
        part = self._rows[row]
        try:
            self._frame.desk.books.remove(part, "")
        except (UserError, TroubleError) as error:
            self._frame.tell(error)
            return
        self.leave()
        self._done(f"已移除 {part.caption()}")

    def leave(self) -> None:
        """Close the row below without saving it."""
        self.part = None
        self._editing.hide()
        self._lists.show()
        self._lists.setCurrentIndex(0 if self._rows else 1)

    def _done(self, words: str) -> None:
        self.refresh()
        self._frame.toast(words, undo=True)
        self.changed.emit()

    def _save_and_next(self) -> None:
        if self.part is None or self.save():
            self.start()

    def _edit(self, part: Record) -> None:
        self.part = part
        self.fields.load(part)
        self._lists.setHidden(self._long_texts and self.height() < self.LOW)
        self._editing.show()
        self._follow()

    def _follow(self) -> None:
        self.keep.setEnabled(not self._frame.read_only)

    def _chosen(self, row: int) -> None:
        if not 0 <= row < len(self._rows) or (self.part is not None and self.part.id == self._rows[row].id):
            return
        if self.dirty and not self.save():
            return
        self._edit(self._rows[row])
