"""The mark a program leaves in the data folder while it works there, and takes away at its end.

Found lying there without its owner, it says that the last end was not a clean one: a crash, a power cut, a killed process. Who
lives is told by a lock, which the system lets go of with the process, however it ended.
"""

import json
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout


class Mark:
    """One mark, as `serving` or `working`."""

    def __init__(self, data: Path, name: str) -> None:
        self.path = data / f"{name}.json"
        self._lock = FileLock(data / f"{name}.lock")

    def leave(self, **facts: Any) -> bool:
        """Put the mark down with some facts; whether one lay there from an end that was not clean.

        Where another process holds it, nothing is put down.
        """
        try:
            self._lock.acquire(timeout=0)
            unclean = self.path.exists()
            self.path.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
        except (Timeout, OSError):  # held by another, or a disk that takes nothing: the program says so elsewhere
            return False
        return unclean

    def take_away(self) -> None:
        """Take the mark away at a clean end."""
        if self._lock.is_locked:
            self.path.unlink(missing_ok=True)
            self._lock.release()

    def owner(self) -> dict[str, Any] | None:
        """The facts of another process that holds the mark now; None when none does."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return self._facts()
        self._lock.release()
        return None

    def _facts(self) -> dict[str, Any] | None:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found if isinstance(found, dict) else None
