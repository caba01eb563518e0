"""The progress panel: silent for 300 ms, then where the work is; after 2 s what is left, and 取消."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from desktop.ui import buttons
from desktop.ui.labels import StatusLabel
from desktop.ui.naming import name

QUIET, SHORT = 300, 2_000
"""Milliseconds before anything shows, and before the remaining time and 取消 do."""


class ProgressPanel(QFrame):
    """A card over or under the work's result; `cancelled` asks the caller to stop its task."""

    cancelled = Signal()

    def __init__(self, identifier: str = "progress", *, may_stop: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._words = StatusLabel(f"{identifier}-words", "进度")
        self._left = StatusLabel(f"{identifier}-left", "剩余时间", "caption")
        self._bar = name(QProgressBar(textVisible=False), f"{identifier}-bar", "进度")
        self._cancel = buttons.plain("取消", f"{identifier}-cancel")
        self._cancel.clicked.connect(self._stop_asked)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._words)
        line.addStretch()
        line.addWidget(self._left)
        line.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(line)
        layout.addWidget(self._bar)
        self._clock = QElapsedTimer()
        self._appear = QTimer(self, singleShot=True, interval=QUIET)
        self._appear.timeout.connect(self.show)
        self._offer = QTimer(self, singleShot=True, interval=SHORT)
        if may_stop:
            self._offer.timeout.connect(self._cancel.show)
        self.hide()

    def start(self, words: str) -> None:
        """Begin: `words` say what is being done."""
        self._words.say(words)
        self._left.say("")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.hide()
        self._clock.start()
        self._appear.start()
        self._offer.start()

    def step(self, done: int, total: int) -> None:
        """Show that `done` of `total` are finished."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        spent = self._clock.elapsed()
        if spent > SHORT and done:
            seconds = round(spent / done * (total - done) / 1000)
            self._left.say(f"{done:,} / {total:,}，还要约 {spoken(seconds)}")

    def stop(self) -> None:
        """Finish, shown or not."""
        self._appear.stop()
        self._offer.stop()
        self.hide()

    def _stop_asked(self) -> None:
        self._cancel.setEnabled(False)
        self._left.say("正在停止…")
        self.cancelled.emit()


def spoken(seconds: int) -> str:
    """Return a length of time as one would say it."""
    if seconds < 60:
        return f"{max(seconds, 1)} 秒"
    return f"{round(seconds / 60)} 分钟"
