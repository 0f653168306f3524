"""Every head of a count can be followed back to the roll, and every doubt to what it could change."""

import pytest

from consult_app.rolls import queries as rolls
from consult_app.rolls.actions import join_people
from consult_app.voting import actions, queries
from consult_app.voting.rules import Choice
from consult_app.voting.tallies import StillOpen
from consult_app.voting.whatif import DoubtKind
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR, SECRETARY


def test_a_voter_is_followed_from_the_roll_to_the_count(store, vote):
    voter = store.ask(queries.electors, vote.motion)[0]
    store.do(
        SECRETARY, actions.register_proxy, vote.motion, voter.id, agent="代办人甲", authority="就本次表决表示意见",
        property_staff=False, document=("委托书.pdf", b"%PDF-1.4\n%%EOF\n"),
    )  # fmt: skip
    vote.cast(0)
    vote.close()
    found = store.ask(queries.explanation, vote.motion).voters[0]
    assert found.chain == (
        "1号楼1单元101，80.00 ㎡，已交付（业主01，owners 第 2 行）",
        "一个专有部分，80.00 ㎡，按一人计算，计 1 人、80.00 ㎡",
        "手机，受托人代办人甲代投",
        "计入同意",
    )


def test_nothing_is_told_before_closing(store, vote):
    vote.cast(0)
    found = store.ask(queries.explanation, vote.motion)
    assert found.voters[0].choices == ()
    assert found.voters[0].counted == "已参与表决"
    assert found.voters[1].counted == "未参与表决"
    assert found.items == ()
    with pytest.raises(StillOpen):
        store.ask(queries.what_if, vote.motion)


def test_a_secret_vote_is_never_told(store, village):
    vote = estate.opened(store, village, "village.reps", secret=True)
    vote.cast(0)
    vote.close()
    found = store.ask(queries.explanation, vote.motion)
    assert found.voters[0].counted == "已参与表决，无记名"
    assert not any(voter.choices for voter in found.voters)
    assert store.ask(queries.what_if, vote.motion) == ()


def test_the_verdict_names_its_shares_and_its_article(store, vote):
    for number in range(7):
        vote.cast(number)
    vote.close()
    found = store.ask(queries.explanation, vote.motion)
    assert "第二百七十八条" in found.basis
    assert found.items[0].outcome == "通过"
    assert len(found.items[0].shares) == 4
    assert "7 人 / 9 人" in found.items[0].shares[1]


def test_a_joining_is_kept_as_it_was_at_freezing_and_weighed(store, owners):
    """司法解释9: one buyer of several units is one; two lines joined on evidence are told and doubted."""
    roll = store.ask(rolls.current_roll, owners).id
    first, second = store.ask(rolls.people, roll)[:2]
    store.do(SECRETARY, join_people, second.id, first.id, "同一手机号，本人确认")
    vote = estate.opened(store, owners)
    for number in range(2, 8):
        vote.cast(number)
    vote.close()
    voter = store.ask(queries.explanation, vote.motion).voters[0]
    assert len(voter.titles) == 2
    assert voter.joined == ("「业主02」与「业主01」确认为同一人：同一手机号，本人确认",)
    assert voter.heads == 1
    ((_, found),) = store.ask(queries.what_if, vote.motion)
    assert [doubt.kind for doubt in found.doubts] == [DoubtKind.JOINING]


def test_unsigned_ballots_that_decide_are_named(store, owners):
    vote = estate.opened(store, owners, legal_mode="assisted")
    for number in range(2, 9):
        vote.cast(number)
    vote.close()
    for number in range(2, 7):
        store.do(SECRETARY, actions.sign_ballot, vote.motion, vote.slips[number].human_code)
    voters = store.ask(queries.explanation, vote.motion).voters
    assert voters[7].counted == "手机填写的票尚未签字，未计入"
    ((_, found),) = store.ask(queries.what_if, vote.motion)
    assert {(flip.doubt.kind, flip.doubt.label) for flip in found.flips} == {
        (DoubtKind.UNSIGNED, "业主08"), (DoubtKind.UNSIGNED, "业主09")
    }  # fmt: skip


def test_a_conflict_a_bad_mark_and_a_waiting_paper_are_doubts(store, vote):
    vote.cast(0)
    vote.paper(0, AGAINST, "计票人甲")
    vote.paper(0, AGAINST, "计票人乙")
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(1, {}, teller)
    vote.paper(2, FOR, "计票人甲")
    vote.close()
    ((_, found),) = store.ask(queries.what_if, vote.motion)
    assert {doubt.kind: [a.gives for a in doubt.alternatives] for doubt in found.doubts} == {
        DoubtKind.CONFLICT: [Choice.AGAINST],
        DoubtKind.INVALID_MARK: [Choice.FOR, Choice.AGAINST, Choice.ABSTAIN],
        DoubtKind.WAITING_PAPER: [Choice.FOR],
    }
