"""Threat 17: the disk fails under a vote. Nothing is half accepted, nobody hangs, and it goes on once the disk is well."""

import errno
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import hall
from tests.faults.hall import Load, Pristine, Server

FAULTS = {
    "sync": ("sync", errno.EIO),
    "full": ("write", errno.ENOSPC),
    "quota": ("write", errno.EDQUOT),
    "broken": ("write", errno.EIO),
    "read-only": ("write", errno.EROFS),
}


class Disk:
    """A vote server on a disk that can be told to fail."""

    def __init__(self, pristine: Pristine, folder: Path, library: Path) -> None:
        self.data = pristine.copy(folder / "data")
        self.fault = folder / "fault"
        self.environment = {"LD_PRELOAD": str(library), "DISK_FOLDER": str(self.data), "DISK_FAULT": str(self.fault)}
        self.server: Server = hall.serve(self.data, hall.free_port(), environment=self.environment)

    def fail(self, kind: str) -> None:
        """Make the disk fail from now on."""
        call, number = FAULTS[kind]
        fresh = self.fault.with_suffix(".new")
        fresh.write_text(f"{call} {number}")
        fresh.rename(self.fault)

    def mend(self) -> None:
        """Make it well again."""
        self.fault.unlink()


@pytest.fixture
def failing(pristine: Pristine, tmp_path: Path, library: Path) -> Iterator[Disk]:
    """A server whose disk is still well."""
    found = Disk(pristine, tmp_path, library)
    yield found
    found.server.stop()


@pytest.mark.parametrize("kind", FAULTS)
def test_threat_17_a_failing_disk_answers_503_and_acknowledges_nothing(
    failing: Disk, pristine: Pristine, figure: Callable[[str], None], kind: str
) -> None:
    load = Load(failing.server.port, iter(pristine.tokens[:-20]), phones=8).start()
    deadline = time.monotonic() + hall.PATIENCE
    while len(load.answered) < 60 and time.monotonic() < deadline:
        time.sleep(0.002)
    failing.fail(kind)
    load.wait()
    assert {answer.status for answer in load.others} == {503}
    refused = [hall.press(failing.server.port, token) for token in pristine.tokens[-20:-10]]
    assert {answer.status for answer in refused} == {503}
    assert all("没有收下" in answer.text for answer in refused)
    failing.mend()
    late = [hall.press(failing.server.port, token) for token in pristine.tokens[-20:]]
    assert {answer.status for answer in late} == {200}
    again = [hall.press(failing.server.port, token) for token in load.sent]
    assert {answer.status for answer in again} == {200}
    failing.server.stop()
    found = hall.counted(failing.data)
    everyone = load.sent + list(pristine.tokens[-20:])
    assert found.missing(everyone) == []
    assert found.participations == found.ballots == len(set(everyone))
    figure(
        f"disk {kind}: {len(load.answered)} acknowledged before, {len(load.others) + 10} answered 503, 0 lost, 0 twice"
    )


def test_threat_17_what_was_answered_503_is_not_in_the_file(failing: Disk, pristine: Pristine) -> None:
    before = [hall.press(failing.server.port, token) for token in pristine.tokens[:5]]
    failing.fail("full")
    refused = [hall.press(failing.server.port, token) for token in pristine.tokens[5:10]]
    failing.server.kill()
    failing.mend()
    assert ({answer.status for answer in before}, {answer.status for answer in refused}) == ({200}, {503})
    found = hall.counted(failing.data)
    assert len(found.missing(list(pristine.tokens[:5]))) == 0
    assert len(found.missing(list(pristine.tokens[5:10]))) == 5
