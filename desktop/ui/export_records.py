"""Files that go out of the program: what a list shows as a workbook, and the folder a file lies in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.errors import Cancelled
from desktop.records.listing import Query
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.import_reading import export_all
from desktop.ui.progress import ProgressPanel
from desktop.ui.workroom import Task

WORKBOOK = (("Excel 工作簿", "*.xlsx"),)


def export_records(frame: Frame, query: Query, parent: QWidget | None = None) -> ExportWork | None:
    """Ask for a file and write what a list shows to it; None where no file was chosen."""
    path = frame.ask.save_as(f"导出{query.model.label}", f"{query.model.label}名单.xlsx", WORKBOOK)
    return ExportWork(frame, query, path, parent) if path else None


class ExportWork(Dialog):
    """An export under way; it shows itself only where it takes long, and goes when it is done."""

    def __init__(self, frame: Frame, query: Query, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, f"导出{query.model.label}", "export-work")
        self.frame, self._path = frame, path
        self._progress = ProgressPanel("export-progress")
        self._progress.cancelled.connect(self.reject)
        self.body.addWidget(self._progress)
        self.setMinimumWidth(480)
        self._progress.start(f"正在导出到 {path.name}")
        work = partial(export_all, frame.desk.books, query, path)
        self._task: Task | None = frame.workroom.run(
            self, work, done=self._done, failed=self._failed, progress=self._stepped
        )

    def _stepped(self, done: int, total: int) -> None:
        self._progress.step(done, total)
        if not self._progress.isHidden() and not self.isVisible():
            self.open()

    def _done(self, count: int) -> None:
        self._leave()
        words = f"已导出 {count:,} 条到 {self._path.name}"
        self.frame.toast(words, action=("打开所在文件夹", partial(show_folder, self._path)))

    def _failed(self, error: BaseException) -> None:
        self._leave()
        if not isinstance(error, Cancelled):
            self.frame.tell(error)

    def _leave(self) -> None:
        self._task = None
        self._progress.stop()
        super().reject()
        self.deleteLater()

    def reject(self) -> None:
        """Stop the export; the old file, where there is one, stays."""
        if self._task:
            self._task.cancel()


def show_folder(path: Path) -> bool:
    """Open the folder that a file lies in; False where this computer has nothing to show it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
