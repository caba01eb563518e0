"""锁屏: what is on the screen is hidden until the password is told again; nothing typed is lost.

Only an office file with a password can be locked: without one whoever sits down could open it anyway. The keys
and the mouse are watched at the system's windows, some events a second, never at every widget.
"""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWindow
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from desktop.records.base import own_connection
from desktop.services.users import Users
from desktop.ui.frame import sentence
from desktop.ui.labels import Tone
from desktop.ui.main_window import MainWindow
from desktop.ui.unlock_form import UnlockForm, standing_in_middle
from desktop.ui.unsaved import AWAY

MINUTES, DEFAULT_MINUTES = "lock/minutes", 10
"""Kept on this computer; 0 is never."""
BUSY = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)  # fmt: skip


class LockScreen(QObject):
    """Watches one window, locks it when nobody is there or by Ctrl+L, and lets its user in again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("lock-screen")
        self._window, self._users = window, window.desk.users
        self._cover: Cover | None = None
        self._hidden: list[tuple[QWidget, bool]] = []
        """What was put away, and whether it was modal: Qt forgets that of a hidden dialog."""
        self._focus: QWidget | None = None
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(window.windowHandle())
        self.set_minutes(minutes_of(window.frame.memory))

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes without a key or the mouse; 0 is never."""
        self._window.frame.memory.setValue(MINUTES, minutes)
        self._idle.stop()
        self._idle.setInterval(minutes * 60_000)
        if minutes:
            self._idle.start()

    @property
    def locked(self) -> bool:
        """Say whether the window is locked."""
        return self._cover is not None

    def _watch(self, handle: QWindow | None) -> None:
        if handle is not None and not handle.property("watched"):
            handle.setProperty("watched", True)
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in BUSY:
            if self._idle.interval():
                self._idle.start()
            if isinstance(event, QKeyEvent) and _is_lock_key(event):
                self.lock()
                return True
        return False

    # -- shut

    def lock(self) -> None:
        """Hide everything: questions are left unanswered, dialogs and pages wait as they are."""
        if self._cover is not None:
            return
        self._idle.stop()
        self._focus = QApplication.focusWidget()
        while popup := QApplication.activePopupWidget():
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if not widget.isVisible() or widget is self._window or not widget.isWindow():
                continue
            if isinstance(widget, QMessageBox | QFileDialog | QInputDialog):  # hiding it would answer it
                widget.close()
            else:
                self._put_away(widget)
        self._cover = Cover(self._window, self._users)
        self._cover.form.told.connect(self._try)
        self._content().hide()
        self._cover.show()
        self._cover.raise_()
        self._cover.form.take_focus()

    def _content(self) -> QWidget:
        content = self._window.centralWidget()
        assert content is not None  # a window has it from its making
        return content

    def _put_away(self, widget: QWidget) -> None:
        modal = widget.isModal()
        self._hidden.append((widget, modal))
        widget.setProperty(AWAY, True)
        if isinstance(widget, QDialog):
            widget.finished.connect(partial(self._ended, widget))
        widget.hide()

    def _ended(self, dialog: QDialog, _result: int) -> None:
        """Forget a dialog that closed itself behind the cover, its work being done."""
        dialog.setProperty(AWAY, False)
        self._hidden = [(widget, modal) for widget, modal in self._hidden if widget is not dialog]

    # -- open again

    def _try(self, password: str, _name: str) -> None:
        assert self._cover is not None
        self._cover.form.wait("正在核对口令")
        work = partial(_checked, self._users, password)
        self._window.frame.workroom.ask_outside(self, work, done=self._open, failed=self._refuse)

    def _refuse(self, error: BaseException) -> None:
        words = sentence(error)
        if self._cover is not None:
            self._cover.form.complain(words or "")
        if words is None:
            raise error

    def _open(self, _none: None) -> None:
        if self._cover is None:
            return
        self._window.removeEventFilter(self._cover)
        self._cover.hide()
        self._cover.deleteLater()
        self._cover = None
        self._content().show()
        hidden, self._hidden = self._hidden, []
        for widget, modal in hidden:
            if not shiboken6.isValid(widget):
                continue
            widget.setProperty(AWAY, False)
            if modal and isinstance(widget, QDialog):
                QDialog.open(widget)
            else:
                widget.show()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._idle.interval():
            self._idle.start()


class Cover(QWidget):
    """Lies over the window, as large as that."""

    def __init__(self, window: MainWindow, users: Users) -> None:
        super().__init__(window)
        self.setObjectName("lock-cover")
        me = users.me
        whose = "请输入口令" if me is None or me.unnamed or not me.id else f"请“{me.name}”输入自己的口令"
        words = f"{whose}。没有保存的内容都还在。"
        self.form = UnlockForm("已锁屏", words, "解锁")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(standing_in_middle(self.form, round(self.fontMetrics().averageCharWidth() * 44)))
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self.resize(event.size())
        if event.type() == QEvent.Type.Close:  # or whoever passes by could throw away what isn't saved
            event.ignore()
            self.form.banner.say("请先解锁再关闭：可能有没保存的内容", Tone.WARN)
            return True
        return False


def _checked(users: Users, password: str) -> None:
    with own_connection():
        users.check(password)


def _is_lock_key(event: QKeyEvent) -> bool:
    pressed = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_L
    return pressed and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def minutes_of(memory: object) -> int:
    """Return after how many minutes this computer locks."""
    try:
        return max(0, int(str(memory.value(MINUTES, DEFAULT_MINUTES))))  # pyright: ignore[reportAttributeAccessIssue] - QSettings
    except ValueError:
        return DEFAULT_MINUTES
