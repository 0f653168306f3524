"""Start and stop the vote server as a process of its own, so that a stalled window never stalls a vote."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from typing import IO, Any

from consult_app.kernel.errors import Refused
from consult_app.settings import Settings
from consult_app.storage.mark import Mark
from consult_app.web.server import EVERYWHERE, PORT

STARTING = 30
"""Seconds a server may take until phones can connect: a cold start on an old disk."""


class NotStarted(Refused):
    """The server said no, or did not come up."""

    text = "投票服务没有开启：{reason}"


@dataclass
class Child:
    """A running vote server. `address` is the likeliest of `addresses`, e.g. `http://192.168.31.20:8080`.

    `phones` is how many came by of late, `failed` why nothing can be stored (empty: it can), both as the server says it.
    `pin` opens tablets on the table (`kiosk`).
    """

    address: str
    addresses: tuple[str, ...]
    port: int
    process: "subprocess.Popen[str]" = field(repr=False)
    phones: int = 0
    failed: str = ""
    pin: str = ""
    _listener: threading.Thread | None = field(default=None, repr=False)

    def listen(self) -> None:
        """Hear from now on what the server says."""
        self._listener = threading.Thread(target=self._hear, daemon=True)
        self._listener.start()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                said = json.loads(line)
                self.phones, self.failed = said.get("phones", self.phones), said.get("failed", self.failed)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """End the server and wait until it is gone; votes answered by then are on disk."""
        if self.alive:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self._listener is not None:
            self._listener.join(10)
        if self.process.stdout is not None:
            self.process.stdout.close()


@dataclass
class Orphan:
    """A vote server whose window ended without it: it took votes all the while, and is taken over as it runs."""

    settings: Settings
    address: str
    addresses: tuple[str, ...]
    port: int
    pid: int
    phones: int = 0
    failed: str = ""
    pin: str = ""

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return Mark(self.settings.data, "serving").owner() is not None

    def stop(self) -> None:
        """End the server and wait until it is gone; votes answered by then are on disk."""
        os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + 10
        while self.alive and time.monotonic() < deadline:
            time.sleep(0.05)


def orphan(settings: Settings) -> Orphan | None:
    """The vote server that runs on these data though no window of this computer started it; None when none does."""
    found = Mark(settings.data, "serving").owner()
    if found is None or not found.get("addresses"):
        return None
    addresses = tuple(found["addresses"])
    return Orphan(settings, addresses[0], addresses, found["port"], found["pid"], pin=found.get("pin", ""))


def start(settings: Settings, host: str = EVERYWHERE, port: int = PORT) -> Child:
    """Start a server on the same data and wait until phones can connect. Refused: `NotStarted` with the server's reason."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command(settings, host, port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        found = _announcement(process)
        if found is not None:
            addresses = tuple(found["addresses"])
            child = Child(found["address"], addresses, found["port"], process, pin=found.get("pin", ""))
            child.listen()
            return child
        process.kill()
        process.communicate()
        said.seek(0)
        reason = said.read().strip().splitlines()
    raise NotStarted(reason=reason[-1] if reason else "没有在规定时间内就绪，请再试一次。")


def command(settings: Settings, host: str, port: int) -> list[str]:
    """What starts a server of its own."""
    return [*program(settings), "serve", "--say-phones", "--host", host, "--port", str(port)]


def program(settings: Settings) -> list[str]:
    """The same program on the same data: the frozen executable itself, or this interpreter on the package."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-X", "utf8", "-m", "consult_app"]
    data = ["--data", str(settings.data), "--database", settings.database]
    community = ["--community", settings.community] if settings.community else []
    return [*own, *data, *community, "--json"]


def _announcement(process: "subprocess.Popen[str]") -> dict[str, Any] | None:
    """The line the server writes when it is ready; None when it ends or stays silent instead."""
    assert process.stdout is not None
    stdout, lines = process.stdout, list[str]()
    reader = threading.Thread(target=_read_line, args=(stdout, lines), daemon=True)
    reader.start()
    reader.join(STARTING)
    if not lines or not lines[0].startswith("{"):
        return None
    found: dict[str, Any] = json.loads(lines[0])
    return found


def _read_line(stream: IO[str], lines: list[str]) -> None:
    if line := stream.readline():
        lines.append(line)
