"""What lives as long as the program: look, memory, workroom, and the window in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop import paths
from desktop.errors import OpenDayError
from desktop.files import sweep_drafts
from desktop.records.users import User
from desktop.services.desk import Desk
from desktop.ui import pages
from desktop.ui.ask import Ask, AskOnScreen
from desktop.ui.frame import sentence
from desktop.ui.main_window import MainWindow
from desktop.ui.opening import Locked, New, Open, Opening
from desktop.ui.presence import Presence
from desktop.ui.readying import Readying
from desktop.ui.shutting import Shutting
from desktop.ui.sweeper import Sweeper
from desktop.ui.theme import Theme
from desktop.ui.workroom import Workroom

if TYPE_CHECKING:
    from desktop.ui.mending_doors import Mending

Report = Callable[[BaseException], object]
"""Keeps a report of a bug, and returns where it lies."""
RECENT = 8
SOON = 1_500
"""Milliseconds after which the modules of pages and dialogs are read ahead."""
AHEAD = (
    *(f"{pages.__name__}.{place.module}" for place in pages.PLACES),
    "desktop.ui.import_dialog",
    "desktop.ui.print_dialog",
    "desktop.ui.pages.tickets_side",
    "desktop.ui.pages.tickets_pile",
    "desktop.ui.pages.tickets_board",
    "desktop.ui.pages.visits_form",
    "desktop.ui.pages.visits_pile",
)
"""Modules whose first use would keep the window waiting: what they bring in is half of a dialog's first opening."""


class Program(QObject):
    """One window at a time and what it needs; `opening` brings an office file to it, a new or an old one."""

    def __init__(
        self,
        app: QApplication,
        open_desk: Open,
        new_desk: New,
        report: Report,
        *,
        ask: Ask | None = None,
        locked: Locked | None = None,
        mending: Mending | None = None,
    ) -> None:
        super().__init__()
        self._report, self._telling = report, False
        self.memory = QSettings(str(paths.user_folder() / "window.ini"), QSettings.Format.IniFormat)
        self.theme = Theme(app, self.memory)
        self.workroom = Workroom()
        self.sweeper = Sweeper(lambda: self.workroom.busy, self)
        self.sweeper.begin()
        self.ask: Ask = ask or AskOnScreen()
        self.window: QWidget | None = None
        self.presence: Presence | None = None
        self.opening = Opening(self, open_desk, new_desk, locked or (lambda path: False), mending)
        self._shutting = Shutting(self, self.opening)

    def start(self, office_file: Path) -> bool:
        """Show a window; False where the file is open already and its window was called to the front."""
        return self.opening.start(office_file)

    def read_ahead(self) -> None:
        """Bring in, beside the window, what pages and dialogs need at their first opening; then make the pages."""
        self.workroom.run(self, _bring_in, done=self._get_ready)

    def _get_ready(self, done: object) -> None:
        if isinstance(self.window, MainWindow):
            self.window.get_ready()

    def close(self) -> None:
        """End what runs beside the window."""
        self.workroom.close()
        self.sweeper.stop()
        if self.presence:
            self.presence.leave()
        self.memory.sync()

    # -- the window in front

    def show(self, desk: Desk, office_file: Path, presence: Presence) -> None:
        """Show the window on an office file that is open and held by `presence`."""
        if self.presence and self.presence is not presence:
            self.presence.leave()
        self.presence = presence
        window = MainWindow(
            desk,
            ask=self.ask,
            workroom=self.workroom,
            memory=self.memory,
            theme=self.theme,
            office_file=office_file,
            shut=self._shutting.shut,
        )
        if user := desk.users.me:
            self._guard(window, user)
        presence.called.connect(window.bring_to_front)
        recent = [str(office_file), *(str(path) for path in self.recent() if path != office_file)]
        self.memory.setValue("recent", recent[:RECENT])
        self.opening.done()
        self.put(window)
        QTimer.singleShot(0, window, partial(_keep_drafts, window))
        QTimer.singleShot(SOON, window, partial(_keep_backups, window))

    def _guard(self, window: MainWindow, user: User) -> None:
        """Let a window on a file with a password be locked, and suggest its user next time."""
        from desktop.ui.lock_screen import LockScreen
        from desktop.ui.unlock_page import LAST_USER

        if user.id and not user.unnamed:
            self.memory.setValue(LAST_USER, user.name)
        if not user.id:
            window.frame.toast("已用恢复码打开；请到“设置 › 口令与用户”重设口令")
        LockScreen(window)

    def put(self, window: QWidget) -> None:
        """Show a window and let the one before it go."""
        before, self.window = self.window, window
        if isinstance(self.ask, AskOnScreen):
            self.ask.window = window
        window.show()
        if before is not None:
            if before.isVisible():
                before.close()
            if isinstance(before, MainWindow):
                Readying(self, before.let_go()).start()
            else:
                before.deleteLater()

    def leave_window(self) -> None:
        """Close the window in front: another one has what was asked for."""
        if self.window is not None:
            self.window.close()

    def recent(self) -> Sequence[Path]:
        """Return the office files that were open, the latest first."""
        kept = self.memory.value("recent") or []
        return [Path(str(path)) for path in ([kept] if isinstance(kept, str) else kept)]

    # -- errors that nobody caught

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Say what an uncaught error means; a bug is reported to a file first. One box at a time."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        words = sentence(error)
        if words is None:
            saved = self._report(error)
            words = f"程序出了意料之外的错误，刚才的操作可能没有完成；已保存的内容都在。错误报告存到：{saved}"
        elif isinstance(self.window, MainWindow) and isinstance(error, OpenDayError):
            self.window.tell(error)
            return
        if words and not self._telling:
            self._telling = True
            try:
                self.ask.tell(words)
            finally:
                self._telling = False


def _keep_drafts(window: MainWindow) -> None:
    """Offer what the program could not save when it ended last, and keep what is typed from now on."""
    if not window.desk.read_only:
        from desktop.ui.drafts import DraftKeeper

        DraftKeeper(window).begin()


def _keep_backups(window: MainWindow) -> None:
    """Have backups made from now on: beside the window, and before it closes."""
    if not window.desk.read_only:
        from desktop.ui.backing_up import BackupKeeper

        BackupKeeper(window).begin()


def _bring_in() -> None:
    sweep_drafts()
    for module in AHEAD:
        import_module(module)
