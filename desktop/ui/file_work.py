"""A file being written: quiet where it goes fast, a dialog with a way to stop it where it takes long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.ui.frame import Frame
from desktop.ui.quiet_work import QuietWork


class FileWork(QuietWork):
    """Runs `work(watch)`; `told` says in words what came of it, with a button that shows the folder.

    Stopped, the old file, where there is one, stays.
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
        def written(result: Any) -> None:
            frame.toast(told(result), action=("打开所在文件夹", partial(show_folder, path)))

        super().__init__(frame, parent, title, "file-work", f"正在写 {path.name}", work, written, failed)


def show_folder(path: Path) -> bool:
    """Open the folder that a file lies in; False where this computer has nothing to show it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
