"""Elections are by secret paper: two tellers enter the sums apart, and the law says who is elected."""

from datetime import timedelta

import pytest

from consult_app.audit import chain
from consult_app.voting import actions, queries
from consult_app.voting.choices import MotionState
from consult_app.voting.electing import CandidateTwice, ConsentMissing, NoElection, NotContested, OneRecalled
from consult_app.voting.election_count import ElectionCount
from consult_app.voting.election_facts import Fate, election
from consult_app.voting.election_roll import NobodyRegistered, roll_voters
from consult_app.voting.election_rounds import FollowedAlready, NothingOpen, NothingToRepeat, NotInTheFirst
from consult_app.voting.election_sheets import (
    CandidateUncounted,
    MorePapersThanVoters,
    TallyImpossible,
    TellersDisagree,
    TellerStands,
)
from consult_app.voting.motions import ElectionByTally, WrongState
from consult_app.voting.paper import Entered
from consult_app.voting.proxying import CandidateBarred, ProxyLimitReached
from consult_app.voting.rules import Weight
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import DAY, SECRETARY
from tests.consult_app.voting.test_proxying import SCAN

REGISTERED = Weight(heads=100)
THREE = ("候选人甲", "候选人乙", "候选人丙")


def draft(store, body, rule="village.election", names=THREE, seats=1):
    """An election as it is drafted, without consents."""
    return store.do(
        SECRETARY, actions.draft_election, estate.matter(store, body, "村委会选举"), title="选举村民委员会主任",
        candidates=names, seats=seats, rule_id=rule, on=DAY, closes_at=store.now() + timedelta(hours=3),
    )  # fmt: skip


def sealed(store, motion, registered=REGISTERED):
    """The election with its boxes sealed: consents recorded, voters fixed, voting opened and ended."""
    for candidate in store.ask(election, motion).candidates:
        if candidate.consented_at is None:
            store.do(SECRETARY, actions.record_consent, motion, candidate.name, nominated_by="村党组织推荐")
    store.do(SECRETARY, actions.freeze_election, motion, registered)
    store.do(SECRETARY, actions.open_election, motion)
    store.do(SECRETARY, actions.close_election, motion, "监票人甲", "监票人乙")
    return motion


def ready(store, body, rule="village.election", names=THREE, seats=1, registered=REGISTERED):
    """An election whose papers can be counted."""
    return sealed(store, draft(store, body, rule, names, seats), registered)


def papers(*votes: int, voters: int = 60, collected: int = 60, invalid: int = 0, names=THREE):
    by_name = dict(zip(names, votes, strict=True))
    return ElectionCount.of_papers(registered=100, voters=voters, collected=collected, invalid=invalid, votes=by_name)


def enter(store, motion, count, *tellers):
    return [
        store.do(SECRETARY, actions.enter_election_tally, motion, teller, count)
        for teller in tellers or ("计票人甲", "计票人乙")
    ]


def declared(store, motion, count):
    enter(store, motion, count)
    store.do(SECRETARY, actions.declare_election, motion)
    return store.ask(queries.motion, motion)


def test_more_than_half_of_those_who_voted_is_elected(store, village):
    """村民委员会组织法18: more than half of the registered vote, and more than half of the voters for the elected."""
    found = declared(store, ready(store, village), papers(31, 20, 9))
    assert found.state is MotionState.DECLARED
    assert (found.verdict["verdict"]["passed"], found.verdict["verdict"]["elected"]) == (True, ["候选人甲"])
    assert found.closed_by == ("监票人甲", "监票人乙")
    assert found.verdict["tellers"] == ["计票人甲", "计票人乙"]
    declared_words = [c.facts["outcome"] for c in store.ask(chain.since, 0) if c.event == "motion.declared"]
    assert declared_words == ["候选人甲当选"]


def test_half_exactly_is_not_elected_and_is_voted_again(store, village):
    motion = ready(store, village)
    found = declared(store, motion, papers(30, 20, 10))
    assert found.verdict["verdict"]["code"] == "RUNOFF_REQUIRED"
    again = store.do(
        SECRETARY, actions.draft_runoff, motion, store.now() + timedelta(hours=1), on=DAY,
        candidates=("候选人甲", "候选人乙"),
    )  # fmt: skip
    runoff = store.ask(queries.motion, again)
    assert (runoff.rule.id, runoff.title) == ("village.election.runoff", "选举村民委员会主任（另行选举）")
    sealed(store, again)
    found = declared(store, again, papers(20, 19, names=THREE[:2]))
    assert found.verdict["verdict"]["elected"] == ["候选人甲"]


def test_a_runoff_below_a_third_leaves_the_seat_vacant(store, village):
    motion = ready(store, village)
    declared(store, motion, papers(30, 20, 10))
    again = store.do(SECRETARY, actions.draft_runoff, motion, store.now() + timedelta(hours=1), on=DAY)
    assert [item.text for item in store.ask(queries.motion, again).items] == list(THREE)
    sealed(store, again)
    found = declared(store, again, papers(19, 18, 17))
    assert found.verdict["verdict"]["code"] == "SEAT_VACANT"


def test_a_tie_for_the_last_seat_is_voted_again_among_the_tied(store, village):
    """村民委员会组织法18: 得票数相等无法确定当选人时，就得票数相等的人再次投票."""
    motion = ready(store, village, seats=2)
    found = declared(store, motion, papers(50, 35, 35))
    assert found.verdict["verdict"]["code"] == "TIE_REVOTE"
    assert [item.verdict.passed for item in store.ask(queries.tally, motion).items] == [True, None, None]
    again = store.do(SECRETARY, actions.draft_runoff, motion, store.now() + timedelta(hours=1), on=DAY)
    assert [item.text for item in store.ask(queries.motion, again).items] == ["候选人乙", "候选人丙"]


def test_too_few_voters_elect_nobody(store, village):
    motion = ready(store, village)
    found = declared(store, motion, papers(40, 10, 0, voters=50, collected=50))
    assert found.verdict["verdict"]["code"] == "TURNOUT_NOT_MET"
    assert all(item.verdict.passed is False for item in store.ask(queries.tally, motion).items)
    with pytest.raises(NothingOpen):
        store.do(SECRETARY, actions.draft_runoff, motion, store.now() + timedelta(hours=1), on=DAY)


def test_more_papers_than_voters_are_refused(store, village):
    """A reported count had 626 papers of 622 voters (domain.md §2.5)."""
    motion = ready(store, village)
    with pytest.raises(MorePapersThanVoters, match="多 4 张"):
        enter(store, motion, papers(40, 20, 0, voters=60, collected=64))


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (papers(61, 0, 0), "一人得票 61 张，比有效票多 1 张"),
        (papers(30, 20, 11), "得票合计 61"),
        (papers(1, 1, 1, invalid=61), "废票 61 张"),
        (papers(1, 1, 1, voters=101, collected=60), "比登记人数多 1 人"),
        (papers(-1, 1, 1), "不能为负数"),
    ],
)
def test_sums_that_cannot_be_are_refused(store, village, count, says):
    motion = ready(store, village)
    with pytest.raises(TallyImpossible, match=says):
        enter(store, motion, count)


def test_two_tellers_must_agree(store, village):
    motion = ready(store, village)
    assert enter(store, motion, papers(31, 20, 9), "计票人甲") == [Entered.WAITING]
    assert enter(store, motion, papers(31, 20, 8), "计票人乙") == [Entered.DISAGREES]
    with pytest.raises(TellersDisagree):
        store.do(SECRETARY, actions.declare_election, motion)
    assert enter(store, motion, papers(31, 20, 9), "计票人乙") == [Entered.AGREED]
    store.do(SECRETARY, actions.declare_election, motion)
    with pytest.raises(WrongState):
        enter(store, motion, papers(31, 20, 9), "计票人甲")


def test_a_third_teller_who_differs_holds_the_result_up(store, village):
    motion = ready(store, village)
    enter(store, motion, papers(31, 20, 9))
    assert enter(store, motion, papers(30, 20, 9), "计票人丙") == [Entered.DISAGREES]
    with pytest.raises(TellersDisagree):
        store.do(SECRETARY, actions.declare_election, motion)


def test_one_teller_cannot_agree_with_themselves(store, village):
    motion = ready(store, village)
    assert enter(store, motion, papers(31, 20, 9), "计票人甲", "计票人甲") == [Entered.WAITING, Entered.WAITING]


def test_nothing_is_told_before_the_result_is_declared(store, village):
    motion = ready(store, village)
    enter(store, motion, papers(31, 20, 9))
    assert store.ask(queries.tally, motion).items == ()


def test_a_name_written_in_may_be_elected(store, village):
    motion = ready(store, village)
    written = papers(31, 20, 5, 4, names=(*THREE, "另选人丁"))
    found = declared(store, motion, written)
    assert found.verdict["votes"]["另选人丁"]["heads"] == 4
    assert [item.code for item in store.ask(queries.tally, motion).items] == ["1", "2", "3", "4"]


def test_a_draft_says_what_is_wrong_with_it(store, village):
    with pytest.raises(NotContested):
        draft(store, village, seats=3)
    with pytest.raises(CandidateTwice):
        draft(store, village, names=("候选人甲", "候选人甲 ", "候选人乙"))
    with pytest.raises(NoElection):
        draft(store, village, "village.reps")
    with pytest.raises(OneRecalled):
        draft(store, village, "village.recall.vote")
    motion = ready(store, village)
    with pytest.raises(CandidateUncounted):
        enter(store, motion, papers(31, 20, names=THREE[:2]))


def test_residents_reps_need_more_than_two_thirds(store, village):
    """居民委员会组织法19: 超过三分之二; exactly two thirds elect nobody."""
    for voters, code in ((60, "TURNOUT_NOT_MET"), (61, "PASSED")):
        motion = ready(store, village, "urban.election.by_reps", registered=Weight(heads=90))
        count = ElectionCount.of_papers(
            registered=90, voters=voters, collected=voters, invalid=0, votes=dict(zip(THREE, (40, 10, 5), strict=True))
        )
        assert declared(store, motion, count).verdict["verdict"]["code"] == code


def test_an_owners_committee_needs_both_measures(store, owners):
    """civil-code-278 item 3: more than half of area and of heads of those who take part."""
    motion = ready(store, owners, "owners.committee_election", seats=2, registered=None)
    votes = {"候选人甲": Weight(50000, 5), "候选人乙": Weight(30000, 5), "候选人丙": Weight(10000, 1)}
    found = declared(store, motion, ElectionCount(Weight(75600, 9), Weight(60000, 7), 7, 0, votes))
    assert found.verdict["verdict"]["elected"] == ["候选人甲"]
    assert found.verdict["verdict"]["code"] == "SEATS_NOT_FILLED"


def test_a_recall_counts_one_person(store, village):
    """村民委员会组织法19: more than half of the registered vote, more than half of them for the recall."""
    motion = ready(store, village, "village.recall.vote", names=("主任甲",))
    assert declared(store, motion, papers(31, names=("主任甲",))).verdict["verdict"]["passed"] is True
    motion = ready(store, village, "village.recall.vote", names=("主任甲",))
    assert declared(store, motion, papers(30, names=("主任甲",))).verdict["verdict"]["code"] == "APPROVAL_NOT_MET"


def test_nobody_stands_without_consent(store, village):
    motion = draft(store, village)
    store.do(SECRETARY, actions.record_consent, motion, "候选人甲", nominated_by="选民联名", consent="当面同意")
    with pytest.raises(ConsentMissing, match="候选人乙、候选人丙"):
        store.do(SECRETARY, actions.freeze_election, motion, Weight(heads=100))
    assert store.ask(election, motion).candidates[0].consent == "当面同意"


def test_a_changed_draft_keeps_the_consent_of_who_stays(store, village):
    motion = draft(store, village)
    store.do(SECRETARY, actions.record_consent, motion, "候选人甲", nominated_by="选民联名")
    store.do(
        SECRETARY, actions.change_election, motion, title="选举村民委员会主任", candidates=("候选人丁", "候选人甲"), seats=1,
        closes_at=store.now() + timedelta(hours=2),
    )  # fmt: skip
    found = store.ask(election, motion).candidates
    assert [(one.name, one.consented_at is not None) for one in found] == [("候选人丁", False), ("候选人甲", True)]


def test_the_voters_come_from_the_roll_or_are_a_number(store, village):
    """居民委员会组织法19 by reps: the six representatives of the roll; 选民 are those of age."""
    assert store.ask(roll_voters, draft(store, village)).weight == Weight(heads=6)
    motion = ready(store, village, "urban.election.by_reps", registered=None)
    found = store.ask(queries.motion, motion)
    assert (found.eligible, len(store.ask(queries.electors, motion))) == (Weight(heads=6), 6)
    assert found.roll_digest is not None
    for heads in (0, -1, 10**12):
        with pytest.raises(NobodyRegistered):
            ready(store, village, registered=Weight(heads=heads))


def test_the_count_rests_on_the_registered_that_were_fixed(store, village):
    with pytest.raises(TallyImpossible, match="投票前确定的是 99"):
        enter(store, ready(store, village, registered=Weight(heads=99)), papers(31, 20, 9))


def test_a_candidate_counts_no_papers(store, village):
    with pytest.raises(TellerStands):
        enter(store, ready(store, village), papers(31, 20, 9), "候选人乙")


def test_an_election_knows_no_slips_and_no_hands(store, village):
    """村民委员会组织法18: 无记名投票, so nothing that names a voter or a device."""
    motion = draft(store, village)
    refused = (
        (actions.freeze, motion), (actions.issue_slips, motion, estate.BASE), (actions.open_vote, motion),
        (actions.close_vote, motion, "甲", "乙"), (actions.declare, motion),
        (actions.enter_hand_count, motion, "计票人甲", {"1": {"for": 1}}),
        (actions.change_motion, motion),
    )  # fmt: skip
    for action, *rest in refused:
        with pytest.raises(ElectionByTally):
            store.do(SECRETARY, action, *rest)


def test_a_sheet_is_told_to_nobody_until_another_is_in(store, village):
    motion = ready(store, village)
    enter(store, motion, papers(31, 20, 9), "计票人甲")
    alone = store.ask(election, motion)
    assert (alone.sheets.tellers, alone.sheets.differences, alone.count) == (("计票人甲",), (), None)
    enter(store, motion, papers(31, 19, 9, invalid=1), "计票人乙")
    differ = store.ask(election, motion).sheets
    assert [(one.field, one.first, one.second) for one in differ.differences] == [
        ("废票", "0 张", "1 张"), ("候选人乙得票", "20 票", "19 票"),
    ]  # fmt: skip
    assert differ.words == "计票人甲、计票人乙的录入有 2 处不一致，请一起重新清点，各自再录一次。"
    enter(store, motion, papers(31, 20, 9), "计票人乙")
    assert store.ask(election, motion).sheets.agreed == ("计票人甲", "计票人乙")


def test_standings_say_what_became_of_each(store, village):
    motion = ready(store, village, seats=2)
    written = papers(50, 40, 10, 12, names=(*THREE, "另选人丁"))
    declared(store, motion, written)
    found = store.ask(election, motion)
    assert [(one.name, one.fate, one.written_in) for one in found.standings] == [
        ("候选人甲", Fate.ELECTED, False), ("候选人乙", Fate.ELECTED, False),
        ("另选人丁", Fate.NOT_ELECTED, True), ("候选人丙", Fate.NOT_ELECTED, False),
    ]  # fmt: skip
    assert found.outcome == "候选人甲、候选人乙当选。"


def test_a_runoff_is_between_those_whom_the_first_vote_left(store, village):
    """村民委员会组织法18: 第一次投票未当选的人员得票多的为候选人."""
    motion = ready(store, village, names=(*THREE, "候选人丁"))
    declared(store, motion, papers(25, 15, 15, 5, names=(*THREE, "候选人丁")))
    found = store.ask(election, motion)
    assert found.leading == (
        "候选人甲",
        "候选人乙",
        "候选人丙",
    )  # one seat, two stand, and whoever ties with the second
    assert found.left_over == (*THREE, "候选人丁")
    later = store.now() + timedelta(hours=1)
    with pytest.raises(NotInTheFirst):
        store.do(SECRETARY, actions.draft_runoff, motion, later, on=DAY, candidates=("外人",))
    again = store.do(SECRETARY, actions.draft_runoff, motion, later, on=DAY, candidates=found.leading)
    assert store.ask(election, again).follows_id == motion
    assert all(one.consented_at for one in store.ask(election, again).candidates)
    with pytest.raises(FollowedAlready):
        store.do(SECRETARY, actions.draft_runoff, motion, later, on=DAY)


def test_a_void_election_keeps_everything_and_is_held_again(store, village):
    motion = ready(store, village)
    with pytest.raises(MorePapersThanVoters):
        enter(store, motion, papers(40, 20, 0, voters=60, collected=64))
    store.do(SECRETARY, actions.annul_election, motion, "收回选票多于投票人数 4 张", "监票人甲", "监票人乙")
    found = store.ask(election, motion)
    assert (found.motion.state, found.void_reason) == (MotionState.VOID, "收回选票多于投票人数 4 张")
    with pytest.raises(WrongState):
        enter(store, motion, papers(31, 20, 9))
    again = store.do(SECRETARY, actions.draft_again, motion, store.now() + timedelta(hours=1), on=DAY)
    assert [one.name for one in store.ask(election, again).candidates] == list(THREE)
    sealed(store, again)
    assert declared(store, again, papers(31, 20, 9)).verdict["verdict"]["elected"] == ["候选人甲"]


def test_a_declared_election_annulled_takes_its_count_sheet_along(store, village):
    motion = ready(store, village)
    declared(store, motion, papers(31, 20, 9))
    store.do(SECRETARY, actions.annul_election, motion, "查实有人冒名投票", "监票人甲", "监票人乙")
    assert store.ask(queries.tally, motion).items == ()
    voided = [entry for entry in store.ask(chain.since, 0) if entry.event == "proposal.voided"]
    assert voided[-1].facts["reason"] == "选举作废：查实有人冒名投票"


def test_an_election_that_stands_is_not_repeated(store, village):
    motion = ready(store, village)
    declared(store, motion, papers(31, 20, 9))
    with pytest.raises(NothingToRepeat):
        store.do(SECRETARY, actions.draft_again, motion, store.now() + timedelta(hours=1), on=DAY)


def test_an_election_without_its_turnout_is_held_again(store, village):
    motion = ready(store, village)
    declared(store, motion, papers(40, 10, 0, voters=50, collected=50))
    again = store.do(SECRETARY, actions.draft_again, motion, store.now() + timedelta(hours=1), on=DAY)
    assert store.ask(queries.motion, again).title == "选举村民委员会主任（重新投票）"


def test_a_recall_says_its_outcome(store, village):
    motion = ready(store, village, "village.recall.vote", names=("主任甲",))
    declared(store, motion, papers(31, names=("主任甲",)))
    assert store.ask(election, motion).outcome == "罢免主任甲获得通过。"


def test_a_proxy_is_no_candidate_and_holds_three_at_most(store, village):
    """村民委员会组织法18: 每一村民接受委托不得超过三人，候选人不得接受委托投票."""
    motion = draft(store, village, names=("村民01", "村民02"))
    for name in ("村民01", "村民02"):
        store.do(SECRETARY, actions.record_consent, motion, name, nominated_by="选民联名")
    store.do(SECRETARY, actions.freeze_election, motion)
    voters = {line.label: line.id for line in store.ask(queries.electors, motion)}

    def mandate(principal, agent):
        store.do(
            SECRETARY, actions.register_proxy, motion, voters[principal], agent=agent, authority="代为投票",
            property_staff=False, relation="兄弟", document=SCAN,
        )  # fmt: skip

    with pytest.raises(CandidateBarred):
        mandate("村民03", "村民01")
    for principal in ("村民01", "村民02", "村民03"):
        mandate(principal, "村民06")
    with pytest.raises(ProxyLimitReached):
        mandate("村民04", "村民06")
    assert len(store.ask(queries.proxies, motion)) == 3
