"""Proxies: how many mandates one agent may take, and who may take none."""

from consult_app.voting.rule import ProxyLimit
from consult_app.voting.verdicts import Code, Verdict


def accepted(limit: ProxyLimit, mandates: int, agent_is_candidate: bool = False) -> Verdict:
    """How many of an agent's mandates stand (fact `accepted`), the earliest first, and which limit refuses the rest."""
    if not limit.allowed:
        return Verdict(mandates == 0, Code.PASSED if mandates == 0 else Code.PROXY_NOT_ALLOWED, facts={"accepted": 0})
    if limit.candidates_barred and agent_is_candidate:
        return Verdict(False, Code.PROXY_CANDIDATE, facts={"accepted": 0})
    if limit.max_per_agent is not None and mandates > limit.max_per_agent:
        return Verdict(False, Code.PROXY_LIMIT, facts={"accepted": limit.max_per_agent})
    return Verdict(True, Code.PASSED, facts={"accepted": mandates})
