"""Which phones came by of late: the proof that they reach this computer, which it cannot get from itself."""

from collections.abc import Iterable
from datetime import datetime, timedelta

LATELY = timedelta(minutes=10)
DEVICES = 10_000
"""Devices remembered at once; the oldest are forgotten first."""


class Phones:
    """Distinct devices that opened a page. A visit of the computer to itself passes no firewall and does not count."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        self._own = frozenset(own)
        self._seen: dict[str, datetime] = {}

    def note(self, device: str, now: datetime) -> None:
        """A device opened a page."""
        if device in self._own or device.startswith("127."):
            return
        self._seen.pop(device, None)
        self._seen[device] = now
        if len(self._seen) > DEVICES:
            del self._seen[next(iter(self._seen))]

    def count(self, now: datetime) -> int:
        """How many came in the last `LATELY`."""
        for device, at in tuple(self._seen.items()):
            if now - at < LATELY:
                break
            del self._seen[device]
        return len(self._seen)
