"""Where one building bears the cost, its owners decide alone (上海69; civil-code-278 within the part)."""

import pytest

from consult_app.kernel.errors import Blank
from consult_app.voting import actions, queries
from consult_app.voting.scope import ScopeNotOwners, ScopeUnknown, scope_words
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import SECRETARY

SEVERAL = [
    "楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况",
    "1,1,101,80.00,业主甲,000000199001010018,已交付",
    "1,2,101,81.00,业主乙,,已交付",
    "2,1,101,82.00,业主甲,000000199001010018,已交付",
]


WHY = "费用只由该范围内的业主分摊"


def test_only_the_owners_of_the_scope_vote(store, owners):
    vote = estate.opened(store, owners, scope=(("2", ""),), scope_reason=WHY)
    voters = store.ask(queries.electors, vote.motion)
    assert [voter.label for voter in voters] == ["业主04", "业主05", "业主06"]
    facts = store.ask(queries.motion, vote.motion)
    assert (facts.eligible.heads, facts.eligible.area, facts.scope) == (3, 25200, (("2", ""),))
    vote.cast(0)
    vote.cast(1)
    vote.close()
    assert store.ask(queries.tally, vote.motion).items[0].verdict.code == "PARTICIPATION_AREA_NOT_MET"


def test_an_entrance_may_be_the_scope_and_counts_only_its_units(store, owners_body, tmp_path):
    estate.import_roll(store, tmp_path / "several.csv", owners_body, SEVERAL)
    motion = estate.draft(store, owners_body, scope=(("1", "1"), ("1", "1")), scope_reason=WHY)
    store.do(SECRETARY, actions.freeze, motion)
    (voter,) = store.ask(queries.electors, motion)
    assert (voter.label, voter.area) == ("业主甲", 8000)


def test_the_plan_tells_scopes_apart(store, owners):
    plans = set()
    for scope in ((), (("1", ""),), (("1", "1"),)):
        motion = estate.draft(store, owners, scope=scope, scope_reason=WHY)
        store.do(SECRETARY, actions.freeze, motion)
        plans.add(store.ask(queries.motion, motion).plan_digest)
    assert len(plans) == 3


def test_a_scope_that_is_not_there_or_not_of_owners_is_refused(store, owners, village_body, tmp_path):
    motion = estate.draft(store, owners, scope=(("7", "2"),), scope_reason=WHY)
    with pytest.raises(ScopeUnknown, match="7号楼2单元"):
        store.do(SECRETARY, actions.freeze, motion)
    with pytest.raises(ScopeNotOwners):
        estate.draft(store, village_body, "village.reps", scope=(("1", ""),), scope_reason=WHY)


def test_a_scope_without_a_reason_is_refused(store, owners):
    with pytest.raises(Blank, match="理由"):
        estate.draft(store, owners, scope=(("1", ""),))


def test_a_scope_in_words():
    assert scope_words([["1", ""], ["2", "1"]]) == "1号楼、2号楼1单元"
    assert scope_words([]) == ""
