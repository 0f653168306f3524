"""Search for cycles in the window's own thread, and nowhere else.

Python searches in whichever thread makes the next object. What it frees may be widgets, and Qt's objects must not end in
another thread than theirs: while the window holds a lock of Qt's that waits for the interpreter, both would wait for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 5000
"""Milliseconds between two searches of what is young."""

ALL = 60
"""After so many of them everything is searched."""


class Cycles(QObject):
    """Takes the search over from Python, for as long as the program runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._searches = 0
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.search)
        self._timer.start()
        gc.disable()

    def search(self) -> None:
        """Search once."""
        self._searches += 1
        gc.collect(1 if self._searches % ALL else 2)
