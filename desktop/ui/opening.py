"""Bringing an office file to the window: opened, made, unlocked, or, where it can't be, said why and what mends it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from desktop import paths
from desktop.errors import DamagedError, LockedError, TroubleError, UserError
from desktop.files import is_reachable, is_there
from desktop.records.base import own_connection
from desktop.records.staff import Office
from desktop.services.desk import Desk
from desktop.ui.frame import Frame, sentence
from desktop.ui.main_window import MainWindow
from desktop.ui.presence import Presence

if TYPE_CHECKING:
    from desktop.ui.first_run import FirstRun
    from desktop.ui.mending import MendingOffers
    from desktop.ui.mending_doors import Mending
    from desktop.ui.program import Program

Open = Callable[..., Desk]
"""open_desk(path, password, name): open an office file; what has a password raises LockedError without it."""
New = Callable[..., Desk]
"""new_desk(path, office, password): make an office file with its settings."""
Locked = Callable[[Path], bool]
"""Says whether a locked file has several users, so that a name is asked as well."""


class Opening(QObject):
    """The ways to an office file, and the page that is shown while there is none."""

    def __init__(
        self, program: Program, open_desk: Open, new_desk: New, needs_name: Locked, mending: Mending | None
    ) -> None:
        super().__init__(program)
        self._program, self._mending, self._needs_name = program, mending, needs_name
        self.open_desk, self.new_desk = open_desk, new_desk
        self._first: FirstRun | None = None
        self._offers: MendingOffers | None = None

    def start(self, office_file: Path) -> bool:
        """Show a window; False where the file is open already and its window was called to the front."""
        try:
            if is_there(office_file):
                return self._open(office_file)
        except TroubleError as error:  # its folder is shut for this user
            self.first_run(office_file, error.message)
        else:
            self.first_run(office_file, "")
        return True

    def _open(self, office_file: Path) -> bool:
        """Open an office while there is no window yet; False where another window has it and came to the front."""
        presence = Presence(office_file)
        if not presence.take():
            if not presence.call_the_other():
                self._look_only(office_file, presence)
                return True
            return False
        if self._mending and self._mending.is_older(office_file):
            self.first_run(office_file, "")
            work = partial(self.open_desk, office_file)
            self._prepare(
                f"正在升级“{office_file.stem}”，先做一份备份，请不要关机", work, office_file, presence
            )
            return True
        try:
            desk = self.open_desk(office_file)
        except LockedError:
            self.ask_password(office_file, presence)
            return True
        except (UserError, TroubleError) as error:
            self.refused(office_file, presence, error)
            return True
        self._program.show(desk, office_file, presence)
        return True

    def _look_only(self, office_file: Path, presence: Presence) -> None:
        """Open for reading what another window holds that doesn't answer; where even that fails, say so."""
        try:
            desk = self._mending.look(office_file) if self._mending else None
        except (UserError, TroubleError):
            desk = None
        if desk is None:
            self.first_run(office_file, _held(office_file))
        else:
            self._program.show(desk, office_file, presence)

    def refused(self, office_file: Path, presence: Presence, error: BaseException) -> None:
        """Say on the first-run page why a file doesn't open, and offer what mends it; raises what nobody foresaw."""
        presence.leave()
        words = sentence(error)
        self.first_run(office_file, words or "")
        self._offer_mending(office_file, error)
        if words is None:
            raise error

    def _offer_mending(self, office_file: Path, error: BaseException) -> None:
        """Offer a backup or a rescue where a file is damaged."""
        if self._mending is None or self._first is None or not isinstance(error, DamagedError):
            return
        from desktop.ui.mending import MendingOffers

        offers = self._offers = MendingOffers(
            self._first, office_file, self._mending, self.open_desk, self._program.workroom, self._program.ask
        )
        offers.restored.connect(partial(self._mended, office_file, words=""))
        offers.rescued.connect(lambda desk, file, words: self._mended(file, desk, words=words))

    def _mended(self, office_file: Path, desk: Desk, words: str) -> None:
        presence = Presence(office_file)
        presence.take()
        self._program.show(desk, office_file, presence)
        assert isinstance(self._program.window, MainWindow)
        self._program.window.frame.toast(words or "已用备份恢复；损坏的数据文件另存在原处，名字里有“恢复前”")

    def _open_chosen(self, office_file: Path) -> None:
        if self._offers is not None and shiboken6.isValid(self._offers):
            self._offers.withdraw()
        self._offers = None
        presence = Presence(office_file)
        if presence.take():
            work = partial(self.open_desk, office_file)
            self._prepare(f"正在打开“{office_file.stem}”", work, office_file, presence)
        elif presence.call_the_other():
            self._program.leave_window()
        else:
            self._complain(_held(office_file))

    def ask_password(self, office_file: Path, presence: Presence) -> None:
        """Show the window that asks for the password of a file; the file stays held for it."""
        from desktop.ui.unlock_page import UnlockPage

        page = UnlockPage(office_file, self._program.memory, ask_name=self._needs_name(office_file))

        def told(password: str, name: str) -> None:
            page.wait("正在打开")
            work = partial(_apart, partial(self.open_desk, office_file, password, name))
            self._program.workroom.run(
                page,
                work,
                done=partial(self._program.show, office_file=office_file, presence=presence),
                failed=failed,
            )

        def failed(error: BaseException) -> None:
            if isinstance(error, DamagedError):
                self.refused(office_file, presence, error)
                return
            words = sentence(error)
            page.complain(words or "")
            if words is None:
                raise error

        def other() -> None:
            presence.leave()
            self.first_run(office_file, "")

        page.told.connect(told)
        page.other.connect(other)
        self._first = None
        self._program.put(page)

    def _make(self, office_file: Path, office: Office, password: str = "") -> None:
        presence = Presence(office_file)
        if not presence.take():
            self._complain(f"“{office_file.name}”已在另一个窗口中打开，请换一个位置。")
            return
        work = partial(self.new_desk, office_file, office, *([password] if password else ()))
        then = _offer_sheet if password else None
        self._prepare(f"正在建立“{office.name}”", work, office_file, presence, then)

    def _sample(self, folder: Path) -> None:
        """Make a sample office in a folder, beside whatever lies there."""
        office_file = folder / f"示例单位{paths.OFFICE_SUFFIX}"
        if office_file.exists():
            self._open_chosen(office_file)
            return
        presence = Presence(office_file)
        presence.take()
        work = partial(_sample_desk, self.new_desk, office_file)
        self._prepare("正在建立示例单位", work, office_file, presence)

    def _prepare(
        self,
        words: str,
        work: Callable[[], Desk],
        office_file: Path,
        presence: Presence,
        then: Callable[[Frame], None] | None = None,
    ) -> None:
        """Have an office file opened or made beside the first-run page, then show its window."""

        def shown(desk: Desk) -> None:
            self._program.show(desk, office_file, presence)
            if then and isinstance(self._program.window, MainWindow):
                then(self._program.window.frame)

        def failed(error: BaseException) -> None:
            if isinstance(error, LockedError):
                self.ask_password(office_file, presence)
                return
            presence.leave()
            told = sentence(error)
            self._complain(told or "")
            self._offer_mending(office_file, error)
            if told is None:
                raise error

        if self._first is not None:
            self._first.wait(words)
        self._program.workroom.run(self, partial(_apart, work), done=shown, failed=failed)

    def first_run(self, office_file: Path, fault: str) -> None:
        """Show the page on which an office is made or chosen, and what is wrong with the one asked for."""
        # with forms and calendar, which a start with an office needn't load
        from desktop.ui.first_run import FirstRun

        suggested = office_file if not is_reachable(office_file) else _free_name(office_file)
        page = FirstRun(self._program.ask, suggested, self._program.recent())
        page.make.connect(self._make)
        page.open_file.connect(self._open_chosen)
        page.sample.connect(self._sample)
        if fault:
            page.complain(fault)
        self._first = page
        self._program.put(page)

    def done(self) -> None:
        """Forget the page that was shown while there was no office: its window comes."""
        self._first = None

    def _complain(self, words: str) -> None:
        if self._first is not None:
            self._first.complain(words)


def _offer_sheet(frame: Frame) -> None:
    """Have the recovery sheet of a file made with a password printed while it is thought of."""
    from desktop.ui.recovery_dialog import RecoveryDialog

    RecoveryDialog(frame, None).open()


def _apart(work: Callable[[], Desk]) -> Desk:
    """Do work on an office file with a connection of the worker's own."""
    with own_connection():
        return work()


def _sample_desk(new_desk: New, office_file: Path) -> Desk:
    from desktop.services.sample import fill_office, own_office

    desk = new_desk(office_file, own_office())
    fill_office(desk)
    return desk


def _held(office_file: Path) -> str:
    return f"“{office_file.name}”已在另一个窗口中打开，但那个窗口没有响应；请先关闭它。"


def _free_name(office_file: Path) -> Path:
    """Return a name beside a file that can't be opened, so that a new office never takes its place."""
    number = 2
    while (beside := office_file.with_name(f"{office_file.stem}-{number}{office_file.suffix}")).exists():
        number += 1
    return beside
