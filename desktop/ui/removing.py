"""Removing records: the reason is asked for; many go beside the window, as one change with its undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.records.backups import Reason
from desktop.records.base import Record
from desktop.ui.backup_first import backup_first
from desktop.ui.frame import Frame

LAST = "removing/reason"


def reason_for(frame: Frame, what: str) -> str | None:
    """Ask why something is removed; None where it stays. The reason given last is there to be taken again.

    It is known to this run only: it may tell of somebody, and what the window remembers lies in clear.
    """
    last = str(frame.memory.property(LAST) or "")
    why = frame.ask.text(f"删除 {what}", label="删除的原因（移到回收站，可以恢复）：", value=last)
    if why:
        frame.memory.setProperty(LAST, why)
    return why


def remove(
    frame: Frame,
    parent: QWidget,
    what: str,
    model: type[Record],
    keys: Sequence[bytes],
    why: str,
    done: Callable[[str], None],
) -> None:
    """Remove records, all or none; `done` gets the words for them once they are gone."""
    # with its progress it is loaded when somebody removes something: a start needs none of it
    from desktop.ui.work_beside import AT_ONCE, at_once_or_beside

    work = partial(frame.desk.books.remove_several, what, model, keys, why)
    go_on = partial(
        at_once_or_beside, frame, parent, f"正在删除{what}", len(keys), work, lambda _: done(what)
    )
    if 1 < len(keys) <= AT_ONCE:  # more are removed beside the window, after a backup there
        backup_first(frame, parent, Reason.REMOVAL, go_on)
    else:
        go_on()
