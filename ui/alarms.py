"""What is wrong for as long as it lasts: said on every page and in the corner of the big screen, and taken back when it is over."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class Alarm:
    """One thing that is wrong. `key` tells it from others; `hall` is what the big screen says of it, nothing if empty."""

    key: str
    text: str
    hall: str = ""
    tone: str = "amber"
    action: str = ""
    act: Callable[[], object] | None = None


class Alarms(QObject):
    """Those that stand now. `desk.alarms` is the one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing: dict[str, Alarm] = {}

    @property
    def standing(self) -> tuple[Alarm, ...]:
        """What is wrong now, the gravest first."""
        return tuple(sorted(self._standing.values(), key=lambda alarm: alarm.tone != "cinnabar"))

    @property
    def hall(self) -> str:
        """What the big screen says; empty when there is nothing to say."""
        return next((alarm.hall for alarm in self.standing if alarm.hall), "")

    def sound(self, alarm: Alarm) -> None:
        """Say that something is wrong, until it is ended."""
        old = self._standing.get(alarm.key)
        self._standing[alarm.key] = alarm
        if old is None or (old.text, old.tone, old.hall) != (alarm.text, alarm.tone, alarm.hall):
            self.changed.emit()

    def end(self, key: str) -> bool:
        """Say no more of it; whether it stood."""
        found = self._standing.pop(key, None)
        if found is not None:
            self.changed.emit()
        return found is not None
