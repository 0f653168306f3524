"""Cycles are searched for in the window's thread alone."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from ui import cycles
from ui.cycles import Cycles


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def searching(qapp, monkeypatch):
    """The search, every few milliseconds; Python's own goes on afterwards."""
    monkeypatch.setattr(cycles, "EVERY", 5)
    owner = QObject()
    yield Cycles(owner)
    gc.enable()


def test_a_thread_that_makes_many_objects_does_not_search(searching):
    searches: list[str] = []
    gc.callbacks.append(lambda phase, info: searches.append(threading.current_thread().name))
    try:
        worker = threading.Thread(target=lambda: [[] for _ in range(200_000)])
        worker.start()
        worker.join()
    finally:
        gc.callbacks.pop()
    assert searches == []


def test_a_cycle_is_found_by_the_window(searching, qtbot):
    gone = weakref.ref(Knot())
    qtbot.waitUntil(lambda: gone() is None)
    assert not gc.isenabled()


def test_now_and_then_everything_is_searched(searching, monkeypatch):
    searched: list[int] = []
    monkeypatch.setattr(gc, "collect", searched.append)
    for _ in range(2 * cycles.ALL):
        searching.search()
    assert searched.count(2) == 2
    assert set(searched) == {1, 2}
