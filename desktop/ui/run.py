"""Starting the window: the application, its language and look, the office file, and what to do about errors."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from desktop import paths
from desktop.errors import DamagedError, LockedError, OpenDayError, TroubleError, UserError
from desktop.files import is_reachable, is_there, sweep_drafts
from desktop.records.base import database, own_connection
from desktop.records.papers import Watch
from desktop.records.staff import Office
from desktop.records.users import User
from desktop.services.desk import Desk
from desktop.ui import pages
from desktop.ui.ask import Ask, AskOnScreen
from desktop.ui.frame import Frame, sentence
from desktop.ui.main_window import MainWindow
from desktop.ui.presence import Presence
from desktop.ui.qt_words import MissingWords
from desktop.ui.readying import Readying
from desktop.ui.sweeper import Sweeper
from desktop.ui.theme import Theme
from desktop.ui.workroom import Workroom

if TYPE_CHECKING:
    from desktop.ui.first_run import FirstRun
    from desktop.ui.mending import MendingOffers
    from desktop.ui.mending_doors import Mending

Open = Callable[..., Desk]
"""open_desk(path, password, name): open an office file; what has a password raises LockedError without it."""
New = Callable[..., Desk]
"""new_desk(path, office, password): make an office file with its settings."""
Locked = Callable[[Path], bool]
"""Says whether a locked file has several users, so that a name is asked as well."""
Report = Callable[[BaseException], object]
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


def run_window(
    office_file: Path,
    open_desk: Open,
    new_desk: New,
    report: Report | None = None,
    *,
    ask: Ask | None = None,
    locked: Locked | None = None,
    mending: Mending | None = None,
) -> int:
    """Open the window on an office file, or the first-run page where there is none; return the exit code."""
    app = application()
    speak_chinese(app)
    program = Program(app, open_desk, new_desk, report or str, ask=ask, locked=locked, mending=mending)
    before, sys.excepthook = sys.excepthook, program.caught
    try:
        if not program.start(office_file):
            return 0
        QTimer.singleShot(SOON, program, program.read_ahead)
        gc.freeze()  # what is loaded by now stays: no search for garbage needs to look through it
        return app.exec()
    finally:
        program.close()
        sys.excepthook = before


def application() -> QApplication:
    """Return the program's one application, in the style that our look is built on.

    The style goes by its word: asked of Qt as an object, it would bring the 528 names of QStyle into each start.
    """
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    return app


def speak_chinese(app: QApplication) -> None:
    """Give Qt's own buttons and menus their Chinese words, and dates their Chinese form."""
    app.setApplicationName("openday-desk")
    app.setApplicationDisplayName("开放日工作台")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.installTranslator(MissingWords(app))


class Program(QObject):
    """What lives as long as the program: look, memory, workroom, and the window in front."""

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
        self._mending = mending
        self._needs_name: Locked = locked or (lambda path: False)
        self._open_desk, self._new_desk, self._report = open_desk, new_desk, report
        self.memory = QSettings(str(paths.user_folder() / "window.ini"), QSettings.Format.IniFormat)
        self.theme = Theme(app, self.memory)
        self.workroom = Workroom()
        self.sweeper = Sweeper(lambda: self.workroom.busy, self)
        self.sweeper.begin()
        self.ask: Ask = ask or AskOnScreen()
        self.window: QWidget | None = None
        self._first: FirstRun | None = None
        self._offers: MendingOffers | None = None
        self._presence: Presence | None = None
        self._telling = False

    def start(self, office_file: Path) -> bool:
        """Show a window; False where the file is open already and its window was called to the front."""
        try:
            if is_there(office_file):
                return self._open(office_file)
        except TroubleError as error:  # its folder is shut for this user
            self._first_run(office_file, error.message)
        else:
            self._first_run(office_file, "")
        return True

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
        if self._presence:
            self._presence.leave()
        self.memory.sync()

    # -- opening

    def _open(self, office_file: Path) -> bool:
        """Open an office while there is no window yet; False where another window has it and came to the front."""
        presence = Presence(office_file)
        if not presence.take():
            if not presence.call_the_other():
                self._look_only(office_file, presence)
                return True
            return False
        if self._mending and self._mending.is_older(office_file):
            self._first_run(office_file, "")
            work = partial(self._open_desk, office_file)
            self._prepare(
                f"正在升级“{office_file.stem}”，先做一份备份，请不要关机", work, office_file, presence
            )
            return True
        try:
            desk = self._open_desk(office_file)
        except LockedError:
            self._ask_password(office_file, presence)
            return True
        except (UserError, TroubleError) as error:
            self._refused(office_file, presence, error)
            return True
        self._show(desk, office_file, presence)
        return True

    def _look_only(self, office_file: Path, presence: Presence) -> None:
        """Open for reading what another window holds that doesn't answer; where even that fails, say so."""
        try:
            desk = self._mending.look(office_file) if self._mending else None
        except (UserError, TroubleError):
            desk = None
        if desk is None:
            self._first_run(office_file, _held(office_file))
        else:
            self._show(desk, office_file, presence)

    def _refused(self, office_file: Path, presence: Presence, error: UserError | TroubleError) -> None:
        """Say on the first-run page why a file doesn't open, and offer what mends it."""
        presence.leave()
        self._first_run(office_file, error.message)
        self._offer_mending(office_file, error)

    def _offer_mending(self, office_file: Path, error: BaseException) -> None:
        """Offer a backup or a rescue where a file is damaged."""
        if self._mending is None or self._first is None or not isinstance(error, DamagedError):
            return
        from desktop.ui.mending import MendingOffers

        offers = self._offers = MendingOffers(
            self._first, office_file, self._mending, self._open_desk, self.workroom, self.ask
        )
        offers.restored.connect(partial(self._mended, office_file, words=""))
        offers.rescued.connect(lambda desk, file, words: self._mended(file, desk, words=words))

    def _mended(self, office_file: Path, desk: Desk, words: str) -> None:
        presence = Presence(office_file)
        presence.take()
        self._show(desk, office_file, presence)
        assert isinstance(self.window, MainWindow)
        self.window.frame.toast(words or "已用备份恢复；损坏的数据文件另存在原处，名字里有“恢复前”")

    def _open_chosen(self, office_file: Path) -> None:
        if self._offers is not None and shiboken6.isValid(self._offers):
            self._offers.withdraw()
        self._offers = None
        presence = Presence(office_file)
        if presence.take():
            work = partial(self._open_desk, office_file)
            self._prepare(f"正在打开“{office_file.stem}”", work, office_file, presence)
        elif presence.call_the_other():
            self._leave_window()
        else:
            self._complain(_held(office_file))

    def _ask_password(self, office_file: Path, presence: Presence) -> None:
        """Show the window that asks for the password of a file; the file stays held for it."""
        from desktop.ui.unlock_page import UnlockPage

        page = UnlockPage(office_file, self.memory, ask_name=self._needs_name(office_file))

        def told(password: str, name: str) -> None:
            page.wait("正在打开")
            work = partial(_apart, partial(self._open_desk, office_file, password, name))
            self.workroom.run(
                page,
                work,
                done=partial(self._show, office_file=office_file, presence=presence),
                failed=failed,
            )

        def failed(error: BaseException) -> None:
            if isinstance(error, DamagedError):
                self._refused(office_file, presence, error)
                return
            words = sentence(error)
            page.complain(words or "")
            if words is None:
                raise error

        def other() -> None:
            presence.leave()
            self._first_run(office_file, "")

        page.told.connect(told)
        page.other.connect(other)
        self._first = None
        self._put(page)

    def _shut(
        self, words: str, work: Callable[..., object], then: Callable[[Frame], None] | None = None
    ) -> None:
        """Close the window, have work done on its office file while nobody is in it, and open it again."""
        window, presence = self.window, self._presence
        if not isinstance(window, MainWindow) or presence is None:
            return
        window.before_close = None  # the work makes the copies that it needs
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            if not window.close():
                return
            from desktop.ui.shut_page import ShutPage

            page = ShutPage(words)
            self._put(page)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)
        database.close()  # this thread's connection: the file is to be nobody's
        opened = partial(self._open_desk, presence.office_file)

        def begin(_none: object) -> None:
            task = self.workroom.run(
                page,
                partial(_redone, work, opened),
                done=partial(self._shown_again, presence, then),
                failed=partial(self._not_again, presence),
                progress=page.step,
            )
            page.cancelled.connect(task.cancel)

        self.workroom.look(page, _nothing, done=begin, failed=begin)  # after the looks of the window before

    def _shown_again(
        self,
        presence: Presence,
        then: Callable[[Frame], None] | None,
        got: tuple[Desk, BaseException | None],
    ) -> None:
        desk, fault = got
        self._show(desk, presence.office_file, presence)
        assert isinstance(self.window, MainWindow)
        if fault is not None:
            self.window.tell(fault)
        elif then:
            then(self.window.frame)

    def _not_again(self, presence: Presence, error: BaseException) -> None:
        if isinstance(error, LockedError):
            self._ask_password(presence.office_file, presence)
            return
        presence.leave()
        words = sentence(error)
        self._first_run(presence.office_file, words or "")
        if words is None:
            raise error

    def _make(self, office_file: Path, office: Office, password: str = "") -> None:
        presence = Presence(office_file)
        if not presence.take():
            self._complain(f"“{office_file.name}”已在另一个窗口中打开，请换一个位置。")
            return
        work = partial(self._new_desk, office_file, office, *([password] if password else ()))
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
        work = partial(_sample_desk, self._new_desk, office_file)
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
            self._show(desk, office_file, presence)
            if then and isinstance(self.window, MainWindow):
                then(self.window.frame)

        def failed(error: BaseException) -> None:
            if isinstance(error, LockedError):
                self._ask_password(office_file, presence)
                return
            presence.leave()
            told = sentence(error)
            self._complain(told or "")
            self._offer_mending(office_file, error)
            if told is None:
                raise error

        if self._first is not None:
            self._first.wait(words)
        self.workroom.run(self, partial(_apart, work), done=shown, failed=failed)

    def _first_run(self, office_file: Path, fault: str) -> None:
        # with forms and calendar, which a start with an office needn't load
        from desktop.ui.first_run import FirstRun

        suggested = office_file if not is_reachable(office_file) else _free_name(office_file)
        page = FirstRun(self.ask, suggested, self._recent())
        page.make.connect(self._make)
        page.open_file.connect(self._open_chosen)
        page.sample.connect(self._sample)
        if fault:
            page.complain(fault)
        self._first = page
        self._put(page)

    def _show(self, desk: Desk, office_file: Path, presence: Presence) -> None:
        if self._presence and self._presence is not presence:
            self._presence.leave()
        self._presence = presence
        window = MainWindow(
            desk,
            ask=self.ask,
            workroom=self.workroom,
            memory=self.memory,
            theme=self.theme,
            office_file=office_file,
            shut=self._shut,
        )
        if user := desk.users.me:
            self._guard(window, user)
        presence.called.connect(window.bring_to_front)
        recent = [str(office_file), *(str(path) for path in self._recent() if path != office_file)]
        self.memory.setValue("recent", recent[:RECENT])
        self._first = None
        self._put(window)
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

    def _put(self, window: QWidget) -> None:
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

    def _leave_window(self) -> None:
        if self.window is not None:
            self.window.close()

    def _recent(self) -> Sequence[Path]:
        kept = self.memory.value("recent") or []
        return [Path(str(path)) for path in ([kept] if isinstance(kept, str) else kept)]

    def _complain(self, words: str) -> None:
        if self._first is not None:
            self._first.complain(words)

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


def _offer_sheet(frame: Frame) -> None:
    """Have the recovery sheet of a file made with a password printed while it is thought of."""
    from desktop.ui.recovery_dialog import RecoveryDialog

    RecoveryDialog(frame, None).open()


def _bring_in() -> None:
    sweep_drafts()
    for module in AHEAD:
        import_module(module)


def _apart(work: Callable[[], Desk]) -> Desk:
    """Do work on an office file with a connection of the worker's own."""
    with own_connection():
        return work()


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
