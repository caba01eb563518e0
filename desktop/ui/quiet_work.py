"""Long work that is quiet where it goes fast: only where it takes long a dialog shows it, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import Cancelled
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.progress import ProgressPanel
from desktop.ui.workroom import Task


class QuietWork(Dialog):
    """Runs `work(watch)` beside the window; `done` gets what it returns.

    `failed` gets what went wrong, but for being stopped; without it the window tells it. `stopped` tells that it
    was stopped.
    """

    stopped = Signal()

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        title: str,
        identifier: str,
        words: str,
        work: Callable[..., Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        super().__init__(parent, title, identifier)
        self.frame, self._told, self._tell = frame, done, failed or frame.tell
        self._progress = ProgressPanel(f"{identifier}-progress")
        self._progress.cancelled.connect(self.reject)
        self.body.addWidget(self._progress)
        self.setMinimumWidth(480)
        self._progress.start(words)
        self._task: Task | None = frame.workroom.run(
            self, work, done=self._done, failed=self._failed, progress=self._stepped
        )

    def _stepped(self, done: int, total: int) -> None:
        self._progress.step(done, total)
        if not self._progress.isHidden() and not self.isVisible():
            self.open()

    def _done(self, result: Any) -> None:
        self._leave()
        self._told(result)

    def _failed(self, error: BaseException) -> None:
        self._leave()
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self._tell(error)

    def _leave(self) -> None:
        self._task = None
        self._progress.stop()
        super().reject()
        self.deleteLater()

    def reject(self) -> None:
        """Stop the work; nothing comes of it."""
        if self._task:
            self._task.cancel()
