"""The base of our own dialogs: never blocking, gone when closed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui import buttons
from desktop.ui.labels import Banner, Tone

FRAME = (16, 48)
"""Pixels that the system's frame and title take."""
_open: set[Dialog] = set()
"""The dialogs that are open: one without a parent would go away with the last name for it."""


class Dialog(QDialog):
    """Title, a body to fill, a banner for faults, buttons at the bottom right. Show it with `open()`."""

    keeps_drafts = True
    """What is typed into it outlives a crash; not where it is a password."""

    def __init__(self, parent: QWidget | None, title: str, identifier: str) -> None:
        super().__init__(parent or QApplication.activeWindow())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setObjectName(identifier)
        self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.banner = Banner(f"{identifier}-banner")
        self.footer = QHBoxLayout()
        self.footer.setSpacing(8)
        self.footer.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(self.body, 1)
        layout.addWidget(self.banner)
        layout.addLayout(self.footer)

    def fit(self, width: int, height: int) -> None:
        """Take a size, but never more than the screen has."""
        room = self.screen().availableSize() - QSize(*FRAME)
        self.resize(QSize(width, height).boundedTo(room))

    def open(self) -> None:
        """Show the dialog; it lives until it is closed, whoever made it."""
        _open.add(self)
        self.finished.connect(self._gone)
        super().open()

    def _gone(self) -> None:
        _open.discard(self)

    def add_buttons(self, yes: str, no: str = "取消") -> QPushButton:
        """Add the two closing buttons and return the primary one, not connected yet."""
        leave = buttons.plain(no, f"{self.objectName()}-cancel")
        leave.clicked.connect(self.reject)
        go = buttons.primary(yes, f"{self.objectName()}-go")
        go.setDefault(True)
        self.footer.addWidget(leave)
        self.footer.addWidget(go)
        return go

    def complain(self, words: str) -> None:
        """Show what is at fault, inside the dialog."""
        self.banner.say(words, Tone.LATE)
