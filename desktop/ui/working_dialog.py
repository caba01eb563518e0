"""A dialog that has one long piece of work at a time: progress, cancel, and a question before it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.errors import Cancelled
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame, sentence
from desktop.ui.progress import ProgressPanel
from desktop.ui.workroom import Task


class Leaving(NamedTuple):
    """What is asked of somebody who leaves while there is work: the question, and both buttons."""

    question: str
    yes: str
    no: str


class WorkingDialog(Dialog):
    """Runs work through the window's workroom; while it runs, leaving asks, stops it, and waits for its end."""

    stopped = "已停止，没有写入任何内容"
    """Said when the work was cancelled."""

    def __init__(self, frame: Frame, parent: QWidget | None, title: str, identifier: str) -> None:
        super().__init__(parent, title, identifier)
        self.frame = frame
        self._task: Task | None = None
        self._leaving = False
        self._progress = ProgressPanel(f"{identifier.removesuffix('-dialog')}-progress")
        self._progress.cancelled.connect(self._stop)

    def tell_buttons(self) -> None:
        """Say on the buttons what can be done now; called when work begins and ends."""

    def leaving(self) -> Leaving:
        """Return the question for leaving while there is work."""
        raise NotImplementedError

    def _begin(self, words: str, work: Callable, done: Callable) -> None:
        self._progress.start(words)
        self._task = self.frame.workroom.run(
            self, work, done=done, failed=self._failed, progress=self._progress.step
        )
        self.tell_buttons()

    def _end(self) -> None:
        self._task = None
        self._progress.stop()
        self.tell_buttons()

    def _failed(self, error: BaseException) -> None:
        self._end()
        if self._leaving:
            super().reject()
            return
        words = self.stopped if isinstance(error, Cancelled) else sentence(error)
        if words is None:
            raise error
        self.complain(words)

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def reject(self) -> None:
        """Leave; while there is work, ask first and go when it has stopped."""
        if self._task is not None:
            if self._leaving or not self.frame.ask.confirm(
                self.leaving().question, yes=self.leaving().yes, no=self.leaving().no
            ):
                return
            # the work may have ended while the question stood
            if self._task is not None:
                self._leaving = True
                self._task.cancel()
                return
        super().reject()
