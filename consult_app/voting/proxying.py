"""Register an agent's written authority, and take it back when the voter comes in person (指导规则26; 民法典165)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.files.actions import attach
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import bounded, moment_words, required
from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState
from consult_app.voting.kinship import RELATION_WORDS, relation_of
from consult_app.voting.motions import at, record
from consult_app.voting.proxies import accepted
from consult_app.voting.proxy_terms import BY_OWNERS, limit_of, property_staff_of
from consult_app.voting.rule import ProxyLimit, Rule
from consult_app.voting.tables import Elector, Item, Motion, Participation, Proxy
from consult_app.voting.verdicts import Code

STANDING = (MotionState.FROZEN, MotionState.ISSUED, MotionState.OPEN)
"""While mandates are given and taken back."""


class ProxyNotAllowed(Refused):
    """The rule knows no proxies."""

    text = "「{rule}」不实行委托表决，须由本人参加。"


class ProxyUnwritten(Refused):
    """The authority must be in writing (物业管理条例12, 指导规则26), and its scan is kept."""

    text = "委托表决须有书面授权委托书，请附上委托书的扫描件或照片。"
    field = "document"


class ProxyLimitReached(Refused):
    """The agent holds as many mandates as one agent may."""

    text = "{agent}已接受 {held} 人的委托，{source}规定一人最多接受 {limit} 人委托，不能再登记。"
    field = "agent"


class CandidateBarred(Refused):
    """A candidate may not vote for others (村民委员会组织法, 居民委员会组织法)."""

    text = "{agent}是候选人，候选人不得接受委托。"
    field = "agent"


class PropertyStaffBarred(Refused):
    """Staff of the property company may not act for owners (domain.md §2.4)."""

    text = "{agent}{how}物业服务企业的工作人员，不得接受业主委托。"
    field = "agent"


class AgentUnfit(Refused):
    """The rule says who may be an agent, and how this one is related was not stated."""

    text = "受托人须为{agents}，请写明{agent}与委托人的关系。"
    field = "relation"


class NotKin(Refused):
    """The agent is none of those whom the rule admits, as only near relatives (民法典1045)."""

    text = "受托人须为{agents}；{agent}是委托人的「{relation}」，不能接受委托。"
    field = "relation"


class AgentOffRoll(Refused):
    """The agent must be a voter, and stands not on the roll."""

    text = "受托人须为{agents}；{agent}不在本次表决的名册中。请从名册中选择受托人。"
    field = "agent"


class OtherHousehold(Refused):
    """The agent must be of the voter's own household."""

    text = "受托人须为{agents}；名册中{agent}与委托人不是同一户。"
    field = "agent"


class OwnAgent(Refused):
    """Nobody is their own agent."""

    text = "受托人不能是委托人本人。"
    field = "agent"


class ProxyStands(Refused):
    """The voter has given a mandate already."""

    text = "{principal}已委托{agent}，如要改委托他人，请先撤销原委托。"


class PrincipalVoted(Refused):
    """The voter's ballot is in; a mandate can be neither given nor taken back."""

    text = "{principal}的票已于 {at} 投出，不能再{act}委托。"


class ProxyRevoked(Refused):
    """The mandate was taken back already."""

    text = "这项委托已于 {at} 撤销。"


def register_proxy(
    work: Work,
    motion_id: int,
    elector_id: int,
    *,
    agent: str,
    authority: str,
    property_staff: bool,
    agent_elector_id: int | None = None,
    relation: str = "",
    document: tuple[str, bytes] | None = None,
) -> int:
    """Register one voter's agent and return the mandate's number; `property_staff` is what the agent declared.

    `document` is name and bytes of the scanned 授权委托书. Refused, each limit by its own name: `ProxyNotAllowed`,
    `ProxyUnwritten`, `ProxyLimitReached`, `CandidateBarred`, `PropertyStaffBarred`, `AgentUnfit`, `NotKin`,
    `AgentOffRoll`, `OtherHousehold`, `OwnAgent`, `ProxyStands`, `PrincipalVoted`.
    """
    motion = at(work.db, motion_id, "登记委托", *STANDING, election=True)
    principal = _elector(work.db, motion_id, elector_id)
    name = required(agent, "受托人姓名", 60, "agent")
    if agent_elector_id is None:
        agent_elector_id = _namesake(work.db, motion_id, name)
    else:
        name = _elector(work.db, motion_id, agent_elector_id).label[:60]
    if agent_elector_id == elector_id or [name] == list(principal.names):
        raise OwnAgent
    rule = Rule.from_dict(motion.rule)
    kin = relation_of(bounded(relation, "与委托人的关系", 60, "relation"))
    relation = RELATION_WORDS[kin] if kin and kin == relation else relation.strip()
    _check_free(work.db, principal)
    key = f"e{agent_elector_id}" if agent_elector_id is not None else f"n{name}"
    agent_elector = work.db.get(Elector, agent_elector_id) if agent_elector_id is not None else None
    _check_agent(work.db, motion, rule, key, name, property_staff=property_staff)
    _check_circle(limit_of(work.db, motion, rule)[0], principal, name, agent_elector, relation)
    if document is None and (rule.proxy is None or rule.proxy.written):
        raise ProxyUnwritten
    found = Proxy(
        motion_id=motion_id,
        elector_id=elector_id,
        agent=name,
        agent_elector_id=agent_elector_id,
        agent_key=key,
        relation=relation,
        authority=required(authority, "委托事项和权限", 500, "authority"),
        attachment_id=attach(work, f"motion:{motion_id}", "授权委托书", *document) if document else None,
        registered_at=work.now,
    )
    work.db.add(found)
    work.db.flush()
    record(work, "proxy.registered", motion, principal=principal.label, agent=name, mandate=found.id)
    return found.id


def revoke_proxy(work: Work, proxy_id: int, reason: str = "委托人本人到场") -> None:
    """Take a mandate back, above all because the voter came in person; refused once the ballot is in."""
    found = work.db.get(Proxy, proxy_id)
    if found is None:
        raise Missing(what="委托", id=proxy_id)
    motion = at(work.db, found.motion_id, "撤销委托", *STANDING, election=True)
    if found.revoked_at is not None:
        raise ProxyRevoked(at=moment_words(found.revoked_at))
    principal = work.db.get_one(Elector, found.elector_id)
    _check_unvoted(work.db, principal, "撤销")
    found.revoked_at, found.reason = work.now, required(reason, "撤销的理由", 200, "reason")
    record(work, "proxy.revoked", motion, principal=principal.label, agent=found.agent, reason=found.reason)


def standing(db: Session, elector_id: int) -> Proxy | None:
    """The mandate a voter has given and not taken back."""
    return db.scalar(select(Proxy).where(Proxy.elector_id == elector_id, Proxy.revoked_at.is_(None)))


def _elector(db: Session, motion_id: int, elector_id: int) -> Elector:
    found = db.get(Elector, elector_id)
    if found is None or found.motion_id != motion_id:
        raise Missing(what="表决人", id=elector_id)
    return found


def _namesake(db: Session, motion_id: int, name: str) -> int | None:
    """The one voter of this name: who is typed instead of chosen holds no further mandates by it."""
    found = db.scalars(select(Elector.id).where(Elector.motion_id == motion_id, Elector.label == name).limit(2)).all()
    return found[0] if len(found) == 1 else None


def _household(elector: Elector) -> set[str]:
    return {room for room in elector.rooms if room.endswith("户")}


def _check_free(db: Session, principal: Elector) -> None:
    _check_unvoted(db, principal, "登记")
    if earlier := standing(db, principal.id):
        raise ProxyStands(principal=principal.label, agent=earlier.agent)


def _check_unvoted(db: Session, principal: Elector, act: str) -> None:
    if voted := db.scalar(select(Participation.at).where(Participation.elector_id == principal.id)):
        raise PrincipalVoted(principal=principal.label, at=moment_words(voted), act=act)


def _check_agent(db: Session, motion: Motion, rule: Rule, key: str, name: str, *, property_staff: bool) -> None:
    """Refuse whom the rule bars, whoever sends them: too many mandates, candidates, the property company's staff."""
    limit, source = limit_of(db, motion, rule)
    candidate = limit.candidates_barred and bool(
        db.scalar(select(Item.id).where(Item.motion_id == motion.id, Item.text == name))
    )
    held = db.scalar(
        select(func.count(Proxy.id)).where(
            Proxy.motion_id == motion.id, Proxy.agent_key == key, Proxy.revoked_at.is_(None)
        )
    )
    verdict = accepted(limit, (held or 0) + 1, candidate)
    if verdict.code is Code.PROXY_NOT_ALLOWED:
        raise ProxyNotAllowed(rule=rule.title)
    if verdict.code is Code.PROXY_CANDIDATE:
        raise CandidateBarred(agent=name)
    if verdict.code is Code.PROXY_LIMIT:
        raise ProxyLimitReached(agent=name, held=held, limit=limit.max_per_agent, source=source)
    if rule.kind not in BY_OWNERS:
        return
    if name in property_staff_of(db, motion.body_id):
        raise PropertyStaffBarred(agent=name, how="在名单中是")
    if property_staff:
        raise PropertyStaffBarred(agent=name, how="声明为")


def _check_circle(limit: ProxyLimit, principal: Elector, name: str, agent: Elector | None, relation: str) -> None:
    """Refuse an agent who is none of those whom the rule admits for this voter: near relatives, voters, the household."""
    if limit.agents and not relation:
        raise AgentUnfit(agents=limit.agents, agent=name)
    if limit.relations and relation_of(relation) not in limit.relations:
        raise NotKin(agents=limit.agents, agent=name, relation=relation)
    if (limit.on_roll or limit.same_household) and agent is None:
        raise AgentOffRoll(agents=limit.agents, agent=name)
    if limit.same_household and agent is not None and not _household(agent) & _household(principal):
        raise OtherHousehold(agents=limit.agents, agent=name)
