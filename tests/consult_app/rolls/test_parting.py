from datetime import date

import pytest

from consult_app.audit import chain
from consult_app.kernel.errors import Missing
from consult_app.rolls import actions, freezing, joins, parting, queries
from consult_app.rolls.parting import JoinedAlready, NotParted
from consult_app.storage.store import Actor
from tests.consult_app.rolls.books import number, rows_of
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)
FIRST, SECOND = ("1-1-101", "甲", 80, "", "", ""), ("2-1-101", "甲", 90, "", "", "")


@pytest.fixture
def importing(store, tmp_path, owners_body):
    """Accept a roll of these lines and return its number."""

    def accept(*rows):
        return store.do(SECRETARY, actions.accept_import, owners_body, rows_of(tmp_path, *rows), DAY)

    return accept


@pytest.fixture
def roll(importing):
    """The number of a roll of two namesakes."""
    return importing(FIRST, SECOND)


def keep_apart(store, roll, evidence="分别到场，是两个人"):
    (pair,) = store.ask(queries.proposals, roll)
    return store.do(Actor("网格员甲"), parting.keep_apart, pair.person, pair.same_as, evidence)


def test_who_was_found_to_be_two_is_not_proposed_again(store, roll):
    keep_apart(store, roll)
    assert store.ask(queries.proposals, roll) == ()
    assert len(store.ask(queries.heads, roll)) == 2
    (facts,) = store.ask(queries.partings, roll)
    assert (facts.name, facts.evidence, facts.decided_by) == ("甲", "分别到场，是两个人", "网格员甲")
    assert "认定「甲」不是同一人：分别到场，是两个人" in store.ask(chain.history, [f"roll:{roll}"])[0].words


def test_said_twice_it_is_one_finding(store, roll):
    first = keep_apart(store, roll)
    (facts,) = store.ask(queries.partings, roll)
    assert store.do(SECRETARY, parting.keep_apart, facts.other, facts.person) == first


def test_two_kept_apart_are_joined_only_after_that_is_undone(store, roll):
    finding = keep_apart(store, roll)
    (facts,) = store.ask(queries.partings, roll)
    with pytest.raises(joins.KeptApart):
        store.do(SECRETARY, actions.join_people, facts.person, facts.other, "同一人")
    store.do(SECRETARY, parting.ask_again, finding, "证件核对为同一人")
    assert len(store.ask(queries.proposals, roll)) == 1
    store.do(SECRETARY, actions.join_people, facts.person, facts.other, "同一人")
    assert len(store.ask(queries.heads, roll)) == 1
    with pytest.raises(NotParted):
        store.do(SECRETARY, parting.ask_again, finding, "再撤销")


def test_two_who_are_joined_are_not_kept_apart(store, roll):
    (pair,) = store.ask(queries.proposals, roll)
    store.do(SECRETARY, actions.join_people, pair.person, pair.same_as, "同一人")
    with pytest.raises(JoinedAlready):
        store.do(SECRETARY, parting.keep_apart, pair.person, pair.same_as)


def test_a_third_namesake_is_asked_about_beside_each_who_differs(store, importing):
    roll = importing(FIRST, SECOND, ("3-1-101", "甲", 70, "", "", ""))
    asked = []
    while found := store.ask(queries.proposals, roll):
        asked.append((found[-1].person, found[-1].same_as))
        store.do(SECRETARY, parting.keep_apart, *asked[-1])
    assert len({frozenset(pair) for pair in asked}) == 3


def test_a_frozen_roll_takes_no_finding(store, roll):
    finding = keep_apart(store, roll)
    store.do(SECRETARY, freezing.freeze_roll, roll, "演示")
    (facts,) = store.ask(queries.partings, roll)
    with pytest.raises(freezing.RollFrozen):
        store.do(SECRETARY, parting.ask_again, finding, "误认")
    with pytest.raises(freezing.RollFrozen):
        store.do(SECRETARY, parting.keep_apart, facts.person, facts.other)


def test_nobody_is_kept_apart_from_themselves(store, roll):
    person = store.ask(queries.people, roll)[0].id
    with pytest.raises(Missing):
        store.do(SECRETARY, parting.keep_apart, person, person)


def test_a_finding_is_carried_to_the_next_roll(store, importing, roll):
    keep_apart(store, roll)
    newer = importing(("3-1-101", "乙", 70, "", "", ""), FIRST, SECOND)
    (facts,) = store.ask(queries.partings, newer)
    assert (facts.evidence, facts.decided_by) == ("分别到场，是两个人", "网格员甲")
    assert store.ask(queries.proposals, newer) == ()
    assert "不是同一人”的认定 1 项" in store.ask(chain.history, [f"roll:{newer}"])[0].words


@pytest.mark.parametrize(
    "rows",
    [
        (("1-1-101", "甲", 80, "", "13800000000", ""), ("2-1-101", "甲", 90, "", "13800000000", "")),
        (("1-1-101", "甲", 80, number(1), "", ""), ("2-1-101", "甲", 90, "", "", "")),
    ],
)
def test_a_finding_lapses_where_the_lines_or_their_evidence_changed(store, importing, roll, rows):
    keep_apart(store, roll)
    newer = importing(*rows)
    assert store.ask(queries.partings, newer) == ()
    assert len(store.ask(queries.proposals, newer)) == 1


def test_a_lapsed_joining_of_two_names_is_proposed_again_with_its_reason(store, importing):
    roll = importing(("1-1-101", "甲", 80, "", "13800000000", ""), ("1-1-102", "乙", 90, "", "13800000000", ""))
    first, second = store.ask(queries.people, roll)
    store.do(SECRETARY, actions.join_people, second.id, first.id, "改名，见户口簿")
    newer = importing(("1-1-101", "甲", 80, "", "13800000000", ""), ("1-1-102", "乙", 90, "", "13900000000", ""))
    (proposal,) = store.ask(queries.proposals, newer)
    assert proposal.name == "乙、甲"
    assert "原来的依据不再成立：联系电话相同" in proposal.lapsed
    store.do(SECRETARY, parting.keep_apart, proposal.person, proposal.same_as)
    assert store.ask(queries.proposals, newer) == ()
