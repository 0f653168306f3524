"""Ballots into heads (domain: owners-interpretation-9, owners-guidelines-25, product policies)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.voting import rulebook
from consult_app.voting.ballots import (
    Ballot,
    Channel,
    Counting,
    Defect,
    Duplicates,
    count,
    verdict,
)
from consult_app.voting.heads import Status, Unit, roll_of
from consult_app.voting.rules import Choice, Weight
from consult_app.voting.verdicts import Code

RULE = rulebook.load().rule("owners.ordinary")
OPENING = datetime(2026, 3, 1, 2, tzinfo=UTC)
FOR, AGAINST, ABSTAIN, INVALID = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.INVALID


def unit(name, *owners, area=10_000, **more):
    return Unit(name, area, frozenset(owners), **more)


def ballot(owner, choice=FOR, channel=Channel.PHONE, hour=0, **more):
    return Ballot(owner, choice, channel, OPENING + timedelta(hours=hour), **more)


def counted(units, ballots, **how):
    return count(units, ballots, Counting(**how))


THREE = [unit("1-1", "P1"), unit("1-2", "P2"), unit("1-3", "P3")]


def test_one_owner_of_thirty_flats_is_one_head():  # owners-interpretation-9
    units = [unit(f"9-{n}", "K") for n in range(30)] + THREE
    assert roll_of(units).weights[frozenset({"K"})] == Weight(300_000, 1)
    assert counted(units, [ballot("K")]).tally.in_favour == Weight(300_000, 1)


def test_unsold_and_undelivered_units_are_one_head_of_the_developer():  # owners-interpretation-9
    units = [
        unit("1", "DEV", status=Status.UNSOLD),
        unit("2", status=Status.UNSOLD),
        unit("3", "Q", status=Status.UNDELIVERED),
    ]
    found = counted(units, [ballot("DEV"), ballot("Q", AGAINST)])
    assert found.tally.eligible == Weight(30_000, 1)
    assert found.tally.in_favour == Weight(30_000, 1)
    assert [r.defect for r in found.rejected] == [Defect.NOT_OWNER]


def test_a_developer_under_its_own_name_stays_one_head():
    units = [unit("1", "某公司", status=Status.UNSOLD), unit("2", "某公司"), unit("3", "P1")]
    assert counted(units, [ballot("某公司")]).tally.in_favour == Weight(20_000, 1)


def test_a_co_owned_flat_is_one_head_through_either_co_owner():  # owners-guidelines-25
    found = counted([unit("2-1", "H", "W")], [ballot("W")])
    assert found.tally.in_favour == Weight(10_000, 1)


def test_co_owners_who_agree_are_counted_once():
    found = counted([unit("2-1", "H", "W")], [ballot("H"), ballot("W", hour=1)])
    assert found.tally.in_favour == Weight(10_000, 1)
    assert [b.owner for b in found.duplicates] == ["W"]


def test_co_owners_at_odds_are_left_to_a_person():
    result = verdict(RULE, counted([unit("2-1", "H", "W")], [ballot("H"), ballot("W", AGAINST)]))
    assert (result.passed, result.code) == (None, Code.NEEDS_REVIEW_COOWNER_CONFLICT)
    assert result.facts["total_heads"] == 1


def test_one_owner_marking_two_flats_apart_is_left_to_a_person():
    units = [unit("1-1", "M"), unit("1-2", "M")]
    result = verdict(RULE, counted(units, [ballot("M", unit="1-1"), ballot("M", AGAINST, hour=5, unit="1-2")]))
    assert (result.passed, result.code) == (None, Code.NEEDS_REVIEW_SPLIT_OWNER)


def test_two_contrary_ballots_of_one_instant_are_left_to_a_person():
    result = verdict(RULE, counted(THREE, [ballot("P1"), ballot("P1", AGAINST)]))
    assert result.code is Code.NEEDS_REVIEW_SPLIT_OWNER


def test_a_ballot_for_one_flat_speaks_for_that_head_alone():
    units = [unit("1-1", "H", "W"), unit("1-2", "H", "W"), unit("1-3", "H")]
    assert counted(units, [ballot("H", unit="1-1")]).tally.in_favour == Weight(20_000, 1)
    assert counted(units, [ballot("H")]).tally.in_favour == Weight(30_000, 2)


@pytest.mark.parametrize(("policy", "stands"), [(Duplicates.FIRST_VALID, AGAINST), (Duplicates.PAPER_PREVAILS, FOR)])
def test_of_phone_and_paper_the_policy_says_which_stands(policy, stands):
    pair = [ballot("P1", AGAINST), ballot("P1", FOR, Channel.PAPER, hour=9)]
    found = counted(THREE, pair, duplicates=policy)
    assert found.votes[frozenset({"P1"})].choice is stands
    assert len(found.duplicates) == 1


def test_a_rejected_ballot_never_stands_before_a_valid_one():
    found = counted(THREE, [ballot("P1", AGAINST, signed=False), ballot("P1", hour=1)])
    assert found.tally.in_favour.heads == 1
    assert found.duplicates == ()


@pytest.mark.parametrize(
    ("bad", "defect"),
    [
        (ballot("P1", hour=2), Defect.LATE),
        (ballot("P1", signed=False), Defect.UNSIGNED),
        (ballot("P1", proxy="N"), Defect.NO_PROXY_DOCUMENT),
        (ballot("X"), Defect.NOT_OWNER),
        (ballot("P1", unit="1-2"), Defect.NOT_OWNER),
        (ballot("P1", unit="8-8"), Defect.NOT_OWNER),
    ],
)
def test_identity_defects_do_not_participate(bad, defect):
    found = counted(THREE, [bad], closes=OPENING + timedelta(hours=1))
    assert [r.defect for r in found.rejected] == [defect]
    assert found.tally.participating == Weight()


def test_a_ballot_at_the_closing_second_is_in_time():
    assert counted(THREE, [ballot("P1", hour=1)], closes=OPENING + timedelta(hours=1)).rejected == ()


def test_a_marking_defect_participates():
    assert counted(THREE, [ballot("P1", INVALID)]).tally.participating == Weight(10_000, 1)


def test_the_fourth_mandate_of_an_agent_is_refused_by_time():
    units = [unit(f"1-{n}", f"P{n}") for n in range(1, 7)]
    papers = [ballot(f"P{n}", proxy="N", proxy_document=True, hour=n) for n in (4, 3, 2, 1)]
    found = counted(units, papers)
    assert [(r.ballot.owner, r.defect) for r in found.rejected] == [("P4", Defect.PROXY_LIMIT)]
    assert counted(units, papers, max_proxies_per_agent=None).rejected == ()


def test_an_owner_s_own_ballot_is_no_mandate():
    papers = [ballot(f"P{n}", proxy="P3", proxy_document=True, hour=n) for n in (1, 2)]
    assert counted(THREE, [*papers, ballot("P3", proxy="P3")], max_proxies_per_agent=2).rejected == ()


def test_parking_counts_only_where_the_rules_say_so():  # owners-guidelines-25
    units = [*THREE, unit("B1", "X", kind="parking")]
    assert counted(units, [ballot("X")]).tally.eligible == Weight(30_000, 3)
    assert counted(units, [ballot("X")], count_parking=True).tally.in_favour == Weight(10_000, 1)


def test_a_spending_scope_limits_the_roll():
    found = counted(THREE, [ballot("P1"), ballot("P3")], scope=frozenset({"1-1", "1-2"}))
    assert found.tally.eligible == Weight(20_000, 2)
    assert found.tally.in_favour == Weight(10_000, 1)


@pytest.mark.parametrize(
    ("units", "how"),
    [
        ([*THREE, unit("1-1", "P9")], {}),
        ([unit("1-1")], {}),
        ([unit("1-1", "P1", area=0)], {}),
        (THREE, {"scope": frozenset({"7-7"})}),
        ([], {}),
    ],
)
def test_a_roll_that_cannot_be_right_is_refused(units, how):
    result = verdict(RULE, counted(units, [ballot("P1")], **how))
    assert (result.passed, result.code) == (None, Code.INPUT_INCONSISTENT)


people = st.sampled_from("ABCD")
rolls = st.lists(
    st.tuples(
        st.frozensets(people, min_size=1, max_size=2),
        st.integers(1, 20_000),
        st.sampled_from(Status),
        st.sampled_from(["dwelling", "parking"]),
    ),
    min_size=1,
    max_size=6,
).map(lambda rows: [Unit(f"1-{n}", area, owners, status, kind) for n, (owners, area, status, kind) in enumerate(rows)])
piles = st.lists(
    st.builds(
        Ballot,
        owner=people,
        choice=st.sampled_from(Choice),
        channel=st.sampled_from(Channel),
        at=st.integers(0, 3).map(lambda hour: OPENING + timedelta(hours=hour)),
        unit=st.none() | st.sampled_from(["1-0", "1-1", "1-2"]),
        signed=st.booleans(),
        proxy=st.none() | st.just("N"),
        proxy_document=st.booleans(),
    ),
    max_size=8,
)


@given(rolls, piles, st.sampled_from(Duplicates), st.randoms(use_true_random=False))
def test_a_count_never_depends_on_the_order_of_ballots(units, pile, duplicates, chance):
    shuffled = list(pile)
    chance.shuffle(shuffled)
    how = Counting(duplicates, max_proxies_per_agent=1)
    assert verdict(RULE, count(units, pile, how)) == verdict(RULE, count(units, shuffled, how))


@given(rolls, piles)
def test_no_head_is_counted_twice_and_no_ballot_is_lost(units, pile):
    found = count(units, pile, Counting())
    assert found.tally.participating.heads == len(found.votes) <= found.tally.eligible.heads
    assert found.tally.participating.area <= found.tally.eligible.area
    standing = {id(vote) for vote in found.votes.values()}
    assert len(standing) + len(found.duplicates) + len(found.rejected) == len(pile)


@given(rolls)
def test_area_is_neither_lost_nor_made_by_forming_heads(units):
    heads = roll_of(units, count_parking=True).weights
    assert sum(weight.area for weight in heads.values()) == sum(unit.area for unit in units)
    assert all(weight.heads == 1 for weight in heads.values())
