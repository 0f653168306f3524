"""Each rule of law by its name: the numbers that just pass, and those that just miss."""

from dataclasses import replace
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.voting import rulebook
from consult_app.voting.rules import Policy, Tally, Weight, decide, turnout
from consult_app.voting.verdicts import Code, Flag, explanation, verdict_words

BOOK = rulebook.load()


def meeting(rule, eligible, present, in_favour):
    return decide(
        BOOK.rule(rule), Tally(Weight(heads=eligible), in_favour=Weight(heads=in_favour), present=present)
    ).code


def owners(rule, total, in_favour, against=(0, 0), **more):
    return decide(
        BOOK.rule(rule), Tally(Weight(*total), in_favour=Weight(*in_favour), against=Weight(*against), **more)
    )


@pytest.mark.parametrize(
    ("rule", "passes", "quorum_missed", "approval_missed"),
    [
        # villagers-committees-2025-26: 过半数的村民 / 三分之二以上的户
        ("village.assembly.by_person", (800, 401, 201), (800, 400, 400), (800, 402, 201)),
        ("village.assembly.by_household", (300, 200, 101), (300, 199, 199), (300, 200, 100)),
        # villagers-committees-2025-30
        ("village.reps", (45, 30, 16), (45, 29, 29), (45, 30, 15)),
        # villagers-committees-2025-32: a group needs two thirds of persons, too
        ("village.group.by_person", (90, 60, 31), (90, 59, 59), (90, 60, 30)),
        ("village.group.by_household", (30, 20, 11), (30, 19, 19), (30, 20, 10)),
        # villagers-levy-meeting
        ("village.yishi.assembly.by_person", (800, 401, 201), (800, 400, 400), (800, 402, 201)),
        ("village.yishi.assembly.by_household", (300, 200, 101), (300, 199, 199), (300, 200, 100)),
        ("village.yishi.reps", (300, 204, 103), (300, 199, 199), (300, 204, 102)),
        # residents-committees-2025-27: more than half of household representatives is enough
        ("urban.assembly.by_person", (300, 151, 76), (300, 150, 150), (300, 152, 76)),
        ("urban.assembly.by_household", (300, 151, 76), (300, 150, 150), (300, 152, 76)),
        # residents-committees-2025-29
        ("urban.reps", (60, 40, 21), (60, 39, 39), (60, 40, 20)),
        # rural-collectives-27, -15 and -31: of ALL members or directors
        ("collective.assembly", (120, 80, 80), (120, 79, 79), (120, 110, 79)),
        ("collective.council", (7, 5, 4), (7, 4, 4), (7, 5, 3)),
        # owners-guidelines-38: of all members
        ("owners_committee.meeting", (7, 4, 4), (6, 3, 3), (7, 4, 3)),
    ],
)
def test_a_meeting_needs_its_quorum_and_its_majority(rule, passes, quorum_missed, approval_missed):
    assert meeting(rule, *passes) is Code.PASSED
    assert meeting(rule, *quorum_missed) is Code.QUORUM_NOT_MET
    assert meeting(rule, *approval_missed) is Code.APPROVAL_NOT_MET


@pytest.mark.parametrize(
    ("rule", "passes", "turnout_missed", "approval_missed"),
    [
        # villagers-committees-2025-19
        ("village.recall.vote", (1000, 501, 251), (1000, 500, 500), (1000, 900, 450)),
        # residents-committees-2025-20: by the mode of the election; representatives 超过三分之二
        ("urban.recall.vote", (1000, 501, 251), (1000, 500, 500), (1000, 900, 450)),
        ("urban.recall.vote.by_household", (1000, 501, 251), (1000, 500, 500), (1000, 900, 450)),
        ("urban.recall.vote.by_reps", (60, 41, 21), (60, 40, 40), (60, 42, 21)),
    ],
)
def test_a_recall_needs_its_turnout_and_its_majority(rule, passes, turnout_missed, approval_missed):
    assert meeting(rule, *passes) is Code.PASSED
    assert meeting(rule, *turnout_missed) is Code.TURNOUT_NOT_MET
    assert meeting(rule, *approval_missed) is Code.APPROVAL_NOT_MET


def test_collective_representatives_decide_by_two_thirds_of_all():  # rural-collectives-28
    assert meeting("collective.reps", 30, 25, 20) is Code.PASSED
    assert meeting("collective.reps", 30, 19, 19) is Code.APPROVAL_NOT_MET


def test_civil_code_278_ordinary_needs_more_than_half_of_those_taking_part_by_both_measures():
    total = (900_000, 90)
    assert owners("owners.ordinary", total, (300_001, 31), (299_999, 29)).code is Code.PASSED
    assert owners("owners.ordinary", total, (300_000, 31), (300_000, 29)).code is Code.APPROVAL_AREA_NOT_MET
    assert owners("owners.ordinary", total, (300_001, 30), (299_999, 30)).code is Code.APPROVAL_HEADS_NOT_MET
    assert owners("owners.ordinary", total, (599_999, 60)).code is Code.PARTICIPATION_AREA_NOT_MET
    assert owners("owners.ordinary", total, (900_000, 59)).code is Code.PARTICIPATION_HEADS_NOT_MET


def test_civil_code_278_special_needs_three_quarters_by_both_measures():
    total = (900_000, 90)
    assert owners("owners.special", total, (450_000, 45), (150_000, 15)).code is Code.PASSED
    assert owners("owners.special", total, (449_999, 45), (150_001, 15)).code is Code.APPROVAL_AREA_NOT_MET
    assert owners("owners.special", total, (450_000, 44), (150_000, 16)).code is Code.APPROVAL_HEADS_NOT_MET


def test_civil_code_279_needs_every_interested_owner():
    rule = BOOK.rule("owners.unanimous_interested")
    assert decide(rule, Tally(Weight(heads=24), in_favour=Weight(heads=24))).passed
    assert decide(rule, Tally(Weight(heads=24), in_favour=Weight(heads=23))).code is Code.NOT_UNANIMOUS
    assert decide(rule, Tally(Weight())).code is Code.INPUT_INCONSISTENT


def test_the_guidelines_variant_half_or_more_differs_for_an_even_committee():
    rule = BOOK.rule("owners_committee.meeting")
    tally = Tally(Weight(heads=6), in_favour=Weight(heads=3), present=4)
    assert decide(rule, tally).code is Code.APPROVAL_NOT_MET
    half, two_thirds = rule.varied("approval", "at_least_half"), rule.varied("quorum", "two_thirds")
    assert half is not None
    assert two_thirds is not None
    assert decide(half, tally).passed
    assert decide(two_thirds, tally).code is Code.APPROVAL_NOT_MET
    assert decide(two_thirds, replace(tally, present=3)).code is Code.QUORUM_NOT_MET
    assert rule.varied("approval", "anything") is None


def test_every_measure_names_what_is_needed_and_missing():
    verdict = owners("owners.ordinary", (900_000, 90), (515_950, 48))
    area, heads = verdict.measures[:2]
    assert (area.needed, area.shortfall, heads.needed, heads.shortfall) == (600_000, 84_050, 60, 12)


def test_turnout_never_needs_the_choices():
    area, heads = turnout(BOOK.rule("owners.ordinary"), Weight(515_950, 48), Weight(900_000, 90))
    assert (area.name, area.shortfall, heads.name, heads.shortfall) == (
        "participation_area",
        84_050,
        "participation_heads",
        12,
    )
    (quorum,) = turnout(BOOK.rule("village.reps"), Weight(heads=29), Weight(heads=45))
    assert (quorum.name, quorum.label, quorum.shortfall) == ("quorum", "到会人数", 1)
    assert turnout(BOOK.rule("collective.reps"), Weight(heads=29), Weight(heads=45)) == ()


def test_households_are_counted_in_households():
    (quorum,) = turnout(BOOK.rule("village.assembly.by_household"), Weight(heads=199), Weight(heads=300))
    assert (quorum.label, quorum.unit) == ("到会户数", "户")


def test_a_bad_mark_took_part_by_default_and_not_by_policy():
    marked = {"in_favour": (300_100, 31), "against": (199_900, 19), "invalid": Weight(100_000, 10)}
    assert owners("owners.ordinary", (900_000, 90), **marked).passed
    strict = owners("owners.ordinary", (900_000, 90), **marked, policy=Policy(invalid_mark_participates=False))
    assert strict.code is Code.PARTICIPATION_AREA_NOT_MET


FOLLOW = Policy(follow_majority=True, clause_in_rules=True, delivery_proved=True)
UNRETURNED = Weight(600_000, 60)


@pytest.mark.parametrize("missing", ["follow_majority", "clause_in_rules", "delivery_proved", "warning_printed"])
def test_unreturned_ballots_never_follow_the_majority_without_every_condition(missing):
    policy = replace(FOLLOW, **{missing: False})
    verdict = owners(
        "owners.ordinary", (900_000, 90), (200_000, 20), (100_000, 10), unreturned=UNRETURNED, policy=policy
    )
    assert verdict.code is Code.PARTICIPATION_AREA_NOT_MET
    assert verdict.flags == ()


def test_following_the_majority_is_flagged_and_shown_without():
    verdict = owners(
        "owners.ordinary", (900_000, 90), (200_000, 20), (100_000, 10), unreturned=UNRETURNED, policy=FOLLOW
    )
    assert verdict.passed
    assert verdict.flags == (Flag.CONTESTED_FOLLOW_MAJORITY,)
    assert verdict.without.code is Code.PARTICIPATION_AREA_NOT_MET
    assert "尚有争议" in explanation(verdict)[-1]


def test_an_opposing_majority_is_followed_as_well():
    verdict = owners(
        "owners.ordinary", (900_000, 90), (100_000, 10), (200_000, 20), unreturned=UNRETURNED, policy=FOLLOW
    )
    assert verdict.code is Code.APPROVAL_AREA_NOT_MET


@pytest.mark.parametrize(
    ("in_favour", "against", "abstain"),
    [
        ((100_000, 16), (200_000, 14), (0, 0)),  # heads for, area against
        ((100_000, 10), (100_000, 10), (0, 0)),  # a tie
        ((0, 0), (0, 0), (0, 0)),  # nobody to follow
        ((100_000, 10), (50_000, 5), (150_000, 15)),  # most abstained
    ],
)
def test_without_one_majority_a_person_decides(in_favour, against, abstain):
    verdict = owners(
        "owners.ordinary",
        (900_000, 90),
        in_favour,
        against,
        abstain=Weight(*abstain),
        unreturned=UNRETURNED,
        policy=FOLLOW,
    )
    assert verdict.passed is None
    assert verdict.code is Code.NEEDS_REVIEW_MAJORITY_SPLIT


def test_more_ballots_than_the_estate_has_is_refused_with_the_difference():
    verdict = owners("owners.ordinary", (900_000, 90), (500_000, 50), (500_000, 30))
    assert verdict.passed is None
    assert verdict.code is Code.INPUT_INCONSISTENT
    assert "多 1,000.00 ㎡" in verdict_words(verdict)


@pytest.mark.parametrize(
    "tally",
    [
        Tally(Weight(heads=45), in_favour=Weight(heads=40), present=46),
        Tally(Weight(heads=45), in_favour=Weight(heads=20), against=Weight(heads=12), present=30),
        Tally(Weight(heads=45), in_favour=Weight(heads=20), present=25, left_early=6),
        Tally(Weight(heads=45), in_favour=Weight(heads=-1), present=30),
        Tally(Weight(heads=45), present=-1),
        Tally(Weight(heads=0), present=0),
    ],
)
def test_contradictions_are_refused_not_repaired(tally):
    verdict = decide(BOOK.rule("village.reps"), tally)
    assert (verdict.passed, verdict.code) == (None, Code.INPUT_INCONSISTENT)
    assert verdict.problem


def test_an_election_is_no_question_to_decide():
    with pytest.raises(ValueError, match="election"):
        decide(BOOK.rule("village.election"), Tally(Weight(heads=1)))


weights = st.tuples(st.integers(0, 400), st.integers(0, 12)).map(lambda pair: Weight(*pair))


@given(st.sampled_from(["owners.ordinary", "owners.special"]), *[weights] * 4, weights)
def test_a_plain_evaluator_with_fractions_agrees(rule, in_favour, against, abstain, invalid, rest):

    total = in_favour + against + abstain + invalid + rest
    verdict = decide(BOOK.rule(rule), Tally(total, in_favour, against, abstain, invalid))
    if not total.area or not total.heads:
        assert verdict.code is Code.INPUT_INCONSISTENT
        return
    area = in_favour.area + against.area + abstain.area + invalid.area
    heads = in_favour.heads + against.heads + abstain.heads + invalid.heads
    took_part = F(area, total.area) >= F(2, 3) and F(heads, total.heads) >= F(2, 3)
    if rule == "owners.special":
        agreed = took_part and F(in_favour.area, area) >= F(3, 4) and F(in_favour.heads, heads) >= F(3, 4)
    else:
        agreed = took_part and F(in_favour.area, area) > F(1, 2) and F(in_favour.heads, heads) > F(1, 2)
    assert verdict.passed is agreed


@given(*[weights] * 4)
def test_a_vote_turned_to_in_favour_never_loses_a_passed_matter(in_favour, against, abstain, rest):
    rule = BOOK.rule("owners.ordinary")
    total = in_favour + against + abstain + rest
    before = decide(rule, Tally(total, in_favour, against, abstain))
    after = decide(rule, Tally(total, in_favour + against, Weight(), abstain))
    joined = decide(rule, Tally(total, in_favour + rest, against, abstain))
    if before.passed:
        assert after.passed
        assert joined.passed
