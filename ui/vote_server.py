"""The vote server as the window knows it: a child process, started and stopped here, talked to through the database only."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from consult_app.settings import Settings
from consult_app.storage.mark import Mark


class VoteServer(QObject):
    """Off, or a child process with an address. `desk.server` is the one."""

    changed = Signal()
    died = Signal()
    """The process ended by itself."""
    phones_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._child: Any = None
        self._phones, self.reached = 0, False
        self._look = QTimer(self)
        self._look.setInterval(1000)
        self._look.timeout.connect(self._check)

    @property
    def address(self) -> str:
        """Where phones reach it, as `192.168.31.20:8080`; empty when it is off."""
        return str(self._child.address).removeprefix("http://") if self._child is not None else ""

    @property
    def url(self) -> str:
        """What the slips' codes begin with, as `http://192.168.31.20:8080`; empty when it is off."""
        return str(self._child.address) if self._child is not None else ""

    @property
    def pin(self) -> str:
        """What opens a tablet on the table; empty when the server is off."""
        return str(getattr(self._child, "pin", "")) if self._child is not None else ""

    @property
    def phones(self) -> int:
        """How many phones opened a page in the last ten minutes; `reached` says whether ever one did."""
        return self._phones

    @property
    def failed(self) -> str:
        """Why the server can store nothing at present; empty when it can."""
        return str(self._child.failed) if self._child is not None else ""

    def start(self, host: str | None = None, port: int | None = None) -> str:
        """Start it unless it runs; returns its address. Refused when the port is in use or there is no network."""
        if self._child is None:
            from consult_app.web import child, server

            self._child = child.start(self._settings, host or server.EVERYWHERE, server.PORT if port is None else port)
            self._phones, self.reached = 0, False
            self._look.start()
            self.changed.emit()
        return self.address

    def take_over(self) -> bool:
        """Take over the server that the last window left running when it crashed; whether there was one."""
        if self._child is not None or Mark(self._settings.data, "serving").owner() is None:
            return False
        from consult_app.web import child

        self._child = child.orphan(self._settings)
        if self._child is None:
            return False
        self._look.start()
        self.changed.emit()
        return True

    def stop(self) -> None:
        """Stop it if it runs."""
        self._look.stop()
        if self._child is not None:
            found, self._child = self._child, None
            found.stop()
            self.changed.emit()

    def _check(self) -> None:
        if self._child is not None and not self._child.alive:
            self._child = None
            self._look.stop()
            self.changed.emit()
            self.died.emit()
        elif self._child is not None and self._child.phones != self._phones:
            self._phones = self._child.phones
            self.reached = self.reached or self._phones > 0
            self.phones_changed.emit()
