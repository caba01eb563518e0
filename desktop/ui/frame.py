"""What the window offers its pages, and what it asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from desktop.errors import OpenDayError, TroubleError, UserError
from desktop.records.base import DATABASE_ERRORS, Record, trouble_of
from desktop.ui.ask import Ask
from desktop.ui.readying import polished
from desktop.ui.theme import Theme
from desktop.ui.workroom import Workroom

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.drafts import Draft


@dataclass(frozen=True)
class Frame:
    """The window as its pages see it; collaborators come by constructor, nothing is global."""

    desk: Desk
    ask: Ask
    workroom: Workroom
    memory: QSettings
    theme: Theme
    toast: Callable[..., None]
    """toast(text, undo=False, action=(words, callable)): what was just done, with the way back or on."""
    tell: Callable[[BaseException], None]
    """tell(error): UserError and TroubleError to the message bar; anything else is raised again."""
    go: Callable[..., None]
    """go(page_key, record_id=b""): bring a page to the front, at a record."""
    read_only: bool = False
    shut: Callable[..., None] = lambda *_: None
    """shut(words, work, then=None): close the office, have `work(watch)` done on its file with nobody in it, open it
    again, and call `then(frame)` of the new window; the pages were asked about unsaved edits before."""
    pages: QWidget | None = None
    """Where the pages stand: one made inside takes on its look once, not again with all its parts when it comes in."""


def sentence(error: BaseException) -> str | None:
    """Return what an error says to the user, '' where nothing is to be shown, None where it is a bug."""
    if isinstance(error, UserError | TroubleError):
        return error.message
    if isinstance(error, OpenDayError):
        return ""
    if isinstance(error, DATABASE_ERRORS) and (trouble := trouble_of(error)):
        return trouble.message
    return None


class Page(QWidget):
    """A place of the navigation. Subclasses set key, label and icon."""

    key: ClassVar[str] = ""
    label: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame.pages)
        self.frame = frame
        self.setObjectName(f"page-{self.key}")
        self.setAccessibleName(self.label)

    def shown(self) -> None:
        """Do what is due each time the page comes to the front."""

    def ready(self) -> Iterator[None]:
        """Make ahead, a part a step, what is opened next on the page."""
        yield from polished(self)

    def first_focus(self) -> QWidget | None:
        """Return the box that has the focus when the page comes to the front."""
        return None

    def may_leave(self) -> bool:
        """Ask about unsaved edits; False keeps the user here."""
        return True

    def draft(self) -> Draft | None:
        """Return what is typed here and not saved, to outlive a crash."""
        return None

    def take_up(self, draft: Draft) -> None:
        """Bring a draft back, unsaved as it was."""

    def open_record(self, key: bytes) -> None:
        """Bring a record to the front."""

    def heard(self, models: frozenset[type[Record]]) -> None:
        """Take notice that records of these types changed (and were committed)."""

    def undo(self) -> None:
        """Take the last change of this desk back, and say what it was; a long one beside the window."""
        changes = self.frame.desk.changes
        try:
            if changes.last_is_long():
                from desktop.ui.work_beside import WorkBeside

                WorkBeside(self.frame, self.window(), "正在撤销", changes.undo_last, self._undone).open()
                return
            undone = changes.undo_last()
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self._undone(undone)

    def _undone(self, undone: str | None) -> None:
        self.frame.toast(f"已撤销：{undone}" if undone else "没有可以撤销的改动")
