"""The right side of a record page: heading, tabs, the form of the first one, and its saving buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.ui import buttons
from desktop.ui.editors import Editor, EditorMaker, Lookup
from desktop.ui.form import FieldForm
from desktop.ui.labels import OneLine, StatusLabel
from desktop.ui.layouts import hairline
from desktop.ui.naming import name, set_property, shown_text
from desktop.ui.parts_panel import PartsPanel
from desktop.ui.readying import polished
from desktop.ui.sections import Section


class RecordForm(QWidget):
    """Heading and tabs around a FieldForm, 取消 and 保存 always in sight at the bottom right.

    Signals: `saving` (save this), `saving_and_next` (save, then a new one), `dropping` (forget the
    edits), `changed(bool)` (unsaved edits or none). More tabs come by `add_tab`.
    """

    changed = Signal(bool)
    saving = Signal()
    saving_and_next = Signal()
    dropping = Signal()

    def __init__(
        self,
        model: type[Record],
        sections: Sequence[Section],
        books: Lookup,
        *,
        first: str = "基本",
        later: bool = False,
        editors: Mapping[str, EditorMaker] | None = None,
    ) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.fields = FieldForm(model, sections, books, later=later, editors=editors)
        self.heading = OneLine("", "heading")
        self.status = StatusLabel("form-status", "保存状态", "caption")
        self.tabs = name(QTabBar(), "form-tabs", f"{model.label}的各部分")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self._stack = QStackedWidget()
        self.panels: list[PartsPanel] = []
        self._later: dict[int, Callable[[], QWidget]] = {}
        self.save = buttons.primary("保存", "save")
        self.save.setToolTip("Ctrl+S 保存；Ctrl+Enter 保存并新建下一个")
        self.drop = buttons.plain("取消", "drop")
        self.drop.setToolTip("放弃没有保存的修改")
        self._extra = QHBoxLayout()
        self._lay_out()
        self.add_tab(first, self.fields)
        self.tabs.currentChanged.connect(self._turn)
        self.fields.changed.connect(self._note)
        self.fields.finished.connect(self.save.setFocus)
        self.save.clicked.connect(self.saving)
        self.drop.clicked.connect(self.dropping)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self.fields, "保存并新建下一个", keys).triggered.connect(self.saving_and_next)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 24, 4)
        top.setSpacing(8)
        top.addWidget(self.heading, 1)
        top.addWidget(self.status)
        self._beside = top
        self._under = QVBoxLayout()
        self._footer = QWidget()
        bottom = QHBoxLayout(self._footer)
        bottom.setContentsMargins(16, 8, 24, 8)
        bottom.setSpacing(8)
        bottom.addLayout(self._extra)
        bottom.addStretch(1)
        bottom.addWidget(self.drop)
        bottom.addWidget(self.save)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 0, 24, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._under)
        layout.addLayout(tabs)
        layout.addWidget(hairline())
        layout.addWidget(self._stack, 1)
        layout.addWidget(hairline())
        layout.addWidget(self._footer)

    def add_tab(self, label: str, part: QWidget | Callable[[], QWidget]) -> None:
        """Add a part of the record after the others; one part alone shows no tabs.

        A function is called when its tab is first opened. The unsaved row of a PartsPanel counts as an
        unsaved edit of the record.
        """
        if isinstance(part, QWidget):
            self._stack.addWidget(part)
            self._count_in(part)
        else:
            self._later[self._stack.addWidget(QWidget())] = part
        self.tabs.addTab(shown_text(label))
        self.tabs.setVisible(self.tabs.count() > 1)

    @property
    def place(self) -> QWidget:
        """Return what holds the parts of the tabs: a part made inside it takes on its look once."""
        return self._stack

    def _count_in(self, part: QWidget) -> None:
        self.panels += [part] if isinstance(part, PartsPanel) else part.findChildren(PartsPanel)

    def _made(self, tab: int) -> None:
        """Make the part of a tab that is opened for the first time."""
        if make := self._later.pop(tab, None):
            part = make()
            self._stack.insertWidget(tab, part)
            if placeholder := self._stack.widget(tab + 1):
                self._stack.removeWidget(placeholder)
                placeholder.deleteLater()
            self._count_in(part)

    def made_ahead(self) -> Iterator[None]:
        """Make the parts of further tabs before they are opened, one a step, and let all take on the look."""
        yield from polished(self)
        for tab in tuple(self._later):
            self._made(tab)
            yield
            for panel in self.panels:
                yield from panel.fields.building
            if part := self._stack.widget(tab):
                yield from polished(part)

    def add_button(self, button: QWidget) -> None:
        """Put a button at the bottom left, away from 保存."""
        self._extra.addWidget(button)

    def add_beside_heading(self, widget: QWidget) -> None:
        """Put a widget at the right end of the heading (the steps of a record's life)."""
        self._beside.addWidget(widget)

    def add_under_heading(self, widget: QWidget) -> None:
        """Put a widget between the heading and the tabs, in sight whatever tab is open."""
        self._under.addWidget(widget)

    def box(self, field: str) -> Editor:
        """Return the editor of a field, by its id or its label."""
        return self.fields.box(field)

    @property
    def dirty(self) -> bool:
        """Tell whether there are unsaved edits."""
        return self.fields.dirty or any(panel.dirty for panel in self.panels)

    def save_parts(self) -> bool:
        """Save the unsaved rows of the panels; False where one shows a fault."""
        for panel in self.panels:
            if panel.dirty and not panel.save():
                pages = range(self._stack.count())
                inside = (at for at in pages if (page := self._stack.widget(at)) and page.isAncestorOf(panel))
                self.tabs.setCurrentIndex(next(inside))
                return False
        return True

    def show_panel(self, kind: str) -> PartsPanel | None:
        """Open the tab with the rows of a kind and return its panel; None where there is none."""
        for tab in range(self._stack.count()):
            self._made(tab)
            page = self._stack.widget(tab)
            for panel in self.panels:
                if panel.kind == kind and page is not None and (page is panel or page.isAncestorOf(panel)):
                    self.tabs.setCurrentIndex(tab)
                    return panel
        return None

    def leave_parts(self) -> None:
        """Forget the unsaved rows of the panels."""
        for panel in self.panels:
            panel.leave()

    def allow_parts(self, allowed: bool) -> None:
        """Let the further tabs be opened, or not yet (a record must be kept before it has parts)."""
        for place in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(place, allowed)

    @property
    def faults(self) -> dict[str, str]:
        """Return the faults shown, by field id."""
        return self.fields.faults

    def load(self, record: Record, heading: str) -> None:
        """Show a record under a heading."""
        self.heading.setText(heading)
        self.fields.load(record)

    def store(self, record: Record) -> bool:
        """Read the boxes into the record; False shows the faults, on the first tab."""
        stored = self.fields.store(record)
        if not stored:
            self.tabs.setCurrentIndex(0)
        return stored

    def show_fault(self, fault: UserError) -> None:
        """Show a fault that the service found."""
        self.tabs.setCurrentIndex(0)
        self.fields.show_fault(fault)

    def _turn(self, tab: int) -> None:
        """Show a tab; the panels save their own rows, so the form's buttons stay only for its own edits."""
        self._made(tab)
        inside = QApplication.focusWidget()
        if inside and (self._stack.isAncestorOf(inside) or self._footer.isAncestorOf(inside)):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)  # what is hidden gives the focus to anything
        self._stack.setCurrentIndex(tab)
        self._footer.setVisible(self._stack.currentWidget() is self.fields or self.fields.dirty)

    def _note(self, dirty: bool) -> None:
        self.status.say("有没保存的修改" if dirty else "")
        self.changed.emit(dirty)
