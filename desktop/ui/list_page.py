"""The pattern of every record page: list left, form right, and the verbs that all of them share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.records.listing import Query
from desktop.records.storing import Conflict
from desktop.ui import buttons, clash, unsaved
from desktop.ui.counting import CountBeside
from desktop.ui.filters import FilterLine
from desktop.ui.frame import Frame, Page
from desktop.ui.halves import Halves
from desktop.ui.labels import EmptyState, Text
from desktop.ui.layouts import hairline
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_side import ListSide
from desktop.ui.naming import name, set_property
from desktop.ui.readying import polished
from desktop.ui.record_view import RecordView
from desktop.ui.removing import reason_for, remove
from desktop.ui.sections import TWO_COLUMNS
from desktop.ui.tables import RecordTable, columns_of
from desktop.ui.tints import Tint
from desktop.ui.tool_line import ToolLine
from desktop.ui.unmasking import Unmasking

if TYPE_CHECKING:
    from desktop.services.drafts import Draft, Texts
    from desktop.ui.record_form import RecordForm

LIST_SHARE = 0.95
"""Of the list's usual columns must be in sight beside a form in two columns."""
FORM_MORE = 200
"""Pixels that a form in two columns takes beyond the least."""
WORDS_FROM = 900
"""Pixels of the page from which the buttons over the list show their words."""


class RecordPage(Page):
    """List, form and verbs of one record type. Subclasses set `layout_of` and may fill the hooks."""

    def __init__(self, frame: Frame, layout: ListLayout) -> None:
        super().__init__(frame)
        self.layout_of, self.books = layout, frame.desk.books
        self.record: Record | None = None
        self.fresh = False
        self._read: Record | None = None
        """The record shown as it was read, to tell what another window changed."""
        self._mine: list[str] = []
        """The fields that the last saving would have changed."""
        self._form: RecordForm | None = None
        self.unmasking: Unmasking | None = None
        self._form_steps = self._make_form()
        model = layout.model
        self.filter = FilterLine(model, layout.filters, self.books, frame.memory, frame.ask, layout.hint)
        columns = layout.columns or tuple(columns_of(model, layout.sortable))
        later = CountBeside(self, frame.workroom, self.books)
        first = Query(model, sort=layout.sort, descending=bool(layout.sort) and layout.descending)
        self.table = RecordTable(self.books, first, columns, later)
        self.view = RecordView(self.table, frame.memory, model.kind, f"{model.label}列表", layout.shown)
        self.view.copies_beside(frame)
        if layout.sort:
            self.view.show_sort(self.table.query.sort, descending=self.table.query.descending)
        self._actions()
        self._lay_out()
        self._connect()
        past = buttons.tool("history", "record-history", "修改历史（Ctrl+H）")
        past.clicked.connect(self.show_history)
        self._left.add_icon(past)
        if any(column.whole for column in columns):
            self.unmasking = Unmasking(frame, self, self.view, model.label)
            self._left.add_icon(self.unmasking.eye)
        self.filter.fill_words()
        self._tell_count()
        self._show_side()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.unmasking is not None:
            self.unmasking.mask()  # who comes back to the list asks anew

    def first_focus(self) -> QWidget:
        return self.filter.search

    # -- what subclasses may fill

    def furnish(self, form: RecordForm) -> None:
        """Add tabs and buttons to the form; called once, when it is made."""

    def opened(self, record: Record, *, fresh: bool) -> None:
        """Fill further tabs for the record that was just shown."""

    def heading(self, record: Record) -> str:
        """Return the title over the form."""
        return f"新建{record.label}" if self.fresh else record.caption()

    def blank(self) -> Record:
        """Return the record that a new form starts with."""
        return self.books.new(self.layout_of.model)

    def before_save(self, record: Record) -> bool:
        """Ask what has to be asked before saving; False stops it."""
        return True

    def keep(self, record: Record) -> None:
        """Save a record by the service of its kind; raises what that refuses."""
        self.frame.desk.books.save(record)

    def unsaved_beside(self) -> bool:
        """Tell whether something beside the form's own boxes waits to be saved with the record."""
        return False

    def typed(self) -> dict[str, dict[str, str]]:
        """Return what is typed and not saved, by part of the page."""
        return unsaved.in_form(self._form) if self._form is not None and self.record is not None else {}

    def type_in(self, texts: Texts) -> None:
        """Put texts typed before back into the parts of the page, in front of the record they belong to."""
        unsaved.into_form(self.form, texts)

    # -- building

    def _actions(self) -> None:
        label = self.layout_of.model.label
        self.new = buttons.action(self, "新建", "Ctrl+N", "plus", Tint.ON_ACCENT)
        self.save = buttons.action(self, "保存", "Ctrl+S")
        self.to_search = buttons.action(self, f"搜索{label}", "Ctrl+F")
        self.undo_last = buttons.action(self, "撤销", "Ctrl+Z", "undo")
        self.remove = buttons.action(self.view, "删除", "Delete", "trash")
        buttons.action(self, "修改历史", "Ctrl+H").triggered.connect(self.show_history)
        self.new.triggered.connect(self.start_new)
        self.save.triggered.connect(self.save_record)
        self.to_search.triggered.connect(self._to_search)
        self.undo_last.triggered.connect(self.undo)
        self.remove.triggered.connect(self.remove_chosen)
        for verb in (self.new, self.save, self.undo_last, self.remove):
            verb.setEnabled(not self.frame.read_only)

    def _lay_out(self) -> None:
        label = self.layout_of.model.label
        self.tools = ToolLine()
        new = buttons.does(buttons.primary(f"新建{label}", "new", "plus"), self.new)
        # each part lies in its place before what it holds comes in: a new place would give all of it its look anew
        self.head = QWidget(self)
        self.splitter = name(Halves(self.halves, self), f"splitter-{self.key}", "列表与表单的分隔")
        top = QHBoxLayout(self.head)
        top.setContentsMargins(24, 16, 24, 12)
        top.setSpacing(8)
        self.title = Text(label, "title")
        top.addWidget(self.title)
        top.addSpacing(8)
        top.addWidget(self.filter, 1)
        top.addWidget(self.tools)
        top.addWidget(new)
        self.first = buttons.primary(self.layout_of.first_step, "first-step", "plus")
        self.first.clicked.connect(self.start_new)
        self.nothing = EmptyState(type(self).icon, f"还没有{label}", self.layout_of.purpose, self.first)
        clear = buttons.plain("清除筛选", "clear-filter", "filter-off")
        clear.clicked.connect(self.show_all)
        unfound = EmptyState("search", "没有找到", f"没有符合当前筛选的{label}。", clear)
        self._left = ListSide(self.splitter, self.view, self.layout_of.unit, self.nothing, unfound)
        self.count, self.remove_button = self._left.counted, self._left.remove
        self._right = QStackedWidget(self.splitter)
        set_property(self._right, "role", "surface")
        self._right.addWidget(
            EmptyState("panel-left", f"从左边选一个{label}", "选中后在这里查看和修改；Ctrl+N 新建。")
        )
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self._right)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 2)
        self._right.setMinimumWidth(360)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(hairline())
        layout.addWidget(self.splitter, 1)

    def halves(self, width: int) -> tuple[int, ...]:
        """Return how wide list and form are in a width, until the user moves the line between them.

        The form has its two columns where the list keeps nearly all of its own.
        """
        left = width - TWO_COLUMNS
        if left < self.view.wanted_width * LIST_SHARE:
            form = width - round(width * 0.57)
        else:
            form = TWO_COLUMNS + min(max(left - self.view.wanted_width, 0), FORM_MORE)
        form = max(form, min(self.layout_of.form_least, round(width * 0.6)))
        return width - form, form

    def add_tool(self, button: QPushButton) -> None:
        """Put a button between the filters and 新建."""
        self.tools.add(button)

    def add_below(self, button: QPushButton) -> None:
        """Put a button that does something to the rows selected under the list."""
        self._left.add_tool(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tools.shorten(self.width() < WORDS_FROM)

    def add_first_steps(self, *steps: QPushButton) -> None:
        """Offer other first steps beside 新建 in the empty state (import, for instance)."""
        for step in steps:
            self.nothing.add_below(step)

    def _connect(self) -> None:
        self.filter.changed.connect(self.search)
        self.filter.left.connect(self._to_list)
        self.view.row_chosen.connect(self._chosen, Qt.ConnectionType.QueuedConnection)
        self.view.opened.connect(self._to_form)
        self.remove_button.clicked.connect(self.remove_chosen)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.table.counted.connect(self._selected)

    # -- the list

    def search(self) -> None:
        """Show what the filter line asks for."""
        self.table.search_for(self.filter.query(self.table.query))
        self.filter.mark()
        self._tell_count()
        self._keep_row()

    @property
    def narrowed(self) -> bool:
        """Tell whether the list shows only a part."""
        return self.filter.active

    def show_all(self) -> None:
        """Show the whole list again."""
        self.filter.clear()

    def heard(self, models: frozenset[type[Record]]) -> None:
        if self.layout_of.model in models:
            self.table.refresh()
            self._tell_count()
            self._keep_row()
            self._follow_change()
        self.filter.fill_words()

    def _follow_change(self) -> None:
        """Show the record as it is now, where it changed elsewhere and nothing is being edited here."""
        if self.record is None or self.fresh or self.form.dirty or self.unsaved_beside():
            return
        try:
            self._show(self.books.get(type(self.record), self.record.id))
        except UserError:
            self.record = None
            self._show_side()

    def _keep_row(self) -> None:
        """Go to the row of the record in front; where one is there already, other rows stay selected too."""
        if self.record is None or self.fresh:
            return
        here = self.view.currentIndex().row()
        row = self.table.row_of(self.record.id, max(here, 0))
        if row >= 0 and (row != here or not self.view.selectionModel().hasSelection()):
            self.view.blockSignals(True)
            self.view.go_to(row)
            self.view.blockSignals(False)

    def _tell_count(self) -> None:
        self._left.tell(self.table.rowCount(), filtered=self.narrowed)

    def _selected(self) -> None:
        chosen = self.view.chosen_count
        self._left.tell_chosen(self.table.rowCount(), chosen, may_remove=not self.frame.read_only)

    def _to_search(self) -> None:
        self.filter.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.search.selectAll()

    def _to_list(self) -> None:
        if not self.table.rowCount():
            return  # the list is hidden behind "没有找到": the focus would be lost
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.view.currentIndex().row() < 0:
            self.view.go_to(0)

    def _to_form(self) -> None:
        if self.record is not None:
            self.form.fields.focus_first()

    # -- drafts

    def draft(self) -> Draft | None:
        texts = self.typed()
        if not texts:
            return None
        from desktop.services.drafts import Draft

        if self.record is None or self.fresh or unsaved.piled(texts):
            return Draft(self.key, f"新的{self.layout_of.model.label}", texts)
        return Draft(
            self.key, f"{self.layout_of.model.label}“{self.record.caption()}”", texts, self.record.id
        )

    def take_up(self, draft: Draft) -> None:
        if draft.record:
            self.open_record(draft.record)
            if self.record is None or self.record.id != draft.record:
                return
        elif not unsaved.piled(draft.texts):
            self.start_new()
        self.type_in(draft.texts)

    # -- the record

    @property
    def form(self) -> RecordForm:
        """Return the form, made by the time the first record is shown: a list alone opens in half the time."""
        for _ in self._form_steps:
            pass
        assert self._form is not None
        return self._form

    def ready(self) -> Iterator[None]:
        yield from polished(self)
        yield from self._form_steps
        yield from self.form.made_ahead()

    def _make_form(self) -> Iterator[None]:
        """Make the form, a box a step; where one fails, begin anew when it is asked for again."""
        from desktop.ui.record_form import (
            RecordForm,  # its boxes, calendar and all: a list alone needs none of them
        )

        layout = self.layout_of
        try:
            form = RecordForm(
                layout.model, layout.sections, self.books, first=layout.first_tab, later=True,
                editors=layout.editors(),
            )  # fmt: skip
            yield
            yield from form.fields.building
            self._furnish(form)
        finally:
            if self._form is None:
                self._form_steps = self._make_form()

    def _furnish(self, form: RecordForm) -> None:
        form.saving.connect(self.save_record)
        form.saving_and_next.connect(self._save_and_next)
        form.dropping.connect(self.drop_edits)
        self.furnish(form)
        self._right.addWidget(form)
        self._form = form

    def open_record(self, key: bytes) -> None:
        if not self.may_leave():
            return
        try:
            self._show(self.books.get(self.layout_of.model, key))
        except UserError as error:
            self.frame.tell(error)
            return
        self._keep_row()

    def start_new(self) -> None:
        """Begin a new record, after asking about unsaved edits."""
        if not self.may_leave():
            return
        self.view.blockSignals(True)
        self.view.go_to(-1)
        self.view.blockSignals(False)
        self._show(self.blank(), fresh=True)
        self.form.tabs.setCurrentIndex(0)
        self.form.fields.focus_first()

    def save_record(self) -> bool:
        """Save the record shown; faults stand in the form, anything else in the message bar."""
        record = self.record
        if record is None or not self.form.save_parts():
            return record is None
        if not (self.form.fields.dirty or self.fresh or self.unsaved_beside()):
            return True
        if not self.form.store(record) or not self.before_save(record):
            return False
        was_new, self._mine = self.fresh, self.form.fields.edits
        try:
            self.fresh = False
            self.form.fields.settle()
            self.keep(record)
        except (UserError, TroubleError) as error:
            self.fresh = was_new
            self._refused(error)
            return False
        self._show(record)
        self._keep_row()
        self.frame.toast(f"已{'新建' if was_new else '保存'} {record.caption()}", undo=True)
        return True

    def _refused(self, error: UserError | TroubleError) -> None:
        self.form.fields.unsettle()
        if isinstance(error, Conflict) and error.theirs is not None:
            self._settle_clash(error.theirs)
        elif isinstance(error, UserError):
            self.form.show_fault(error)
        else:
            self.frame.tell(error)

    def _settle_clash(self, theirs: Record) -> None:
        """Let the user decide what becomes of edits on a record that changed elsewhere; nothing is saved.

        Who goes on editing keeps what was read, and is asked again at the next saving.
        """
        mine, read = self.record, self._read
        if mine is None or read is None:
            return
        labels = [self.form.box(field).kind.label for field in self._mine]
        answer = clash.ask_about(self.frame.ask, theirs, read, labels)
        if answer == clash.GO_ON:
            return
        if answer == clash.KEEP and self.unsaved_beside():
            self._load(theirs)  # what waits beside the boxes would go away with the rest of what is shown
        else:
            self._show(theirs)
        if answer == clash.KEEP:
            self.put_edits(mine, self._mine)

    def put_edits(self, mine: Record, fields: Sequence[str]) -> None:
        """Put what `mine` holds in these fields into the form, as edits that are not saved yet."""
        self.form.fields.put(mine, fields)

    def _save_and_next(self) -> None:
        if self.save_record():
            self.start_new()

    def drop_edits(self) -> None:
        """Forget the edits: a new record goes away, another is shown as it is kept."""
        if self.record is None or self.fresh:
            self.record, self.fresh = None, False
            self._show_side()
            return
        self.form.leave_parts()
        self._show(self.books.get(type(self.record), self.record.id))

    def remove_chosen(self) -> None:
        """Remove the records selected, with a reason."""
        chosen = self.view.chosen_ids()
        if not chosen or self.frame.read_only:
            return
        model = self.layout_of.model
        several = f"这 {len(chosen):,} {self.layout_of.unit}"
        what = several if len(chosen) > 1 else self.books.get(model, chosen[0]).caption()
        why = self.why_remove(what)
        if why is None:
            return
        self.record, self.fresh = None, False
        self._show_side()
        remove(self.frame, self.window(), what, model, chosen, why, self._removed)

    def why_remove(self, what: str) -> str | None:
        """Ask why something is removed; None where it stays."""
        return reason_for(self.frame, what)

    def show_history(self) -> None:
        """Show what happened to the record in front."""
        if self.record is not None and not self.fresh:
            from desktop.ui.history_dialog import HistoryDialog  # seldom asked for: a start needs none of it

            HistoryDialog(self.frame, self.record, self.window()).open()

    def _removed(self, what: str) -> None:
        self.frame.toast(f"已删除 {what}", undo=True)
        self._show_side()

    def may_leave(self) -> bool:
        if self.record is None or not (self.form.dirty or self.unsaved_beside()):
            return True
        what = "新填的内容" if self.fresh else f"“{self.record.caption()}”的修改"
        answer = self.frame.ask.choose(f"{what}还没有保存", ("保存", "放弃修改", "继续编辑"))
        if answer == "保存":
            return self.save_record()
        if answer == "放弃修改":
            self.drop_edits()
            return True
        return False

    def _chosen(self, key: bytes) -> None:
        if not key or (self.record is not None and not self.fresh and key == self.record.id):
            return
        if self.may_leave():
            try:
                chosen = self.books.get(self.layout_of.model, key)
            except UserError:
                return  # taken back while the row was gone to: the list is being read again
            self._show(chosen)
            self._keep_row()
        else:
            self.view.blockSignals(True)
            self.view.go_to(self.table.row_of(self.record.id) if self.record and not self.fresh else -1)
            self.view.blockSignals(False)

    def _show(self, record: Record, *, fresh: bool = False) -> None:
        self._load(record, fresh=fresh)
        self.form.allow_parts(not fresh)
        if fresh:
            self.form.tabs.setCurrentIndex(0)
        self.opened(record, fresh=fresh)
        self._show_side()

    def _load(self, record: Record, *, fresh: bool = False) -> None:
        self.record, self.fresh = record, fresh
        self._read = None if fresh else clash.as_read(record)
        self.form.load(record, self.heading(record))

    def _show_side(self) -> None:
        self._right.setCurrentIndex(1 if self.record is not None else 0)
        empty = self.table.rowCount() == 0 and not self.narrowed
        self._right.setVisible(self.record is not None or not empty)
