"""A vote is final: whatever is pressed, entered and raised at once, by threads of two processes, each voter counts once."""

import multiprocessing
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import func, select

from consult_app.app import open_app
from consult_app.kernel.errors import Refused
from consult_app.settings import Settings
from consult_app.voting import actions, queries, witnessing
from consult_app.voting.issuing import AlreadyVoted
from consult_app.voting.stack import cast_stack
from consult_app.voting.tables import Ballot, Conflict, Participation
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR, PHONE, SECRETARY, Vote

WAYS = ("phone", "again", "code", "help", "hand", "甲", "乙")
Act = tuple[str, str, str, int, dict[str, str]]
"""Way, token, human code, elector, choices."""


def act_all(settings: Settings, now: datetime, motion: int, acts: list[Act]) -> None:
    """Do these acts from four threads of this process; raises whatever is no refusal."""
    app = open_app(settings, lambda: now)
    app.store.stack(actions.cast_ballot, cast_stack)

    def act(one: Act) -> None:
        way, token, code, elector, choices = one
        try:
            match way:
                case "phone" | "again":
                    app.store.do(PHONE, actions.cast_ballot, token, choices, way)
                case "code":
                    app.store.do(PHONE, actions.cast_by_code, code, choices, "code")
                case "help":
                    app.store.do(SECRETARY, actions.cast_assisted, motion, code, choices, "志愿者", "见证人")
                case "hand":
                    app.store.do(SECRETARY, actions.cast_by_hand, motion, elector, choices, "甲", "乙")
                case teller:
                    app.store.do(SECRETARY, actions.enter_paper, motion, code, FOR, teller)
        except Refused:
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, acts))
    app.close()


def interleave(store, folder, owners_body, tmp_path, voters: int, policy: str) -> None:
    """Every voter by every way, in a random order, half of it in another process; then close, and count."""
    estate.owners_roll(store, tmp_path, owners_body, voters)
    vote = estate.opened(store, owners_body, duplicate_policy=policy)
    chance = random.Random(f"20261122 {policy}")
    people = [line.id for line in store.ask(queries.electors, vote.motion)]
    acts = [
        (way, slip.token, slip.human_code, person, chance.choice([FOR, AGAINST, ABSTAIN]))
        for slip, person in zip(vote.slips, people, strict=True)
        for way in WAYS
    ]
    chance.shuffle(acts)
    half = len(acts) // 2
    with multiprocessing.get_context("spawn").Pool(1) as elsewhere:
        other = elsewhere.apply_async(act_all, (folder, store.now(), vote.motion, acts[half:]))
        act_all(folder, store.now(), vote.motion, acts[:half])
        other.get(600)
    counted_once(store, vote, voters)


def counted_once(store, vote: Vote, voters: int) -> None:
    """No voter took part twice, none has two ballots that count, and the books and the chain agree."""
    vote.close()
    taken = select(Participation.elector_id, func.count()).where(Participation.motion_id == vote.motion)
    parts = store.ask(lambda db: dict(db.execute(taken.group_by(Participation.elector_id)).all()))
    assert set(parts.values()) == {1}
    assert len(parts) == voters
    box = select(Ballot.elector_id, func.count()).where(Ballot.motion_id == vote.motion, ~Ballot.set_aside)
    ballots = store.ask(lambda db: dict(db.execute(box.group_by(Ballot.elector_id)).all()))
    assert set(ballots.values()) == {1}
    pending = {elector for elector in parts if elector not in ballots}
    waiting = select(func.count()).where(Participation.motion_id == vote.motion, Participation.pending)
    assert len(pending) <= store.ask(lambda db: db.scalar(waiting)) + store.ask(
        lambda db: db.scalar(select(func.count(Conflict.id)).where(Conflict.motion_id == vote.motion))
    )
    tally = store.ask(queries.tally, vote.motion)
    assert sum(count.heads for count in tally.items[0].counts.values()) == len(ballots)
    assert store.ask(queries.books, vote.motion).accounted == voters
    assert store.ask(witnessing.verify).broken is None


@pytest.mark.parametrize("policy", ["first_valid", "paper_prevails"])
def test_threat_01_a_hundred_interleavings_never_count_twice(store, folder, owners_body, tmp_path, policy):
    interleave(store, folder, owners_body, tmp_path, 50, policy)


@pytest.mark.long
@pytest.mark.parametrize("policy", ["first_valid", "paper_prevails"])
def test_threat_01_a_thousand_interleavings_never_count_twice(store, folder, owners_body, tmp_path, policy):
    interleave(store, folder, owners_body, tmp_path, 500, policy)


def test_threat_02_two_hundred_threads_on_one_slip_have_one_winner(store, vote):
    won, lost, barrier = [], [], threading.Barrier(200)

    def press(number: int) -> None:
        barrier.wait()
        try:
            won.append(vote.cast(0, key=f"phone-{number}"))
        except AlreadyVoted as refused:
            lost.append(refused)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 199)
    assert store.ask(queries.turnout, vote.motion).participating.heads == 1


def test_threat_16_two_hundred_retries_of_one_form_get_one_receipt(store, vote):
    with ThreadPoolExecutor(50) as pool:
        receipts = list(pool.map(lambda _: vote.cast(0, FOR, key="form"), range(200)))
    assert {(receipt.serial, receipt.at) for receipt in receipts} == {("0001", store.now())}
    assert sum(not receipt.repeated for receipt in receipts) == 1
    assert store.ask(queries.turnout, vote.motion).participating.heads == 1
