"""Co-owners with two ballots stop the count until they choose one of them (指导规则25; domain.md §2.4)."""

import pytest

from consult_app.voting import actions, queries
from consult_app.voting.casting import OneWitness
from consult_app.voting.choices import Channel
from consult_app.voting.closing import ConflictsUnseen
from consult_app.voting.duplicates import (
    NEITHER,
    ConflictDecided,
    CoOwnersAtOdds,
    PaperPending,
    PolicyDecides,
    WhichBallot,
)
from consult_app.voting.rules import Choice
from consult_app.voting.verdicts import Code
from consult_app.voting.witnessing import verify
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR, SECRETARY

SCAN = ("推选书.pdf", b"%PDF-1.4\n%%EOF\n")
LINES = [
    "楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况",
    "1,1,101,80.00,业主甲、业主乙,,已交付",
    "1,1,102,81.00,业主丙,,已交付",
    "1,1,103,82.00,业主丁,,已交付",
]


@pytest.fixture(params=["first_valid", "paper_prevails"])
def policy(request):
    return request.param


@pytest.fixture
def shared(store, owners_body, tmp_path, policy):
    """Three heads: the first is co-owned and voted for by phone and against on paper; the others voted for."""
    estate.import_roll(store, tmp_path / "shared.csv", owners_body, LINES)
    vote = estate.opened(store, owners_body, duplicate_policy=policy)
    for place in range(3):
        vote.cast(place)
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(0, AGAINST, teller)
    return vote


def decide(vote, counted="", second="监票人乙"):
    (pair,) = vote.store.ask(queries.conflicts, vote.motion)
    vote.store.do(SECRETARY, actions.decide_conflict, pair.id, "监票人甲", second, counted)


def nominate(vote, name):
    voter = vote.store.ask(queries.electors, vote.motion)[0]
    vote.store.do(SECRETARY, actions.nominate, vote.motion, voter.id, name, SCAN)


def choice_of(vote):
    """What the co-owned head counts for; None when it takes no part."""
    chosen = vote.store.ask(queries.explanation, vote.motion).voters[0].choices
    return chosen[0][1] if chosen else None


def verdict(vote):
    return vote.store.ask(queries.tally, vote.motion).items[0].verdict


def test_the_verdict_waits_for_the_co_owners_choice(store, shared):
    shared.close()
    found = verdict(shared)
    assert (found.passed, found.code) == (None, Code.NEEDS_REVIEW_COOWNER_CONFLICT)
    assert {measure.name for measure in found.measures} == {"participation_area", "participation_heads"}
    with pytest.raises(ConflictsUnseen):
        shared.declare()
    with pytest.raises(CoOwnersAtOdds, match="业主甲"):
        decide(shared)


@pytest.mark.parametrize(("counted", "choice"), [("phone", Choice.FOR), ("paper", Choice.AGAINST)])
def test_the_chosen_co_owners_ballot_counts_whatever_the_policy(store, shared, counted, choice):
    shared.close()
    nominate(shared, "业主乙")
    with pytest.raises(WhichBallot, match="业主乙"):
        decide(shared)
    decide(shared, counted)
    assert choice_of(shared) is choice
    assert verdict(shared).passed is True
    assert store.ask(queries.conflicts, shared.motion)[0].counted is Channel(counted)
    assert store.ask(verify).broken is None
    shared.declare()


def test_co_owners_who_chose_nobody_do_not_take_part(store, shared):
    shared.close()
    decide(shared, NEITHER)
    assert choice_of(shared) is None
    voter = store.ask(queries.explanation, shared.motion).voters[0]
    assert "没有推选" in "".join(voter.chain)
    assert verdict(shared).code is Code.PARTICIPATION_AREA_NOT_MET or verdict(shared).passed is not None
    assert store.ask(queries.turnout, shared.motion).participating.heads == 2
    assert store.ask(verify).broken is None
    shared.declare()


def test_a_pair_is_decided_once_and_by_two(shared):
    shared.close()
    nominate(shared, "业主甲")
    with pytest.raises(OneWitness):
        decide(shared, "phone", second="监票人甲")
    decide(shared, "phone")
    with pytest.raises(ConflictDecided):
        decide(shared, "paper")


def test_before_closing_co_owners_are_asked_whether_or_not_they_agree(shared):
    """Whether two ballots differ says something of what was chosen (architecture decision 6)."""
    with pytest.raises(CoOwnersAtOdds):
        decide(shared)


def test_a_single_owners_pair_is_settled_by_policy_alone(store, shared, policy):
    vote = shared
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(1, AGAINST, teller)
    vote.close()
    pair = vote.store.ask(queries.conflicts, vote.motion)[1]
    other = "paper" if policy == "first_valid" else "phone"
    with pytest.raises(PolicyDecides):
        store.do(SECRETARY, actions.decide_conflict, pair.id, "监票人甲", "监票人乙", other)
    store.do(SECRETARY, actions.decide_conflict, pair.id, "监票人甲", "监票人乙")


def test_co_owners_who_say_the_same_are_no_conflict(store, owners_body, tmp_path):
    estate.import_roll(store, tmp_path / "shared.csv", owners_body, LINES)
    vote = estate.opened(store, owners_body)
    for place in range(3):
        vote.cast(place)
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(0, FOR, teller)
    vote.close()
    assert verdict(vote).passed is True
    decide(vote)
    vote.declare()


def test_a_paper_that_tellers_read_apart_cannot_be_chosen(store, owners_body, tmp_path):
    estate.import_roll(store, tmp_path / "shared.csv", owners_body, LINES)
    vote = estate.opened(store, owners_body)
    vote.cast(0)
    vote.paper(0, AGAINST, "计票人甲")
    vote.close()
    nominate(vote, "业主甲")
    with pytest.raises(PaperPending):
        decide(vote, "paper")
