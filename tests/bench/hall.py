"""A hall of phones for the bench: a vote of many slips in a data folder, and a client that presses without a browser."""

import asyncio
import socket
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from consult_app.app import App, open_app
from consult_app.bodies.actions import add_body
from consult_app.settings import Settings, settings
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY

ITEMS = 3
"""Questions on the ballot of the bench."""

RECEIPT = "已收到".encode()
CHOICES = ("for", "against", "abstain")


@dataclass(frozen=True)
class Hall:
    """An open vote in a data folder, and the token of each slip."""

    data: Path
    database: str | None
    motion: int
    tokens: tuple[str, ...]

    @property
    def settings(self) -> Settings:
        """How the program is started on this hall's data."""
        return settings(self.data, self.database)

    def open(self) -> App:
        """The program on this hall's data."""
        return open_app(self.settings)


def fill(data: Path, voters: int, database: str | None = None) -> Hall:
    """Set up an owners' vote with a slip for each of so many voters, open for a day."""
    app = open_app(settings(data, database))
    body = app.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    estate.owners_roll(app.store, data, body, voters)
    items = [f"第 {number} 项：同意。" for number in range(1, ITEMS + 1)]
    vote = estate.opened(app.store, body, items=items, closes_at=app.store.now() + timedelta(days=1))
    app.close()
    return Hall(data, database, vote.motion, tuple(slip.token for slip in vote.slips))


@dataclass(frozen=True)
class Run:
    """What one run of clients came to: votes acknowledged, seconds in all, seconds each waited, and answers that were no receipt."""

    votes: int
    seconds: float
    waits: Sequence[float]
    errors: int

    @property
    def rate(self) -> float:
        """Votes acknowledged in a second."""
        return self.votes / self.seconds

    @property
    def p99(self) -> float:
        """Seconds within which 99 of 100 were answered."""
        return statistics.quantiles(self.waits, n=100)[98] if len(self.waits) > 1 else max(self.waits, default=0.0)


def press(port: int, tokens: Sequence[str], clients: int, *, expect: bytes = RECEIPT) -> Run:
    """Have so many phones press, each again as soon as it is answered, until every token has voted."""
    return press_requests(port, [_vote(port, *one) for one in enumerate(tokens)], clients, expect=expect)


def press_requests(port: int, requests: Sequence[bytes], clients: int, *, expect: bytes = RECEIPT) -> Run:
    """The same with requests of one's own."""
    return asyncio.run(_press(port, requests, clients, expect))


def page_bytes(port: int, token: str) -> int:
    """Bytes that come over the wire when a phone opens a slip's page."""
    asked = f"GET /{token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(asked.encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    return len(answer)


def request(port: int, path: str, body: str) -> bytes:
    """A form as a browser sends it."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def _vote(port: int, number: int, token: str) -> bytes:
    answers = "&".join(f"item-{item}={CHOICES[(number + item) % 3]}" for item in range(1, ITEMS + 1))
    return request(port, f"/V/{token}", f"key=k{number:015d}&{answers}&confirmed=1")


async def _press(port: int, requests: Sequence[bytes], clients: int, expect: bytes) -> Run:
    queue = list(reversed(requests))
    phones = [_Phone(port, queue, expect) for _ in range(min(clients, len(queue)))]
    await asyncio.gather(*(phone.connect() for phone in phones))
    start = time.perf_counter()
    for phone in phones:
        phone.next()
    await asyncio.gather(*(phone.done for phone in phones))
    seconds = time.perf_counter() - start
    waits = [wait for phone in phones for wait in phone.waits]
    return Run(len(waits), seconds, waits, sum(phone.errors for phone in phones))


class _Phone(asyncio.Protocol):
    """One phone: it sends a request, waits for the whole answer, and takes the next; on a new connection if it must."""

    def __init__(self, port: int, queue: list[bytes], expect: bytes) -> None:
        self.port, self.queue, self.expect = port, queue, expect
        self.loop = asyncio.get_running_loop()
        self.done = self.loop.create_future()
        self.waits: list[float] = []
        self.errors = 0
        self.buffer = b""
        self.began: float | None = None

    async def connect(self) -> None:
        await self.loop.create_connection(lambda: self, "127.0.0.1", self.port)

    async def connect_again(self) -> None:
        try:
            await self.connect()
        except OSError:
            self.errors += 1
            self.done.set_result(None)
        else:
            self.send()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport: asyncio.Transport | None = transport

    def next(self) -> None:
        if not self.queue:
            if self.transport is not None:
                self.transport.close()
            self.done.set_result(None)
            return
        self.request = self.queue.pop()
        self.began = time.perf_counter()
        if self.transport is None:
            self.again = self.loop.create_task(self.connect_again())
        else:
            self.send()

    def send(self) -> None:
        assert self.transport is not None
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        head = head.lower()
        if len(body) < int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0):
            return
        if b" 200 " in head[:16] and self.expect in body:
            assert self.began is not None
            self.waits.append(time.perf_counter() - self.began)
        else:
            self.errors += 1
        self.buffer, self.began = b"", None
        if b"connection: close" in head and self.transport is not None:
            self.transport.close()
            self.transport = None
        self.next()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.began is not None and not self.buffer and self.transport is not None:  # cut off while it waited
            self.errors += 1
            self.began = self.transport = None
            self.next()
