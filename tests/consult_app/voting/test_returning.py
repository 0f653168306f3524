"""Threat 10, unused slips voted after the room empties; threat 11, forged or excess proxies."""

import pytest

from consult_app.audit import chain
from consult_app.voting import actions, queries
from consult_app.voting.arrivals import register
from consult_app.voting.casting import OneWitness, SlipDead, VotingClosed
from consult_app.voting.closing import SlipsUnaccounted
from consult_app.voting.issuing import AlreadyHanded, AlreadyVoted, SlipSettled
from consult_app.voting.motions import WrongState
from consult_app.voting.proxying import PrincipalVoted, ProxyLimitReached, ProxyUnwritten
from tests.consult_app.voting.estate import BASE, FOR, SECRETARY

LETTER = ("授权委托书.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)


def return_slip(store, vote, number: int) -> None:
    store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[number].human_code)


def test_threat_10_a_slip_returned_unused_votes_by_no_way_any_more(store, vote):
    """By phone, by typed code, on paper, with a helper: a slip that was scanned as returned is dead."""
    return_slip(store, vote, 0)
    code = vote.slips[0].human_code
    with pytest.raises(SlipDead):
        vote.cast(0)
    with pytest.raises(SlipDead):
        store.do(SECRETARY, actions.cast_by_code, code, FOR, "key")
    with pytest.raises(SlipDead):
        store.do(SECRETARY, actions.cast_assisted, vote.motion, code, FOR, "协助甲", "见证乙")
    with pytest.raises(SlipSettled):
        vote.paper(0, FOR, "计票人甲")
    assert store.ask(queries.books, vote.motion).returned == 1


def test_threat_10_nothing_votes_after_the_close_which_two_people_sign(store, vote):
    with pytest.raises(OneWitness):
        store.do(SECRETARY, actions.close_vote, vote.motion, "监票人甲", "监票人甲")
    vote.close()
    for number in range(9):
        with pytest.raises(VotingClosed):
            vote.cast(number)
    (closed,) = [entry for entry in store.ask(chain.since, 0) if entry.event == "motion.closed"]
    assert (closed.facts["first"], closed.facts["second"]) == ("监票人甲", "监票人乙")
    assert closed.facts["box"]


def test_threat_10_no_result_before_every_slip_is_accounted_for(store, vote):
    """Nine issued: three voted, four returned, one spoiled, one missing; any other number of missing is refused."""
    for number in range(3):
        vote.cast(number)
    vote.close()
    for number in range(3, 7):
        return_slip(store, vote, number)
    store.do(SECRETARY, actions.spoil, vote.motion, vote.slips[7].human_code, "污损")
    for missing in (0, 2):
        with pytest.raises(SlipsUnaccounted):
            store.do(SECRETARY, actions.declare, vote.motion, missing)
    store.do(SECRETARY, actions.declare, vote.motion, 1)
    books = store.ask(queries.books, vote.motion)
    assert books.balanced
    assert (books.issued, books.phone, books.returned, books.spoiled, books.missing) == (9, 3, 4, 1, 1)


def test_threat_10_a_returned_slip_is_booked_by_scanning_its_address(store, vote):
    store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[2].url)
    assert store.ask(queries.books, vote.motion).returned == 1
    assert [line.serial for line in store.ask(queries.slips, vote.motion) if line.state == "returned"] == ["0003"]


def test_a_slip_is_handed_out_once(store, vote):
    store.do(SECRETARY, actions.hand_out, vote.motion, "0001")
    with pytest.raises(AlreadyHanded):
        store.do(SECRETARY, actions.hand_out, vote.motion, vote.slips[0].human_code)
    assert len([entry for entry in store.ask(chain.since, 0) if entry.event == "credential.handed"]) == 1


def test_threat_10_a_used_slip_cannot_be_booked_as_unused(store, vote):
    vote.cast(0)
    with pytest.raises(AlreadyVoted):
        return_slip(store, vote, 0)
    assert store.ask(queries.books, vote.motion).returned == 0


def test_threat_10_the_books_of_a_declared_vote_are_shut(store, vote):
    vote.cast(0)
    vote.close()
    vote.declare()
    with pytest.raises(WrongState):
        return_slip(store, vote, 1)
    with pytest.raises(WrongState):
        store.do(SECRETARY, actions.reissue, vote.motion, vote.slips[1].human_code, "遗失", BASE)


def mandate(store, vote, number: int, agent: str = "受托人甲", letter=LETTER) -> int:
    elector = store.ask(register, vote.motion).lines[number].elector_id
    return store.do(
        SECRETARY, actions.register_proxy, vote.motion, elector, agent=agent, authority="代为表决", property_staff=False,
        relation="朋友", document=letter,
    )  # fmt: skip


def test_threat_11_an_agent_holds_no_more_mandates_than_the_rule_allows(store, vote):
    for number in range(3):
        mandate(store, vote, number)
    with pytest.raises(ProxyLimitReached):
        mandate(store, vote, 3)
    assert len(store.ask(queries.proxies, vote.motion)) == 3


def test_threat_11_a_mandate_without_its_letter_is_none(store, vote):
    with pytest.raises(ProxyUnwritten):
        mandate(store, vote, 0, letter=None)
    assert store.ask(queries.proxies, vote.motion) == ()


def test_threat_11_an_agents_vote_is_told_as_one_and_the_principal_cannot_vote_again(store, vote):
    mandate(store, vote, 0)
    vote.cast(0)
    (cast,) = [entry for entry in store.ask(chain.since, 0) if entry.event == "ballot.cast"]
    assert cast.facts["channel"] == "手机，受托人受托人甲代投"
    with pytest.raises(PrincipalVoted):
        store.do(SECRETARY, actions.revoke_proxy, store.ask(queries.proxies, vote.motion)[0].id)
    with pytest.raises(AlreadyVoted):
        vote.cast(0, key="another form")
