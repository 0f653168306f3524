"""How long the window stands still while a hall votes: the real window and big screen, offscreen, in a process of their own.

    python -m tests.bench.stall FOLDER DATABASE MOTION

A timer ticks every 16 ms, as a screen is drawn; the longest gap between two ticks is the stall. Each line on stdin is answered
with the longest gap since the line before, in milliseconds, and how many heads the big screen shows.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from consult_app.app import open_app
from consult_app.bodies import queries as bodies
from consult_app.kernel.garbage import load
from consult_app.settings import settings

if TYPE_CHECKING:
    from tests.bench.hall import Hall

TICK = 16
"""Milliseconds between two pictures."""


class Longest:
    """The running window, as the bench asks it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self) -> tuple[float, int]:
        """The longest gap in ms since the last time, and the heads that the big screen shows by now."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        gap, heads = self._process.stdout.readline().split()
        return float(gap), int(heads)

    def behind(self, heads: int) -> float:
        """Seconds until the big screen shows so many heads, counted from now; whatever it takes."""
        start = time.perf_counter()
        while self.ask()[1] < heads:
            time.sleep(0.005)
        return time.perf_counter() - start


@contextmanager
def window(found: "Hall") -> Iterator[Longest]:
    """The window with the big screen on a hall's vote."""
    command = [sys.executable, "-m", "tests.bench.stall", str(found.data), found.database or "", str(found.motion)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        yield Longest(process)
        process.stdin.close()


def main(data: Path, database: str | None, motion: int) -> None:
    """Show the window and answer until stdin ends."""
    load("ui.__main__")  # as the program starts

    from PySide6.QtCore import QObject, Qt, QTimer, Signal

    from ui import theme
    from ui.__main__ import start_qt
    from ui.desk import Desk
    from ui.memory import Memory
    from ui.projector import scenes
    from ui.window import Window

    application = start_qt()
    memory = Memory(data / "window.json")
    theme.dress(application, 11)
    app = open_app(settings(data, database))
    desk = Desk(app, memory)
    desk.turn_to(app.store.ask(bodies.bodies)[0].id)
    shown = Window(desk)
    shown.resize(1366, 768)
    shown.show()
    shown.go("vote", id=motion)
    desk.screen.show("voting", motion_id=motion)

    ticks = [time.perf_counter()]
    gaps = [0.0]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(now - ticks[-1])
        ticks.append(now)

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(TICK)

    class Ear(QObject):
        asked = Signal()
        over = Signal()

    def answer() -> None:
        assert desk.screen.window is not None
        scene = desk.screen.window.scene
        assert isinstance(scene, scenes.Voting)
        print(f"{max(gaps) * 1000:.1f} {scene.shares[0].part}", flush=True)
        gaps[:] = [0.0]

    def hear() -> None:
        for _ in sys.stdin:
            ear.asked.emit()
        ear.over.emit()

    ear = Ear()
    ear.asked.connect(answer)
    ear.over.connect(application.quit)
    QTimer.singleShot(1500, lambda: print("ready", flush=True))
    threading.Thread(target=hear, daemon=True).start()
    application.exec()
    desk.close()
    app.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]))
