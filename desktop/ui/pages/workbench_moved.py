"""What the workbench tells of deadlines that the 放假安排 would set otherwise: one line that opens them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.frame import Frame, sentence
from desktop.ui.pages.workbench_due import Task
from desktop.ui.tints import Tint
from desktop.ui.workroom import Task as Look

VIEW = "moved-dates"


class MovedCount:
    """Counts them beside the window, the first time when it has come to rest; `changed` is called where it is another."""

    def __init__(self, owner: QObject, frame: Frame, changed: Callable[[], None]) -> None:
        self._owner, self._frame, self._changed = owner, frame, changed
        self._number = 0
        self._look: Look | None = None

    def look(self) -> None:
        """Count anew."""
        if self._look:
            self._look.cancel()
        self._look = self._frame.workroom.look(
            self._owner, self._counted, done=self._came, failed=self._failed
        )

    def look_again(self) -> None:
        """Count anew, if it was ever counted: a start has better to do."""
        if self._look:
            self.look()

    def tasks(self) -> list[Task]:
        """Return the line, where there is something to decide."""
        if not self._number:
            return []
        return [
            Task(
                "calendar-clock", Tint.WARN, f"{self._number} 项期限要改", "放假安排有变动，请逐项接受或保留",
                "待确认", b"", view=VIEW, urgency=-2,
            )
        ]  # fmt: skip

    def open(self) -> None:
        """Go through them."""
        from desktop.ui.moved_dialog import MovedDialog

        window = getattr(self._owner, "window", lambda: None)()
        MovedDialog(self._frame, window).open()

    def _counted(self) -> int:
        return len(self._frame.desk.moved.pending())

    def _came(self, number: int) -> None:
        if number != self._number:
            self._number = number
            self._changed()

    def _failed(self, error: BaseException) -> None:
        if sentence(error) is None:
            raise error
