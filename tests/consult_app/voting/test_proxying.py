"""Proxies: whoever votes for another has it in writing, within the limits of law and procedure (domain.md §2.4)."""

import pytest

from consult_app.audit import chain
from consult_app.bodies.actions import set_policy
from consult_app.files.queries import content
from consult_app.voting import actions, queries
from consult_app.voting.proxying import (
    OwnAgent,
    PrincipalVoted,
    PropertyStaffBarred,
    ProxyLimitReached,
    ProxyNotAllowed,
    ProxyRevoked,
    ProxyStands,
    ProxyUnwritten,
)
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import FOR, SECRETARY

SCAN = ("授权委托书.pdf", b"%PDF-1.4\n%%EOF\n")


def give(vote, principal: int, agent: int | str, **more):
    """Register a mandate by places in the roll; an agent who is no voter by name."""
    voters = vote.store.ask(queries.electors, vote.motion)
    more.setdefault("document", SCAN)
    more.setdefault("property_staff", False)
    if isinstance(agent, int):
        more["agent_elector_id"], agent = voters[agent].id, voters[agent].label
    return vote.store.do(
        SECRETARY, actions.register_proxy, vote.motion, voters[principal].id, agent=agent, authority="就本次表决各项表示意见",
        **more,
    )  # fmt: skip


def test_a_fourth_mandate_is_refused_by_the_limit(store, vote):
    """Three at most for one agent (潍坊32; the default elsewhere)."""
    for principal in (0, 1, 2):
        give(vote, principal, 8)
    with pytest.raises(ProxyLimitReached, match=r"业主09已接受 3 人的委托.*最多接受 3 人"):
        give(vote, 3, 8)
    assert len(store.ask(queries.proxies, vote.motion)) == 3


def test_the_procedure_rules_may_set_another_limit(store, vote):
    store.do(SECRETARY, set_policy, vote.body, max_proxies=1)
    give(vote, 0, 8)
    with pytest.raises(ProxyLimitReached, match="议事规则规定一人最多接受 1 人"):
        give(vote, 1, 8)


def test_a_proxy_must_be_in_writing(vote):
    """物业管理条例12, 指导规则26."""
    with pytest.raises(ProxyUnwritten):
        give(vote, 0, 1, document=None)


def test_staff_of_the_property_company_are_barred(vote):
    with pytest.raises(PropertyStaffBarred):
        give(vote, 0, "物业员工甲", property_staff=True)


def test_nobody_is_their_own_agent(vote):
    with pytest.raises(OwnAgent):
        give(vote, 0, 0)
    with pytest.raises(OwnAgent):
        give(vote, 0, "业主01")


def test_a_second_agent_waits_until_the_first_is_revoked(store, vote):
    mandate = give(vote, 0, 1)
    with pytest.raises(ProxyStands):
        give(vote, 0, 2)
    store.do(SECRETARY, actions.revoke_proxy, mandate, "改委托他人")
    with pytest.raises(ProxyRevoked):
        store.do(SECRETARY, actions.revoke_proxy, mandate)
    give(vote, 0, 2)
    assert [bool(found.revoked_at) for found in store.ask(queries.proxies, vote.motion)] == [True, False]


def test_a_meeting_whose_rule_knows_no_proxies_refuses_them(store, village):
    vote = estate.opened(store, village, "village.reps")
    with pytest.raises(ProxyNotAllowed, match="须由本人参加"):
        give(vote, 0, 1)


def test_a_ballot_cast_by_an_agent_says_so(store, vote):
    give(vote, 0, 1)
    give(vote, 2, "受托人甲")
    vote.cast(0)
    vote.cast(1)
    vote.paper(2, FOR, "计票人甲")
    vote.paper(2, FOR, "计票人乙")
    cast = [change.facts["channel"] for change in store.ask(chain.since, 0) if change.event == "ballot.cast"]
    assert cast == ["手机，受托人业主02代投", "手机", "纸质选票，受托人受托人甲代投"]


def test_the_voter_who_comes_in_person_votes_alone(store, vote):
    mandate = give(vote, 0, 1)
    store.do(SECRETARY, actions.revoke_proxy, mandate)
    vote.cast(0)
    cast = [change.facts["channel"] for change in store.ask(chain.since, 0) if change.event == "ballot.cast"]
    assert cast == ["手机"]


def test_once_the_ballot_is_in_no_mandate_changes(store, vote):
    mandate = give(vote, 0, 1)
    vote.cast(0)
    with pytest.raises(PrincipalVoted):
        store.do(SECRETARY, actions.revoke_proxy, mandate)
    vote.cast(3)
    with pytest.raises(PrincipalVoted):
        give(vote, 3, 1)


def test_the_published_list_is_masked_and_the_filed_one_keeps_the_scan(store, vote):
    give(vote, 0, 1)
    filed, published = (store.ask(queries.proxies, vote.motion, masked=masked)[0] for masked in (False, True))
    assert (filed.principal, filed.agent, filed.rooms) == ("业主01", "业主02", ("1号楼1单元101",))
    assert (published.principal, published.agent, published.attachment_id) == ("业**1", "业**2", None)
    assert published.rooms == ("1幢1单元***",)
    assert filed.attachment_id
    assert store.ask(content, filed.attachment_id) == SCAN[1]
