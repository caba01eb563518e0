"""What the tabs beside a form's design share: they follow the form shown, and read when they are seen."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.records.forms import Form
from desktop.ui.frame import Frame


class FormTab(QWidget):
    """A tab of one form; `refresh` reads what it shows."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.form: Form | None = None

    def show_form(self, form: Form | None) -> None:
        """Show another form."""
        self.form = form
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read what the tab shows again."""
        raise NotImplementedError
