import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from desktop.ui import sweeper
from desktop.ui.sweeper import Sweeper
from desktop.ui.workroom import Workroom


class Ring(QObject):
    """A widget's like that only the search for garbage can delete."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


@pytest.fixture
def piled():
    """What is left of a ring, and enough objects for a search to be due."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # the program's own are larger, and a test may have begun it
    left = weakref.ref(Ring())
    yield left, [[] for _ in range(2_000)]
    gc.set_threshold(*before)


def test_nothing_is_deleted_on_another_thread(piled):
    left, _ = piled
    keeper = Sweeper(lambda: False)
    keeper.begin()
    try:
        thread = threading.Thread(target=lambda: [[] for _ in range(50_000)])
        thread.start()
        thread.join()
        assert left() is not None
        keeper.look()
        assert left() is None
    finally:
        keeper.stop()


def test_search_rests_while_there_is_work(piled, qtbot):
    left, _ = piled
    room, go = Workroom(), threading.Event()
    keeper = Sweeper(lambda: room.busy)
    room.run(keeper, lambda: go.wait(10))
    keeper.look()
    assert left() is not None
    go.set()
    qtbot.waitUntil(lambda: not room.busy)
    keeper.look()
    assert left() is None
    room.close()


def test_looks_by_itself(piled, qtbot, monkeypatch):
    left, _ = piled
    monkeypatch.setattr(sweeper, "EVERY", 10)
    keeper = Sweeper(lambda: False)
    keeper.begin()
    qtbot.waitUntil(lambda: left() is None)
    keeper.stop()


def test_the_search_is_left_as_it_was():
    gc.enable()
    try:
        keeper = Sweeper(lambda: False)
        keeper.begin()
        assert not gc.isenabled()
        keeper.stop()
        assert gc.isenabled()
    finally:
        gc.disable()  # as all tests have it, see conftest


def test_nothing_is_searched_where_little_was_made(monkeypatch):
    gc.collect()
    searched = []
    monkeypatch.setattr(sweeper.gc, "collect", searched.append)
    Sweeper(lambda: False).look()
    assert searched == []
