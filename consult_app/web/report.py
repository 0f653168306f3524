"""What a vote server tells the window that started it: a line of JSON whenever something changes.

It goes through the pipe, not the database: what has to be told may be that the disk takes nothing more.
"""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from consult_app.app import App
from consult_app.audit import leaps
from consult_app.kernel.clock import LEAP
from consult_app.storage.store import SYSTEM, StorageFailed

MEND_EVERY = 2
"""Seconds between two tries to write again after a failure."""


class Report:
    """Says how many phones came by and why nothing can be stored (empty: it can); tries a failed Store again.

    Puts on record when the computer's clock was moved: the server may run without a window.
    """

    def __init__(self, app: App, write: Callable[[str], None]) -> None:
        self.app = app
        self.store = app.store
        self.write = write
        self._leap = timedelta()
        self._said: dict[str, Any] = {"phones": 0, "failed": ""}
        self._seconds = 0
        self._mending: threading.Thread | None = None

    def tick(self, phones: int) -> None:
        """Look once a second; never waits."""
        self.app.reserve.give_back()
        failed = self.store.failed
        self._say("phones", phones)
        self._say("failed", str(failed.facts["reason"]) if failed else "")
        self._seconds += 1
        if failed and self._seconds % MEND_EVERY == 0 and not (self._mending and self._mending.is_alive()):
            self._mending = threading.Thread(target=self.store.mend, daemon=True)
            self._mending.start()
        if abs(self.app.leap - self._leap) > LEAP:
            self._leap = self.app.leap
            if self._leap:
                threading.Thread(target=self._note_leap, args=(self._leap,), daemon=True).start()

    def _note_leap(self, leap: timedelta) -> None:
        with suppress(StorageFailed):
            self.store.do(SYSTEM, leaps.note_leap, leap)

    def _say(self, key: str, value: Any) -> None:
        if self._said[key] != value:
            self._said[key] = value
            self.write(json.dumps({key: value}, ensure_ascii=False) + "\n")
