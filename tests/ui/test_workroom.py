"""Workroom: results arrive on the window's thread, in order, and only while their owner lives."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject

from desktop.errors import Cancelled, UserError


def test_results_arrive_on_the_window_s_thread(workroom, qtbot):
    owner, got = QObject(), []
    workroom.run(
        owner, lambda: threading.get_ident(), done=lambda ident: got.append((ident, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(got))
    worker, here = got[0]
    assert worker != here == threading.get_ident()


def test_many_tasks_with_every_third_owner_deleted(workroom, qtbot):
    owners = [QObject() for _ in range(300)]
    got: list[int] = []
    for number, owner in enumerate(owners):
        workroom.run(owner, lambda number=number: number, done=got.append)
        if number % 3 == 0:
            shiboken6.delete(owner)
    qtbot.waitUntil(lambda: not workroom.busy)
    assert got == [number for number in range(300) if number % 3]


def test_failure_reaches_its_handler(workroom, qtbot):
    owner, got = QObject(), []

    def fails():
        raise UserError("不行")

    workroom.run(owner, fails, failed=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got[0].message == "不行"


def test_progress_is_told_and_cancel_stops_at_the_next_step(workroom, qtbot):
    owner, steps, failed = QObject(), [], []
    first = threading.Event()

    def work(watch):
        watch(1, 3)
        first.wait(5)
        watch(2, 3)
        raise AssertionError("went on after it was cancelled")

    task = workroom.run(
        owner, work, failed=failed.append, progress=lambda done, total: steps.append((done, total))
    )
    qtbot.waitUntil(lambda: steps == [(1, 3)])
    task.cancel()
    first.set()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)


def test_bug_in_work_without_a_handler_goes_to_the_excepthook(workroom, qtbot):
    owner = QObject()

    def broken():
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        workroom.run(owner, broken)
        qtbot.waitUntil(lambda: not workroom.busy)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_closed_room_has_no_thread_left(qtbot):
    from desktop.ui.workroom import Workroom

    room = Workroom()
    room.run(QObject(), lambda: None)
    room.close()
    assert not any(
        thread.name.startswith("workroom") for thread in threading.enumerate() if thread.is_alive()
    )
    with pytest.raises(RuntimeError):
        room.run(QObject(), lambda: None)


def test_looks_do_not_wait_behind_long_work(desk, workroom, qtbot):
    owner, got, go = QObject(), [], threading.Event()
    workroom.run(owner, lambda watch: go.wait(10), progress=lambda done, total: None)
    workroom.look(owner, lambda: "read", done=got.append)
    qtbot.waitUntil(lambda: got == ["read"])
    go.set()


def test_look_asked_anew_answers_once(desk, workroom, qtbot):
    owner, got, go = QObject(), [], threading.Event()
    first = workroom.look(owner, lambda: go.wait(10) and "old", done=got.append)
    workroom.look(owner, lambda: "new", done=got.append)
    first.cancel()
    go.set()
    qtbot.waitUntil(lambda: not workroom.busy)
    assert got == ["new"]


def test_nothing_waits_behind_what_is_asked_outside(desk, workroom, qtbot):
    owner, got, go = QObject(), [], threading.Event()
    workroom.ask_outside(owner, lambda: go.wait(10) and "printers", done=got.append)
    workroom.run(owner, lambda: "work", done=got.append)
    workroom.look(owner, lambda: "look", done=got.append)
    qtbot.waitUntil(lambda: sorted(got) == ["look", "work"])
    go.set()
    qtbot.waitUntil(lambda: got[2:] == ["printers"])


def test_stoppable_work_stops_without_telling_how_far_it_is(workroom, qtbot):
    owner, failed, reached, go = QObject(), [], threading.Event(), threading.Event()

    def work(watch):
        watch(0, 2)
        reached.set()
        go.wait(10)
        watch(1, 2)

    task = workroom.run(owner, work, failed=failed.append, stoppable=True)
    qtbot.waitUntil(reached.is_set)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: [type(error) for error in failed] == [Cancelled])
