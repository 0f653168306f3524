"""从多 is contested: only by the procedure rules, with proof of delivery and a printed warning, shown with and without."""

import pytest

from consult_app.recount.recounting import recount
from consult_app.voting import actions, exporting, queries
from consult_app.voting.following import FollowNotOwners, FollowUnwarned
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR, SECRETARY

CLAUSE = "议事规则第十二条：已送达未返回的表决票计入已表决的多数意见。"


def half(store, owners, choices=(FOR, FOR, FOR, FOR, AGAINST), delivered=(5, 6, 7, 8), **more):
    """Five of nine voted; further slips were handed over against signature."""
    vote = estate.opened(store, owners, **more)
    for number in delivered:
        store.do(SECRETARY, actions.hand_out, vote.motion, vote.slips[number].human_code)
    for number, choice in enumerate(choices):
        vote.cast(number, choice)
    vote.close()
    return vote


def test_silence_takes_no_part_by_default(store, owners):
    verdict = store.ask(queries.tally, half(store, owners).motion).items[0].verdict
    assert (verdict.passed, verdict.without, verdict.flags) == (False, None, ())


def test_with_the_clause_the_result_is_shown_with_and_without(store, owners, tmp_path):
    vote = half(store, owners, follow_clause=CLAUSE, warning_printed=True)
    verdict = store.ask(queries.tally, vote.motion).items[0].verdict
    assert (verdict.passed, verdict.without.passed) == (True, False)
    assert verdict.flags == ("CONTESTED_FOLLOW_MAJORITY",)
    voters = store.ask(queries.explanation, vote.motion).voters
    assert voters[8].counted == "已送达未返回，按议事规则计入多数意见"
    for name, content in store.ask(exporting.files, vote.motion):
        (tmp_path / name).write_bytes(content)
    assert recount(tmp_path).differences == ()


def test_only_who_was_handed_a_slip_follows(store, owners):
    """Delivery is proved voter by voter; one more than five is two thirds by heads, but not by area."""
    vote = half(store, owners, delivered=(), follow_clause=CLAUSE, warning_printed=True)
    assert store.ask(queries.tally, vote.motion).items[0].verdict.passed is False
    vote = half(store, owners, delivered=(8,), follow_clause=CLAUSE, warning_printed=True)
    assert store.ask(queries.tally, vote.motion).items[0].verdict.code == "PARTICIPATION_AREA_NOT_MET"


def test_a_slip_taken_back_unused_does_not_follow(store, owners):
    vote = half(store, owners, follow_clause=CLAUSE, warning_printed=True)
    for number in (5, 6, 7, 8):
        store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[number].human_code)
    assert store.ask(queries.tally, vote.motion).items[0].verdict.passed is False


def test_majorities_that_differ_stop_and_ask(store, owners, tmp_path):
    vote = half(store, owners, choices=(FOR, AGAINST), follow_clause=CLAUSE, warning_printed=True)
    verdict = store.ask(queries.tally, vote.motion).items[0].verdict
    assert (verdict.passed, verdict.code) == (None, "NEEDS_REVIEW_MAJORITY_SPLIT")
    for name, content in store.ask(exporting.files, vote.motion):
        (tmp_path / name).write_bytes(content)
    assert recount(tmp_path).differences == ()


def test_the_clause_needs_a_warning_and_owners(store, owners, village_body):
    with pytest.raises(FollowUnwarned):
        estate.draft(store, owners, follow_clause=CLAUSE)
    with pytest.raises(FollowNotOwners):
        estate.draft(store, village_body, "village.reps", follow_clause=CLAUSE, warning_printed=True)
