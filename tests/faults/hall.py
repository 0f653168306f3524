"""A hall under load: an open vote of many slips, a vote server, and phones that press at once and remember what was answered."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.app import open_app
from consult_app.bodies.actions import add_body
from consult_app.settings import settings
from consult_app.storage.store import Store
from consult_app.voting import recovery
from consult_app.voting.credentials import token_digest
from consult_app.voting.tables import Ballot, Credential, Participation
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY

READY = b'"port"'
PATIENCE = 20
"""Seconds to wait for anything before the test fails."""


@dataclass(frozen=True)
class Pristine:
    """A data folder with an open vote that nobody has voted in, and the tokens of its slips."""

    data: Path
    motion: int
    tokens: tuple[str, ...]

    def copy(self, target: Path) -> Path:
        """A data folder of one's own to vote in."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.data, target)
        return target


def pristine(folder: Path, units: int) -> Pristine:
    """Make an estate of so many units and open a vote by the real clock."""
    app = open_app(settings(folder / "pristine"))
    body = app.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    estate.owners_roll(app.store, folder, body, units)
    vote = estate.opened(app.store, body)
    app.close()
    return Pristine(folder / "pristine", vote.motion, tuple(slip.token for slip in vote.slips))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Server:
    """A vote server in a process of its own; `seconds` it took to be ready."""

    process: "subprocess.Popen[bytes]"
    port: int
    seconds: float

    def kill(self) -> None:
        """End it at once, as a fault would."""
        self.process.send_signal(signal.SIGKILL)
        self._gone()

    def stop(self) -> None:
        """End it as the window does."""
        if self.process.poll() is None:
            self.process.terminate()
        self._gone()

    def _gone(self) -> None:
        self.process.wait(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()


PROGRAM = ("-m", "consult_app")


def serve(
    data: Path, port: int, *words: str, environment: dict[str, str] | None = None, program: tuple[str, ...] = PROGRAM
) -> Server:
    """Start a server and wait until phones can connect."""
    began = time.monotonic()
    command = [sys.executable, "-X", "utf8", *program, "--data", str(data), "--json", "serve"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), *words],
        stdout=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    )
    assert process.stdout
    line = process.stdout.readline()
    assert READY in line, "the server did not start"
    return Server(process, port, time.monotonic() - began)


@dataclass
class Answer:
    """What one phone got: the status and the page, or 0 when the line was cut."""

    status: int
    text: str = ""


def press(port: int, token: str, choice: str = "for", connection: http.client.HTTPConnection | None = None) -> Answer:
    """Send one slip's confirmed vote, with the same form key each time, as a retrying phone would."""
    line = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    body = urlencode({"item-1": choice, "confirmed": "1", "key": f"KEY{token[:13]}"})
    try:
        line.request("POST", f"/V/{token}", body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = line.getresponse()
        return Answer(answer.status, answer.read().decode())
    except (OSError, http.client.HTTPException):
        line.close()
        return Answer(0)
    finally:
        if connection is None:
            line.close()


def look(port: int, token: str) -> Answer:
    """Open a slip's link."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
        line.request("GET", f"/V/{token}")
        answer = line.getresponse()
        return Answer(answer.status, answer.read().decode())


@dataclass
class Load:
    """Phones that vote one slip after another until the line is cut or the slips are used up.

    `answered` holds the tokens whose vote was acknowledged, with the monotonic time of the answer, `receipts` what it said;
    `others` counts the rest.
    """

    port: int
    tokens: Iterator[str]
    phones: int = 6
    sent: list[str] = field(default_factory=list)
    answered: dict[str, float] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    others: list[Answer] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> "Load":
        """Let the phones begin."""
        self._threads = [threading.Thread(target=self._vote, daemon=True) for _ in range(self.phones)]
        for thread in self._threads:
            thread.start()
        return self

    def wait(self) -> None:
        """Wait until every phone has given up or has no slip left."""
        for thread in self._threads:
            thread.join(PATIENCE * 4)
            assert not thread.is_alive(), "a phone hangs"

    def _vote(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while True:
            with self._turn:
                token = next(self.tokens, None)
                if token is not None:
                    self.sent.append(token)
            if token is None:
                break
            answer = press(self.port, token, connection=line)
            if answer.status == 200:
                self.answered[token] = time.monotonic()
                self.receipts[token] = answer.text
            else:
                self.others.append(answer)
            if answer.status in (0, 503):
                break
        line.close()


@dataclass(frozen=True)
class Counted:
    """What a database holds: the slips by token digest that took part, and the ballots in the box."""

    voted: frozenset[str]
    participations: int
    ballots: int

    def missing(self, tokens: "dict[str, float] | list[str]") -> list[str]:
        """The tokens whose vote is not there."""
        return [token for token in tokens if token_digest(token) not in self.voted]


def counted(data: Path) -> Counted:
    """Open a data folder and count; the database must be whole and each vote have its one ballot."""
    app = open_app(settings(data))
    try:
        grave = [finding for finding in app.store.ask(recovery.examine, None).findings if finding.weight == "grave"]
        assert not grave, grave
        return count(app.store)
    finally:
        app.close()


def count(store: Store) -> Counted:
    """Count by the slips."""

    def query(db: Session):
        voted = db.scalars(
            select(Credential.token_digest).join(Participation, Participation.credential_id == Credential.id)
        )
        participations = db.scalar(select(func.count(Participation.id)))
        ballots = db.scalar(select(func.count(Ballot.id)))
        return Counted(frozenset(voted), participations or 0, ballots or 0)

    return store.ask(query)
