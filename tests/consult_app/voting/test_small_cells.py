"""Threat 28: no sum that can be worked out of the published areas stands for fewer than five ballots."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult_app.voting.rules import Choice
from consult_app.voting.small_cells import APART, SMALLEST, TOGETHER, UNTOLD, single_out, told

FOR, AGAINST, ABSTAIN, _INVALID = Choice


def ballots(*counts: tuple[int, tuple[Choice, ...]]) -> list[tuple[Choice, ...]]:
    return [choices for count, choices in counts for _ in range(count)]


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


def test_without_ballots_there_is_nothing_to_tell():
    assert told([]) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([FOR, AGAINST, ABSTAIN])] * 2), min_size=6, max_size=14))
def test_threat_28_what_is_told_never_fixes_the_area_of_four(cast):
    """Held against every set of up to four ballots: taking them away must not leave the sums with less to say."""
    groups = told(cast)
    if len(cast) >= SMALLEST and not single_out(cast, groups):
        rows = [_row(ballot, groups) for ballot in cast]
        for size in range(1, SMALLEST):
            for few in combinations(range(len(rows)), size):
                assert _rank([row for place, row in enumerate(rows) if place not in few]) == _rank(rows)


def _row(ballot, groups):
    return [
        Fraction(1),
        *(Fraction(choice in group) for choice, of in zip(ballot, groups, strict=True) for group in of),
    ]


def _rank(rows):
    left, rank = [list(row) for row in rows], 0
    for column in range(len(left[0])):
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
