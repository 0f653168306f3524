"""The hall's table: found by slip, room, name and initials; handed out once, undone, never doubled."""

import pytest

from consult_app.audit import chain
from consult_app.meetings import actions as meetings
from consult_app.meetings import queries as meeting_queries
from consult_app.meetings.rules import Presence
from consult_app.voting import actions
from consult_app.voting.arrivals import register, room_key, standing, turnout
from consult_app.voting.arriving import AlreadyHere, AlreadyHereVoted, MandateStands, NoSlip, NotHere
from consult_app.voting.proxy_list import proxies
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import SECRETARY


def electors(store, vote):
    return [line.elector_id for line in store.ask(register, vote.motion).lines]


@pytest.mark.parametrize(
    "typed", ["3-2-501", "3号楼2单元501室", "３－２－５０１", "3 2 501", "3栋2单元501", " 3幢-2-501 ", "3/2/501"]
)
def test_a_room_is_one_however_it_is_typed(typed):
    assert room_key(typed) == "3-2-501"


def test_a_person_is_found_by_slip_code_number_room_name_and_initials(store, vote):
    found = store.ask(register, vote.motion)
    slip = vote.slips[4]
    for typed in (slip.url, slip.url.lower(), slip.token, slip.human_code, slip.serial, "2-1-201", "业主05", "yz05"):
        assert [line.names for line in found.find(typed)] == [("业主05",)], typed


def test_what_several_share_offers_all_of_them(store, vote):
    found = store.ask(register, vote.motion)
    assert len(found.find("业主")) == 8
    assert [line.keys for line in found.find("301")] == [("1-1-301",), ("2-1-301",), ("3-1-301",)]
    assert found.find("没有此人") == ()
    assert found.find("") == ()


def test_arrival_hands_the_slip_out_once_and_says_when(store, vote, clock):
    first = electors(store, vote)[0]
    assert store.do(SECRETARY, actions.arrive, vote.motion, first) == "0001"
    clock.forward(minutes=5)
    with pytest.raises(AlreadyHere) as refused:
        store.do(SECRETARY, actions.arrive, vote.motion, first)
    assert "2026年11月22日 9:00" in str(refused.value) or "09:00" in str(refused.value)
    handed = [entry for entry in store.ask(chain.since, 0) if entry.event == "credential.handed"]
    assert len(handed) == 1


def test_who_has_voted_or_whose_slip_is_dead_gets_none(store, vote):
    one, two, *_ = electors(store, vote)
    vote.cast(0)
    with pytest.raises(AlreadyHereVoted):
        store.do(SECRETARY, actions.arrive, vote.motion, one)
    store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[1].human_code)
    with pytest.raises(NoSlip):
        store.do(SECRETARY, actions.arrive, vote.motion, two)


def test_an_arrival_is_undone_until_the_vote(store, vote):
    first = electors(store, vote)[0]
    with pytest.raises(NotHere):
        store.do(SECRETARY, actions.undo_arrival, vote.motion, first)
    store.do(SECRETARY, actions.arrive, vote.motion, first)
    store.do(SECRETARY, actions.undo_arrival, vote.motion, first)
    assert store.ask(standing, first).handed_at is None
    store.do(SECRETARY, actions.arrive, vote.motion, first)
    vote.cast(0)
    with pytest.raises(AlreadyHereVoted):
        store.do(SECRETARY, actions.undo_arrival, vote.motion, first)


def test_the_tables_figures_follow_what_happens(store, vote):
    for elector in electors(store, vote)[:3]:
        store.do(SECRETARY, actions.arrive, vote.motion, elector)
    vote.cast(0)
    vote.cast(8)
    store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[1].human_code)
    assert store.ask(turnout, vote.motion) == (8, 3, 2, 1)


def test_arrival_checks_the_person_in_and_undo_takes_that_back(store, owners, clock):
    matter = estate.matter(store, owners, "会场表决")
    meeting = store.do(
        SECRETARY, meetings.call, matter, title="议事会", place="会议室", form="现场", starts_at=clock(),
        convener="社区", chair="主持人", recorder="记录人", agenda=[meetings.AgendaLine("表决", 10, "主持人")],
        expected=["业主01", "业主02"],
    )  # fmt: skip
    vote = estate.issued(store, owners, meeting_id=meeting)
    first, _, third, *_ = electors(store, vote)
    store.do(SECRETARY, actions.arrive, vote.motion, first)
    store.do(SECRETARY, actions.arrive, vote.motion, third)  # not on the list: has the slip, is not counted
    assert store.ask(meeting_queries.meeting, meeting).people(Presence.PRESENT) == ("业主01",)
    store.do(SECRETARY, actions.undo_arrival, vote.motion, first)
    assert store.ask(meeting_queries.meeting, meeting).people(Presence.PRESENT) == ()


def test_threat_11_the_principals_arrival_cancels_the_mandate(store, vote):
    """Whoever stands at the table is said: the agent gets the slip as agent, the voter's own arrival ends the mandate."""
    one, two, *_ = electors(store, vote)
    for elector in (one, two):
        store.do(
            SECRETARY, actions.register_proxy, vote.motion, elector, agent="受托人甲", authority="代为表决",
            property_staff=False, relation="朋友", document=("授权委托书.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64),
        )  # fmt: skip
    with pytest.raises(MandateStands):
        store.do(SECRETARY, actions.arrive, vote.motion, one)
    store.do(SECRETARY, actions.arrive, vote.motion, one, in_person=True)
    store.do(SECRETARY, actions.arrive, vote.motion, two, in_person=False)
    stands = {line.principal: line.revoked_at is None for line in store.ask(proxies, vote.motion)}
    assert stands == {"业主01": False, "业主02": True}
