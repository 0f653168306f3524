"""The line being typed, kept on disk while it is typed: after a power cut at most the last half second is lost."""

import json
import os
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

WAIT = 500
"""Milliseconds between a key and the draft on disk."""


class LineDraft(QObject):
    """One draft in one file. `keep` may be called at every key."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._values: dict[str, str] = {}
        self._timer = QTimer(self, interval=WAIT, singleShot=True)
        self._timer.timeout.connect(self.write)

    def turn_to(self, path: Path) -> dict[str, str]:
        """Write what is still to be written, then turn to another draft and read it."""
        self.write()
        self._path = path
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def keep(self, **values: str) -> None:
        """Keep what is typed, soon."""
        self._values = values
        if not self._timer.isActive():
            self._timer.start()

    def forget(self) -> None:
        """The line was saved: its draft goes."""
        self._timer.stop()
        self._values = {}
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def write(self) -> None:
        """Write it now."""
        self._timer.stop()
        if self._path is None or not self._values:
            return
        values, self._values = self._values, {}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, self._path)
