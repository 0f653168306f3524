"""The second medium: level with the chain before an answer leaves, lost without stopping a vote, caught up when it is back."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from consult_app.app import App, open_app
from consult_app.audit import chain, medium, medium_folder, second_medium
from consult_app.audit.medium import Medium
from consult_app.audit.medium_folder import NoFolder, SameFolder
from consult_app.settings import Settings
from consult_app.storage import journal
from consult_app.storage.journal import Reading
from tests.fixtures import SECRETARY, CountingTokens, HandClock


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a sync may take seconds; only the test of a stick that hangs is about that."""
    monkeypatch.setattr(second_medium, "PATIENCE", 60.0)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for a stick."""
    found = tmp_path / "stick"
    found.mkdir()
    return found


@pytest.fixture
def kept(app: App, stick: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """The program with a second medium that is looked at often."""
    monkeypatch.setattr(second_medium, "LOOK", 0.02)
    medium_folder.choose(app.settings.data, stick)
    return app


def vote(app: App, serial: str = "0001") -> int:
    """What a vote leaves in the chain."""
    facts = {"serial": serial, "channel": "手机", "seal": "e" * 32}
    return app.store.do(SECRETARY, chain.append, "ballot.cast", "motion:1", **facts)


def reading(stick: Path) -> Reading:
    """The journal on the stick."""
    (path,) = stick.glob("*.txt")
    return journal.read(path)


def until(holds: Callable[[], object]) -> None:
    """Wait for a condition that another thread brings about."""
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        threading.Event().wait(0.01)


def test_a_vote_stands_on_the_medium_before_it_is_answered(kept: App, stick: Path) -> None:
    seq = vote(kept, "0007")
    line = reading(stick).last
    assert line
    assert (line.seq, line.serial, line.channel, line.event) == (seq, "0007", "手机", "ballot.cast")
    assert kept.store.ask(medium.digests, [seq]) == {seq: line.digest}


def test_only_what_touches_a_vote_is_written(kept: App, stick: Path) -> None:
    kept.store.do(SECRETARY, chain.append, "server.started", "server:0", address="http://127.0.0.1")
    seq = vote(kept)
    assert [line.seq for line in reading(stick).lines] == [seq]


def test_without_a_medium_nothing_is_waited_for(app: App) -> None:
    vote(app)
    assert app.medium.folder is None
    assert app.store.ask(medium.medium) == Medium()


def test_votes_before_the_medium_was_chosen_are_made_up(app: App, stick: Path) -> None:
    first = vote(app)
    medium_folder.choose(app.settings.data, stick)
    second = vote(app)
    assert [line.seq for line in reading(stick).lines] == [first, second]


def test_threat_17_a_pulled_stick_is_told_and_voting_goes_on(kept: App, stick: Path) -> None:
    vote(kept, "0001")
    away = stick.rename(stick.with_name("pulled"))
    seq = vote(kept, "0002")
    assert seq
    until(lambda: kept.store.ask(medium.medium).fault)
    assert kept.store.ask(medium.medium) == Medium(str(stick), "没有插好，或已被拔出")
    vote(kept, "0003")
    away.rename(stick)
    until(lambda: not kept.store.ask(medium.medium).fault)
    assert [line.serial for line in reading(stick).lines] == ["0001", "0002", "0003"]
    told = [change for change in kept.store.ask(chain.since, 0) if change.event.startswith("journal.")]
    assert [change.event for change in told] == ["journal.lost", "journal.back"]
    assert told[1].facts["count"] == 2


def test_threat_17_a_stick_pulled_while_nobody_votes_is_told_too(kept: App, stick: Path) -> None:
    vote(kept)
    stick.rename(stick.with_name("pulled"))
    until(lambda: kept.store.ask(medium.medium).fault)
    assert kept.medium.fault


def test_threat_17_a_full_stick_is_told_and_voting_goes_on(
    kept: App, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote(kept, "0001")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal, "append", full)
    vote(kept, "0002")
    until(lambda: kept.store.ask(medium.medium).fault)
    assert kept.store.ask(medium.medium).fault == "已经写满"
    monkeypatch.undo()
    until(lambda: len(reading(stick).lines) == 2)


def test_a_stick_that_hangs_holds_an_answer_up_for_a_moment_only(
    kept: App, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote(kept, "0001")
    loose, whole = threading.Event(), journal.append

    def stuck(*given: object) -> object:
        loose.wait(20)
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(second_medium, "PATIENCE", 0.1)
    monkeypatch.setattr(journal, "append", stuck)
    vote(kept, "0002")
    vote(kept, "0003")
    assert kept.medium.fault == second_medium.SLOW
    until(lambda: kept.store.ask(medium.medium).fault == second_medium.SLOW)
    loose.set()
    until(lambda: not kept.store.ask(medium.medium).fault)
    assert [line.serial for line in reading(stick).lines] == ["0001", "0002", "0003"]


def test_what_is_written_while_the_medium_closes_is_kept_and_holds_nobody_up(kept: App, stick: Path) -> None:
    vote(kept, "0001")
    writing = threading.Thread(target=lambda: [vote(kept, f"{number:04d}") for number in range(2, 12)])
    writing.start()
    kept.medium.close()
    writing.join(30)
    assert not writing.is_alive(), "a vote waits for a medium that was closed"
    vote(kept, "0012")
    assert kept.medium.fault == ""
    serials = [line.serial for line in reading(stick).lines]
    assert serials == [f"{number:04d}" for number in range(1, len(serials) + 1)]


def test_two_processes_write_one_journal(kept: App, folder: Settings, clock: HandClock, stick: Path) -> None:
    other = open_app(folder, clock, CountingTokens())
    for number in range(6):
        vote((kept, other)[number % 2], f"{number:04d}")
    other.close()
    assert [line.serial for line in reading(stick).lines] == [f"{number:04d}" for number in range(6)]


def test_votes_cast_at_once_are_each_written_once(kept: App, stick: Path) -> None:
    threads = [threading.Thread(target=vote, args=(kept, f"{number:04d}")) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = reading(stick)
    assert sorted(line.serial for line in found.lines) == [f"{number:04d}" for number in range(24)]
    assert [line.seq for line in found.lines] == sorted(line.seq for line in found.lines)


def test_a_journal_that_knows_more_than_the_database_is_kept_as_it_is(
    kept: App, folder: Settings, clock: HandClock, stick: Path
) -> None:
    vote(kept, "0001")
    found = reading(stick)
    ahead = journal.Line(99, "2026-11-22T01:00:00+00:00", "ballot.cast", "motion:1", "f" * 64, "0099", "手机")
    journal.append(found.path, journal.tail_of(found), [ahead])
    vote(kept, "0002")
    until(lambda: kept.store.ask(medium.medium).fault == second_medium.FOREIGN)
    assert reading(stick).last == ahead


def test_an_edited_journal_is_kept_as_it_is(kept: App, stick: Path) -> None:
    vote(kept, "0001")
    vote(kept, "0002")
    path = reading(stick).path
    edited = path.read_bytes().replace(b'"0001"', b'"0009"')
    whole = stick / "edited"
    whole.write_bytes(edited + b"\n")
    whole.replace(path)  # at once: the medium is looked at all the time
    vote(kept, "0003")
    until(lambda: kept.store.ask(medium.medium).fault == second_medium.CHANGED)
    assert path.read_bytes() == edited + b"\n"


def test_a_new_choice_of_place_takes_hold_at_once(kept: App, stick: Path, tmp_path: Path) -> None:
    vote(kept, "0001")
    (tmp_path / "other").mkdir()
    medium_folder.choose(kept.settings.data, tmp_path / "other")
    vote(kept, "0002")
    assert [line.serial for line in reading(tmp_path / "other").lines] == ["0001", "0002"]
    assert [line.serial for line in reading(stick).lines] == ["0001"]


def test_a_place_that_cannot_be_written_to_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        medium_folder.choose(app.settings.data, tmp_path / "nowhere")
    assert medium_folder.chosen(app.settings.data) is None


def test_the_data_folder_itself_is_no_second_place(app: App) -> None:
    with pytest.raises(SameFolder):
        medium_folder.choose(app.settings.data, app.settings.data)
