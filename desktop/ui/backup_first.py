"""The backup that a great change is preceded by, made beside the window where it takes longer than a moment."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.records.backups import Reason
from desktop.ui.frame import Frame


def backup_first(frame: Frame, parent: QWidget | None, reason: Reason, then: Callable[[], object]) -> None:
    """Go on with `then` at once where the backup is quick (the change makes it itself), else when it is made.

    Stopping it stops the change too; a backup that fails is told elsewhere and doesn't.
    """
    backups = frame.desk.backups
    if not (backups.is_long and backups.due):
        then()
        return
    from desktop.ui.work_beside import WorkBeside

    WorkBeside(
        frame, parent, "正在备份", lambda watch: backups.before(reason, watch), lambda _: then()
    ).open()
