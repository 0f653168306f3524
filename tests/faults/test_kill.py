"""Threat 15: the server is killed at random moments under load. Every acknowledged vote is there, none twice, at once again."""

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import hall
from tests.faults.hall import Load, Pristine, Server

RESTART = 2.0
"""Seconds within which phones can connect again 99 times in 100, on a machine that does nothing else: the long run's."""

SLOWEST = 15.0
"""The same for every restart of any run, whose machine may be busy."""


class Rounds:
    """Kill, restart, ask again: what came of it."""

    def __init__(self, pristine: Pristine, folder: Path) -> None:
        self.pristine = pristine
        self.folder = folder
        self.port = hall.free_port()
        self.chance = random.Random(20261122)
        self.acknowledged = self.sent = 0
        self.starts: list[float] = []

    def play(self, rounds: int) -> None:
        """Kill the server so many times; a new copy of the vote whenever its slips run low."""
        while rounds > 0:
            data = self.pristine.copy(self.folder / "data")
            tokens = iter(self.pristine.tokens[:-1])
            known: dict[str, float] = {}
            server = hall.serve(data, self.port)
            while rounds > 0 and len(known) < len(self.pristine.tokens) // 2:
                server = self._one(data, server, tokens, known)
                rounds -= 1
            server.stop()
            self._check(data, known)

    def _one(self, data: Path, server: Server, tokens, known: dict[str, float]) -> Server:
        load = Load(self.port, tokens).start()
        wait_until_voting(load)
        time.sleep(self.chance.uniform(0, 0.12))
        server.kill()
        load.wait()
        server = hall.serve(data, self.port)
        self.starts.append(server.seconds)
        self.sent += len(load.sent)
        self.acknowledged += len(load.answered)
        assert hall.look(self.port, self.pristine.tokens[-1]).status == 200, "an unused link no longer works"
        again = [hall.press(self.port, token) for token in load.sent]
        assert {answer.status for answer in again} == {200}, "a phone that sends the same form again hears its receipt"
        known.update(load.answered)
        known.update(dict.fromkeys(load.sent, 0.0))
        return server

    def _check(self, data: Path, known: dict[str, float]) -> None:
        found = hall.counted(data)
        assert found.missing(known) == []
        assert found.participations == found.ballots == len(found.voted) == len(known)


def wait_until_voting(load: Load) -> None:
    """Wait for the first answer, so that the kill meets a server at work."""
    deadline = time.monotonic() + hall.PATIENCE
    while not load.answered and time.monotonic() < deadline:
        time.sleep(0.001)
    assert load.answered


@pytest.mark.parametrize(
    ("rounds", "usually"), [(5, SLOWEST), pytest.param(500, RESTART, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_threat_15_a_killed_server_loses_no_acknowledged_vote(
    pristine: Pristine, tmp_path: Path, figure: Callable[[str], None], rounds: int, usually: float
) -> None:
    played = Rounds(pristine, tmp_path)
    played.play(rounds)
    slowest = max(played.starts)
    figure(
        f"server killed {rounds} times: {played.acknowledged} of {played.sent} votes acknowledged before, 0 lost, 0 twice, "
        f"again after {statistics.median(played.starts):.2f} s (slowest {slowest:.2f} s)"
    )
    assert slowest < SLOWEST
    assert statistics.quantiles(played.starts, n=100, method="inclusive")[98] < usually
