"""The window that an office file with a password opens with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import buttons, icons
from desktop.ui.labels import IconLabel, StatusLabel, Text
from desktop.ui.layouts import column, row
from desktop.ui.tints import Tint
from desktop.ui.unlock_form import UnlockForm

LAST_USER = "users/last"


class UnlockPage(QWidget):
    """Signals say what is wanted: `told(password, name)`, or `other` for another file."""

    told = Signal(str, str)
    other = Signal()

    def __init__(self, office_file: Path, memory: QSettings, *, ask_name: bool) -> None:
        super().__init__()
        self.setObjectName("unlock-page")
        self.setWindowTitle(f"{office_file.stem} - 开放日工作台")
        self.setWindowIcon(icons.icon("openday"))
        user = str(memory.value(LAST_USER) or "")
        words = "整个文件是加密的，输入口令才能打开。"
        self.form = UnlockForm(f"“{office_file.stem}”有口令", words, "打开", ask_name=ask_name, user=user)
        self.form.told.connect(self.told)
        other = buttons.quiet("打开别的文件…", "unlock-other", "folder-open")
        other.clicked.connect(self.other)
        where = StatusLabel("unlock-path", "数据文件", "caption", wrap=True)
        where.say(str(office_file))
        head = row(IconLabel("openday", Tint.ACCENT, 32), Text("开放日工作台", "title"), None, gap=12)
        below = row(where, other)
        below.setStretch(0, 1)
        parts = (head, self.form, below, None)
        self.setLayout(column(*parts, gap=16, margins=(40, 32, 40, 24)))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        growth = self.font().pointSizeF() / 10.5
        size = QSize(round(620 * growth), round(440 * growth))
        self.resize(size.boundedTo(self.screen().availableSize()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.take_focus()

    def complain(self, words: str) -> None:
        """Say why the file stays shut."""
        self.form.complain(words)

    def wait(self, words: str) -> None:
        """Say that it is being opened."""
        self.form.wait(words)
