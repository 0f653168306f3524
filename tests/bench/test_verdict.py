"""The verdict over 100,000 voters, through the real tally: ten questions on one ballot, and ten motions of one question.

The first votes are cast by the actions; the rest is written into the tables as they would stand, for casting half a million
would take the bench an hour.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from consult_app.app import App, open_app
from consult_app.audit import chain
from consult_app.bodies.actions import add_body
from consult_app.settings import settings
from consult_app.storage.bulk import insert_rows
from consult_app.storage.store import Work
from consult_app.voting import queries as voting
from consult_app.voting.choices import Channel, MotionState
from consult_app.voting.tables import Ballot, Elector, Motion, Participation
from tests.bench.conftest import Speeds
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY

pytestmark = pytest.mark.bench

VOTERS = 100_000
QUESTIONS = 10
MOTIONS = 10
REAL = 9
AREA = 8_950

Row = dict[str, Any]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[App]:
    """The program on an empty data folder, with an owners' body of nine units."""
    app = open_app(settings(tmp_path / "data"))
    yield app
    app.close()


@pytest.fixture
def body(bench: App, tmp_path: Path) -> int:
    found = bench.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    estate.owners_roll(bench.store, tmp_path, found, REAL)
    return found


def test_verdict_on_ten_questions_of_a_hundred_thousand_voters(speeds: Speeds, bench: App, body: int) -> None:
    motion = closed(bench, body, [f"第 {at} 项：同意。" for at in range(1, QUESTIONS + 1)])
    name = f"verdict: {VOTERS:,} voters x {QUESTIONS} questions"
    speeds.best(name, lambda: bench.store.ask(voting.tally, motion), 1.0)
    found = bench.store.ask(voting.tally, motion)
    assert found.turnout.eligible.heads == found.counted.heads == VOTERS
    assert [sum(count.ballots for count in item.counts.values()) for item in found.items] == [VOTERS] * QUESTIONS


def test_verdicts_of_ten_motions_of_a_hundred_thousand_voters(speeds: Speeds, bench: App, body: int) -> None:
    motions = [closed(bench, body, ["同意。"]) for _ in range(MOTIONS)]
    name = f"verdicts: {VOTERS:,} voters x {MOTIONS} motions"
    speeds.best(name, lambda: [bench.store.ask(voting.tally, motion) for motion in motions], 1.0)
    assert {bench.store.ask(voting.tally, motion).counted.heads for motion in motions} == {VOTERS}


def test_the_list_of_a_hundred_thousand_electors(speeds: Speeds, bench: App, body: int) -> None:
    motion = closed(bench, body, ["同意。"])
    speeds.best(f"list of {VOTERS:,} electors", lambda: bench.store.ask(voting.electors, motion))
    assert len(bench.store.ask(voting.electors, motion)) == VOTERS


def closed(app: App, body: int, items: list[str]) -> int:
    """A closed motion on which 100,000 voters have voted, the first by the actions."""
    vote = estate.opened(app.store, body, items=items)
    choices = {str(at): "for" for at in range(1, len(items) + 1)}
    for number in range(REAL):
        vote.cast(number, choices, f"form-{vote.motion}-{number}")
    app.store.do(SECRETARY, swell, vote.motion, len(items))
    return vote.motion


def swell(work: Work, motion: int, items: int) -> None:
    """Write the other voters, their taking part and their ballots, and close the motion."""
    chance, db = random.Random(20261122), work.db
    first = db.scalar(select(func.max(Elector.id))) or 0
    added = range(first + 1, first + 1 + VOTERS - REAL)
    insert_rows(db, Elector, (elector(motion, at) for at in added))
    insert_rows(db, Participation, (taking_part(work, motion, at) for at in added))
    insert_rows(db, Ballot, (ballot(motion, at, "".join(chance.choices("fas", k=items))) for at in added))
    area = db.scalar(select(func.sum(Elector.area)).where(Elector.motion_id == motion))
    whole = {"eligible_heads": VOTERS, "eligible_area": area, "state": MotionState.CLOSED}
    db.execute(update(Motion).where(Motion.id == motion).values(**whole))
    chain.append(work, "motion.closed", f"motion:{motion}", first="监票人甲", second="监票人乙")


def elector(motion: int, at: int) -> Row:
    """A voter of one flat as freezing writes them."""
    place = (str(at // 100), "1", str(at % 100))
    return {
        "id": at, "motion_id": motion, "key": f"p{at}", "label": f"练习业主{at}", "names": [f"练习业主{at}"],
        "rooms": ["{}号楼{}单元{}".format(*place)], "places": [place], "heads": 1, "area": AREA, "persons": [at],
        "titles": [], "joined": [], "reason": "一个专有部分，89.50 ㎡，按一人计算",
    }  # fmt: skip


def taking_part(work: Work, motion: int, at: int) -> Row:
    """That they voted by phone."""
    return {
        "motion_id": motion, "elector_id": at, "channel": str(Channel.PHONE), "at": work.now, "pending": False
    }  # fmt: skip


def ballot(motion: int, at: int, choices: str) -> Row:
    """What they chose."""
    return {
        "id": f"{at:026d}", "motion_id": motion, "elector_id": at, "choices": choices, "heads": 1, "area": AREA,
        "needs_signature": False, "signed": False, "set_aside": False,
    }  # fmt: skip
