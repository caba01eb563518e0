"""One day of the 放假安排, entered or changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.holidays import Holiday
from desktop.ui.dialogs import Dialog
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.sections import Section


class HolidayDialog(Dialog):
    """A small form; what it keeps goes before the notice of the State Council."""

    def __init__(self, frame: Frame, record: Holiday, parent: QWidget | None = None) -> None:
        self._is_new = frame.desk.books.is_new(record)
        super().__init__(parent, "登记一天" if self._is_new else "修改登记的一天", "holiday-dialog")
        self.frame, self._record = frame, record
        self.form = FieldForm(Holiday, (Section("", ("date", "sort", "name", "source")),), frame.desk.books)
        self.form.load(record)
        self.form.finished.connect(self.save)
        self.body.addWidget(Text("本单位登记的日子先于国务院通知。", "caption"))
        self.body.addWidget(self.form, 1)
        self.add_buttons("保存").clicked.connect(self.save)
        self.fit(460, 310)
        self.form.box("date").widget.setFocus()

    def save(self) -> None:
        """Keep the day; faults stand beside their fields."""
        if not self.form.store(self._record):
            return
        try:
            self.frame.desk.books.save(self._record)
        except UserError as error:
            self.form.show_fault(error)
            return
        except TroubleError as error:
            self.complain(error.message)
            return
        self.frame.toast(f"已登记 {self._record.caption()}", undo=True)
        self.accept()
