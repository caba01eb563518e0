"""A file being written: quiet where it goes fast, a dialog with a way to stop it where it takes long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.errors import Cancelled
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.progress import ProgressPanel
from desktop.ui.workroom import Task


class FileWork(Dialog):
    """Runs `work(watch)`; `told` says in words what came of it, with a button that shows the folder.

    `failed` gets what went wrong, but for being stopped; else the window tells it.
    """

    def __init__(
        self,
        frame: Frame,
        title: str,
        path: Path,
        work: Callable[..., Any],
        told: Callable[[Any], str],
        *,
        failed: Callable[[BaseException], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, title, "file-work")
        self.frame, self._path, self._told, self._tell = frame, path, told, failed or frame.tell
        self._progress = ProgressPanel("file-work-progress")
        self._progress.cancelled.connect(self.reject)
        self.body.addWidget(self._progress)
        self.setMinimumWidth(480)
        self._progress.start(f"正在写 {path.name}")
        self._task: Task | None = frame.workroom.run(
            self, work, done=self._done, failed=self._failed, progress=self._stepped
        )

    def _stepped(self, done: int, total: int) -> None:
        self._progress.step(done, total)
        if not self._progress.isHidden() and not self.isVisible():
            self.open()

    def _done(self, result: Any) -> None:
        self._leave()
        self.frame.toast(self._told(result), action=("打开所在文件夹", partial(show_folder, self._path)))

    def _failed(self, error: BaseException) -> None:
        self._leave()
        if not isinstance(error, Cancelled):
            self._tell(error)

    def _leave(self) -> None:
        self._task = None
        self._progress.stop()
        super().reject()
        self.deleteLater()

    def reject(self) -> None:
        """Stop the work; the old file, where there is one, stays."""
        if self._task:
            self._task.cancel()


def show_folder(path: Path) -> bool:
    """Open the folder that a file lies in; False where this computer has nothing to show it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
