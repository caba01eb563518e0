"""The one room for work beside the window: a thread for long work, one for short looks at the office file."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import Cancelled
from desktop.records.base import own_connection

TURN = 0.0003
"""Seconds after which Python takes its lock from a thread that works for one that waits.

With Python's own 5 ms, a turn of the window that gives the lock up a hundred times (each call into Qt does) took
0.4–0.8 s beside the check of a big sheet; with this, the check takes as long as before (measured)."""
Work = Callable[..., Any]
Step = Callable[[int, int], None]


class Task:
    """One piece of long work in hand: it can be asked to stop, and knows whom to tell."""

    def __init__(
        self,
        owner: QObject,
        done: Callable | None,
        failed: Callable | None,
        step: Step | None = None,
        *,
        watched: bool = False,
    ) -> None:
        self.owner, self.done, self.failed, self.step = owner, done, failed, step
        self.watched = watched or step is not None
        self._stopped = threading.Event()

    def cancel(self) -> None:
        """Let the work raise Cancelled at its next report of progress."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Tell whether the task was asked to stop."""
        return self._stopped.is_set()


class Workroom(QObject):
    """Runs work one after another for the program's life; short looks don't wait behind long work.

    Work gets plain values, never records (a database connection belongs to one thread). What it
    returns reaches `done`, what it raises `failed`; both only while the owner lives. One queued
    signal serves all tasks: signal objects per task lose results when owners are deleted (measured).
    """

    _finished = Signal(object, object, object)
    _stepped = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workroom")
        self._looks = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workroom-look")
        self._tasks: set[Task] = set()
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._step, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Work,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        progress: Step | None = None,
        stoppable: bool = False,
    ) -> Task:
        """Do `work` on the worker thread; with `progress`, or where it is `stoppable`, called as `work(watch)`."""
        task = self._begun(Task(owner, done, failed, progress, watched=stoppable))
        self._pool.submit(self._do, task, work)
        return task

    def look(
        self,
        owner: QObject,
        work: Work,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Read something from the office file beside long work; cancel the task where it is asked anew."""
        task = self._begun(Task(owner, done, failed))
        self._looks.submit(self._do, task, partial(_reading, work))
        return task

    def ask_outside(
        self,
        owner: QObject,
        work: Work,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Ask what lies outside the program and may keep us waiting (printers): nothing else waits behind it."""
        task = self._begun(Task(owner, done, failed))
        threading.Thread(target=self._do, args=(task, work), name="workroom-outside", daemon=True).start()
        return task

    def _begun(self, task: Task) -> Task:
        """Note a task; until its result is delivered, nobody searches for garbage (see Sweeper)."""
        self._tasks.add(task)
        return task

    def _ended(self, task: Task) -> None:
        self._tasks.discard(task)
        if task.step:
            gc.freeze()  # what long work made isn't looked through; it goes when nothing refers to it, as before

    @property
    def busy(self) -> bool:
        """Tell whether work is in hand or waiting."""
        return bool(self._tasks)

    @property
    def closed(self) -> bool:
        """Tell whether nothing more is done here."""
        return self._closed

    def close(self) -> None:
        """Ask everything to stop and wait for the worker to end."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for pool in (self._looks, self._pool):
            pool.shutdown(wait=True, cancel_futures=True)
        self._tasks.clear()

    def _do(self, task: Task, work: Work) -> None:
        def watch(done: int, total: int) -> None:
            if task.stopped:
                raise Cancelled
            if task.step:
                self._stepped.emit(task, done, total)

        result, error = None, None
        try:
            if task.stopped:
                raise Cancelled
            result = work(watch) if task.watched else work()
        except BaseException as cause:  # handed over to the window's thread
            error = cause
        if shiboken6.isValid(self):
            self._finished.emit(task, result, error)

    def _deliver(self, task: Task, result: object, error: BaseException | None) -> None:
        self._ended(task)
        if not shiboken6.isValid(task.owner):
            return
        if task.stopped and error is None and task.step is None:
            return  # a look that was asked anew meanwhile: its answer is to an old question
        if error is None:
            if task.done:
                task.done(result)
        elif task.failed:
            task.failed(error)
        elif not isinstance(error, Cancelled):
            raise error

    def _step(self, task: Task, done: int, total: int) -> None:
        if task.step and not task.stopped and shiboken6.isValid(task.owner):
            task.step(done, total)


def _reading(work: Work) -> object:
    with own_connection():
        return work()
