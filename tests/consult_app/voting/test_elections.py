import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.voting import rulebook
from consult_app.voting.elections import CommitteePapers, Papers, elect, elect_committee, read_paper
from consult_app.voting.rules import Weight
from consult_app.voting.verdicts import Code

BOOK = rulebook.load()


def elected(rule="village.election", registered=1000, voters=600, collected=600, seats=1, invalid=0, **candidates):
    return elect(BOOK.rule(rule), Papers(registered, voters, collected, seats, invalid, candidates))


@pytest.mark.parametrize(
    ("rule", "registered", "voters", "missed"),
    [
        ("village.election", 1000, 501, 500),  # villagers-committees-2025-18: 过半数
        ("village.by_election", 1000, 501, 500),  # villagers-committees-2025-23
        ("urban.election.by_person", 1000, 501, 500),  # residents-committees-2025-19
        ("urban.election.by_household", 800, 401, 400),
        ("urban.election.by_reps", 60, 41, 40),  # 超过三分之二: exactly two thirds is not enough
    ],
)
def test_an_election_needs_its_turnout(rule, registered, voters, missed):
    assert elected(rule, registered, voters, voters, 甲=voters).code is Code.PASSED
    assert elected(rule, registered, missed, missed, 甲=missed).code is Code.TURNOUT_NOT_MET


def test_exactly_half_of_the_voters_is_not_elected():
    assert elected(甲=301, 乙=299).facts["elected"] == ["甲"]
    assert elected(甲=300, 乙=280, invalid=20).code is Code.RUNOFF_REQUIRED


def test_spoiled_papers_stay_in_the_total():
    assert elected(invalid=100, 甲=300, 乙=200).code is Code.RUNOFF_REQUIRED


def test_more_winners_than_seats_go_by_votes_and_the_rest_are_alternates():
    result = elected(seats=2, 甲=310, 乙=400, 丙=350)
    assert result.facts["elected"] == ["乙", "丙"]
    assert result.facts["alternates"] == ["甲"]


def test_a_tie_for_the_last_seat_is_voted_again():
    result = elected(seats=2, 甲=400, 乙=310, 丙=310)
    assert (result.passed, result.code) == (False, Code.TIE_REVOTE)
    assert (result.facts["elected"], result.facts["tied"]) == (["甲"], ["乙", "丙"])


def test_a_tie_among_winners_who_all_have_seats_is_no_tie():
    assert elected(seats=2, 甲=310, 乙=310).facts["elected"] == ["甲", "乙"]


def test_seats_left_open_need_a_run_off():
    result = elected(seats=3, 甲=400, 乙=310, 丙=100)
    assert (result.code, result.facts["open_seats"]) == (Code.RUNOFF_REQUIRED, 1)


def test_more_papers_than_voters_void_the_election():
    result = elected(registered=900, voters=622, collected=626, invalid=17, 甲=315, 乙=294)
    assert (result.passed, result.code) == (False, Code.MORE_BALLOTS_THAN_VOTERS)
    assert result.facts["elected"] == []


@pytest.mark.parametrize("rule", ["village.election.runoff", "urban.election.runoff"])
def test_a_run_off_needs_a_third_of_the_papers_cast(rule):
    assert elected(rule, voters=550, collected=540, 丙=180, 丁=170).facts["elected"] == ["丙"]
    assert elected(rule, voters=550, collected=540, 丙=179, 丁=170).code is Code.SEAT_VACANT
    assert elected(rule, voters=550, collected=540, 丙=200, 丁=200).code is Code.TIE_REVOTE


@pytest.mark.parametrize(
    "wrong",
    [
        {"voters": 1001},
        {"invalid": 601},
        {"甲": 601},
        {"甲": 400, "乙": 201},
        {"invalid": -1},
        {"seats": 0},
        {"registered": 0, "voters": 0, "collected": 0, "甲": 0},
    ],
)
def test_sums_that_contradict_each_other_are_refused(wrong):
    result = elected(**{"甲": 301, **wrong})
    assert (result.passed, result.code) == (None, Code.INPUT_INCONSISTENT)
    assert result.facts["elected"] == []


def test_an_election_without_candidates_is_refused():
    assert elected().code is Code.INPUT_INCONSISTENT


def committee(seats=1, part=(600_000, 60), **candidates):
    weights = {name: Weight(*pair) for name, pair in candidates.items()}
    papers = CommitteePapers(Weight(900_000, 90), Weight(*part), seats, weights)
    return elect_committee(BOOK.rule("owners.committee_election"), papers)


def test_a_committee_member_needs_more_than_half_by_both_measures():  # civil-code-278 item 3
    assert committee(甲=(300_001, 31)).passed
    assert committee(甲=(300_000, 31)).code is Code.SEATS_NOT_FILLED
    assert committee(甲=(300_001, 30)).code is Code.SEATS_NOT_FILLED


def test_a_committee_election_needs_two_thirds_to_take_part():
    assert committee(part=(599_999, 60), 甲=(400_000, 45)).code is Code.PARTICIPATION_AREA_NOT_MET
    assert committee(part=(600_000, 59), 甲=(400_000, 45)).code is Code.PARTICIPATION_HEADS_NOT_MET


def test_committee_members_rank_by_heads_then_area():
    result = committee(seats=2, 甲=(310_000, 40), 乙=(320_000, 40), 丙=(400_000, 35))
    assert (result.facts["elected"], result.facts["alternates"]) == (["乙", "甲"], ["丙"])
    assert committee(甲=(310_000, 40), 乙=(310_000, 40), seats=1, part=(900_000, 90)).code is Code.SEATS_NOT_FILLED


def test_committee_members_with_equal_votes_are_voted_again():
    result = committee(seats=2, 甲=(400_000, 50), 乙=(310_000, 35), 丙=(310_000, 35))
    assert (result.code, result.facts["tied"]) == (Code.TIE_REVOTE, ["乙", "丙"])


def test_owners_may_agree_to_more_names_than_seats_where_each_is_voted_by_itself():
    result = committee(seats=1, 甲=(500_000, 50), 乙=(450_000, 45))
    assert (result.passed, result.facts["elected"], result.facts["alternates"]) == (True, ["甲"], ["乙"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": (900_001, 90)},
        {"part": (600_000, 91)},
        {"甲": (600_001, 60)},
        {"甲": (-1, 40)},
        {"seats": 0},
    ],
)
def test_committee_sums_that_contradict_each_other_are_refused(wrong):
    assert committee(**{"甲": (310_000, 40), **wrong}).code is Code.INPUT_INCONSISTENT


@pytest.mark.parametrize(
    ("marks", "seats", "code"),
    [
        (("甲", "乙", "丙", "丁"), 3, Code.OVERVOTE),
        (("甲", "乙"), 3, Code.PASSED),
        ((), 3, Code.BLANK_ABSTAIN),
        (("甲", "甲"), 3, Code.SAME_PERSON_TWICE),
        (("甲", "甲"), 1, Code.SAME_PERSON_TWICE),
    ],
)
def test_a_paper_is_valid_with_up_to_as_many_names_as_seats(marks, seats, code):
    assert read_paper(marks, seats).code is code


@given(st.permutations(["甲", "乙", "丙", "丁"]), st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_who_is_elected_never_depends_on_the_order_of_the_list(order, votes):
    by_name = dict(zip(["甲", "乙", "丙", "丁"], votes, strict=True))
    one = elect(BOOK.rule("village.election"), Papers(150, 100, 100, 4, 0, by_name))
    other = elect(BOOK.rule("village.election"), Papers(150, 100, 100, 4, 0, {name: by_name[name] for name in order}))
    assert (one.code, set(one.facts["elected"])) == (other.code, set(other.facts["elected"]))
