"""The roll page on 100,000 lines: opened, searched, sorted, sifted as a clerk does, in a process of its own."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import apart
from tests.bench.conftest import Speeds

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not apart.STATUS.exists(), reason="memory is measured by Linux's /proc"),
]

AIMS = {
    "opened and painted": 0.5,
    "all lines read beside the window": None,
    "longest pause of the window meanwhile": 0.5,
    "first search by name": 0.5,
    "search by pinyin initials": 0.5,
    "search by room": 0.5,
    "search cleared": 0.5,
    "sorted by owner": 0.5,
    "sorted by area": 0.5,
    "sifted by a pill": 0.5,
    "one building": 0.5,
}


def test_the_roll_page_on_100_000_lines(speeds: Speeds, roll_data: Path) -> None:
    found = apart.apart(walked, roll_data)
    for name, seconds in found.items():
        speeds.note(f"roll page: {name}", seconds, AIMS[name])
    assert list(found) == list(AIMS)


def walked(data: Path) -> dict[str, float]:
    """Seconds each step took, from the key or click to the painted table."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QCoreApplication, QElapsedTimer, QTimer
    from PySide6.QtWidgets import QApplication

    from consult_app.app import open_app
    from consult_app.settings import settings
    from tests.ui.pages.roll_fixtures import Went
    from ui import theme
    from ui.__main__ import start_qt
    from ui.desk import Desk
    from ui.memory import Memory
    from ui.pages.roll import RollPage

    application = start_qt()
    theme.dress(application)
    app = open_app(settings(data))
    desk = Desk(app, Memory(data / "window.json"))
    desk.turn_to(1)
    page = RollPage(desk, Went())
    page.resize(1366, 768)
    found: dict[str, float] = {}

    def timed(name: str, step: Callable[[], object]) -> None:
        start = time.perf_counter()
        step()
        page.lines.table.viewport().repaint()
        found[name] = time.perf_counter() - start

    def opened() -> None:
        page.show_for()
        page.show()
        QCoreApplication.sendPostedEvents()

    timed("opened and painted", opened)
    gaps, beat = [0], QElapsedTimer()
    beat.start()
    heart = QTimer()
    heart.timeout.connect(lambda: gaps.append(beat.restart()))
    heart.start(5)
    start = time.perf_counter()
    while page.view is None or not page.view.whole:
        QApplication.processEvents()
        time.sleep(0.001)
    settled = time.perf_counter()
    found["all lines read beside the window"] = settled - start
    while time.perf_counter() < settled + 3:
        QApplication.processEvents()
    heart.stop()
    found["longest pause of the window meanwhile"] = max(gaps) / 1000
    timed("first search by name", lambda: page.lines.sifting.look_for("练习业主9999"))
    assert page.lines.table.rows.shown
    timed("search by pinyin initials", lambda: page.lines.sifting.look_for("lxyz77"))
    assert page.lines.table.rows.shown
    timed("search by room", lambda: page.lines.sifting.look_for("12-1-301"))
    assert page.lines.table.rows.shown
    timed("search cleared", lambda: page.lines.sifting.look_for(""))
    timed(
        "sorted by owner",
        lambda: page.lines.table.sortByColumn(1, page.lines.table.horizontalHeader().sortIndicatorOrder()),
    )
    timed(
        "sorted by area",
        lambda: page.lines.table.sortByColumn(4, page.lines.table.horizontalHeader().sortIndicatorOrder()),
    )
    timed("sifted by a pill", lambda: page.lines.sifting.choose(1))
    page.lines.sifting.choose(0)
    page.lines.sifting.parts.setCurrentIndex(7)
    timed("one building", page.lines.sifting.sifted.emit)
    desk.close()
    app.close()
    return found
