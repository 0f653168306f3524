"""Threat 15: the window is killed while phones vote. The vote server goes on, and the next window takes it over."""

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consult_app.settings import settings
from consult_app.web import child
from tests.faults import hall
from tests.faults.hall import Load, Pristine


class Desktop:
    """One window in a process of its own; `said` is what it said when it stood."""

    def __init__(self, data: Path, port: int) -> None:
        began = time.monotonic()
        command = [sys.executable, "-X", "utf8", "-m", "tests.faults.desktop", str(data), str(port)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        )
        assert self.process.stdout
        self.said: dict[str, Any] = json.loads(self.process.stdout.readline())
        self.seconds = time.monotonic() - began

    def kill(self) -> None:
        """End it at once; its server stays."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(hall.PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()


def end_server(data: Path) -> None:
    """End the server that outlived its window."""
    left = child.orphan(settings(data))
    if left is not None:
        left.stop()


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.long)])
def test_threat_15_a_killed_window_loses_no_vote_and_the_next_takes_over(
    pristine: Pristine, tmp_path: Path, figure: Callable[[str], None], rounds: int
) -> None:
    data, port, chance = pristine.copy(tmp_path / "data"), hall.free_port(), random.Random(18)
    tokens, acknowledged, starts = iter(pristine.tokens), dict[str, float](), list[float]()
    window = Desktop(data, port)
    try:
        assert window.said == {"taken_over": False, "address": f"127.0.0.1:{port}", "page": "home"}
        for _ in range(rounds):
            load = Load(port, iter([next(tokens) for _ in range(60)])).start()
            time.sleep(chance.uniform(0, 0.1))
            window.kill()
            load.wait()
            assert (len(load.answered), load.others) == (60, []), "voting goes on without the window"
            acknowledged.update(load.answered)
            window = Desktop(data, port)
            starts.append(window.seconds)
            assert window.said == {"taken_over": True, "address": f"127.0.0.1:{port}", "page": "recovery"}
    finally:
        window.kill()
        end_server(data)
    found = hall.counted(data)
    assert found.missing(acknowledged) == []
    assert found.participations == found.ballots == len(acknowledged)
    figure(
        f"window killed {rounds} times: {len(acknowledged)} votes acknowledged, 0 lost, server taken over each time, "
        f"again after {statistics.median(starts):.2f} s"
    )


def test_a_server_taken_over_can_be_stopped_from_the_window(pristine: Pristine, tmp_path: Path) -> None:
    data, port = pristine.copy(tmp_path / "data"), hall.free_port()
    window = Desktop(data, port)
    window.kill()
    left = child.orphan(settings(data))
    assert left is not None
    assert (left.alive, left.port) == (True, port)
    left.stop()
    assert not left.alive
    assert child.orphan(settings(data)) is None
