"""Several vote servers on one socket, for a town: whichever is free takes the next phone; one that dies is replaced.

Each worker is the same program with the socket handed down. What it had answered is in the database; what it had not,
the phone sends again, to another.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult_app.kernel.errors import Refused
from consult_app.web.server import Listening

log = logging.getLogger(__name__)

SHORT_LIFE = 5
"""Seconds: a worker that ends sooner did not come up."""

TRIES = 5
"""Short lives in a row before the server gives up: the database is away, or the settings are wrong."""

ENDING = 10
"""Seconds a worker has to finish what it is answering."""

LOOK = 0.2
"""Seconds between two looks at the workers."""


class NotHere(Refused):
    """Handing a socket down works on Linux and macOS only."""

    text = "这台电脑的系统不支持多个服务进程，请去掉 --workers。"


class GaveUp(Refused):
    """The workers do not stay up."""

    text = "投票服务进程接连 {tries} 次启动失败，已停止。请查看上面的出错信息（多为数据库不可用）。"


@dataclass
class Worker:
    """One running vote server and when it was started (`time.monotonic`)."""

    process: "subprocess.Popen[bytes]"
    started: float


class Workers:
    """Keeps a number of workers running until told to end (SIGTERM, SIGINT); SIGHUP replaces them one by one."""

    def __init__(self, command: Sequence[str], listening: Listening, count: int) -> None:
        """`command` starts a worker when the socket's number is put behind it."""
        if sys.platform == "win32":
            raise NotHere
        self._socket = listening.bound.fileno()
        os.set_inheritable(self._socket, True)
        self._command = [*command, str(self._socket)]
        self._running: list[Worker] = []
        self._count = count
        self._ending = False
        self._renewing = False

    def run(self, ready: Callable[[], None]) -> None:
        """Start the workers and stand by; refused (`GaveUp`) when they do not stay up."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGHUP, self._renew)
        short_lives = 0
        try:
            self._running = [self._start() for _ in range(self._count)]
            ready()
            while not self._ending:
                time.sleep(LOOK)
                for place, worker in enumerate(self._running):
                    code = worker.process.poll()
                    if code is None or self._ending:
                        continue
                    log.error("worker %s ended with %s; another takes its place", worker.process.pid, code)
                    short_lives = short_lives + 1 if time.monotonic() - worker.started < SHORT_LIFE else 0
                    if short_lives >= TRIES:
                        raise GaveUp(tries=TRIES)
                    self._running[place] = self._start()
                if self._renewing:
                    self._renewing = False
                    self._replace_all()
        finally:
            self._stop(self._running)

    def _start(self) -> Worker:
        process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, pass_fds=[self._socket])
        return Worker(process, time.monotonic())

    def _replace_all(self) -> None:
        """Put a new worker beside each old one before the old one is told to finish."""
        for place, old in enumerate(self._running):
            self._running[place] = self._start()
            self._stop([old])

    def _stop(self, workers: Sequence[Worker]) -> None:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            try:
                worker.process.wait(ENDING)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()

    def _end(self, _number: int, _frame: object) -> None:
        self._ending = True

    def _renew(self, _number: int, _frame: object) -> None:
        self._renewing = True
