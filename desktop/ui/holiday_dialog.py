"""One day of the 放假安排, entered or changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.records.holidays import Holiday
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.record_dialog import RecordDialog
from desktop.ui.sections import Section


class HolidayDialog(RecordDialog[Holiday]):
    """A small form; what it keeps goes before the notice of the State Council."""

    def __init__(self, frame: Frame, record: Holiday, parent: QWidget | None = None) -> None:
        title = "登记一天" if frame.desk.books.is_new(record) else "修改登记的一天"
        fields = FieldForm(Holiday, (Section("", ("date", "sort", "name", "source")),), frame.desk.books)
        super().__init__(frame, parent, title, "holiday-dialog", fields, record, self._kept_day)
        self.body.insertWidget(0, Text("本单位登记的日子先于国务院通知。", "caption"))
        fields.finished.connect(self.keep)
        self.fit(460, 310)
        fields.box("date").widget.setFocus()

    def _kept_day(self, record: Holiday) -> None:
        self.frame.toast(f"已登记 {record.caption()}", undo=True)
