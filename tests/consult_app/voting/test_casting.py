"""One person, one vote, in every order and at once; nothing told before closing."""

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, inspect, select, text

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.voting import actions, counting, queries
from consult_app.voting.actions import Entered
from consult_app.voting.casting import (
    CountedByHands,
    NotOpen,
    OneWitness,
    SlipDead,
    UnknownSlip,
    VotingClosed,
)
from consult_app.voting.choices import Channel, NotChosen, UnknownChoice, check_choices
from consult_app.voting.closing import ConflictsUnseen, HandsUnsettled, PaperUnsettled
from consult_app.voting.duplicates import PaperPending
from consult_app.voting.issuing import AlreadyVoted
from consult_app.voting.paper import (
    AlreadyEntered,
    AreaNotByHands,
    HandsExceed,
    NothingToSign,
    TooManyPresent,
    VotesAlready,
)
from consult_app.voting.rules import Choice
from consult_app.voting.tables import Ballot, Participation
from consult_app.voting.tallies import Count, StillOpen
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR, PHONE, SECRETARY
from tests.postgres.databases import of_sqlite


def ballots(db, motion):
    return db.scalar(
        select(func.count()).select_from(Ballot).where(Ballot.motion_id == motion, Ballot.set_aside.is_(False))
    )


def participations(db, motion):
    return db.scalar(select(func.count(Participation.id)).where(Participation.motion_id == motion))


def test_threat_01_no_interleaving_of_channels_counts_a_voter_twice(store, owners):
    """Sixty random orders of phone, code, assisted, hand and paper over the same few voters."""
    chance = random.Random(20261122)
    for _ in range(4):
        vote = estate.opened(store, owners, duplicate_policy=chance.choice(["first_valid", "paper_prevails"]))
        people = [line.id for line in store.ask(queries.electors, vote.motion)]
        acts = [(n, way) for n in range(4) for way in ("phone", "code", "help", "hand", "甲", "乙")]
        chance.shuffle(acts)
        for number, way in acts:
            slip, choices = vote.slips[number], chance.choice([FOR, AGAINST, ABSTAIN])
            try:
                match way:
                    case "phone":
                        vote.cast(number, choices, key=f"{number}-phone")
                    case "code":
                        store.do(PHONE, actions.cast_by_code, slip.human_code, choices, f"{number}-code")
                    case "help":
                        store.do(
                            SECRETARY, actions.cast_assisted, vote.motion, slip.human_code, choices, "志愿者", "见证人"
                        )
                    case "hand":
                        store.do(SECRETARY, actions.cast_by_hand, vote.motion, people[number], choices, "甲", "乙")
                    case teller:
                        vote.paper(number, FOR, teller)
            except Refused:
                pass
        assert store.ask(participations, vote.motion) == 4
        vote.close()
        tally = store.ask(queries.tally, vote.motion)
        counted = sum(count.heads for count in tally.items[0].counts.values())
        assert counted == 4 == store.ask(ballots, vote.motion)
        assert store.ask(queries.books, vote.motion).accounted == 4


def test_threat_02_one_slip_on_many_phones_at_once_has_one_winner(store, vote):
    won, lost, barrier = [], [], threading.Barrier(24)

    def press(number):
        barrier.wait()
        try:
            won.append(vote.cast(0, key=f"phone-{number}"))
        except AlreadyVoted as refused:
            lost.append(refused)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 23)
    assert store.ask(ballots, vote.motion) == 1


def test_threat_03_the_loser_hears_when_and_by_which_channel(vote):
    vote.cast(0, key="thief")
    with pytest.raises(AlreadyVoted, match=r"2026年11月22日 09:00 通过手机"):
        vote.cast(0, key="owner")


def test_threat_05_16_the_same_form_again_gets_the_same_receipt(store, vote, clock):
    first = vote.cast(0, FOR, key="form")
    head = store.ask(chain.head)
    clock.forward(minutes=5)
    again = vote.cast(0, FOR, key="form")
    assert (again.at, again.serial, again.channel) == (first.at, first.serial, first.channel)
    assert again.repeated
    assert store.ask(chain.head) == head


def test_the_same_form_with_another_choice_is_told_that_the_slip_is_used(vote):
    vote.cast(0, FOR, key="form")
    with pytest.raises(AlreadyVoted):
        vote.cast(0, AGAINST, key="form")


def test_a_repeat_after_closing_still_gets_its_receipt(vote):
    first = vote.cast(0, key="form")
    vote.close()
    assert vote.cast(0, key="form").at == first.at


def test_an_empty_form_key_is_no_key(vote):
    slip = vote.slips[0].token
    vote.store.do(PHONE, actions.cast_ballot, slip, FOR, "")
    with pytest.raises(AlreadyVoted):
        vote.store.do(PHONE, actions.cast_ballot, slip, FOR, "")


@pytest.mark.parametrize("token", ["", "0" * 16, "0" * 15, "选票", "' or 1=1 --", "Z" * 4000])
def test_a_wrong_token_is_unknown(store, vote, token):
    with pytest.raises(UnknownSlip):
        store.do(PHONE, actions.cast_ballot, token, FOR, "k")


def test_a_slip_of_another_motion_is_unknown_at_the_desk(store, owners, vote):
    other = estate.opened(store, owners)
    with pytest.raises(Refused, match="没有代码"):
        store.do(SECRETARY, actions.cast_assisted, vote.motion, other.slips[0].human_code, FOR, "志愿者", "见证人")


def test_votes_count_only_between_opening_and_closing(store, owners, clock):
    vote = estate.issued(store, owners)
    with pytest.raises(NotOpen):
        vote.cast(0)
    store.do(SECRETARY, actions.open_vote, vote.motion)
    vote.cast(0)
    clock.forward(hours=3)
    with pytest.raises(VotingClosed, match="12:00"):
        vote.cast(1)
    vote.close()
    with pytest.raises(VotingClosed):
        vote.cast(1)


@pytest.mark.parametrize(
    ("choices", "reason"),
    [({}, NotChosen), ({"1": ""}, NotChosen), ({"1": "yes"}, UnknownChoice), ({"1": "invalid"}, UnknownChoice),
     ({"1": "for", "2": "for"}, UnknownChoice)],
)  # fmt: skip
def test_a_ballot_must_answer_just_its_questions(store, vote, choices, reason):
    with pytest.raises(reason):
        vote.cast(0, choices)
    assert store.ask(participations, vote.motion) == 0


def test_a_blank_on_paper_is_an_unreadable_mark():
    assert check_choices({}, ["1"], paper=True) == {"1": Choice.INVALID}


def test_nothing_tells_a_choice_before_closing(store, vote):
    vote.cast(0, FOR)
    vote.cast(1, AGAINST)
    tally = store.ask(queries.tally, vote.motion)
    assert tally.items == ()
    assert not {"choices", "verdict", "counted"} & set(tally.to_dict())
    with pytest.raises(StillOpen):
        store.ask(queries.filled_ballots, vote.motion)
    told = [str(c.facts) for c in store.ask(chain.since, 0) if c.event.startswith("ballot")]
    assert told
    assert not any(word in facts for facts in told for word in ("for", "against", "同意", "反对"))


def test_two_tellers_apart_make_a_paper_vote(store, vote):
    assert vote.paper(0, FOR, "甲") is Entered.WAITING
    assert vote.paper(0, AGAINST, "乙") is Entered.DISAGREES
    assert [waiting.disagree for waiting in store.ask(queries.paper_waiting, vote.motion)] == [True]
    with pytest.raises(AlreadyVoted, match="纸质选票"):
        vote.cast(0)
    vote.close()
    with pytest.raises(PaperUnsettled):
        vote.declare()
    assert vote.paper(0, AGAINST, "甲") is Entered.AGREED
    assert store.ask(queries.paper_waiting, vote.motion) == ()
    with pytest.raises(AlreadyEntered):
        vote.paper(0, FOR, "丙")
    vote.declare()
    assert store.ask(queries.tally, vote.motion).items[0].counts[Choice.AGAINST] == Count(1, 8000, 1)


def test_one_teller_twice_is_one_teller(vote):
    assert vote.paper(0, FOR, "甲") is Entered.WAITING
    assert vote.paper(0, FOR, " 甲 ") is Entered.WAITING


def test_paper_after_phone_is_set_aside_and_listed(store, vote):
    vote.cast(0, FOR)
    vote.paper(0, AGAINST, "甲")
    assert vote.paper(0, AGAINST, "乙") is Entered.SET_ASIDE
    vote.close()
    with pytest.raises(ConflictsUnseen):
        vote.declare()
    [pair] = store.ask(queries.conflicts, vote.motion)
    assert (pair.first_channel, pair.second_channel, pair.counted) == (Channel.PHONE, Channel.PAPER, Channel.PHONE)
    store.do(SECRETARY, actions.decide_conflict, pair.id, "甲", "乙")
    vote.declare()
    assert store.ask(queries.tally, vote.motion).items[0].counts[Choice.FOR].heads == 1


def test_paper_prevails_where_the_policy_says_so(store, owners):
    vote = estate.opened(store, owners, duplicate_policy="paper_prevails")
    vote.cast(0, FOR)
    vote.paper(0, AGAINST, "甲")
    [pair] = store.ask(queries.conflicts, vote.motion)
    with pytest.raises(PaperPending):
        store.do(SECRETARY, actions.decide_conflict, pair.id, "甲", "乙")
    assert vote.paper(0, AGAINST, "乙") is Entered.REPLACED
    store.do(SECRETARY, actions.decide_conflict, pair.id, "甲", "乙")
    vote.close()
    vote.declare()
    counts = store.ask(queries.tally, vote.motion).items[0].counts
    assert (counts[Choice.FOR].heads, counts[Choice.AGAINST].heads) == (0, 1)
    assert store.ask(queries.turnout, vote.motion).channels[Channel.PAPER] == 1


def test_an_assisted_vote_counts_only_once_signed(store, owners):
    """指导规则 art. 22: the owner signs in person."""
    vote = estate.opened(store, owners, legal_mode="assisted")
    for number in range(9):
        vote.cast(number)
    assert store.ask(queries.turnout, vote.motion).waiting_ballots == 9
    vote.close()
    assert len(store.ask(queries.filled_ballots, vote.motion)) == 9
    assert store.ask(queries.tally, vote.motion).counted.heads == 0
    for number in range(8):
        assert store.do(SECRETARY, actions.sign_ballot, vote.motion, vote.slips[number].human_code)
    assert not store.do(SECRETARY, actions.sign_ballot, vote.motion, vote.slips[0].human_code)
    tally = store.ask(queries.tally, vote.motion)
    assert (tally.counted.heads, tally.turnout.waiting_ballots, tally.passed) == (8, 1, True)


def test_a_binding_vote_has_nothing_to_sign(store, vote):
    vote.cast(0)
    with pytest.raises(NothingToSign):
        store.do(SECRETARY, actions.sign_ballot, vote.motion, vote.slips[0].human_code)


def test_a_survey_has_no_verdict(store, owners):
    vote = estate.opened(store, owners, legal_mode="survey")
    vote.cast(0)
    vote.close()
    vote.declare()
    shown = store.ask(queries.tally, vote.motion).to_dict()
    assert shown["verdict"] is None
    assert shown["choices"]["1"]["for"]["ballots"] == 1


def test_a_named_hand_needs_two_witnesses(store, village):
    vote = estate.opened(store, village, "village.reps")
    person = store.ask(queries.electors, vote.motion)[0].id
    with pytest.raises(OneWitness):
        store.do(SECRETARY, actions.cast_by_hand, vote.motion, person, FOR, "甲", "甲")
    store.do(SECRETARY, actions.cast_by_hand, vote.motion, person, FOR, "甲", "乙")
    with pytest.raises(AlreadyVoted, match="举手"):
        vote.cast(0)


def hands(vote, teller, present=5, **counts):
    return vote.store.do(SECRETARY, actions.enter_hand_count, vote.motion, teller, {"1": counts}, present)


def test_a_show_of_hands_needs_two_tellers_that_agree(store, village):
    vote = estate.opened(store, village, "village.reps")
    assert hands(vote, "甲", **{"for": 4, "against": 1}) is Entered.WAITING
    assert hands(vote, "乙", **{"for": 3, "against": 1}) is Entered.DISAGREES
    vote.close()
    with pytest.raises(HandsUnsettled):
        vote.declare()
    assert hands(vote, "乙", **{"for": 4, "against": 1}) is Entered.AGREED
    vote.declare()
    assert store.ask(queries.motion, vote.motion).verdict["verdict"]["passed"] is True


def test_hands_and_votes_of_ones_own_exclude_each_other(store, village):
    vote = estate.opened(store, village, "village.reps")
    hands(vote, "甲", **{"for": 5})
    hands(vote, "乙", **{"for": 5})
    with pytest.raises(CountedByHands):
        vote.cast(0)
    with pytest.raises(CountedByHands):
        vote.paper(0, FOR, "甲")
    other = estate.opened(store, village, "village.reps")
    other.cast(0)
    with pytest.raises(VotesAlready):
        hands(other, "甲", **{"for": 5})


def test_impossible_hands_are_refused(store, village, owners):
    vote = estate.opened(store, village, "village.reps")
    with pytest.raises(HandsExceed):
        hands(vote, "甲", **{"for": 5, "against": 1})
    with pytest.raises(TooManyPresent):
        hands(vote, "甲", present=7, **{"for": 7})
    with pytest.raises(AreaNotByHands):
        hands(estate.opened(store, owners), "甲", **{"for": 5})


@of_sqlite
def test_threat_09_a_secret_ballot_shares_no_key_time_or_order(store, village):
    vote = estate.opened(store, village, "village.reps", secret=True)
    for number in range(4):
        vote.cast(number)
    vote.close()
    with store.engine.connect() as connection:
        rows = connection.execute(text("select * from ballot")).mappings().all()
        with pytest.raises(Exception, match="no such column"):
            connection.execute(text("select rowid from ballot"))
    assert [row["elector_id"] for row in rows] == [None] * 4
    assert len({(row["heads"], row["area"]) for row in rows}) == 1
    columns = {column["name"] for column in inspect(store.engine).get_columns("ballot")}
    assert not columns & {"at", "cast_at", "credential_id", "participation_id"}
    assert not any("seal" in c.facts for c in store.ask(chain.since, 0) if c.event == "ballot.cast")


def test_a_slip_written_off_votes_no_more(store, vote):
    vote.close()
    vote.declare()
    with pytest.raises(SlipDead):
        vote.cast(0)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text("fasx", min_size=3, max_size=3), st.integers(1, 20), st.integers(1, 10**7))),
    st.randoms(),
)
def test_the_count_never_depends_on_the_order_of_ballots(found, chance):
    box = [(letters, Count(heads, area, 1)) for letters, heads, area in found]
    shuffled = list(box)
    chance.shuffle(shuffled)
    counted = counting.count(box, 3)
    assert counting.count(shuffled, 3) == counted
    for of_item in counted:
        assert sum(count.area for count in of_item.values()) == sum(weight.area for _, weight in box)
