"""From draft to result: every state, every refusal on the way, and what the chain keeps of it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.voting import actions, queries
from consult_app.voting.casting import OneWitness
from consult_app.voting.choices import MotionState
from consult_app.voting.closing import NotLater, SlipsFirst, SlipsUnaccounted, TooLate
from consult_app.voting.drafting import ClosesEarly, NoRoll, PaperOnly, SecretByArea, SecretSigned, TooManyItems
from consult_app.voting.issuing import AlreadyVoted, SlipSettled, UnknownCode
from consult_app.voting.motions import WrongState
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, BASE, FOR, SECRETARY


def test_the_whole_line_ends_in_a_verdict(store, vote):
    for number in range(3, 9):
        vote.cast(number, FOR if number < 8 else AGAINST)
    vote.close()
    vote.declare()
    found = store.ask(queries.motion, vote.motion)
    assert found.state is MotionState.DECLARED
    assert found.verdict["verdict"]["passed"] is True
    assert found.verdict["choices"]["1"]["for"] == {"heads": 5, "area": "425.00", "ballots": 5}
    assert store.ask(chain.verify).broken is None


def test_two_thirds_exactly_is_enough_and_one_fewer_is_not(store, owners):
    """civil-code-278: 三分之二以上 includes the number (civil-code-1259). 80+...+85 = 495 < 504 m² just misses by area."""
    vote = estate.opened(store, owners)
    for number in range(6):
        vote.cast(number)
    vote.close()
    assert store.ask(queries.tally, vote.motion).items[0].verdict.code == "PARTICIPATION_AREA_NOT_MET"
    vote = estate.opened(store, owners)
    for number in (1, 3, 5, 6, 7, 8):
        vote.cast(number)
    vote.close()
    assert store.ask(queries.tally, vote.motion).passed is True


def test_freezing_snapshots_the_roll_and_reaches_its_milestones(store, owners):
    motion = estate.draft(store, owners)
    store.do(SECRETARY, actions.freeze, motion)
    found = store.ask(queries.motion, motion)
    assert (found.eligible.heads, found.eligible.area) == (9, 75600)
    assert len(found.plan_digest) == len(found.roll_digest) == len(found.rule_digest) == 64
    reached = [c.facts.get("code") for c in store.ask(chain.since, 0) if c.event == "proposal.reached"]
    assert {"ballot_plan.frozen", "voting_roll.frozen"} <= set(reached)


def test_a_motion_cannot_be_frozen_without_a_roll(store, owners_body):
    motion = estate.draft(store, owners_body)
    with pytest.raises(NoRoll):
        store.do(SECRETARY, actions.freeze, motion)


@pytest.mark.parametrize("rule", ["village.election", "village.recall.vote"])
def test_an_election_secret_on_paper_gets_no_codes(store, village, rule):
    """村民委员会组织法 art. 18, 19: 无记名, with 秘密写票处."""
    with pytest.raises(PaperOnly):
        estate.draft(store, village, rule)


def test_a_secret_vote_by_area_is_refused(store, owners):
    with pytest.raises(SecretByArea):
        estate.draft(store, owners, secret=True)


@pytest.mark.parametrize("more", [{"legal_mode": "assisted"}, {"duplicate_policy": "paper_prevails"}])
def test_a_secret_vote_cannot_be_signed_or_replaced(store, village, more):
    with pytest.raises(SecretSigned):
        estate.draft(store, village, "village.reps", secret=True, **more)


def test_a_draft_says_what_is_wrong_with_it(store, owners, clock):
    with pytest.raises(TooManyItems):
        estate.draft(store, owners, items=["同意。"] * 31)
    motion = estate.draft(store, owners)
    with pytest.raises(ClosesEarly):
        store.do(SECRETARY, actions.change_motion, motion, closes_at=clock.now)


def test_frozen_words_stay(store, owners):
    motion = estate.draft(store, owners)
    store.do(SECRETARY, actions.change_motion, motion, title="改后的题目", items=["甲。", "乙。"])
    store.do(SECRETARY, actions.freeze, motion)
    assert [item.text for item in store.ask(queries.motion, motion).items] == ["甲。", "乙。"]
    with pytest.raises(WrongState, match="已冻结"):
        store.do(SECRETARY, actions.change_motion, motion, title="再改")


def test_a_vote_by_area_needs_slips_before_it_opens(store, owners):
    motion = estate.draft(store, owners)
    store.do(SECRETARY, actions.freeze, motion)
    with pytest.raises(SlipsFirst):
        store.do(SECRETARY, actions.open_vote, motion)


def test_no_token_is_stored(store, vote):
    with store.engine.connect() as connection:
        dump = "".join(str(row) for row in connection.execute(text("select * from credential")))
    assert vote.slips[0].human_code in dump
    assert vote.slips[0].token not in dump


def test_slips_printed_again_kill_the_first_ones(store, owners):
    vote = estate.issued(store, owners)
    again = store.do(SECRETARY, actions.issue_slips, vote.motion, BASE)
    store.do(SECRETARY, actions.open_vote, vote.motion)
    with pytest.raises(Exception, match="作废"):
        vote.cast(0)
    vote.slips = again
    vote.cast(0)
    books = store.ask(queries.books, vote.motion)
    assert (books.issued, books.spoiled, books.phone, books.live) == (18, 9, 1, 8)


def test_a_reissued_slip_dies_and_its_heir_votes(store, vote):
    heir = store.do(SECRETARY, actions.reissue, vote.motion, vote.slips[0].human_code, "遗失", BASE)
    assert heir.serial == "0010"
    with pytest.raises(Exception, match="作废"):
        vote.cast(0)
    store.do(SECRETARY, actions.cast_ballot, heir.token, FOR, "k")
    store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[1].human_code)
    with pytest.raises(SlipSettled, match="未用收回"):
        store.do(SECRETARY, actions.spoil, vote.motion, vote.slips[1].human_code, "涂改")


def test_a_voted_slip_is_neither_replaced_nor_taken_back(store, vote):
    vote.cast(0)
    code = vote.slips[0].human_code
    with pytest.raises(AlreadyVoted, match="手机"):
        store.do(SECRETARY, actions.reissue, vote.motion, code, "遗失", BASE)
    with pytest.raises(AlreadyVoted):
        store.do(SECRETARY, actions.take_back, vote.motion, code)
    with pytest.raises(UnknownCode):
        store.do(SECRETARY, actions.take_back, vote.motion, "0000 0000")


def test_threat_10_a_returned_slip_votes_no_more_and_the_books_must_balance(store, vote):
    store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[0].human_code)
    with pytest.raises(Exception, match="收回"):
        vote.cast(0)
    vote.cast(1)
    vote.close()
    with pytest.raises(SlipsUnaccounted, match="7 张"):
        store.do(SECRETARY, actions.declare, vote.motion, 6)
    store.do(SECRETARY, actions.declare, vote.motion, 7)
    books = store.ask(queries.books, vote.motion)
    assert books.balanced
    assert books.words == "发放 9 = 手机 1 + 纸质 0 + 协助 0 + 举手 0 + 作废 0 + 未用收回 1 + 未交回 7"


def test_closing_takes_two_different_people(store, vote):
    with pytest.raises(OneWitness):
        store.do(SECRETARY, actions.close_vote, vote.motion, "监票人甲", " 监票人甲 ")
    assert store.ask(queries.motion, vote.motion).state is MotionState.OPEN


def test_extension_only_before_closing_and_only_later(store, vote, clock):
    closes = store.ask(queries.motion, vote.motion).closes_at
    with pytest.raises(NotLater):
        store.do(SECRETARY, actions.extend, vote.motion, closes, "人数未到", "议事规则第十条")
    store.do(SECRETARY, actions.extend, vote.motion, closes + timedelta(hours=1), "人数未到", "议事规则第十条")
    clock.forward(hours=4)
    with pytest.raises(TooLate):
        store.do(SECRETARY, actions.extend, vote.motion, closes + timedelta(days=1), "人数未到", "议事规则第十条")


@pytest.mark.parametrize(("reason", "clause", "field"), [("", "议事规则第十条", "reason"), ("人数未到", " ", "clause")])
def test_an_extension_names_its_reason_and_the_rule_that_allows_it(store, vote, reason, clause, field):
    closes = store.ask(queries.motion, vote.motion).closes_at
    with pytest.raises(Refused) as refused:
        store.do(SECRETARY, actions.extend, vote.motion, closes + timedelta(hours=1), reason, clause)
    assert refused.value.field == field
    assert store.ask(queries.motion, vote.motion).closes_at == closes


def test_threat_14_an_item_changed_afterwards_no_longer_fits_its_digest(store, vote):
    """The digest on every page is that of the frozen plan, which stands in the chain too."""
    frozen = next(c for c in store.ask(chain.since, 0) if c.event == "motion.frozen")
    assert frozen.facts["plan"] == store.ask(queries.motion, vote.motion).plan_digest


def test_threat_08_a_ballot_changed_in_the_file_is_told_by_its_seal(store, vote):
    vote.cast(0)
    vote.close()
    box = next(c for c in store.ask(chain.since, 0) if c.event == "motion.closed").facts["box"]
    assert store.ask(queries.box_digest, vote.motion) == box
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("update ballot set choices = 'a'"))
    assert store.ask(queries.box_digest, vote.motion) != box
