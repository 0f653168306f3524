"""On what terms a motion takes proxies: the law's, narrowed by the body's procedure rules; and how many each agent holds."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.kernel.errors import Missing
from consult_app.voting.kinship import RELATION_WORDS, Relation
from consult_app.voting.rule import Kind, ProxyLimit, Rule
from consult_app.voting.tables import Motion, Proxy

BY_OWNERS = (Kind.OWNERS, Kind.OWNERS_ELECTION, Kind.UNANIMOUS)
"""Kinds whose proxy limit the owners' own procedure rules may set; elsewhere they may only narrow the law's."""

OWN_RULES = "议事规则"
"""Who set a limit that is the body's own."""


@dataclass(frozen=True)
class ProxyTerms:
    """What a mandate must fulfil. `most` None: no number is set; `held` are the standing mandates by agent's key."""

    limit: ProxyLimit
    source: str
    by_owners: bool
    property_staff: tuple[str, ...]
    held: dict[str, int]

    @property
    def most(self) -> int | None:
        """How many mandates one agent may hold."""
        return self.limit.max_per_agent

    @property
    def relations(self) -> tuple[Relation, ...]:
        """How an agent may stand to the voter: all, unless the rule names some."""
        return tuple(Relation(one) for one in self.limit.relations) or tuple(Relation)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The terms as a person reads them, one limit each."""
        limit = self.limit
        source = self.source if self.source == OWN_RULES else f"「{self.source}」"
        if not limit.allowed:
            return ("不实行委托表决，须由本人参加。",)
        return tuple(
            sentence
            for sentence in (
                f"{source}规定一人最多接受 {self.most} 人的委托。" if self.most is not None else "",
                f"受托人须为{limit.agents}。" if limit.agents else "",
                "候选人不得接受委托。" if limit.candidates_barred else "",
                "物业服务企业的工作人员不得接受业主委托。" if self.by_owners else "",
                "须有委托人签名的书面授权委托书，并附扫描件。" if limit.written else "",
                "投票前应当公布委托人和受托人名单。" if limit.list_published else "",
            )
            if sentence
        )


def proxy_terms(db: Session, motion_id: int) -> ProxyTerms:
    """The terms of a motion with the mandates that stand."""
    motion = db.get(Motion, motion_id)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    rule = Rule.from_dict(motion.rule)
    limit, source = limit_of(db, motion, rule)
    held = db.execute(
        select(Proxy.agent_key, func.count(Proxy.id))
        .where(Proxy.motion_id == motion_id, Proxy.revoked_at.is_(None))
        .group_by(Proxy.agent_key)
    )
    by_owners = rule.kind in BY_OWNERS
    staff = property_staff_of(db, motion.body_id) if by_owners else ()
    return ProxyTerms(limit, source, by_owners, staff, {key: count for key, count in held})


def relation_options(terms: ProxyTerms) -> tuple[tuple[Relation, str], ...]:
    """The relations a form offers, in the law's order."""
    return tuple((relation, RELATION_WORDS[relation]) for relation in terms.relations)


def property_staff_of(db: Session, body_id: int) -> tuple[str, ...]:
    """The property company's staff as the body keeps their list (`property_staff` of its policy)."""
    return tuple(bodies.body(db, body_id).policy.get("property_staff", ()))


def limit_of(db: Session, motion: Motion, rule: Rule) -> tuple[ProxyLimit, str]:
    """The limit on proxies for a motion and who set it: the law's, or the body's own procedure rules."""
    limit = rule.proxy or ProxyLimit(allowed=False)
    own = bodies.body(db, motion.body_id).policy.get("max_proxies")
    if own is None:
        return limit, rule.title
    narrower = limit.max_per_agent is None or int(own) < limit.max_per_agent
    if not narrower and rule.kind not in BY_OWNERS:
        return limit, rule.title
    return replace(limit, max_per_agent=int(own)), OWN_RULES
