"""The window: places at the left, one page in front, what has to be said above it, and a toast below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.services.desk import Desk
from desktop.ui import buttons, halves, icons
from desktop.ui.ask import Ask
from desktop.ui.frame import Frame, Page, sentence
from desktop.ui.labels import Banner, Tone
from desktop.ui.layouts import hairline
from desktop.ui.navigation import Navigation
from desktop.ui.pages import PLACES, Place
from desktop.ui.readying import Readying
from desktop.ui.theme import Theme
from desktop.ui.toast import Action, Toast
from desktop.ui.waiting import WaitingCount
from desktop.ui.workroom import Workroom

SIZE = (1240, 720)
"""The first size; afterwards the window opens as it was left."""


class MainWindow(QMainWindow):
    """One open office. Pages are made on the first visit; the window tells them what changed."""

    heard = Signal(object)
    leaving = Signal()
    """The window is being closed, and what was unsaved was kept or dropped."""

    def __init__(
        self,
        desk: Desk,
        *,
        ask: Ask,
        workroom: Workroom,
        memory: QSettings,
        theme: Theme,
        office_file: Path | None = None,
        places: Sequence[Place] = PLACES,
        shut: Callable[..., None] = lambda *_: None,
    ) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.desk, self._memory = desk, memory
        self._places = {place.key: place for place in places}
        self._pages: dict[str, Page] = {}
        self.before_close: Callable[[], bool] | None = None
        """Says whether the window may close now; what keeps it closes it when it has done its work."""
        self._stack = QStackedWidget()
        self.frame = Frame(
            desk=desk, ask=ask, workroom=workroom, memory=memory, theme=theme,
            toast=self._toast_said, tell=self.tell, go=self.go, read_only=desk.read_only,
            shut=shut, pages=self._stack,
        )  # fmt: skip
        self.navigation = Navigation(list(places), "")
        self.bar = Banner("message-bar", "消息")
        self.toast = Toast(self._lay_out())  # on what a lock hides
        self.toast.undo.connect(self._undo)
        self._title(office_file)
        self.heard.connect(self._pass_on)
        desk.announcer.subscribe(self._announced)
        self._waiting = WaitingCount(self, desk, workroom, self.navigation)
        self._readying = Readying(self, self._ready())
        self._restore()

    def _lay_out(self) -> QWidget:
        close = buttons.tool("x", "close-message", "关闭这条消息")
        close.clicked.connect(self.bar.hide)
        self.bar.add_button(close)
        self._notice = Banner("read-only-bar", "文件状态")
        if self.desk.read_only:
            self._notice.say(f"{self.desk.notice}。", Tone.WARN)
        bars = QVBoxLayout()
        bars.setContentsMargins(16, 8, 16, 8)
        bars.setSpacing(8)
        bars.addWidget(self._notice)
        bars.addWidget(self.bar)
        self._bars = QWidget()
        self._bars.setLayout(bars)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._bars)
        right.addWidget(self._stack, 1)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addWidget(hairline(upright=True))
        layout.addLayout(right, 1)
        self.setCentralWidget(body)
        self.navigation.asked.connect(self.go)
        self._show_bars()
        return body

    def _title(self, office_file: Path | None) -> None:
        self._file = office_file
        try:
            office = self.desk.offices.own().name
        except UserError:
            office = ""
        self.navigation.show_office(office)
        self.setWindowTitle(f"{office} - 开放日工作台" if office else "开放日工作台")
        self.setWindowFilePath(str(office_file) if office_file else "")
        self.setWindowIcon(icons.icon("openday"))

    # -- pages

    @property
    def page(self) -> Page | None:
        """Return the page in front."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def go(self, key: str, record_id: bytes = b"") -> None:
        """Bring a place to the front, at a record; the page left may ask about unsaved edits first."""
        front = self.page
        if front is not None and front.key != key and not front.may_leave():
            self.navigation.mark(front.key)
            return
        page = self._pages.get(key) or self._make(key)
        self._stack.setCurrentWidget(page)
        self.navigation.mark(key)
        self._memory.setValue("window/page", key)
        page.shown()
        inside = QApplication.focusWidget()
        if (box := page.first_focus()) and not (inside and page.isAncestorOf(inside)):
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        if record_id:
            page.open_record(record_id)

    def _make(self, key: str) -> Page:
        page = self._pages[key] = self._places[key].make(self.frame)
        self._stack.addWidget(page)
        halves.bring_back(page, self._memory)
        return page

    def get_ready(self) -> None:
        """Make the pages that were not visited yet, in small steps while the window rests."""
        self._waiting.start()
        self._readying.start()

    def let_go(self) -> Iterator[None]:
        """Delete the window when it was closed, a page a step: all at once would hold up the next one for 0.2 s."""
        pages, self._pages = tuple(self._pages.values()), {}
        for page in pages:
            page.deleteLater()
            yield
        self.deleteLater()
        yield

    def _ready(self) -> Iterator[None]:
        for key in (self.page.key if self.page else "", *self._places):
            if key in self._places:
                page = self._pages.get(key) or self._make(key)
                yield
                yield from page.ready()

    def _announced(self, models: frozenset[type[Record]]) -> None:
        """Hear of a commit, on whatever thread it was made; the signal brings it to the window's."""
        self.heard.emit(models)

    def _pass_on(self, models: frozenset[type[Record]]) -> None:
        self.toast.passed()  # a toast about this very change comes after its commit
        for page in tuple(self._pages.values()):
            page.heard(models)
        self._waiting.heard(models)
        if any(model.kind == "office" for model in models):
            self._title(self._file)

    # -- what has to be said

    def tell(self, error: BaseException) -> None:
        """Show an error of the user or of the environment; raise a bug again for the excepthook."""
        words = sentence(error)
        if words is None:
            raise error
        if words:
            self.toast.give_way()
            self.bar.say(words, Tone.WARN if isinstance(error, UserError) else Tone.LATE)
            self._show_bars()

    def _toast_said(self, text: str, *, undo: bool = False, action: Action | None = None) -> None:
        self.bar.say("")
        self._show_bars()
        self.toast.say(text, undo=undo, action=action)

    def _show_bars(self) -> None:
        self._bars.setVisible(self.bar.isVisibleTo(self._bars) or self._notice.isVisibleTo(self._bars))

    def _undo(self) -> None:
        if self.page is not None:
            self.page.undo()

    def bring_to_front(self) -> None:
        """Show the window over the others, because the program was started once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # -- memory

    def _restore(self) -> None:
        geometry = self._memory.value("window/geometry")
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        first = next(iter(self._places))
        wanted = str(self._memory.value("window/page") or first)
        self.go(wanted if wanted in self._places else first)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.page is not None and not self.page.may_leave():
            event.ignore()
            return
        if self.before_close is not None and not self.before_close():
            event.ignore()
            return
        self.leaving.emit()
        self._readying.stop()
        self._waiting.stop()
        self._memory.setValue("window/geometry", self.saveGeometry())
        for page in self._pages.values():
            halves.keep(page, self._memory)
        self.desk.announcer.unsubscribe(self._announced)
        event.accept()
