"""A form of one record in a dialog of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame

R = TypeVar("R", bound=Record)


class RecordDialog(Dialog, Generic[R]):
    """Fields over a button that keeps them (Ctrl+Enter too); a fault stands beside its field.

    `kept` is called with the record once it is saved. Override `sure` to ask before, `save` where the books
    don't keep it.
    """

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        title: str,
        identifier: str,
        fields: FieldForm,
        record: R,
        kept: Callable[[R], None],
        words: str = "保存",
    ) -> None:
        super().__init__(parent, title, identifier)
        self.frame, self.fields, self._record, self._kept = frame, fields, record, kept
        self.body.addWidget(fields)
        self.go = self.add_buttons(words)
        self.go.setToolTip("Ctrl+Enter")
        self.go.clicked.connect(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, words, keys).triggered.connect(self.keep)
        fields.finished.connect(self.go.setFocus)
        fields.load(record)

    def sure(self, record: R) -> bool:
        """Ask what has to be asked before the record is kept; False goes back to the fields."""
        del record
        return True

    def save(self, record: R) -> None:
        """Keep the record; raises UserError or TroubleError."""
        self.frame.desk.books.save(record)

    def keep(self) -> None:
        """Keep what the fields say and close; what is refused is told and leaves the dialog open."""
        if not self.fields.store(self._record) or not self.sure(self._record):
            return
        try:
            self.save(self._record)
        except UserError as fault:
            self.fields.show_fault(fault)
        except TroubleError as trouble:
            self.complain(trouble.message)
        else:
            self.accept()
            self._kept(self._record)
