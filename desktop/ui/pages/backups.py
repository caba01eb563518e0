"""备份: what backups there are, one more now, to a stick, a rehearsal, and the way back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.errors import Cancelled, LockedError
from desktop.records.backups import Backup, Drill, Outlook, Reason
from desktop.records.papers import Watch
from desktop.services.rights import Deed
from desktop.ui import buttons
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import Banner, EmptyState, StatusLabel, Tone
from desktop.ui.layouts import hairline, row
from desktop.ui.marks import Mark
from desktop.ui.naming import set_property
from desktop.ui.password_dialogs import OtherPassword
from desktop.ui.plain_table import Cell, PlainTable
from desktop.ui.restore_dialog import RestoreDialog, shown_time
from desktop.ui.tool_line import ToolLine
from desktop.ui.work_beside import WorkBeside
from desktop.ui.workroom import Task

HEADINGS = ("时间", "缘由", "记录", "大小", "最后一次改动", "状态")
CHECKED, BARE = Mark("已核对", Tone.DONE), Mark("没有标签", Tone.WARN)
LOCKED = Mark("已核对，有口令", Tone.DONE)
OPEN = Mark("没有口令", Tone.WARN)
"""Of a backup from before the office file got its password."""
KINDS = (("开放日数据文件", "*.openday"),)
STICK, STICK_DAY = "backups/second-place", "backups/second-day"
WORDS_FROM = 800
"""Pixels of the page from which all its buttons show their words: a small screen at 150 % has 758."""
RULE = "启动、退出时和每小时有改动就自动备份；今天和昨天的全部保留，再往前保留 12 天、10 周、9 个月，每天、每周、每月一份。"


class BackupsPanel(Page):
    """The list, the newest first. Ctrl+N makes one, F5 reads the list anew, Enter restores the chosen one."""

    key, label, icon = "backups", "备份", "archive"
    _changed = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._found: list[Backup] = []
        self._looking: Task | None = None
        self.fault = Banner("backup-fault", "备份出了什么问题")
        self.told = StatusLabel("backups-told", "备份的情况", "muted", wrap=True)
        self.place = StatusLabel("backups-place", "第二处备份", "caption", wrap=True)
        self.list = PlainTable("backups-list", "备份", HEADINGS, wide=4)
        self.list.row_chosen.connect(self._tell_buttons)
        self.list.doubleClicked.connect(self.restore)
        self._sides = QStackedWidget()
        self._lay_out()
        self._changed.connect(self._heard)
        frame.desk.backups.subscribe(self._changed.emit)
        self._tell_buttons()

    def _lay_out(self) -> None:
        first = buttons.primary("立即备份", "first-backup", "archive")
        first.clicked.connect(self.keep)
        words = "备份会自动做，也可以现在就做一份。另外请定期备份到U盘，和电脑分开放。"
        self._sides.addWidget(self.list)
        self._sides.addWidget(EmptyState("archive", "还没有备份", words, first))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._tools())
        layout.addWidget(hairline())
        layout.addLayout(row(self.fault, margins=(16, 8, 16, 0)))
        layout.addLayout(row(self.told, margins=(16, 8, 16, 0)))
        layout.addLayout(row(self.place, margins=(16, 2, 16, 8)))
        layout.addWidget(self._sides, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_property(self, "role", "surface")

    def _tools(self) -> QVBoxLayout:
        now = buttons.action(self, "立即备份", "Ctrl+N", "archive")
        stick = buttons.action(self, "备份到U盘", "Ctrl+U", "save")
        again = buttons.action(self, "重新读取", "F5")
        self._restore = buttons.action(self, "恢复", "Ctrl+R", "undo")
        self._drill = buttons.action(self, "恢复演练", "Ctrl+D", "check-circle")
        other = buttons.action(self, "用别处的备份恢复", "Ctrl+O", "folder-open")
        folder = buttons.action(self, "打开备份文件夹", "Ctrl+Shift+O", "folder")
        for made, verb in (
            (now, self.keep),
            (stick, self.keep_on_stick),
            (again, self.read),
            (self._restore, self.restore),
            (self._drill, self.drill),
            (other, self.restore_other),
            (folder, self.show_folder),
        ):
            made.triggered.connect(verb)
        self._now, self._stick, self._other = now, stick, other
        line = row(gap=4, margins=(12, 8, 12, 8))
        line.addWidget(buttons.does(buttons.primary("立即备份", "backup-now", "archive"), now))
        self._less = ToolLine()
        for made, words, identifier, icon in (
            (stick, "备份到U盘…", "backup-stick", "save"),
            (self._restore, "恢复…", "backup-restore", "undo"),
            (self._drill, "恢复演练", "backup-drill", "check-circle"),
            (other, "用别处的备份恢复…", "backup-other", "folder-open"),
            (folder, "打开文件夹", "backup-folder", "folder"),
        ):
            button = buttons.does(buttons.quiet(words, identifier, icon), made)
            if made in (other, folder):
                self._less.add(button)
            else:
                line.addWidget(button)
        line.addWidget(self._less)
        line.addStretch(1)
        stack = QVBoxLayout()
        stack.addLayout(line)
        return stack

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._less.shorten(self.width() < WORDS_FROM)

    # -- what there is

    def shown(self) -> None:
        self.read()

    def read(self) -> None:
        """Read the list anew, beside the window."""
        if self._looking:
            self._looking.cancel()
        vault = self.frame.desk.backups.vault
        self._looking = self.frame.workroom.look(self, vault.listed, done=self._show, failed=self._unread)

    def _unread(self, error: BaseException) -> None:
        self._looking = None
        if not isinstance(error, Cancelled):  # it is asked anew
            self.frame.tell(error)

    def _heard(self) -> None:
        if self.isVisible():
            self.read()

    def _show(self, found: list[Backup]) -> None:
        self._looking = None
        chosen = self.chosen
        self._found = found
        locked = self.frame.desk.users.protected
        self.list.fill([_line(backup, locked=locked) for backup in found])
        self._sides.setCurrentIndex(0 if found else 1)
        places = [place for place, backup in enumerate(found) if chosen and backup.path == chosen.path]
        if found:
            self.list.selectRow(places[0] if places else 0)
        backups = self.frame.desk.backups
        self.fault.say(f"上一次备份没有做成：{backups.fault}" if backups.fault else "", Tone.LATE)
        self.told.say(
            f"共 {len(found)} 份，在数据文件旁边的“{backups.vault.folder.name}”文件夹里。{RULE}"
            if found
            else RULE
        )
        kept, day = (str(self.frame.memory.value(key) or "") for key in (STICK, STICK_DAY))
        self.place.say(f"上次备份到：{kept}{_when(day)}" if kept else "还没有备份到U盘或另一块硬盘。")
        self._tell_buttons()

    def _tell_buttons(self, row: int = -1) -> None:
        rights, some = self.frame.desk.rights, self.chosen is not None
        self._restore.setEnabled(some and rights.may(Deed.RESTORE))
        self._drill.setEnabled(some and rights.may(Deed.BACK_UP))
        self._other.setEnabled(rights.may(Deed.RESTORE))
        for action in (self._now, self._stick):
            action.setEnabled(rights.may(Deed.BACK_UP))

    @property
    def chosen(self) -> Backup | None:
        """Return the backup gone to in the list."""
        row = self.list.row()
        return self._found[row] if 0 <= row < len(self._found) else None

    # -- verbs

    def keep(self) -> None:
        """Make a backup now."""
        backups = self.frame.desk.backups
        self._beside("正在备份", lambda watch: backups.keep(Reason.BY_HAND, watch), self._kept)

    def keep_on_stick(self) -> None:
        """Make a backup in a folder of a stick or another disk; the folder is offered again the next time."""
        kept = str(self.frame.memory.value(STICK) or "")
        again = f"还备份到“{kept}”"
        if kept and Path(kept).is_dir():
            answer = self.frame.ask.choose("备份到哪里？", (again, "选别的文件夹…", "取消"))
            if answer == "取消":
                return
            folder = (
                Path(kept) if answer == again else self.frame.ask.choose_folder("备份到哪个文件夹（U盘）")
            )
        else:
            folder = self.frame.ask.choose_folder("备份到哪个文件夹（U盘）")
        if folder is None:
            return
        backups = self.frame.desk.backups
        self._beside("正在备份到U盘", lambda watch: backups.keep_in(folder, watch), self._kept_on_stick)

    def _kept(self, made: Backup | None) -> None:
        if made is not None:
            self.frame.toast(f"已备份 {made.total:,} 条记录，已核对完好")
        self.read()

    def _kept_on_stick(self, made: Backup) -> None:
        self.frame.memory.setValue(STICK, str(made.path.parent))
        self.frame.memory.setValue(STICK_DAY, datetime.date.today().isoformat())
        locked = "，打开要口令" if made.protected else "，没有口令，请保管好U盘"
        self.frame.toast(f"已备份到 {made.path.parent}，{made.total:,} 条记录，已核对完好{locked}")
        self.read()

    def drill(self) -> None:
        """Restore the chosen backup into a temporary place and say how it went."""
        if (backup := self.chosen) is not None:
            backups = self.frame.desk.backups
            self._beside("正在演练恢复", lambda watch: backups.vault.drill(backup.path, watch), self._drilled)

    def _drilled(self, done: Drill) -> None:
        total = sum(done.counts.values())
        if done.faults:
            self.frame.ask.tell(f"“{done.backup.name}”恢复不了", detail="\n".join(done.faults[:5]))
            return
        self.frame.toast(
            f"演练成功：在临时的地方恢复了 {total:,} 条记录，与标签一致，用时 {done.seconds:.1f} 秒"
        )

    def restore(self) -> None:
        """Show what restoring the chosen backup would change, and do it where that is confirmed."""
        if (backup := self.chosen) is not None:
            self._foresee(backup.path)

    def restore_other(self) -> None:
        """Restore a backup from a stick."""
        if path := self.frame.ask.choose_file("用哪一份备份恢复", KINDS):
            self._foresee(path)

    def show_folder(self) -> None:
        """Show the backups in the computer's own file window."""
        from desktop.ui.file_work import show_folder

        show_folder(self.frame.desk.backups.vault.folder / "_")

    def _foresee(self, path: Path) -> None:
        backups = self.frame.desk.backups

        def failed(error: BaseException) -> None:
            if isinstance(error, LockedError):
                OtherPassword(self.frame, self.window(), path, partial(self._foresee, path)).open()
            elif not isinstance(error, Cancelled):
                self.frame.tell(error)

        work: Callable[[Watch], Outlook] = partial(backups.outlook, path)
        WorkBeside(self.frame, self.window(), "正在核对备份", work, self._foreseen, failed).open()

    def _foreseen(self, outlook: Outlook) -> None:
        RestoreDialog(self.window(), outlook, self._put_back).open()

    def _put_back(self, path: Path) -> None:
        """Shut the window, put the backup in the place of the office file, and open that."""

        def told(frame: Frame) -> None:
            frame.toast(f"已恢复到“{path.name}”；原来的数据文件另存在原处，名字里有“恢复前”")

        self.frame.shut("正在恢复备份", partial(self.frame.desk.backups.restore, path), told)

    def _beside(self, words: str, work: Callable[[Watch], Any], done: Callable[[Any], object]) -> None:
        WorkBeside(self.frame, self.window(), words, work, done).open()


def _line(backup: Backup, *, locked: bool) -> tuple[Cell, ...]:
    size = f"{backup.size / 1_000_000:,.1f} MB"
    when = backup.made_at.strftime("%Y-%m-%d %H:%M")
    if not backup.labelled:
        return when, "别处复制来的", "", size, "", BARE
    last = shown_time(backup.last_change)
    mark = LOCKED if backup.protected else OPEN if locked else CHECKED
    return when, backup.reason, f"{backup.total:,}", size, last, mark


def _when(day: str) -> str:
    """Say when a day was and how long ago: what was copied to a stick months ago saves little."""
    try:
        days = (datetime.date.today() - datetime.date.fromisoformat(day)).days
    except ValueError:  # never kept, or somebody wrote into the file of settings
        return ""
    ago = {0: "今天", 1: "昨天"}.get(days, f"{max(days, 0)} 天前")
    return f"（{day}，{ago}）"
