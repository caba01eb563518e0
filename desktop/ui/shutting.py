"""Work on an office file while nobody is in it: the window is closed, the work done, the file opened again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.errors import LockedError, OpenDayError
from desktop.records.base import database, own_connection
from desktop.records.papers import Watch
from desktop.services.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.main_window import MainWindow
from desktop.ui.opening import Opening
from desktop.ui.presence import Presence

if TYPE_CHECKING:
    from desktop.ui.program import Program


class Shutting(QObject):
    """Closes the window for a restore, for a first password or without one again, and shows it after the work."""

    def __init__(self, program: Program, opening: Opening) -> None:
        super().__init__(program)
        self._program, self._opening = program, opening

    def shut(
        self, words: str, work: Callable[..., object], then: Callable[[Frame], None] | None = None
    ) -> None:
        """Close the window, have work done on its office file while nobody is in it, and open it again."""
        window, presence = self._program.window, self._program.presence
        if not isinstance(window, MainWindow) or presence is None:
            return
        window.before_close = None  # the work makes the copies that it needs
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            if not window.close():
                return
            from desktop.ui.shut_page import ShutPage

            page = ShutPage(words)
            self._program.put(page)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)
        database.close()  # this thread's connection: the file is to be nobody's
        opened = partial(self._opening.open_desk, presence.office_file)

        def begin(_none: object) -> None:
            task = self._program.workroom.run(
                page,
                partial(_redone, work, opened),
                done=partial(self._shown_again, presence, then),
                failed=partial(self._not_again, presence),
                progress=page.step,
            )
            page.cancelled.connect(task.cancel)

        # after the looks of the window before
        self._program.workroom.look(page, _nothing, done=begin, failed=begin)

    def _shown_again(
        self,
        presence: Presence,
        then: Callable[[Frame], None] | None,
        got: tuple[Desk, BaseException | None],
    ) -> None:
        desk, fault = got
        self._program.show(desk, presence.office_file, presence)
        assert isinstance(self._program.window, MainWindow)
        if fault is not None:
            self._program.window.tell(fault)
        elif then:
            then(self._program.window.frame)

    def _not_again(self, presence: Presence, error: BaseException) -> None:
        if isinstance(error, LockedError):
            self._opening.ask_password(presence.office_file, presence)
        else:
            self._opening.refused(presence.office_file, presence, error)


def _nothing() -> None:
    """Be the last of the looks in hand."""


def _redone(
    work: Callable[..., object], open_desk: Callable[[], Desk], watch: Watch
) -> tuple[Desk, BaseException | None]:
    """Do work on a closed office file, and open it again whatever came of it; what went wrong comes along."""
    fault: BaseException | None = None
    with own_connection():
        try:
            work(watch=watch)
        except OpenDayError as error:
            fault = error
    with own_connection():
        return open_desk(), fault
