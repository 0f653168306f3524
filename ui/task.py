"""Long work on another thread: progress, cancel, result."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal


class Cancelled(Exception):
    """The user has cancelled the work; raised by `Task.progress` on the working thread."""


class Task(QObject):
    """One piece of long work. Made by `Desk.work`."""

    moved = Signal(int, int, str)
    """Part, whole (0 when unknown) and words; emitted from the working thread."""
    finished = Signal(object)
    """The task itself, in the window's thread."""

    def __init__(
        self,
        title: str,
        function: Callable[["Task"], Any],
        done: Callable[[Any], object],
        failed: Callable[[], object] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.cancelled = False
        self._function, self._done, self._failed = function, done, failed
        self._result: Any = None
        self._error: Exception | None = None

    def start(self) -> None:
        """Begin on a thread of the pool."""
        QThreadPool.globalInstance().start(self._run)

    def progress(self, part: int = 0, whole: int = 0, words: str = "") -> None:
        """Tell how far the work is; called by the work. Raises `Cancelled` when the user has cancelled."""
        if self.cancelled:
            raise Cancelled
        self.moved.emit(part, whole, words)

    def cancel(self) -> None:
        """Ask the work to stop at its next `progress`."""
        self.cancelled = True

    def deliver(self) -> None:
        """Hand over the result, in the window's thread; raises what the work raised, unless it was cancelled."""
        if self._error is None and not self.cancelled:
            self._done(self._result)
            return
        if self._failed is not None:
            self._failed()
        if self._error is not None and not isinstance(self._error, Cancelled):
            raise self._error

    @staticmethod
    def wait_for_all(milliseconds: int = 5000) -> None:
        """Wait until no work is running."""
        QThreadPool.globalInstance().waitForDone(milliseconds)

    def _run(self) -> None:
        try:
            self._result = self._function(self)
        except Exception as error:  # noqa: BLE001 - carried to the window's edge, `Desk.caught`
            self._error = error
        self.finished.emit(self)
