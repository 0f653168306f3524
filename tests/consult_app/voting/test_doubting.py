"""Questioned ballots: identity defects take no part, split owners stop and ask, and two people decide (domain.md §2.4)."""

import pytest

from consult_app.audit import chain
from consult_app.recount.recounting import recount
from consult_app.voting import actions, exporting, queries
from consult_app.voting.casting import OneWitness
from consult_app.voting.closing import DoubtsOpen, Undecided
from consult_app.voting.doubtful import IDENTITY, RAISED, Ground, Outcome, outcomes
from consult_app.voting.doubting import (
    DoubtDecided,
    DoubtStands,
    MajorityClear,
    NominationFirst,
    NotCoOwners,
    NothingCast,
    NotOpenToChoice,
    SecretVote,
    WrittenFirst,
)
from consult_app.voting.motions import WrongState
from consult_app.voting.rules import Choice
from consult_app.voting.verdicts import Code
from consult_app.voting.witnessing import verify
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR, SECRETARY
from tests.consult_app.voting.test_following import CLAUSE, half

SCAN = ("书面意见.pdf", b"%PDF-1.4\n%%EOF\n")


def doubt(vote, place, ground, note="监票人核对签名时发现"):
    voter = vote.store.ask(queries.electors, vote.motion)[place]
    return vote.store.do(SECRETARY, actions.raise_doubt, vote.motion, voter.id, ground, note)


def settle(vote, id, outcome, second="监票人乙", **more):
    vote.store.do(
        SECRETARY, actions.settle_doubt, id, outcome, "两人当场核对", "监票人甲", second, **more
    )  # fmt: skip


def verdict(vote):
    return vote.store.ask(queries.tally, vote.motion).items[0].verdict


def recounted(vote, folder):
    folder.mkdir()
    for name, content in vote.store.ask(exporting.files, vote.motion):
        (folder / name).write_bytes(content)
    return recount(folder)


@pytest.fixture
def seven(vote):
    """Seven of nine voted for: enough, and with one of the last ballots less not."""
    for place in range(2, 9):
        vote.cast(place)
    return vote


@pytest.mark.parametrize("ground", IDENTITY)
def test_a_defect_of_identity_takes_no_part(store, seven, ground, tmp_path):
    """Six of nine heads (82+...+87 = 507 of 756 m²) are just two thirds by both measures (civil-code-1259)."""
    id = doubt(seven, 8, ground)
    seven.close()
    with pytest.raises(DoubtsOpen, match="1 张疑难票"):
        seven.declare()
    settle(seven, id, Outcome.EXCLUDED)
    found = verdict(seven)
    assert found.measures[0].numerator == 82_00 + 83_00 + 84_00 + 85_00 + 86_00 + 87_00
    assert found.measures[1].numerator == 6
    assert store.ask(queries.turnout, seven.motion).participating.heads == 6
    voter = store.ask(queries.explanation, seven.motion).voters[8]
    assert voter.counted.startswith("不参与表决，不计入")
    assert "监票人甲、监票人乙裁定" in "".join(voter.chain)
    assert store.ask(verify).broken is None
    assert recounted(seven, tmp_path / "out").differences == ()
    seven.declare()


def test_an_unfounded_doubt_changes_nothing(store, seven):
    before = None
    id = doubt(seven, 8, Ground.FORGED)
    seven.close()
    before = verdict(seven).to_dict()
    settle(seven, id, Outcome.COUNTED)
    assert verdict(seven).to_dict() == before
    seven.declare()


def test_a_split_owner_stops_the_count_until_the_owner_says_which(store, seven, tmp_path):
    id = doubt(seven, 2, Ground.SPLIT_OWNER, "两套房屋交来的票意见不同")
    seven.close()
    assert (verdict(seven).passed, verdict(seven).code) == (None, Code.NEEDS_REVIEW_SPLIT_OWNER)
    assert recounted(seven, tmp_path / "open").differences == ()
    with pytest.raises(WrittenFirst):
        settle(seven, id, Outcome.RESTATED, choices=AGAINST)
    settle(seven, id, Outcome.RESTATED, choices=AGAINST, document=SCAN)
    assert store.ask(queries.explanation, seven.motion).voters[2].choices == (("1", Choice.AGAINST),)
    assert verdict(seven).passed is True
    assert store.ask(verify).broken is None
    assert recounted(seven, tmp_path / "settled").differences == ()


def test_co_owners_at_odds_need_a_nomination_before_they_count(store, owners_body, tmp_path):
    """指导规则25: co-owners choose one; until then nobody knows whose ballot it is."""
    lines = ["楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况", "1,1,101,80.00,业主甲、业主乙,,已交付"]
    estate.import_roll(store, tmp_path / "one.csv", owners_body, lines)
    vote = estate.opened(store, owners_body)
    vote.cast(0)
    id = doubt(vote, 0, Ground.CO_OWNERS, "另一共有人书面反对")
    vote.close()
    with pytest.raises(NominationFirst):
        settle(vote, id, Outcome.COUNTED)
    voter = store.ask(queries.electors, vote.motion)[0]
    store.do(SECRETARY, actions.nominate, vote.motion, voter.id, "业主乙", SCAN)
    settle(vote, id, Outcome.RESTATED, choices=AGAINST, document=SCAN)
    assert verdict(vote).code is Code.APPROVAL_AREA_NOT_MET


def test_a_decision_is_made_once_by_two_after_closing(store, seven):
    id = doubt(seven, 8, Ground.UNSIGNED)
    with pytest.raises(WrongState):
        settle(seven, id, Outcome.EXCLUDED)
    seven.close()
    with pytest.raises(OneWitness):
        settle(seven, id, Outcome.EXCLUDED, second="监票人甲")
    with pytest.raises(NotOpenToChoice):
        settle(seven, id, Outcome.RESTATED, choices=FOR, document=SCAN)
    settle(seven, id, Outcome.EXCLUDED)
    with pytest.raises(DoubtDecided):
        settle(seven, id, Outcome.COUNTED)
    with pytest.raises(NothingCast):
        doubt(seven, 8, Ground.LATE)


def test_what_cannot_be_questioned_says_why(store, seven, village):
    doubt(seven, 8, Ground.UNSIGNED)
    with pytest.raises(DoubtStands, match="没有本人签名"):
        doubt(seven, 8, Ground.LATE)
    with pytest.raises(NothingCast):
        doubt(seven, 0, Ground.UNSIGNED)
    with pytest.raises(NotCoOwners):
        doubt(seven, 7, Ground.CO_OWNERS)
    with pytest.raises(NotOpenToChoice):
        doubt(seven, 7, Ground.MAJORITY_SPLIT)
    secret = estate.opened(store, village, "village.reps", secret=True)
    secret.cast(0)
    with pytest.raises(SecretVote):
        doubt(secret, 0, Ground.UNSIGNED)


def test_the_owner_of_a_ballot_left_out_cannot_vote_again(store, seven):
    id = doubt(seven, 8, Ground.NOT_VOTER)
    seven.close()
    settle(seven, id, Outcome.EXCLUDED)
    assert store.ask(queries.books, seven.motion).phone == 7


def test_a_split_majority_is_not_declared_until_decided(store, owners, tmp_path):
    """指导规则26(2): area and heads know no single majority, so the silent follow none; a person says so."""
    vote = half(store, owners, choices=(FOR, AGAINST), follow_clause=CLAUSE, warning_printed=True)
    live = store.ask(queries.books, vote.motion).live
    with pytest.raises(Undecided, match="多数意见不一致"):
        store.do(SECRETARY, actions.declare, vote.motion, live)
    with pytest.raises(MajorityClear):
        store.do(SECRETARY, actions.settle_majority, vote.motion, "2", "无从计入", "监票人甲", "监票人乙")
    store.do(SECRETARY, actions.settle_majority, vote.motion, "1", "无从计入", "监票人甲", "监票人乙")
    assert verdict(vote).code is Code.PARTICIPATION_AREA_NOT_MET
    assert recounted(vote, tmp_path / "out").differences == ()
    store.do(SECRETARY, actions.declare, vote.motion, live)
    settled = [c for c in store.ask(chain.since, 0) if c.event == "ballot.doubt_settled"]
    assert (settled[0].facts["first"], settled[0].facts["second"]) == ("监票人甲", "监票人乙")


def test_every_ground_has_its_rule_and_its_ways_out():
    assert all(outcomes(ground) for ground in Ground)
    assert set(IDENTITY) < set(RAISED)
    assert Ground.MAJORITY_SPLIT not in RAISED


def test_the_list_shows_what_hangs_on_a_ballot_only_after_closing(store, vote):
    """Six of nine just reach two thirds: without one of them the vote fails."""
    for place in range(3, 9):
        vote.cast(place)
    doubt(vote, 8, Ground.UNSIGNED)
    (case,) = store.ask(queries.doubtful_ballots, vote.motion)
    assert (case.is_open, case.ways) == (True, ())
    vote.close()
    (case,) = store.ask(queries.doubtful_ballots, vote.motion)
    (way,) = case.ways
    assert (way.with_it.passed, way.without_it.passed, way.turns) == (True, False, True)
    assert way.without_it.code is Code.PARTICIPATION_AREA_NOT_MET
    ((_, found),) = store.ask(queries.what_if, vote.motion)
    assert "如果不计入，结果变为「未通过" in found.flips[0].words


def test_marks_are_listed_with_the_rule_that_settles_them(store, vote):
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(0, {}, teller)
    assert store.ask(queries.doubtful_ballots, vote.motion) == ()
    vote.close()
    (case,) = store.ask(queries.doubtful_ballots, vote.motion)
    assert (case.is_open, case.title) == (False, "1号楼1单元101　业主01")
    assert "按弃权处理" in case.rule


def test_a_split_majority_stands_on_the_list_until_it_is_decided(store, owners):
    vote = half(store, owners, choices=(FOR, AGAINST), follow_clause=CLAUSE, warning_printed=True)
    (case,) = store.ask(queries.doubtful_ballots, vote.motion)
    assert (case.item, case.is_open) == ("1", True)
    assert not case.title.endswith("。"), "other words follow it"
    store.do(SECRETARY, actions.settle_majority, vote.motion, "1", "无从计入", "监票人甲", "监票人乙")
    (case,) = store.ask(queries.doubtful_ballots, vote.motion)
    assert (case.is_open, "监票人甲、监票人乙裁定" in case.decided) == (False, True)
