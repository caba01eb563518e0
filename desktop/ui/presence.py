"""One window an office file: a second start brings the first window to the front.

A lock file in the user's own folder (never beside the office, which may be read-only) says that the
file is open; a call file beside it is watched by the first window. Both are plain files: no socket is
opened, and QLockFile takes a lock over from a process that is gone.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from desktop import paths
from desktop.files import make_folder

PATIENCE = 2.0
"""Seconds that a second start waits for the first window to answer."""


class Presence(QObject):
    """Holds an office file as open on this computer; `called` asks the window to come to the front."""

    called = Signal()

    def __init__(self, office_file: Path, folder: Path | None = None) -> None:
        super().__init__()
        self.office_file = office_file
        folder = folder or paths.user_folder() / "open"
        mark = hashlib.sha256(str(office_file.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self._call = folder / f"{mark}.call"
        with contextlib.suppress(OSError):
            make_folder(folder)
        self._lock = QLockFile(str(folder / f"{mark}.lock"))
        self._lock.setStaleLockTime(0)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        self._folder = folder

    def take(self) -> bool:
        """Hold the file; False where another window has it. A folder that can't be written lets it pass."""
        if self._lock.tryLock(0):
            self._call.unlink(missing_ok=True)
            self._watcher.addPath(str(self._folder))
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def call_the_other(self) -> bool:
        """Ask the window that holds the file to come to the front; False where it doesn't answer."""
        try:
            self._call.touch()
        except OSError:
            return False
        until = time.monotonic() + PATIENCE
        while self._call.exists() and time.monotonic() < until:
            time.sleep(0.05)
        answered = not self._call.exists()
        self._call.unlink(missing_ok=True)
        return answered

    def leave(self) -> None:
        """Let the file go."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._lock.unlock()

    def _look(self) -> None:
        if self._call.exists():
            self._call.unlink(missing_ok=True)
            self.called.emit()
