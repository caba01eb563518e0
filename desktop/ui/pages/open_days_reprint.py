"""照原样再印: a job of the log as a PDF once more, with the same people, order and numbers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop import files
from desktop.errors import UserError
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.records.register import PrintJob
from desktop.services.orders import Outcome
from desktop.services.papers import DOCUMENTS
from desktop.services.press import Press
from desktop.services.print_log import order_of
from desktop.ui.file_work import FileWork
from desktop.ui.frame import Frame

PDF = (("PDF 文件", "*.pdf"),)


class Reprint:
    """Asks where to, and prints."""

    def __init__(self, frame: Frame, job: PrintJob, page: QWidget) -> None:
        self._frame, self._job, self._page = frame, job, page
        self._target: Path | None = None

    def start(self) -> FileWork | None:
        """Ask for the file or folder and print there; None where that was left."""
        try:
            separate = order_of(self._job, Path()).separate
        except UserError as error:
            self._frame.tell(error)
            return None
        title = f"再印{DOCUMENTS.get(self._job.document, '')}"
        if separate:
            self._target = self._frame.ask.choose_folder("存到哪个文件夹")
        else:
            called = files.safe_name(Path(self._job.target).stem or title)
            self._target = self._frame.ask.save_as(title, f"{called}.pdf", PDF)
        if self._target is None:
            return None
        work = partial(again, self._frame.desk.press, self._job, self._target)
        return FileWork(self._frame, "照原样再印", self._target, work, _told, parent=self._page)


def again(press: Press, job: PrintJob, target: Path, watch: Watch) -> Outcome:
    """Print a job again, on the worker's thread."""
    with own_connection():
        return press.print_again(job, order_of(job, target), watch)


def _told(outcome: Outcome) -> str:
    return f"已照原样再印 {outcome.pages:,} 页{outcome.told()}"
