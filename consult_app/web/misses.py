"""Wrong codes of late: how often each device, and all together, missed (threat 4).

SQLite keeps the count: in memory, or in a file where several workers serve one town. A worker that dies in the midst of a
miss leaves no lock behind, and what the others had counted stands. Nothing here is a record: the file is gone with the server.
"""

import sqlite3
import weakref
from datetime import datetime, timedelta
from pathlib import Path

MISSES = 5
"""Wrong codes from one device before it is shut out and the chain is told."""

MISSES_IN_ALL = 300
"""Wrong codes from all devices in one spell before typing rests for all: a hall of elderly people stays far below.

So many are remembered at most, whoever sends how many.
"""

SHUT_OUT = timedelta(minutes=10)

ALARMS = 20
"""Alarms about devices written to the chain in one spell of `SHUT_OUT`, so that an attacker cannot fill it."""

ALL = "（全部设备）"
"""What the alarm names where typing rests for all."""

_TABLE = "CREATE TABLE IF NOT EXISTS miss (place TEXT, device TEXT, at REAL, alarmed INTEGER DEFAULT 0)"


class ShutOut(Exception):
    """The device, or all together, used up the tries."""


class Misses:
    """The count of one site, shared with every other process that has the same `file`. A `place` is a community's code."""

    def __init__(self, file: Path | None = None, place: str = "") -> None:
        self._place = place
        self._db = sqlite3.connect(file or ":memory:", isolation_level="IMMEDIATE", check_same_thread=False)
        weakref.finalize(self, self._db.close)
        self._db.execute("PRAGMA synchronous=OFF")  # it outlives a killed process; a power cut ends what it is for
        self._db.execute(_TABLE)

    def shut_out(self, device: str, now: datetime) -> bool:
        """Whether a device, or all together, have used up their tries."""
        own, of_all = self._recent(device, now)
        return own >= MISSES or of_all >= MISSES_IN_ALL

    def note(self, device: str, now: datetime) -> str | None:
        """Count one more miss; whom to raise the alarm about, when it is the last try. Raises `ShutOut` beyond that."""
        with self._db:
            # The first statement that writes takes the file, so that nobody counts between the look and the note.
            self._db.execute("DELETE FROM miss WHERE at <= ?", (_oldest(now),))
            if self.shut_out(device, now):
                raise ShutOut
            row = (self._place, device, now.timestamp())
            added = self._db.execute("INSERT INTO miss (place, device, at) VALUES (?, ?, ?)", row).lastrowid
            own, of_all = self._recent(device, now)
            if of_all == MISSES_IN_ALL:
                return ALL
            if own < MISSES or self._alarms() >= ALARMS:
                return None
            self._db.execute("UPDATE miss SET alarmed = 1 WHERE rowid = ?", (added,))
            return device

    def _recent(self, device: str, now: datetime) -> tuple[int, int]:
        """Misses of the device, and of all."""
        query = "SELECT count(*) FILTER (WHERE device = ?), count(*) FROM miss WHERE place = ? AND at > ?"
        own, of_all = self._db.execute(query, (device, self._place, _oldest(now))).fetchone()
        return own, of_all

    def _alarms(self) -> int:
        found: int = self._db.execute("SELECT sum(alarmed) FROM miss WHERE place = ?", (self._place,)).fetchone()[0]
        return found


def _oldest(now: datetime) -> float:
    return (now - SHUT_OUT).timestamp()
