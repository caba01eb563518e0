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
    """Asks where to, prints, and asks again where the paper would read otherwise by now."""

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
        return self._print(changed=False)

    def _print(self, *, changed: bool) -> FileWork | None:
        if self._target is None:
            return None
        work = partial(again, self._frame.desk.press, self._job, self._target, changed)
        return FileWork(
            self._frame, "照原样再印", self._target, work, _told, failed=self._failed, parent=self._page
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.field == "changed":
            if self._frame.ask.confirm(
                "上次印了以后，名单或内容有了改动", yes="按现在的内容印", no="不印了", detail=error.message
            ):
                self._print(changed=True)
            return
        self._frame.tell(error)


def again(press: Press, job: PrintJob, target: Path, changed: bool, watch: Watch) -> Outcome:
    """Print a job again, on the worker's thread."""
    with own_connection():
        return press.print_again(job, target, watch, changed=changed)


def _told(outcome: Outcome) -> str:
    return f"已照原样再印 {outcome.pages:,} 页{outcome.told()}"
