"""Fixtures of the window's tests: a desk on a real Store, and the window on it, shown."""

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from consult_app.app import App
from ui import theme
from ui.__main__ import start_qt
from ui.desk import Desk
from ui.memory import Memory
from ui.window import Window


@pytest.fixture(scope="session")
def qapp():
    """The application as it is started, in its dress."""
    application = start_qt()
    theme.dress(application)
    return application


@pytest.fixture
def desk(qtbot: QtBot, app: App) -> Iterator[Desk]:
    """A desk on an empty data folder; what leaves a slot is said by it, as in the program."""
    found = Desk(app, Memory(app.settings.data / "window.json"))
    found.stand_guard()
    gc.disable()  # a worker's thread must not end dead widgets (`ui.cycles`)
    yield found
    found.close()
    gc.enable()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Window:
    """The window, shown at the home page."""
    found = Window(desk)
    qtbot.addWidget(found)
    found.go("home")
    found.resize(1366, 768)
    found.show()
    qtbot.waitExposed(found)
    return found
