"""Backups that nobody asks for: soon after the start, every hour, and before the window closes.

They are made beside the window, only where something was changed, and never keep anybody from working: one that
fails is said in the message bar and on the workbench, and tried again an hour later.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.errors import TroubleError
from desktop.records.backups import Backup, Reason
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.services.backups import Backups
from desktop.ui.frame import sentence
from desktop.ui.main_window import MainWindow
from desktop.ui.quiet_work import QuietWork
from desktop.ui.workroom import Task

AFTER_START, HOUR = 20_000, 3_600_000
"""Milliseconds until the first look, when the window is long usable, and between two looks."""
LEAVE, STAY = "不备份，退出", "留在窗口里"


class BackupKeeper(QObject):
    """Looks after the backups of one window; `begin` starts it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._task: Task | None = None
        self._leaving: QuietWork | None = None
        self._told = ""
        self._clock = QTimer(self, interval=HOUR)
        self._clock.timeout.connect(partial(self.look, Reason.HOURLY))
        self._first = QTimer(self, singleShot=True, interval=AFTER_START)
        self._first.timeout.connect(partial(self.look, Reason.START))
        window.leaving.connect(self._rest)
        window.before_close = self.may_close

    @property
    def _backups(self) -> Backups:
        return self._window.desk.backups

    def begin(self) -> None:
        """Look soon, and then every hour."""
        self._first.start()
        self._clock.start()

    def _rest(self) -> None:
        """Look no more: the window is going, and the workroom with it."""
        self._first.stop()
        self._clock.stop()

    def look(self, reason: Reason) -> None:
        """Make a backup beside the window where anything was done since the last one."""
        if self._task is None and self._leaving is None and not self._window.frame.workroom.closed:
            self._task = self._window.frame.workroom.run(
                self,
                partial(_kept, self._backups, reason),
                done=self._done,
                failed=self._failed,
                stoppable=True,
            )

    def _done(self, made: Backup | None) -> None:
        self._task = None
        self._told = ""

    def _failed(self, error: BaseException) -> None:
        self._task = None
        words = sentence(error)
        if words is None:
            raise error
        if words and words != self._told:
            self._told = words
            told = f"自动备份没有做成：{words}。已保存的内容都在；请在“设置 › 备份”里看看"
            self._window.tell(TroubleError(told))

    def may_close(self) -> bool:
        """Say whether the window may close now; where a backup is due it is made first, and the window closes then."""
        if self._leaving is not None:
            return False
        if not self._backups.due:
            return True
        self._clock.stop()
        self._window.setEnabled(False)
        work = partial(_kept, self._backups, Reason.END)
        self._leaving = QuietWork(
            self._window.frame, self._window, "退出前备份", "exit-backup", "正在备份，完成后自动退出；取消则不备份直接退出",
            work, self._leave, self._could_not,
        )  # fmt: skip
        self._leaving.stopped.connect(self._leave)
        return False

    def _could_not(self, error: BaseException) -> None:
        words = sentence(error)
        if words is None:
            self._stay()
            raise error
        if self._window.frame.ask.choose(f"退出前的备份没有做成：{words}", (LEAVE, STAY)) == LEAVE:
            self._leave()
        else:
            self._stay()

    def _stay(self) -> None:
        self._leaving = None
        self._window.setEnabled(True)
        self._clock.start()

    def _leave(self, made: Backup | None = None) -> None:
        self._window.setEnabled(True)
        self._window.before_close = None
        self._window.close()


def _kept(backups: Backups, reason: Reason, watch: Watch) -> Backup | None:
    with own_connection():
        return backups.keep(reason, watch) if backups.due else None
