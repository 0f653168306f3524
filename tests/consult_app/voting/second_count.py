"""A second count of owners' ballots for the tests: only what the law and the named policies say, step by step."""

from datetime import datetime
from fractions import Fraction
from typing import Any


def counted(inputs):
    """The sums by choice, the totals of the roll with what fell out, and the codes of what a person must settle."""
    policy = inputs.get("policy", {})
    units, builders = _voting(inputs["units"], policy)
    heads: dict[tuple[str, ...], Fraction] = {}
    for unit in units:
        found = _head(unit, builders)
        heads[found] = heads.get(found, Fraction(0)) + Fraction(unit["area"])
    said, rejected = _said(units, builders, heads, inputs["ballots"], policy)
    sums: dict[str, Any] = {
        name: {"area": Fraction(0), "heads": 0} for name in ("for", "against", "abstain", "invalid_mark")
    }
    review, standing = [], set()
    for found, own in said.items():
        chosen, question = _voice(own, policy.get("duplicate", "first_valid"))
        standing.add(id(chosen))
        review += [question] if question else []
        name = "invalid_mark" if chosen["choice"] in ("invalid", "blank") else chosen["choice"]
        sums[name]["area"] += heads[found]
        sums[name]["heads"] += 1
    valid = {id(ballot) for own in said.values() for ballot in own}
    totals = {"total_area": sum(heads.values()), "total_heads": len(heads)}
    return sums, totals | {"rejected": rejected, "duplicates": len(valid - standing)}, review


def _voting(units, policy):
    """The units that count, and who the developer is."""
    scope = policy.get("scope")
    voting = [
        unit
        for unit in units
        if (scope is None or unit["unit"] in scope)
        and (unit.get("kind", "dwelling") != "parking" or policy.get("count_parking"))
    ]
    return voting, {"DEV"} | {owner for unit in voting if unit.get("status") == "unsold" for owner in unit["owners"]}


def _person(owner, builders):
    return "DEV" if owner in builders else owner


def _head(unit, builders):
    if unit.get("status", "delivered") != "delivered":
        return ("DEV",)
    return tuple(sorted({_person(owner, builders) for owner in unit["owners"]}))


def _said(units, builders, heads, ballots, policy):
    """The ballots that take part, by head, and how many do not."""
    said: dict[tuple[str, ...], list[Any]] = {}
    mandates: dict[str, set[str]] = {}
    rejected = 0
    for ballot in sorted(ballots, key=lambda each: datetime.fromisoformat(each["at"])):
        named = [_head(u, builders) for u in units if u["unit"] == ballot.get("unit")] if ballot.get("unit") else heads
        mine = [found for found in named if _person(ballot["owner"], builders) in found]
        agent = ballot.get("proxy") if ballot.get("proxy") != ballot["owner"] else None
        held = mandates.setdefault(agent or "", set())
        over = agent and len(held | {ballot["owner"]}) > policy.get("max_proxies_per_agent", 3)
        late = "closes" in policy and datetime.fromisoformat(ballot["at"]) > datetime.fromisoformat(policy["closes"])
        if late or over or not mine or not ballot.get("signed", True) or (agent and not ballot.get("proxy_document")):
            rejected += 1
            continue
        held.add(ballot["owner"])
        for found in mine:
            said.setdefault(found, []).append(ballot)
    return said, rejected


def _voice(ballots, duplicate):
    """The ballot by which a head speaks, and what a person must settle first."""
    papers: dict[tuple[str, str | None], list[Any]] = {}
    for ballot in ballots:
        papers.setdefault((ballot["owner"], ballot.get("unit")), []).append(ballot)
    by_owner: dict[str, list[Any]] = {}
    for (owner, _), same in papers.items():
        on_paper = [ballot for ballot in same if ballot["channel"] == "paper"]
        by_owner.setdefault(owner, []).append((on_paper or same)[0] if duplicate == "paper_prevails" else same[0])
    chosen = next(iter(by_owner.values()))[0]
    if len({own[0]["choice"] for own in by_owner.values()}) > 1:
        return chosen, "NEEDS_REVIEW_COOWNER_CONFLICT"
    if any(len({ballot["choice"] for ballot in own if ballot.get("unit")}) > 1 for own in by_owner.values()):
        return chosen, "NEEDS_REVIEW_SPLIT_OWNER"
    return chosen, None
