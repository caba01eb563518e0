"""What stands on the screen while the office file is closed for work on it as a whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui import icons
from desktop.ui.labels import IconLabel, Text
from desktop.ui.layouts import column, row
from desktop.ui.progress import ProgressPanel
from desktop.ui.tints import Tint


class ShutPage(QWidget):
    """Words and progress; `cancelled` asks to stop, and leaves the file as it was."""

    cancelled = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("shut-page")
        self.setWindowTitle("开放日工作台")
        self.setWindowIcon(icons.icon("openday"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._progress = ProgressPanel("shut-progress")
        self._progress.cancelled.connect(self.cancelled)
        head = row(IconLabel("openday", Tint.ACCENT, 32), Text("开放日工作台", "title"), None, gap=12)
        told = Text(f"{words}，完成后自动重新打开，请不要关机。", wrap=True)
        self.setLayout(column(head, told, self._progress, None, gap=16, margins=(40, 32, 40, 24)))
        self._progress.start(words)
        growth = self.font().pointSizeF() / 10.5
        size = QSize(round(560 * growth), round(260 * growth))
        self.resize(size.boundedTo(self.screen().availableSize()))

    def step(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self._progress.step(done, total)
