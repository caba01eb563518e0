"""The errors the program raises on purpose.

OpenDayError
├── UserError      the user's input is at fault: shown beside the field, exit code 1
├── TroubleError   the file, the disk or the printer is at fault: says whom to call, exit code 3
│   ├── DamagedError  the office file is damaged: a backup or a rescue brings back what it held
│   └── LockedError   the file has a password that was not told, or a wrong one
└── Cancelled      the user stopped a long task: nothing is shown, nothing was written

Everything else is a bug and goes through the excepthook into the journal.
"""

from __future__ import annotations


class OpenDayError(Exception):
    """Root of the errors that carry a sentence for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UserError(OpenDayError):
    """The input is at fault; `message` is one Chinese sentence saying what, where and what to do.

    `field` is the id of the field at fault and `row` the row number that Excel shows, where known.
    """

    def __init__(self, message: str, *, field: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.row = row


class TroubleError(OpenDayError):
    """The environment is at fault (damaged, locked, newer, full, read-only); the user calls for help."""


class DamagedError(TroubleError):
    """The office file is damaged, cut off or changed by a stranger; nothing was done to it."""


class LockedError(TroubleError):
    """The office file is encrypted and stays shut: no password was told, or a wrong one."""


class Cancelled(OpenDayError):
    """A long task was stopped by the user and left nothing behind."""

    def __init__(self, message: str = "已取消，没有写入任何内容") -> None:
        super().__init__(message)
