"""The speeds of `issues show 2`, measured on the real thing: files on disk, a server of its own, durable commits."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult_app.app import App, open_app, system_clock
from consult_app.bodies import queries as bodies
from consult_app.bodies.actions import add_body
from consult_app.demo.made_up import SECOND_UNIT, write_roll
from consult_app.demo.player import Played, Stage, play
from consult_app.demo.turnout import VOTERS
from consult_app.documents import drafting, issuing
from consult_app.kernel import resources
from consult_app.kernel.text import legal_day
from consult_app.meetings import actions as meetings
from consult_app.meetings.actions import AgendaLine
from consult_app.proposals import actions as proposals
from consult_app.proposals import queries as proposal_queries
from consult_app.rolls import queries as rolls
from consult_app.rolls.actions import accept_import
from consult_app.rolls.extract import extract
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from consult_app.settings import settings
from consult_app.storage.store import Work
from consult_app.voting import queries as voting
from tests.bench.conftest import Speeds
from tests.fixtures import SECRETARY
from tests.stories.phone import Phone
from tests.stories.program import serving

pytestmark = pytest.mark.bench

UNITS = 10_000
BALLOTS = 10_000
MATTERS = 5_000
ROWS = 2_000
VOTES = 300


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[App]:
    """The program on an empty data folder, by the real clock."""
    app = open_app(settings(tmp_path / "data"))
    yield app
    app.close()


@pytest.fixture
def body(bench: App) -> int:
    return bench.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")


def test_start_to_first_painted_window(speeds: Speeds, tmp_path: Path) -> None:
    story = play(tmp_path, Stage.VOTING, None, system_clock())
    command = [sys.executable, "-m", "consult_app", "--data", str(story.data), "desk", "--quit-after-paint"]
    codes: list[int] = []

    def start() -> None:
        codes.append(subprocess.run(command, timeout=60, check=False).returncode)

    start()
    speeds.best("start to first painted window, and quit", start, 1.0, times=5)
    assert set(codes) == {0}


@pytest.mark.parametrize("name", ["estate roll, 517 units", f"made roll, {UNITS:,} units"])
def test_import_of_a_roll(speeds: Speeds, bench: App, body: int, tmp_path: Path, name: str) -> None:
    source = resources.path("samples", "owners-estate.xlsx")
    if "made" in name:
        source = tmp_path / "made.xlsx"
        write_roll(source, UNITS * SECOND_UNIT // (SECOND_UNIT + 1) + 1)
    taken: list[int] = []

    def take() -> None:
        found = extract(plan(read(source), RollKind.OWNERS))
        taken.append(bench.store.do(SECRETARY, accept_import, body, found, legal_day(system_clock())))

    speeds.best(f"import of the {name}", take, 3.0 if "made" in name else None)
    assert len(bench.store.ask(rolls.units, taken[0])) == (UNITS if "made" in name else 517)


def test_one_vote_over_http_durable(speeds: Speeds, tmp_path: Path) -> None:
    story = play(tmp_path, Stage.VOTING, VOTES, system_clock())
    journeys, confirms = [], []
    with serving(story.data) as server:
        phone = Phone(server.address)
        for path in _paths(story):
            start = time.perf_counter()
            page = phone.submit(phone.get(path), **{"item-1": "for"})
            confirmed = time.perf_counter()
            receipt = phone.submit(page)
            end = time.perf_counter()
            journeys.append(end - start)
            confirms.append(end - confirmed)
            assert receipt.status == 200
        phone.close()
    slow = statistics.quantiles(confirms, n=100)[98]
    speeds.note(
        "one vote, confirmation to receipt, median", statistics.median(confirms), None, f"p99 {slow * 1000:.1f} ms"
    )
    speeds.note("one vote, three pages, median", statistics.median(journeys))


def test_tally_of_ten_thousand_ballots(speeds: Speeds, tmp_path: Path) -> None:
    start = time.perf_counter()
    story = play(tmp_path, Stage.CLOSED, BALLOTS, system_clock())
    speeds.note(f"the demo with {BALLOTS:,} voters", time.perf_counter() - start)
    app = open_app(settings(story.data))
    speeds.best(f"tally of {BALLOTS:,} voters", lambda: app.store.ask(voting.tally, story.motion), 0.020, times=10)
    assert app.store.ask(voting.tally, story.motion).turnout.eligible.heads == BALLOTS
    app.close()


def test_list_of_five_thousand_matters(speeds: Speeds, bench: App, body: int) -> None:
    venue = bench.store.ask(bodies.venues, body)[0].id
    bench.store.do(VOTERS, _register, body, venue)
    speeds.best(f"list of {MATTERS:,} matters", lambda: bench.store.ask(proposal_queries.proposals, body))
    assert len(bench.store.ask(proposal_queries.proposals, body)) == MATTERS


def test_minutes_of_two_thousand_rows(speeds: Speeds, bench: App, body: int) -> None:
    venue = bench.store.ask(bodies.venues, body)[0].id
    meeting = bench.store.do(SECRETARY, _long_meeting, body, venue)
    document = bench.store.do(SECRETARY, drafting.draft_minutes, meeting)
    made: list[bytes] = []
    speeds.best(f"minutes of {ROWS:,} rows", lambda: made.append(issuing.preview(bench.store, document)), 2.0)
    assert issuing.pages(made[0]) > 50


def _paths(story: Played) -> list[str]:
    assert story.files["links"]
    lines = story.files["links"].read_text("utf-8").splitlines()[1:]
    return [line.rpartition(",")[2] for line in lines]


def _register(work: Work, body: int, venue: int) -> None:
    for number in range(MATTERS):
        _matter(work, body, venue, f"练习议题 {number}")


def _matter(work: Work, body: int, venue: int, title: str) -> int:
    return proposals.register(
        work, body, title=title, source="owner", proposer="练习业主", taken_down=False, affected_range="全体业主",
        wish="请大家商量。", venue_id=venue,
    )  # fmt: skip


def _long_meeting(work: Work, body: int, venue: int) -> int:
    proposal = _matter(work, body, venue, "很长的会议")
    meeting = meetings.call(
        work, proposal, title="练习会议", place="议事厅", starts_at=work.now, chair="练习主持人", recorder="练习记录人",
        expected=["练习业主"], agenda=[AgendaLine("讨论")],
    )  # fmt: skip
    meetings.open_meeting(work, meeting)
    for number in range(ROWS):
        text = f"第 {number} 条意见：建议先比选报价，再公示合同和发票。"
        meetings.state(work, meeting, speaker="练习业主", capacity="业主", position="建议", text=text)
    meetings.close_meeting(work, meeting)
    return meeting
