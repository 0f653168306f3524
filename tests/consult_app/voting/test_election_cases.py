"""Elections and recalls worked out by hand from the statutes (domain.md §2.2-2.5), each with its reasoning.

`x / y` are votes or people; the line before a group names the article. The program must come to the same.
"""

from datetime import date

import pytest

from consult_app.voting import cases, rulebook
from consult_app.voting.rulebook import NotInForce, NotKnown

BOOK = rulebook.load()
OLD, NEW = "2025-12-31", "2026-01-01"


def papers(registered, voters, seats, collected=None, invalid=0, **candidates):
    """The sums of an election; as many papers as voters unless said."""
    return {
        "registered": registered, "voters": voters, "collected": voters if collected is None else collected,
        "seats": seats, "invalid": invalid, "candidates": candidates,
    }  # fmt: skip


def recalled(registered, voters, in_favour, **more):
    return {"registered": registered, "voters": voters, "for": in_favour, **more}


def committee(part, seats, total=("900.00", 90), **candidates):
    return {
        "total_area": total[0], "total_heads": total[1], "part_area": part[0], "part_heads": part[1], "seats": seats,
        "candidates": {name: list(pair) for name, pair in candidates.items()},
    }  # fmt: skip


VILLAGE = "village.election"
RUNOFF = "village.election.runoff"
REPS = "urban.election.by_reps"
OWNERS = "owners.committee_election"

CASES: tuple[tuple[str, str, str, dict[str, object], str, list[str]], ...] = (
    # 村民委员会组织法18: 登记参加选举的村民过半数投票; 参加投票的村民过半数的选票
    ("1 of 1 registered votes and elects", VILLAGE, NEW, papers(1, 1, 1, 甲=1), "PASSED", ["甲"]),
    ("1 of 2 is exactly half of the registered", VILLAGE, NEW, papers(2, 1, 1, 甲=1), "TURNOUT_NOT_MET", []),
    ("2 of 3 vote; 1 of 2 is half of the voters", VILLAGE, NEW, papers(3, 2, 1, 甲=1, 乙=1), "RUNOFF_REQUIRED", []),
    ("501 of 1001 is more than 500.5", VILLAGE, NEW, papers(1001, 501, 1, 甲=251), "PASSED", ["甲"]),
    ("500 of 1001 is less than 500.5", VILLAGE, NEW, papers(1001, 500, 1, 甲=500), "TURNOUT_NOT_MET", []),
    ("251 of 501 is more than 250.5", VILLAGE, NEW, papers(999, 501, 1, 甲=251, 乙=250), "PASSED", ["甲"]),
    ("250 of 501 is less; nobody is elected", VILLAGE, NEW, papers(999, 501, 1, 甲=250, 乙=249), "RUNOFF_REQUIRED", []),
    ("votes for nobody: all papers blank", VILLAGE, NEW, papers(100, 60, 1, 甲=0, 乙=0), "RUNOFF_REQUIRED", []),
    ("all papers spoiled are still papers", VILLAGE, NEW, papers(100, 60, 1, invalid=60, 甲=0), "RUNOFF_REQUIRED", []),
    ("10 voters kept their papers: half is of 60, not 50", VILLAGE, NEW, papers(100, 60, 1, 50, 甲=30), "RUNOFF_REQUIRED", []),
    ("31 of 60 voters, of 50 papers", VILLAGE, NEW, papers(100, 60, 1, 50, 甲=31), "PASSED", ["甲"]),
    ("61 papers of 60 voters are void however clear", VILLAGE, NEW, papers(100, 60, 1, 61, 甲=61), "MORE_BALLOTS_THAN_VOTERS", []),
    ("void before turnout is asked", VILLAGE, NEW, papers(100, 50, 1, 51, 甲=51), "MORE_BALLOTS_THAN_VOTERS", []),
    ("three pass, two seats: the highest", VILLAGE, NEW, papers(100, 60, 2, 甲=45, 乙=32, 丙=40), "PASSED", ["甲", "丙"]),
    ("two tie inside the seats: no matter", VILLAGE, NEW, papers(100, 60, 2, 甲=40, 乙=40, 丙=31), "PASSED", ["甲", "乙"]),
    ("three tie for two seats: none of them yet", VILLAGE, NEW, papers(100, 60, 2, 甲=35, 乙=35, 丙=35), "TIE_REVOTE", []),
    ("a tie below half is no tie but a run-off", VILLAGE, NEW, papers(100, 60, 2, 甲=40, 乙=30, 丙=30), "RUNOFF_REQUIRED", ["甲"]),
    ("one over half, one at half, for two seats", VILLAGE, NEW, papers(100, 60, 2, 甲=31, 乙=30), "RUNOFF_REQUIRED", ["甲"]),
    ("four seats, two filled: two are voted again", VILLAGE, NEW, papers(100, 60, 4, 甲=60, 乙=50, 丙=30, 丁=20, 戊=10), "RUNOFF_REQUIRED", ["甲", "乙"]),
    ("61 votes on 60 papers cannot be", VILLAGE, NEW, papers(100, 60, 2, 甲=61, 乙=0), "INPUT_INCONSISTENT", []),
    ("121 votes on 60 papers of two names cannot be", VILLAGE, NEW, papers(100, 60, 2, 甲=60, 乙=60, 丙=1), "INPUT_INCONSISTENT", []),
    ("120 votes on 60 papers of two names can", VILLAGE, NEW, papers(100, 60, 2, 甲=60, 乙=60, 丙=0), "PASSED", ["甲", "乙"]),
    ("spoiled papers hold no votes: 41 on 40 valid", VILLAGE, NEW, papers(100, 60, 1, invalid=20, 甲=41), "INPUT_INCONSISTENT", []),
    ("101 voters of 100 registered cannot be", VILLAGE, NEW, papers(100, 101, 1, 甲=60), "INPUT_INCONSISTENT", []),
    ("the law of 2018 asks the same shares", VILLAGE, OLD, papers(1000, 500, 1, 甲=500), "TURNOUT_NOT_MET", []),
    # 村民委员会组织法23: 补选程序参照第十八条
    ("a by-election at half of the voters", "village.by_election", NEW, papers(100, 60, 1, 甲=30, 乙=30), "RUNOFF_REQUIRED", []),
    ("a by-election over half", "village.by_election", OLD, papers(100, 51, 1, 甲=26), "PASSED", ["甲"]),
    # 另行选举: 得票多的当选, 不得少于已投选票总数的三分之一; no turnout is asked again
    ("20 of 60 papers is a third exactly", RUNOFF, NEW, papers(100, 60, 1, 甲=20, 乙=19), "PASSED", ["甲"]),
    ("20 of 61 papers is less than a third", RUNOFF, NEW, papers(100, 61, 1, 甲=20, 乙=19), "SEAT_VACANT", []),
    ("a third of the papers, not of the voters", RUNOFF, NEW, papers(100, 90, 1, 60, 甲=20, 乙=10), "PASSED", ["甲"]),
    ("spoiled papers were cast: 20 of 63", RUNOFF, NEW, papers(100, 63, 1, invalid=20, 甲=20), "SEAT_VACANT", []),
    ("few come to a run-off; it stands", RUNOFF, NEW, papers(1000, 30, 1, 甲=12, 乙=10), "PASSED", ["甲"]),
    ("two at a third tie for one seat", RUNOFF, NEW, papers(100, 60, 1, 甲=20, 乙=20, 丙=20), "TIE_REVOTE", []),
    ("two seats, one under a third stays vacant", RUNOFF, NEW, papers(100, 60, 2, 甲=40, 乙=19), "SEAT_VACANT", ["甲"]),
    ("plurality without half", "urban.election.runoff", NEW, papers(100, 60, 1, 甲=25, 乙=24), "PASSED", ["甲"]),
    # 居民委员会组织法19: 选民过半数; 户的代表过半数; 超过三分之二的居民代表
    ("by person, 51 of 100", "urban.election.by_person", NEW, papers(100, 51, 1, 甲=26), "PASSED", ["甲"]),
    ("by household, 151 of 301", "urban.election.by_household", NEW, papers(301, 151, 1, 甲=76), "PASSED", ["甲"]),
    ("by household, 150 of 301", "urban.election.by_household", NEW, papers(301, 150, 1, 甲=150), "TURNOUT_NOT_MET", []),
    ("by reps, 2 of 3 is not more than two thirds", REPS, NEW, papers(3, 2, 1, 甲=2), "TURNOUT_NOT_MET", []),
    ("by reps, 3 of 3", REPS, NEW, papers(3, 3, 1, 甲=2), "PASSED", ["甲"]),
    ("by reps, 43 of 64: two thirds is 42.67", REPS, NEW, papers(64, 43, 1, 甲=22), "PASSED", ["甲"]),
    ("by reps, 42 of 64", REPS, NEW, papers(64, 42, 1, 甲=42), "TURNOUT_NOT_MET", []),
    # 居民委员会组织法24: 补选程序参照第十九条
    ("a by-election by reps, two thirds exactly", "urban.by_election.by_reps", NEW, papers(60, 40, 1, 甲=40), "TURNOUT_NOT_MET", []),
    ("a by-election by person", "urban.by_election.by_person", NEW, papers(100, 60, 1, 甲=31), "PASSED", ["甲"]),
    # 民法典278 item 3: two thirds take part by both measures, more than half of them by both for each
    ("600.00 of 900.00 and 60 of 90 exactly", OWNERS, NEW, committee(("600.00", 60), 1, 甲=("300.01", 31)), "PASSED", ["甲"]),
    ("area a hundredth short", OWNERS, NEW, committee(("599.99", 60), 1, 甲=("400.00", 40)), "PARTICIPATION_AREA_NOT_MET", []),
    ("one head short", OWNERS, NEW, committee(("600.00", 59), 1, 甲=("400.00", 40)), "PARTICIPATION_HEADS_NOT_MET", []),
    ("half of the area by a hundredth", OWNERS, NEW, committee(("600.00", 60), 1, 甲=("300.00", 60)), "SEATS_NOT_FILLED", []),
    ("more heads rank before more area", OWNERS, NEW, committee(("900.00", 90), 1, 甲=("451.00", 47), 乙=("449.00", 43)), "PASSED", ["甲"]),
    ("equal heads, more area", OWNERS, NEW, committee(("900.00", 90), 2, 甲=("500.00", 50), 乙=("600.00", 60), 丙=("500.01", 50)), "PASSED", ["乙", "丙"]),
    ("equal in both for the last seat", OWNERS, NEW, committee(("900.00", 90), 2, 甲=("500.00", 50), 乙=("600.00", 60), 丙=("500.00", 50)), "TIE_REVOTE", ["乙"]),
)  # fmt: skip

RECALLS = (
    # 村民委员会组织法19 (2018: 16): 过半数投票, 投票的村民过半数通过
    ("51 of 100 vote, 26 in favour", "village.recall.vote", NEW, recalled(100, 51, 26), "PASSED"),
    ("50 of 100 vote", "village.recall.vote", NEW, recalled(100, 50, 50), "TURNOUT_NOT_MET"),
    ("26 of 52 is half", "village.recall.vote", OLD, recalled(100, 52, 26), "APPROVAL_NOT_MET"),
    ("spoiled papers count against", "village.recall.vote", NEW, recalled(100, 60, 30, against=20, invalid=10), "APPROVAL_NOT_MET"),
    # 居民委员会组织法20: the mode of the election
    ("by reps, 41 of 60", "urban.recall.vote.by_reps", NEW, recalled(60, 41, 21), "PASSED"),
    ("by reps, 41 of 60, 20 in favour", "urban.recall.vote.by_reps", NEW, recalled(60, 41, 20), "APPROVAL_NOT_MET"),
    ("by household, 150 of 300", "urban.recall.vote.by_household", NEW, recalled(300, 150, 150), "TURNOUT_NOT_MET"),
    # 居民委员会组织法(2018)10 and 9: 居民会议有权撤换; 居民小组代表 need more than half, not two thirds
    ("group reps before 2026, 31 of 60", "urban.recall.vote.by_reps", OLD, recalled(60, 31, 16), "PASSED"),
    ("group reps before 2026, half", "urban.recall.vote.by_reps", OLD, recalled(60, 30, 30), "TURNOUT_NOT_MET"),
)  # fmt: skip


def answered(rule, on, inputs):
    return cases.answer(BOOK, {"id": "H", "rule": rule, "on": on, "inputs": inputs})


@pytest.mark.parametrize(("reason", "rule", "on", "inputs", "code", "elected"), CASES, ids=[case[0] for case in CASES])
def test_an_election_comes_out_as_by_hand(reason, rule, on, inputs, code, elected):
    told = answered(rule, on, inputs)
    assert (told.get("code"), told.get("elected")) == (code, elected), reason


@pytest.mark.parametrize(("reason", "rule", "on", "inputs", "code"), RECALLS, ids=[case[0] for case in RECALLS])
def test_a_recall_comes_out_as_by_hand(reason, rule, on, inputs, code):
    assert answered(rule, on, inputs).get("code") == code, reason


@pytest.mark.parametrize(
    ("rule", "on", "words"),
    [
        (VILLAGE, NEW, "《村民委员会组织法》第十八条"),
        (VILLAGE, OLD, "《村民委员会组织法》第十五条"),
        ("village.recall.vote", NEW, "《村民委员会组织法》第十九条"),
        ("village.recall.vote", OLD, "《村民委员会组织法》第十六条"),
        ("village.by_election", NEW, "《村民委员会组织法》第二十三条、《村民委员会组织法》第十八条"),
        ("village.by_election", OLD, "《村民委员会组织法》第十九条、《村民委员会组织法》第十五条"),
        ("urban.recall.vote", NEW, "《城市居民委员会组织法》第二十条"),
        ("urban.recall.vote", OLD, "《城市居民委员会组织法》第十条、《城市居民委员会组织法》第九条"),
    ],
)
def test_the_article_is_that_of_the_day(rule, on, words):
    """Numbers moved with 2026; minutes of an earlier meeting cite the old ones (domain.md §2.2)."""
    assert BOOK.rule(rule, date.fromisoformat(on)).basis == words


@pytest.mark.parametrize("rule", ["urban.election.by_person", "urban.by_election.by_reps", "urban.reps", "urban.recall.petition"])  # fmt: skip
def test_what_the_old_law_leaves_open_is_refused_with_the_reason(rule):
    """居民委员会组织法(2018)8 names no shares; they are the provinces'."""
    with pytest.raises(NotKnown, match="没有规定"):
        BOOK.rule(rule, date(2025, 12, 31))
    assert BOOK.rule(rule, date(2026, 1, 1)).valid_from == date(2026, 1, 1)


def test_a_day_before_any_known_law_is_refused():
    with pytest.raises(NotInForce):
        BOOK.rule("urban.election.by_person", date(2018, 12, 28))


@pytest.mark.parametrize(
    ("mandates", "candidate", "on", "code"),
    [
        (3, False, NEW, "PASSED"),
        (4, False, NEW, "PROXY_LIMIT"),
        (1, True, NEW, "PROXY_CANDIDATE"),
        (4, False, OLD, "PASSED"),  # 村民委员会组织法(2018)15 sets no number
    ],
)
def test_proxies_of_an_election_by_the_law_of_the_day(mandates, candidate, on, code):
    inputs = {"agent": "戊", "agent_is_candidate": candidate, "mandates": mandates}
    assert answered("village.proxy_check", on, inputs).get("code") == code
