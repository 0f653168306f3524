"""Ballots into heads: how owners' papers and phone votes become one tally (domain §2.4).

One owner of many units is one head (owners-interpretation-9), the developer's unsold and undelivered units are one,
co-owners of a unit are one. Identity defects do not participate; whatever is doubtful goes to a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from consult_app.voting.heads import Head, Roll, Unit, roll_of, roll_problem
from consult_app.voting.measures import Unit as MeasureUnit
from consult_app.voting.measures import plain
from consult_app.voting.rule import Rule
from consult_app.voting.rules import CAREFUL, NOTHING, Choice, Policy, Tally, Weight, decide
from consult_app.voting.verdicts import Code, Verdict, inconsistent


class Channel(StrEnum):
    """How a ballot came."""

    PHONE = "phone"
    PAPER = "paper"
    ASSISTED = "assisted"


class Duplicates(StrEnum):
    """Which of two ballots of one voter stands."""

    FIRST_VALID = "first_valid"
    PAPER_PREVAILS = "paper_prevails"


class Defect(StrEnum):
    """Why a ballot does not participate: defects of identity, in the order in which they are looked at."""

    LATE = "late"
    UNSIGNED = "unsigned"
    NO_PROXY_DOCUMENT = "no_proxy_document"
    NOT_OWNER = "not_owner"
    PROXY_LIMIT = "proxy_limit"


DEFECT_WORDS = {
    Defect.LATE: "逾期",
    Defect.UNSIGNED: "未签名",
    Defect.NO_PROXY_DOCUMENT: "无书面授权委托书",
    Defect.NOT_OWNER: "不是表决范围内的业主",
    Defect.PROXY_LIMIT: "受托人接受委托超过规定人数",
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """One paper or phone vote of an owner; without `unit` it speaks for every head that holds the owner."""

    owner: str
    choice: Choice
    channel: Channel
    at: datetime
    unit: str | None = None
    signed: bool = True
    proxy: str | None = None
    proxy_document: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """How ballots are counted where the law leaves it to the procedure rules. `scope` limits the roll (列支范围)."""

    duplicates: Duplicates = Duplicates.FIRST_VALID
    count_parking: bool = False
    max_proxies_per_agent: int | None = 3
    scope: frozenset[str] | None = None
    closes: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A ballot that does not participate, and why."""

    ballot: Ballot
    defect: Defect


@dataclass(frozen=True, slots=True)
class Doubt:
    """A head whose ballots contradict each other; a person must resolve it before closing."""

    code: Code
    head: Head
    ballots: tuple[Ballot, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the ballots come to, with all that was set aside. `votes` holds the ballot that speaks for each head."""

    tally: Tally
    weights: Mapping[Head, Weight]
    votes: Mapping[Head, Ballot]
    rejected: tuple[Rejected, ...] = ()
    duplicates: tuple[Ballot, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class _Sorting:
    """Ballots on their way: by head, and those that fell out."""

    by_head: dict[Head, list[Ballot]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


def count(units: Iterable[Unit], ballots: Iterable[Ballot], how: Counting, policy: Policy = CAREFUL) -> Counted:
    """The tally of the ballots over the roll of the units. The order of the ballots never matters."""
    all_units = tuple(units)
    problem = roll_problem(all_units, how.scope)
    roll = roll_of(all_units, scope=how.scope, count_parking=how.count_parking)
    papers = [replace(ballot) for ballot in ballots]  # each its own object, however the caller made them
    sorting = _sorted_by_head(roll, papers, how)
    votes: dict[Head, Ballot] = {}
    doubts: list[Doubt] = []
    for head, own in sorting.by_head.items():
        code, vote = _voice(own, how.duplicates)
        votes[head] = vote
        if code:
            doubts.append(Doubt(code, head, tuple(own)))
    standing = {id(vote) for vote in votes.values()}
    valid = {id(ballot): ballot for own in sorting.by_head.values() for ballot in own}
    return Counted(
        tally=_tallied(roll.weights, votes, policy),
        weights=roll.weights,
        votes=votes,
        rejected=tuple(sorting.rejected),
        duplicates=tuple(ballot for key, ballot in valid.items() if key not in standing),
        doubts=tuple(sorted(doubts, key=lambda doubt: (doubt.code, sorted(doubt.head)))),
        problem=problem,
    )


def verdict(rule: Rule, counted: Counted) -> Verdict:
    """The verdict on counted ballots; any doubt leaves it to a person (`passed` None)."""
    tally = counted.tally
    facts = {
        "total_area": plain(tally.eligible.area, MeasureUnit.AREA),
        "total_heads": tally.eligible.heads,
        "duplicates": len(counted.duplicates),
        "rejected": len(counted.rejected),
    }
    if counted.problem:
        return inconsistent(counted.problem, facts)
    decided = decide(rule, tally)
    whole = replace(decided, facts={**decided.facts, **facts})
    if not counted.doubts or decided.code is Code.INPUT_INCONSISTENT:
        return whole
    participation = tuple(measure for measure in whole.measures if measure.name.startswith("participation"))
    return Verdict(None, counted.doubts[0].code, participation, facts=whole.facts)


def _sorted_by_head(roll: Roll, ballots: Iterable[Ballot], how: Counting) -> _Sorting:
    """Take the ballots in order of time, reject identity defects, and give the rest to their heads."""
    sorting = _Sorting()
    mandates: dict[str, set[str]] = {}
    for ballot in sorted(ballots, key=_moment):
        spoken_for = roll.spoken_for(ballot.owner, ballot.unit)
        defect = _defect(ballot, spoken_for, mandates, how)
        if defect:
            sorting.rejected.append(Rejected(ballot, defect))
            continue
        for head in spoken_for:
            sorting.by_head.setdefault(head, []).append(ballot)
    return sorting


def _moment(ballot: Ballot) -> tuple[datetime, str, str, str, str, str]:
    """Order of time; at one instant by content, so that the order of entry never decides."""
    return (ballot.at, ballot.owner, ballot.unit or "", ballot.channel, ballot.choice, ballot.proxy or "")


def _defect(ballot: Ballot, heads: tuple[Head, ...], mandates: dict[str, set[str]], how: Counting) -> Defect | None:
    """Why a ballot does not participate. Notes the agent's mandate (an owner, not a paper) when it does."""
    if how.closes and ballot.at > how.closes:
        return Defect.LATE
    if not ballot.signed:
        return Defect.UNSIGNED
    by_proxy = ballot.proxy is not None and ballot.proxy != ballot.owner
    if by_proxy and not ballot.proxy_document:
        return Defect.NO_PROXY_DOCUMENT
    if not heads:
        return Defect.NOT_OWNER
    if by_proxy:
        held = mandates.setdefault(str(ballot.proxy), set())
        limit = how.max_proxies_per_agent
        if limit is not None and ballot.owner not in held and len(held) >= limit:
            return Defect.PROXY_LIMIT
        held.add(ballot.owner)
    return None


def _voice(ballots: list[Ballot], policy: Duplicates) -> tuple[Code | None, Ballot]:
    """The ballot that speaks for a head, and what a person must clear up first, if anything.

    One owner's ballots are settled by policy; one owner's units marked apart, or co-owners at odds, never are.
    """
    if len(ballots) == 1:
        return None, ballots[0]
    voices: list[Ballot] = []
    split = False
    for owner in sorted({ballot.owner for ballot in ballots}):
        own = [ballot for ballot in ballots if ballot.owner == owner]
        picks = []
        for unit in sorted({ballot.unit or "" for ballot in own}):
            pick, unsure = _standing([ballot for ballot in own if (ballot.unit or "") == unit], policy)
            picks.append(pick)
            split = split or unsure
        split = split or len({pick.choice for pick in picks if pick.unit is not None}) > 1
        pick, unsure = _standing(picks, policy)
        split = split or unsure
        voices.append(pick)
    first = min(voices, key=_moment)
    if len({voice.choice for voice in voices}) > 1:
        return Code.NEEDS_REVIEW_COOWNER_CONFLICT, first
    return (Code.NEEDS_REVIEW_SPLIT_OWNER if split else None), first


def _standing(ballots: list[Ballot], policy: Duplicates) -> tuple[Ballot, bool]:
    """Which of one voter's ballots stands, and whether two different ones came at the same instant."""
    papers = [ballot for ballot in ballots if ballot.channel is Channel.PAPER]
    eligible = papers if policy is Duplicates.PAPER_PREVAILS and papers else ballots
    first = min(eligible, key=_moment)
    return first, any(other.at == first.at and other.choice is not first.choice for other in eligible)


def _tallied(heads: Mapping[Head, Weight], votes: Mapping[Head, Ballot], policy: Policy) -> Tally:
    sums = dict.fromkeys(Choice, NOTHING)
    for head, vote in votes.items():
        sums[vote.choice] += heads[head]
    return Tally(
        eligible=sum(heads.values(), NOTHING),
        in_favour=sums[Choice.FOR],
        against=sums[Choice.AGAINST],
        abstain=sums[Choice.ABSTAIN],
        invalid=sums[Choice.INVALID],
        policy=policy,
    )
