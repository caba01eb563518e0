"""本单位: the one row that says who this office is, and the rules it works by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.records.staff import Office
from desktop.ui import buttons, unsaved
from desktop.ui.frame import Frame, Page
from desktop.ui.record_form import RecordForm
from desktop.ui.sections import Section

if TYPE_CHECKING:
    from desktop.services.drafts import Draft

SECTIONS = (
    Section("单位与信函", ("name", "letterhead", "signature", "head", "contact", "number_mark")),
    Section("信封和名单", ("address", "postcode", "name_order")),
    Section("时限", ("reply_days", "letters_before", "notice_before")),
    Section("字体", ("own_fonts",)),
)


class OfficePanel(Page):
    """One form, saved as a whole."""

    key, label, icon = "office", "本单位", "building"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.office: Office | None = None
        self.form = RecordForm(Office, SECTIONS, frame.desk.books, later=True)
        self.form.saving.connect(self.save)
        self.form.dropping.connect(self._load)
        self.form.save.setEnabled(not frame.read_only)
        buttons.action(self, "保存", "Ctrl+S").triggered.connect(self.save)
        buttons.action(self, "撤销", "Ctrl+Z").triggered.connect(self.undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)

    def shown(self) -> None:
        if self.office is None:
            self._load()

    def ready(self) -> Iterator[None]:
        yield from self.form.fields.building
        self.shown()
        yield
        yield from self.form.made_ahead()

    @property
    def dirty(self) -> bool:
        """Tell whether there are unsaved edits."""
        return self.office is not None and self.form.fields.dirty

    def save(self) -> bool:
        """Save the settings; faults stand beside their fields."""
        if self.office is None or not self.dirty:
            return True
        if not self.form.store(self.office):
            return False
        try:
            self.form.fields.settle()
            self.frame.desk.books.save(self.office)
        except UserError as fault:
            self.form.fields.unsettle()
            self.form.show_fault(fault)
            return False
        except TroubleError as error:
            self.form.fields.unsettle()
            self.frame.tell(error)
            return False
        self.frame.toast("已保存本单位设置", undo=True)
        return True

    def first_focus(self) -> QWidget:
        return self.form.box("name").widget

    def may_leave(self) -> bool:
        if not self.dirty:
            return True
        answer = self.frame.ask.choose("本单位设置的修改还没有保存", ("保存", "放弃修改", "继续编辑"))
        if answer == "放弃修改":
            self._load()
        return self.save() if answer == "保存" else answer == "放弃修改"

    def draft(self) -> Draft | None:
        if not self.dirty:
            return None
        from desktop.services.drafts import Draft

        return Draft(self.key, "本单位设置", unsaved.in_form(self.form))

    def take_up(self, draft: Draft) -> None:
        self.shown()
        unsaved.into_form(self.form, draft.texts)

    def heard(self, models: frozenset[type[Record]]) -> None:
        if Office in models and not self.dirty:
            self._load()

    def _load(self) -> None:
        try:
            self.office = self.frame.desk.offices.own()
        except UserError:
            self.office = Office()
        self.form.load(self.office, self.office.caption() or "本单位")
