"""Proxies: whoever votes for another has it in writing, within the limits of law and procedure (domain.md §2.4)."""

from datetime import date, timedelta

import pytest

from consult_app.audit import chain
from consult_app.bodies.actions import set_policy
from consult_app.files.queries import content
from consult_app.rolls.actions import accept_import
from consult_app.rolls.extract import extract
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from consult_app.voting import actions, queries
from consult_app.voting.proxying import (
    AgentOffRoll,
    AgentUnfit,
    NotKin,
    OtherHousehold,
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


def test_who_stands_on_the_list_of_staff_is_barred_whatever_they_declare(store, vote):
    """舟山17: staff of the property company act for no owner."""
    store.do(SECRETARY, set_policy, vote.body, property_staff=["物业员工乙"])
    with pytest.raises(PropertyStaffBarred, match="在名单中"):
        give(vote, 0, "物业员工乙")


def test_an_agent_typed_by_name_holds_the_mandates_of_the_voter_of_that_name(store, vote):
    for principal in (0, 1):
        give(vote, principal, 8)
    give(vote, 2, "业主09")
    with pytest.raises(ProxyLimitReached):
        give(vote, 3, "业主09")


def election(store, village, day="2026-11-22", rule="village.election"):
    """A village election with its voters fixed, as far as mandates ask for it."""
    motion = store.do(
        SECRETARY, actions.draft_election, estate.matter(store, village, "村委会选举"), title="选举村民委员会主任",
        candidates=("候选人甲", "候选人乙"), seats=1, rule_id=rule, on=date.fromisoformat(day),
        closes_at=store.now() + timedelta(hours=3),
    )  # fmt: skip
    for name in ("候选人甲", "候选人乙"):
        store.do(SECRETARY, actions.record_consent, motion, name, nominated_by="村党组织推荐")
    store.do(SECRETARY, actions.freeze_election, motion)
    return estate.Vote(store, village, motion, ())


def test_the_2018_law_admits_near_relatives_alone(store, village):
    """村委法(2018)15: 近亲属; the 2025 text adds other villagers (art. 18)."""
    vote = election(store, village, day="2025-06-01")
    with pytest.raises(AgentUnfit):
        give(vote, 0, 1)
    with pytest.raises(NotKin, match=r"近亲属.*其他村民"):
        give(vote, 0, 1, relation="其他村民")
    give(vote, 0, 1, relation="sibling")
    assert store.ask(queries.proxies, vote.motion)[0].relation == "兄弟姐妹"


def test_an_election_agent_is_a_voter(store, village):
    """村委法(2025)18: 本村有选举权的."""
    vote = election(store, village)
    with pytest.raises(AgentOffRoll):
        give(vote, 0, "外村人甲", relation="其他村民")
    give(vote, 0, 1, relation="其他村民")


def test_members_of_a_collective_act_for_their_own_household_alone(store, village_body, tmp_path):
    """农村集体经济组织法27: 同一户内."""
    lines = ["姓名,户号,性别,出生日期,与户主关系,村民小组,村民代表"]
    lines += [f"成员{n},{'001' if n < 3 else '002'},男,1980-01-0{n},户主,一组,是" for n in (1, 2, 3)]
    path = tmp_path / "members.csv"
    path.write_text("\n".join(lines), "utf-8")
    found = extract(plan(read(path), RollKind.MEMBERS))
    store.do(SECRETARY, accept_import, village_body, found, estate.DAY)
    vote = estate.opened(store, village_body, "collective.assembly")
    with pytest.raises(OtherHousehold):
        give(vote, 0, 2, relation="同户的其他成员")
    give(vote, 0, 1, relation="配偶")


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
