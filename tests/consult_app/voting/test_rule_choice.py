"""Which rules a secretary may choose from."""

from datetime import date

import pytest

from consult_app.bodies.rules import BodyKind
from consult_app.proposals.rules import DecisionBody
from consult_app.voting import rulebook
from consult_app.voting.rule_choice import CHANGE_OF_USE, deciders, legal_items, rules_for

BOOK = rulebook.load()
DAY = date(2026, 11, 22)


def ids(body: DecisionBody, item: int | None = None) -> list[str]:
    return [rule.id for rule in rules_for(BOOK, body, DAY, item)]


def test_civil_code_278_has_nine_items_in_its_own_words() -> None:
    items = legal_items(BOOK)
    assert [item.number for item in items] == [*range(1, 10), CHANGE_OF_USE]
    assert items[5].citation == "民法典第二百七十八条第一款第六项：筹集建筑物及其附属设施的维修资金"


@pytest.mark.parametrize("item", [6, 7, 8])
def test_items_six_to_eight_are_special(item: int) -> None:
    assert ids(DecisionBody.OWNERS_ASSEMBLY, item) == ["owners.special"]


@pytest.mark.parametrize("item", [1, 2, 3, 4, 5, 9])
def test_the_other_items_are_ordinary(item: int) -> None:
    assert ids(DecisionBody.OWNERS_ASSEMBLY, item) == ["owners.ordinary"]


def test_change_of_use_needs_all_interested_owners() -> None:
    assert ids(DecisionBody.OWNERS_ASSEMBLY, CHANGE_OF_USE) == ["owners.unanimous_interested"]


def test_a_levy_counted_by_households_goes_with_the_representatives() -> None:
    assert "village.yishi.reps" in ids(DecisionBody.VILLAGERS_REPS_MEETING)
    assert "village.yishi.reps" not in ids(DecisionBody.VILLAGERS_ASSEMBLY)
    assert "village.assembly.by_household" not in ids(DecisionBody.VILLAGERS_REPS_MEETING)


def test_secret_votes_on_paper_are_not_offered() -> None:
    offered = [id for body in DecisionBody for id in ids(body)]
    assert not [id for id in offered if "recall" in id or "election" in id]


@pytest.mark.parametrize("kind", list(BodyKind))
def test_every_decider_but_consensus_has_a_rule(kind: BodyKind) -> None:
    offered = [body for body, _ in deciders(BOOK, kind, DAY)]
    assert DecisionBody.CONSENSUS in offered
    assert all(ids(body) for body in offered if body is not DecisionBody.CONSENSUS)


def test_the_law_of_the_day_is_offered() -> None:
    before = [rule.valid_to for rule in rules_for(BOOK, DecisionBody.VILLAGERS_REPS_MEETING, date(2025, 6, 1))]
    assert date(2025, 12, 31) in before
