"""Threat 15: the plug is pulled. What was not synced is lost, kept or torn; every acknowledged vote must be there, none twice.

The server's writes are recorded by a preloaded library and its files rebuilt as a disk may have left them at a moment. The
same test fails with `synchronous=NORMAL`, whose files are whole but lack votes, so it can fail.
"""

import random
import shutil
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from consult_app.voting.credentials import token_digest
from tests.faults import disk, hall
from tests.faults.disk import Disk, Record
from tests.faults.hall import PROGRAM, Load, Pristine

WEAKER = (str(Path(__file__).with_name("weaker.py")),)


@dataclass(frozen=True)
class Recording:
    """The folder before, the calls in their order, when each vote was acknowledged and what its receipt said."""

    before: Path
    calls: tuple[Record, ...]
    answered: dict[str, float]
    receipts: dict[str, str]


@dataclass
class Outcome:
    """Moments looked at, those at which something was wrong, and the most acknowledged votes that were missing."""

    moments: int = 0
    bad: int = 0
    lost: int = 0


def record(pristine: Pristine, folder: Path, library: Path, votes: int, program: tuple[str, ...]) -> Recording:
    """Let phones vote while the disk is watched."""
    data = pristine.copy(folder / "data")
    before = pristine.copy(folder / "before")
    log = folder / "disk.log"
    environment = {"LD_PRELOAD": str(library), "DISK_FOLDER": str(data), "DISK_LOG": str(log)}
    server = hall.serve(data, hall.free_port(), environment=environment, program=program)
    load = Load(server.port, iter(pristine.tokens[:votes])).start()
    load.wait()
    server.kill()
    assert len(load.answered) == votes
    return Recording(before, disk.records(log), load.answered, load.receipts)


WAYS = ("dropped", "kept", "torn")


def cut(recording: Recording, folder: Path, moments: int) -> Outcome:
    """Pull the plug at so many moments between the first answer and the last; each leaves the disk in three ways."""
    chance, outcome = random.Random(15), Outcome()
    for moment, state in _moments(recording, chance, moments):
        due = {token_digest(token) for token in _due(recording, moment)}
        lost = max(_lost(state, folder / f"{moment}-{way}", due, way, chance) for way in WAYS)
        outcome.moments += 1
        outcome.bad += lost > 0
        outcome.lost = max(outcome.lost, lost)
    return outcome


def _moments(recording: Recording, chance: random.Random, count: int) -> Iterator[tuple[float, Disk]]:
    """So many moments in their order, each with the disk as it was then."""
    times = sorted(recording.answered.values())
    ends = [call.time for call in recording.calls]
    state, done = Disk(recording.before), 0
    for moment in sorted(chance.uniform(times[0], times[-1]) for _ in range(count)):
        upto = bisect_right(ends, moment)
        for call in recording.calls[done:upto]:
            state.do(call)
        done = upto
        yield moment, state


def _due(recording: Recording, moment: float) -> list[str]:
    """The tokens acknowledged by then, the first answered first."""
    return sorted(
        (token for token, at in recording.answered.items() if at <= moment), key=recording.answered.__getitem__
    )


def _leave(state: Disk, folder: Path, way: str, chance: random.Random) -> None:
    state.left(folder, chance if way == "torn" else None, keep=way == "kept")


def _lost(state: Disk, folder: Path, due: set[str], way: str, chance: random.Random) -> int:
    """How many of the votes that are due a file lacks; all of them and one more if it is damaged or counts one twice."""
    _leave(state, folder, way, chance)
    with sqlite3.connect(folder / "consult.db") as database:
        try:
            whole = database.execute("pragma integrity_check").fetchone() == ("ok",)
            voted = [row[0] for row in database.execute(_VOTED)]
            ballots = database.execute("select count(*) from ballot").fetchone()[0]
        except sqlite3.DatabaseError:
            whole, voted, ballots = False, [], 0
    database.close()
    shutil.rmtree(folder)
    if not whole or len(voted) != len(set(voted)) or len(voted) != ballots:
        return len(due) + 1
    return len(due - set(voted))


_VOTED = "select token_digest from credential join participation on participation.credential_id = credential.id"

SIZES = [pytest.param(250, 12, id="short"), pytest.param(1400, 500, marks=pytest.mark.long, id="long")]


@pytest.mark.parametrize(("votes", "moments"), SIZES)
def test_threat_15_a_power_cut_loses_no_acknowledged_vote(
    pristine: Pristine, library: Path, tmp_path: Path, figure: Callable[[str], None], votes: int, moments: int
) -> None:
    outcome = cut(record(pristine, tmp_path, library, votes, PROGRAM), tmp_path, moments)
    figure(f"power cut at {outcome.moments} moments of {votes} votes, each left in 3 ways: {outcome.bad} bad, 0 lost")
    assert (outcome.bad, outcome.lost) == (0, 0)


@pytest.mark.parametrize(("votes", "starts"), [(60, 2), pytest.param(1400, 20, marks=pytest.mark.long)])
def test_threat_15_after_a_power_cut_the_program_starts_and_the_same_links_work(
    pristine: Pristine, library: Path, tmp_path: Path, figure: Callable[[str], None], votes: int, starts: int
) -> None:
    recording, chance = record(pristine, tmp_path, library, votes, PROGRAM), random.Random(16)
    for number, (moment, state) in enumerate(_moments(recording, chance, starts)):
        folder = tmp_path / f"left-{number}"
        _leave(state, folder, WAYS[-1 - number % len(WAYS)], chance)
        server = hall.serve(folder, hall.free_port())
        try:
            unused = pristine.tokens[-1]
            assert (hall.look(server.port, unused).status, hall.press(server.port, unused).status) == (200, 200)
            for token in _due(recording, moment)[-3:]:
                assert hall.press(server.port, token).text == recording.receipts[token], "the same form again"
                assert hall.look(server.port, token).status == 409, "a used link"
        finally:
            server.stop()
    figure(f"power cut at {starts} moments, started again on what was left: same links, same receipts")


@pytest.mark.parametrize(("votes", "moments"), SIZES)
def test_threat_15_the_power_cut_would_tell_of_a_weaker_setting(
    pristine: Pristine, library: Path, tmp_path: Path, figure: Callable[[str], None], votes: int, moments: int
) -> None:
    outcome = cut(record(pristine, tmp_path, library, votes, WEAKER), tmp_path, moments)
    figure(f"the same with synchronous=NORMAL: {outcome.bad} of {outcome.moments} bad, up to {outcome.lost} votes lost")
    assert outcome.bad > moments // 2
