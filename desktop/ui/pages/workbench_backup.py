"""What the workbench tells of backups: one line where the last one failed."""

from __future__ import annotations

from desktop.services.desk import Desk
from desktop.ui.pages.workbench_due import Task
from desktop.ui.tints import Tint


def fault_of(desk: Desk) -> str:
    """Return why the last backup failed, '' where it didn't; nothing is loaded to find that out."""
    return desk.backups.fault if "backups" in vars(desk) else ""


def tasks(desk: Desk) -> list[Task]:
    """Return the line that opens the settings, where there is something to say."""
    fault = fault_of(desk)
    if not fault:
        return []
    return [
        Task("alert-circle", Tint.LATE, "备份没有做成", fault, "现在", b"", urgency=-1_000, page="settings")
    ]
