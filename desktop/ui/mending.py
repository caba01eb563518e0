"""What is offered where an office file can't be opened: its last good backup, and a rescue of what can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import LockedError
from desktop.records.backups import Backup
from desktop.records.base import own_connection
from desktop.records.rescued import Rescued
from desktop.services.desk import Desk
from desktop.ui import buttons
from desktop.ui.ask import Ask
from desktop.ui.first_run import KINDS, FirstRun
from desktop.ui.labels import StatusLabel
from desktop.ui.mending_doors import Mending
from desktop.ui.workroom import Workroom

ELSEWHERE = "这份备份另有口令，在这里恢复不了。请把它（连同同名的 .keys 文件）复制到电脑上，用“打开已有…”打开，以后就用那一份"


class MendingOffers(QObject):
    """Adds to the first-run page what can be done about a damaged file.

    `restored(desk)` and `rescued(desk, file, words)` tell that an office is open again.
    """

    restored = Signal(object)
    rescued = Signal(object, object, str)

    def __init__(
        self,
        page: FirstRun,
        damaged: Path,
        mending: Mending,
        open_desk: Callable[[Path], Desk],
        workroom: Workroom,
        ask: Ask,
    ) -> None:
        super().__init__(page)
        self._page, self._damaged, self._mending = page, damaged, mending
        self._open_desk, self._workroom, self._ask = open_desk, workroom, ask
        self._backup: Backup | None = None
        self.looked = StatusLabel("damaged-backup", "最近的备份", "muted", wrap=True)
        self.looked.say("正在找最近的完好备份…")
        self._restore = buttons.primary("用最近的备份恢复", "damaged-restore", "undo")
        self._rescue = buttons.plain("抢救…", "damaged-rescue", "database")
        self._rescue.setToolTip(
            "把损坏的文件里还能读出的记录写进一个新的数据文件，并列出丢失了什么；不动原来的文件"
        )
        self._other = buttons.plain("用别处的备份恢复…", "damaged-other", "folder-open")
        self._other.setToolTip("选U盘或另一块硬盘上的一份备份")
        self._restore.setEnabled(False)
        self._restore.clicked.connect(self.restore)
        self._other.clicked.connect(self.restore_other)
        self._rescue.clicked.connect(self.rescue)
        page.offer(self.looked, self._restore, self._other, self._rescue)
        workroom.run(self, partial(mending.good_backup, damaged), done=self._found, failed=self._none)

    def withdraw(self) -> None:
        """Offer nothing more: another file was chosen."""
        self._page.withdraw()
        self.deleteLater()

    def _found(self, backup: Backup | None) -> None:
        if backup is None:
            self.looked.say("数据文件旁边没有完好的备份。U盘里有的，用U盘里的恢复；没有就先抢救。")
            self._other.setFocus()
            return
        self._backup = backup
        when = backup.made_at.strftime("%Y-%m-%d %H:%M")
        self.looked.say(
            f"最近的完好备份：{when}，{backup.total:,} 条记录。恢复时损坏的文件会另存，不会丢掉。"
        )
        self._restore.setEnabled(True)
        self._restore.setFocus()

    def _none(self, error: BaseException) -> None:
        self._found(None)

    def restore(self) -> None:
        """Put the newest sound backup in the damaged file's place and open it."""
        if self._backup is not None:
            self._put_back(self._backup.path)

    def restore_other(self) -> None:
        """Ask for a backup on a stick, and put that in the damaged file's place."""
        if backup := self._ask.choose_file("用哪一份备份恢复", KINDS):
            self._put_back(backup)

    def _put_back(self, backup: Path) -> None:
        restore, path = partial(self._mending.restore, self._damaged, backup), self._damaged

        def work() -> Desk:
            with own_connection():
                restore()
                return self._open_desk(path)

        self._begin("正在恢复备份", work, self.restored.emit)

    def rescue(self) -> None:
        """Ask where the rescued office goes, build it and open it."""
        suggested = self._damaged.with_name(f"{self._damaged.stem}-救出{self._damaged.suffix}")
        out = self._ask.save_as("抢救到新的数据文件", str(suggested), KINDS)
        if out is None:
            return

        def work() -> tuple[Desk, Rescued]:
            with own_connection():
                done = self._mending.rescue(self._damaged, out, None)
                return self._open_desk(out), done

        self._begin("正在抢救", work, self._rescued)

    def _rescued(self, result: tuple[Desk, Rescued]) -> None:
        desk, done = result
        words = f"救出 {done.total:,} 条记录，{done.told_loss()}；详见“{done.report.name}”"
        self.rescued.emit(desk, done.file, words)

    def _begin(self, words: str, work: Callable[[], object], done: Callable[[Any], None]) -> None:
        self._page.wait(words)
        self._workroom.run(self, work, done=done, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        from desktop.ui.frame import sentence

        told = ELSEWHERE if isinstance(error, LockedError) else sentence(error)
        self._page.complain(told or "")
        if told is None:
            raise error
