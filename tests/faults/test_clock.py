"""Threat 18: the computer's clock is set by hours in the middle of a vote. Votes go on by the old time, and it is on record."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult_app.app import open_app
from consult_app.audit import chain
from consult_app.kernel.text import moment_words
from consult_app.settings import settings
from consult_app.voting import queries
from tests.faults import disk, hall
from tests.faults.hall import Pristine, Server

HOURS = [5, -5, 30 * 24]
"""The vote closes three hours after it began: each of these would end it, or put it before its opening."""


class Set:
    """A vote server whose computer's clock can be set."""

    def __init__(self, pristine: Pristine, folder: Path, library: Path) -> None:
        self.data = pristine.copy(folder / "data")
        self.offset = folder / "offset"
        environment = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(self.offset)}
        self.server: Server = hall.serve(self.data, hall.free_port(), environment=environment)

    def by(self, hours: int) -> None:
        """Set the clock so many hours forward, or back."""
        fresh = self.offset.with_suffix(".new")
        fresh.write_text(str(hours * 3600))
        fresh.rename(self.offset)


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clock that can be set, compiled."""
    return disk.compiled(tmp_path_factory.mktemp("clock"), Path(__file__).with_name("clock.c"))


@pytest.fixture
def clock(pristine: Pristine, tmp_path: Path, watch: Path) -> Iterator[Set]:
    """A server whose clock is still right."""
    found = Set(pristine, tmp_path, watch)
    yield found
    found.server.stop()


@pytest.mark.parametrize("hours", HOURS)
def test_threat_18_a_clock_set_by_hours_moves_neither_votes_nor_the_close(
    clock: Set, pristine: Pristine, figure: Callable[[str], None], hours: int
) -> None:
    before = [hall.press(clock.server.port, token) for token in pristine.tokens[:10]]
    clock.by(hours)
    after = [hall.press(clock.server.port, token) for token in pristine.tokens[10:20]]
    assert {answer.status for answer in before + after} == {200}
    app = open_app(settings(clock.data))
    try:
        deadline = time.monotonic() + hall.PATIENCE
        while not (told := app.store.ask(chain.newest, "clock.jumped")) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert told
        assert abs(told.facts["seconds"] - hours * 3600) < 5
        times = [entry.at for entry in app.store.ask(lambda db: list(chain.of_events(db, ("ballot.cast",))))]
        assert len(times) == 20
        assert times == sorted(times)
        assert (times[-1] - times[0]).total_seconds() < 60
        assert times[-1] < app.store.ask(queries.motion, pristine.motion).closes_at
        assert app.store.ask(chain.verify).broken is None
    finally:
        app.close()
    figure(f"clock set by {hours:+} h: 20 of 20 votes taken, times in order, on record: {told.words}")


def test_threat_18_the_page_counts_down_by_the_steady_time(clock: Set, pristine: Pristine) -> None:
    app = open_app(settings(clock.data))
    closes = app.store.ask(queries.motion, pristine.motion).closes_at
    app.close()
    clock.by(24)
    page = hall.look(clock.server.port, pristine.tokens[-1])
    assert page.status == 200
    assert moment_words(closes)[-5:] in page.text
