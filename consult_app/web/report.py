"""What a vote server tells the window that started it: a line of JSON whenever something changes.

It goes through the pipe, not the database: what has to be told may be that the disk takes nothing more.
"""

import json
import threading
from collections.abc import Callable
from typing import Any

from consult_app.storage.store import Store

MEND_EVERY = 2
"""Seconds between two tries to write again after a failure."""


class Report:
    """Says how many phones came by and why nothing can be stored (empty: it can); tries a failed Store again."""

    def __init__(self, store: Store, write: Callable[[str], None]) -> None:
        self.store = store
        self.write = write
        self._said: dict[str, Any] = {"phones": 0, "failed": ""}
        self._seconds = 0
        self._mending: threading.Thread | None = None

    def tick(self, phones: int) -> None:
        """Look once a second; never waits."""
        failed = self.store.failed
        self._say("phones", phones)
        self._say("failed", str(failed.facts["reason"]) if failed else "")
        self._seconds += 1
        if failed and self._seconds % MEND_EVERY == 0 and not (self._mending and self._mending.is_alive()):
            self._mending = threading.Thread(target=self.store.mend, daemon=True)
            self._mending.start()

    def _say(self, key: str, value: Any) -> None:
        if self._said[key] != value:
            self._said[key] = value
            self.write(json.dumps({key: value}, ensure_ascii=False) + "\n")
