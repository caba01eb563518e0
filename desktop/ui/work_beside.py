"""Long work that somebody waits for: it runs beside the window, under a panel with its progress and 取消."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.progress import ProgressPanel
from desktop.ui.workroom import Task

STOPPED = "已停止，什么也没有改动"
AT_ONCE = 20
"""Records up to which work on them is done at once: nobody sees a pause."""


class WorkBeside(Dialog):
    """Does `work(watch)` on the office file in the workroom and keeps the window from other work meanwhile.

    `done` gets what it returns, `failed` what it raises; without that, being stopped is said in a toast and
    other errors go to the message bar.
    """

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        words: str,
        work: Callable[[Watch], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        super().__init__(parent, words, "work-beside")
        self._frame, self._work, self._told, self._refused = frame, work, done, failed
        self._progress = ProgressPanel("work")
        self._progress.cancelled.connect(self.reject)
        self.body.addWidget(self._progress)
        self.setMinimumWidth(480)
        self._progress.start(f"{words}…")
        self._progress.show()  # the dialog is there at once: it keeps other work away
        self._task: Task | None = frame.workroom.run(
            self, self._done_apart, done=self._done, failed=self._failed, progress=self._progress.step
        )

    def _done_apart(self, watch: Watch) -> object:
        with own_connection():
            return self._work(watch)

    def _done(self, result: object) -> None:
        self._leave()
        self._told(result)

    def _failed(self, error: BaseException) -> None:
        self._leave()
        if self._refused:
            self._refused(error)
        elif isinstance(error, Cancelled):
            self._frame.toast(STOPPED)
        else:
            self._frame.tell(error)

    def _leave(self) -> None:
        self._task = None
        self._progress.stop()
        super().reject()

    def reject(self) -> None:
        """Stop the work; the dialog goes when it has stopped."""
        if self._task:
            self._task.cancel()


def at_once_or_beside(
    frame: Frame,
    parent: QWidget | None,
    words: str,
    many: int,
    work: Callable[[Watch | None], Any],
    done: Callable[[Any], object],
    failed: Callable[[BaseException], object] | None = None,
) -> None:
    """Do work on a few records at once, on more beside the window; `words` say what is under way."""
    if many > AT_ONCE:
        WorkBeside(frame, parent, words, work, done, failed).open()
        return
    try:
        result = work(None)
    except (UserError, TroubleError) as error:
        (failed or frame.tell)(error)
        return
    done(result)
