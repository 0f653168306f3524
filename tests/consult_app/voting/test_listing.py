"""What the published list tells, and what it keeps to itself."""

import json
from collections import Counter

import pytest
from sqlalchemy import update

from consult_app.voting import queries
from consult_app.voting.listing import NO_WORDS, NoBallots, NotDeclared, TooFewBallots, ballot_list
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.small_cells import SMALLEST
from consult_app.voting.tables import Motion
from consult_app.voting.weight_classes import class_of, classes
from tests.consult_app.voting import estate


@pytest.fixture
def declared(store, owners):
    """A declared vote of nine owners: 80.00 to 88.00 m², the last two against."""
    vote = estate.opened(store, owners)
    for number in range(9):
        vote.cast(number, estate.FOR if number < 7 else estate.AGAINST)
    vote.close()
    vote.declare()
    return vote


@pytest.fixture
def divided(store, owners_body, tmp_path):
    """A declared vote of fifteen owners: 80.00 to 94.00 m², the last five against and the one before them abstaining."""
    estate.owners_roll(store, tmp_path, owners_body, 15)
    vote = estate.opened(store, owners_body)
    for number in range(15):
        vote.cast(number, estate.FOR if number < 9 else estate.ABSTAIN if number == 9 else estate.AGAINST)
    vote.close()
    vote.declare()
    return vote


def test_sums_reach_the_declared_areas_exactly(store, divided):
    found = store.ask(ballot_list, divided.motion)
    sums = {each.choice: each for each in found.sums}
    assert (sums["同意"].heads, sums["同意"].area) == (9, 75600)
    assert sums["同意"].by_class + sums["同意"].rest == 75600
    assert sums["不同意合计"].by_class + sums["不同意合计"].rest == 54900


def test_threat_28_areas_of_few_votes_are_told_together(store, divided):
    found = store.ask(ballot_list, divided.motion)
    assert [(each.choice, each.heads, each.has_area) for each in found.sums] == [
        ("同意", 9, True), ("反对", 5, False), ("弃权", 1, False), ("填写无效", 0, False), ("不同意合计", 6, True)
    ]  # fmt: skip
    assert "89.00" not in json.dumps(found.to_dict()), "the only flat of its size abstained"


def test_threat_28_a_lone_dissenters_area_follows_from_no_published_sum(store, owners):
    vote = estate.opened(store, owners, items=["第一件。", "第二件。"])
    for number in range(9):
        vote.cast(number, {"1": "against" if number == 8 else "for", "2": "for"})
    vote.close()
    vote.declare()
    found = store.ask(ballot_list, vote.motion)
    told = {(each.item, each.choice): each.area for each in found.sums if each.has_area}
    assert told.keys() == {("1", "参与合计"), *(("2", CHOICE_WORDS[choice]) for choice in Choice)}
    assert told["1", "参与合计"] == told["2", "同意"] == 75600


def test_threat_28_no_difference_of_two_questions_is_one_voters_area(store, owners_body, tmp_path):
    """Six were against the first question, and one more, whose flat the difference would name, against the second."""
    estate.owners_roll(store, tmp_path, owners_body, 20)
    vote = estate.opened(store, owners_body, items=["第一件。", "第二件。"])
    for number in range(20):
        vote.cast(number, {"1": "against" if number < 6 else "for", "2": "against" if number < 7 else "for"})
    vote.close()
    vote.declare()
    sums = store.ask(ballot_list, vote.motion).sums
    assert [each.item for each in sums if each.has_area and each.choice == "同意"] == ["1"]
    assert [each.choice for each in sums if each.has_area and each.item == "2"] == ["参与合计"]


def test_no_line_shows_an_area(store, declared):
    found = store.ask(ballot_list, declared.motion)
    assert {line.weight for line in found.lines} == {"A"}
    assert {each.low % 1000 for each in found.classes} == {0}


def test_lines_stand_in_the_order_of_their_words(store, declared):
    from pypinyin import lazy_pinyin

    found = store.ask(ballot_list, declared.motion)
    sounds = [lazy_pinyin(line.words) for line in found.lines]
    assert sounds == sorted(sounds)


def test_threat_28_a_class_has_five_ballots_that_do_not_all_agree():
    ballots = [(6000 + 700 * number, ("同意" if number % 3 else "反对",)) for number in range(60)]
    ballots += [(900_000, ("反对",))]
    found = classes(ballots)
    assert len(found) > 3
    chosen = {each.label: Counter[str]() for each in found}
    for area, (choice,) in ballots:
        chosen[class_of(area, found).label][choice] += 1
    for each in found:
        assert each.ballots == sum(chosen[each.label].values()) >= SMALLEST
        assert len(chosen[each.label]) == 2


def test_threat_28_a_lone_dissenter_widens_the_class():
    """If all of one class had agreed, a neighbour's area would tell the neighbour's vote: then there is but one class."""
    ballots = [(6000 + 1000 * number, ("同意",)) for number in range(30)] + [(40_000, ("反对",))]
    assert len(classes(ballots)) == 1


def test_threat_28_four_ballots_are_not_listed(store, owners):
    vote = estate.opened(store, owners)
    for number in range(4):
        vote.cast(number)
    vote.close()
    vote.declare()
    with pytest.raises(TooFewBallots):
        store.ask(ballot_list, vote.motion)


def test_classes_of_a_great_estate_find_letters_enough():
    ballots = [(1000 * number, ("同意" if number % 2 else "反对",)) for number in range(1, 1000)]
    found = classes(ballots)
    assert len(found) <= 26
    assert sum(each.ballots for each in found) == 999


def test_a_result_is_declared_before_its_ballots_are_listed(store, vote):
    vote.cast(0)
    vote.close()
    with pytest.raises(NotDeclared):
        store.ask(ballot_list, vote.motion)


def test_raised_hands_leave_no_list(store, village):
    motion = estate.draft(store, village, "village.reps")
    with store.engine.begin() as connection:
        connection.execute(update(Motion).values(by_hands=True))
    with pytest.raises(NoBallots):
        store.ask(ballot_list, motion)


def test_threat_21_the_words_of_a_slip_are_drawn_and_its_voter_may_still_overrule_a_photograph(store, owners):
    """Nobody chooses the own words, so none can be agreed on with a buyer; and paper in the booth prevails where it is so ruled."""
    vote = estate.opened(store, owners, duplicate_policy="paper_prevails")
    again = estate.issued(store, owners)
    assert [slip.words for slip in vote.slips] != [slip.words for slip in again.slips]
    for number in range(6):
        vote.cast(number, estate.AGAINST)
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(0, estate.FOR, teller)
    vote.close()
    assert [found.counted for found in store.ask(queries.conflicts, vote.motion)] == ["paper"]


def test_threat_28_the_list_of_a_secret_vote_has_choices_alone(store, village):
    vote = estate.opened(store, village, "village.reps", secret=True)
    for number in range(6):
        vote.cast(number, estate.FOR if number < 4 else estate.AGAINST)
    vote.close()
    vote.declare()
    found = store.ask(ballot_list, vote.motion)
    assert {line.words for line in found.lines} == {NO_WORDS}
    assert Counter(line.choices for line in found.lines) == {("同意",): 4, ("反对",): 2}
