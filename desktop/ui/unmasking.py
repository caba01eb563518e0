"""显示号码: whole phones and identity numbers in a list, for a while, noted; masked again by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.errors import TroubleError, UserError
from desktop.services.disclosing import COPY, SHOW
from desktop.ui import buttons, icons
from desktop.ui.frame import Frame
from desktop.ui.record_view import RecordView
from desktop.ui.tints import Tint

KEYS = "Ctrl+Shift+M"
MINUTES = 2
"""Whole numbers don't stand on a screen that somebody walked away from."""


class Unmasking(QObject):
    """The eye of one list; `masked` hides the numbers again."""

    def __init__(self, frame: Frame, page: QWidget, view: RecordView, label: str) -> None:
        super().__init__(page)
        self._frame, self._view, self._label = frame, view, label
        self.eye: QToolButton = buttons.tool("eye", "unmask", f"显示号码（{KEYS}）")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._turn)
        buttons.action(page, "显示号码", KEYS).triggered.connect(self.eye.toggle)
        self._time = QTimer(self, singleShot=True, interval=MINUTES * 60_000)
        self._time.timeout.connect(self.mask)
        view.copying_whole.connect(self._note_copy)

    def mask(self) -> None:
        """Hide the numbers again."""
        self.eye.setChecked(False)

    def _turn(self, shown: bool) -> None:
        if shown and not self._may():
            self.mask()
            return
        self._view.table.unmasked = shown
        self._view.viewport().update()
        told = f"遮住号码（{KEYS}）" if shown else f"显示号码（{KEYS}）"
        self.eye.setIcon(icons.icon("eye-off" if shown else "eye", Tint.MUTED))
        self.eye.setToolTip(told)
        self.eye.setAccessibleName(told)
        if shown:
            self._time.start()
            self._frame.toast(f"号码已显示，{MINUTES} 分钟后自动遮住；已记入带出记录")
        else:
            self._time.stop()

    def _may(self) -> bool:
        """Note that a list is shown whole; False where the user may not, or it can't be noted."""
        try:
            self._frame.desk.disclosing.require(full=True)
            self._frame.desk.disclosing.note(SHOW, self._label, self._view.table.rowCount(), full=True)
        except (UserError, TroubleError) as refused:
            self._frame.tell(refused)
            return False
        return True

    def _note_copy(self, rows: int) -> None:
        try:
            self._frame.desk.disclosing.note(COPY, self._label, rows, "剪贴板", full=True)
        except TroubleError as trouble:
            self._frame.tell(trouble)
