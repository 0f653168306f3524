"""Threat 28: no sum that can be worked out of the published areas stands for fewer than five ballots."""

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult_app.voting.rules import Choice
from consult_app.voting.small_cells import APART, SMALLEST, TOGETHER, UNTOLD, told

FOR, AGAINST, ABSTAIN, INVALID = Choice


def ballots(*counts):
    return +Counter({choices: count for count, choices in counts})


@pytest.mark.parametrize(
    ("against", "abstain", "way"),
    [(0, 0, APART), (5, 5, APART), (5, 1, TOGETHER), (3, 2, TOGETHER), (1, 0, UNTOLD), (4, 0, UNTOLD), (2, 2, UNTOLD)],
)
def test_threat_28_an_area_stands_for_five_ballots_or_for_none(against, abstain, way):
    assert told(ballots((40, (FOR,)), (against, (AGAINST,)), (abstain, (ABSTAIN,)))) == (way,)


def test_threat_28_of_a_few_in_favour_nothing_is_told_either():
    assert told(ballots((4, (FOR,)), (40, (AGAINST,)))) == (UNTOLD,)


def test_threat_28_nested_dissents_do_not_both_tell_their_area():
    nested = ballots((40, (FOR, FOR)), (1, (FOR, AGAINST)), (6, (AGAINST, AGAINST)))
    assert told(nested) == (APART, UNTOLD)


def test_threat_28_sums_of_several_questions_do_not_single_out_four_together():
    """Found by search: with two sets in place of three, or with a ballot in two of them, too much would be told."""
    ways = {"fafa": 3, "ffaa": 1, "fffa": 2, "faff": 2, "ffaf": 2}
    hall = ballots(*((count, tuple(AGAINST if one == "a" else FOR for one in way)) for way, count in ways.items()))
    assert not singles_out(hall, told(hall))


def test_dissents_that_overlap_but_differ_by_five_are_both_told():
    overlapping = ballots((40, (FOR, FOR)), (2, (AGAINST, AGAINST)), (3, (AGAINST, FOR)), (3, (FOR, AGAINST)))
    assert told(overlapping) == (APART, APART)


def test_without_ballots_there_is_nothing_to_tell():
    assert told({}) == ()


@pytest.mark.parametrize("choices", [[FOR, AGAINST], [FOR, AGAINST, ABSTAIN], list(Choice)])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_threat_28_what_is_told_never_singles_out_four_ballots(choices, data):
    ballot = st.tuples(*[st.sampled_from(choices)] * data.draw(st.integers(1, 4)))
    hall = Counter(data.draw(st.dictionaries(ballot, st.integers(1, 6), min_size=1, max_size=9)))
    assert hall.total() < SMALLEST or not singles_out(hall, told(hall))


@pytest.mark.parametrize("people", [20, 40, 60])
@pytest.mark.parametrize("questions", [1, 2, 3])
def test_no_area_of_a_usual_hall_is_hidden_needlessly(people, questions):
    for seed in range(4):
        hall = usual(people, questions, seed)
        assert told(hall) == as_much_as_may_be(hall), seed


def test_a_hall_of_two_hundred_is_told_how_much_agreed_on_each_of_ten_questions():
    assert UNTOLD not in told(usual(200, 10, seed=1) + ballots((8, (AGAINST,) * 10)))


def usual(people, questions, seed):
    """Seven in ten agree to all, the others for the most part, each in their own way."""
    chance = random.Random(seed)
    own = [tuple(chance.choices(list(Choice), (75, 14, 10, 1), k=questions)) for _ in range(people - people * 7 // 10)]
    return Counter([*own, *[(FOR,) * questions] * (people * 7 // 10)])


def as_much_as_may_be(hall):
    """The areas told in the same order, by the rule itself."""
    found = [UNTOLD for _ in next(iter(hall))]
    for way, place in product((TOGETHER, APART), range(len(found))):
        trial = [*found[:place], way, *found[place + 1 :]]
        if not singles_out(hall, trial):
            found = trial
    return tuple(found)


def singles_out(hall, groups):
    """Whether without some four ballots or fewer the told sums have less to say: then what they lost is the sum of those."""
    rows = {ballot: _row(ballot, groups) for ballot in hall}
    whole = _rank(rows.values())
    few = [ballot for ballot in hall if hall[ballot] < SMALLEST]
    return any(
        _rank(row for ballot, row in rows.items() if ballot not in taken) < whole
        for size in range(1, SMALLEST)
        for taken in combinations(few, size)
        if sum(hall[ballot] for ballot in taken) < SMALLEST
    )


def _row(ballot, groups):
    return (1, *(int(choice in group) for choice, of in zip(ballot, groups, strict=True) for group in of))


def _rank(rows):
    left, rank = [list(map(Fraction, row)) for row in set(rows)], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[rank:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(rank, pivot)
        for row in left[rank + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [mine - factor * theirs for mine, theirs in zip(row, pivot, strict=True)]
        rank += 1
    return rank
