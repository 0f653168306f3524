"""The player leaves what `consult demo` promises, at every stage and on any day of the year."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pypdfium2
import pytest

from consult_app.app import App, open_app
from consult_app.archive.verify import verify
from consult_app.audit import chain
from consult_app.demo.player import FolderTaken, Played, Stage, play
from consult_app.proposals import queries as proposals
from consult_app.proposals.rules import Outcome
from consult_app.settings import settings
from consult_app.storage.store import Store
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from tests.fixtures import CountingTokens

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class PlayTo(Protocol):
    def __call__(self, stage: Stage, voters: int | None = 12, now: datetime = NOW) -> tuple[Played, Store]: ...


@pytest.fixture
def play_to(tmp_path: Path) -> Iterator[PlayTo]:
    """Plays the story in an empty folder and opens what it left."""
    opened: list[App] = []

    def played(stage: Stage, voters: int | None = 12, now: datetime = NOW) -> tuple[Played, Store]:
        found = play(tmp_path, stage, voters, now, CountingTokens())
        opened.append(open_app(settings(found.data), lambda: now, CountingTokens()))
        return found, opened[-1].store

    yield played
    for app in opened:
        app.close()


def test_voting_stage_leaves_an_open_vote_that_nobody_has_voted_in(play_to: PlayTo) -> None:
    found, store = play_to(Stage.VOTING)
    motion = store.ask(voting.motion, found.motion)
    assert motion.state is MotionState.OPEN
    assert motion.opened_at
    assert motion.opened_at < NOW < motion.closes_at
    assert store.ask(voting.turnout, found.motion).participating.heads == 0


def test_every_link_opens_the_slip_of_its_voter(play_to: PlayTo) -> None:
    found, store = play_to(Stage.VOTING)
    assert found.files["links"]
    lines = list(csv.DictReader(found.files["links"].read_text("utf-8").splitlines()))
    slips = [store.ask(voting.slip_by_token, line["path"].removeprefix("/")) for line in lines]
    assert [line["voter"] for line in lines] == [slip and slip.label for slip in slips]
    assert len(lines) == 12


def test_closed_stage_declares_the_result_of_balanced_books(play_to: PlayTo) -> None:
    found, store = play_to(Stage.CLOSED, voters=None)
    books = store.ask(voting.books, found.motion)
    assert store.ask(voting.tally, found.motion).passed
    assert books.issued == 100
    assert books.live == 0
    assert all((books.phone, books.paper, books.assisted, books.returned, books.missing))


def test_filed_stage_ends_the_matter_with_every_step_done(play_to: PlayTo) -> None:
    found, store = play_to(Stage.FILED)
    facts = store.ask(proposals.proposal, found.proposal)
    assert facts.outcome is Outcome.DONE
    assert all(step.completed_at for step in facts.steps)
    assert found.files["bundle"]
    assert verify(found.files["bundle"]).holds
    assert store.ask(chain.verify).broken is None


def test_papers_are_whole_pdf_files(play_to: PlayTo) -> None:
    found, _ = play_to(Stage.CLOSED)
    papers = [found.files[name] for name in ("slips", "notice", "result", "minutes")]
    assert all(path and len(pypdfium2.PdfDocument(path)) for path in papers)


@pytest.mark.parametrize("month", [2, 10])
def test_story_is_over_by_now_whatever_holidays_lie_in_between(play_to: PlayTo, month: int) -> None:
    now = datetime(2026, month, 15, 1, 0, tzinfo=UTC)
    found, store = play_to(Stage.FILED, now=now)
    facts = store.ask(proposals.proposal, found.proposal)
    assert facts.ended_at
    assert now - timedelta(days=40) < facts.ended_at <= now


def test_folder_with_data_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "consult.db").write_text("mine")
    with pytest.raises(FolderTaken):
        play(tmp_path, Stage.VOTING, 5, NOW)
    assert (tmp_path / "data" / "consult.db").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
