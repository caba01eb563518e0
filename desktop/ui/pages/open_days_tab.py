"""What the tabs of an open day have in common: a body, and at the bottom the next thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.records.open_days import OpenDay
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import hairline
from desktop.ui.naming import set_property, shown_text

if TYPE_CHECKING:
    from desktop.records.register import PrintJob
    from desktop.ui.print_dialog import PrintDialog
    from desktop.ui.reprint_dialog import ReprintDialog

LOW = 40
"""How low a list or an empty state may get: at 150 % on a small screen there is no more room."""


class DayTab(QWidget):
    """One part of a day's life. Subclasses fill `body`, override `fill` and `take_next`.

    `turned` asks for another tab by its label.
    """

    key = ""
    turned = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self.frame = frame
        self.day: OpenDay | None = None
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.words = StatusLabel(f"{self.key}-state", "现在的情况", "muted", wrap=True)
        self.next = buttons.primary("下一步", f"{self.key}-next", "arrow-right")
        self.next.clicked.connect(self.take_next)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(16, 8, 24, 8)
        bottom.setSpacing(16)
        bottom.addWidget(self.words, 1)
        bottom.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.body, 1)
        layout.addWidget(hairline())
        layout.addLayout(bottom)

    def show_day(self, day: OpenDay | None) -> None:
        """Show a day; the rows are read only while the tab is in front."""
        self.day = day
        self.setEnabled(day is not None)
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the day's rows again."""
        if self.day is not None:
            self.fill(self.day)

    def fill(self, day: OpenDay) -> None:
        """Show what belongs to a day."""
        raise NotImplementedError

    def take_next(self) -> None:
        """Do the next thing."""
        raise NotImplementedError

    def offer(self, words: str, button: str, *, icon: str = "", enabled: bool = True) -> None:
        """Say how things stand and what the next button does."""
        self.words.say(words)
        self.next.setText(shown_text(button))
        self.next.setAccessibleName(button)
        self.next.setVisible(bool(button))
        self.next.setEnabled(enabled and not self.frame.read_only)


def open_print(
    page: QWidget, frame: Frame, documents: Sequence[str], day: OpenDay | None, chosen: Sequence[bytes] = ()
) -> PrintDialog:
    """Open the print dialog over a page's window for a day; `chosen` are invitations."""
    from desktop.ui.print_dialog import PrintDialog

    dialog = PrintDialog(frame, documents, day, chosen, parent=page.window())
    dialog.open()
    return dialog


def open_reprint(page: QWidget, frame: Frame, job: PrintJob) -> ReprintDialog:
    """Open the pages of a job of the log, to be printed once more."""
    from desktop.ui.reprint_dialog import ReprintDialog

    dialog = ReprintDialog(frame, job, page.window())
    dialog.open()
    return dialog


def open_wording(page: QWidget, frame: Frame, day: OpenDay) -> None:
    """Open the editor of a day's letter over a page's window."""
    from desktop.ui.wording_dialog import WordingDialog

    WordingDialog(frame, day, page.window()).open()
