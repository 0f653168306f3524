"""Elections: drafted with their candidates, entered as sums by two tellers apart, declared, and voted again where open.

The law asks for secret paper and a booth (村民委员会组织法18, 居民委员会组织法19): there are no slips and no codes here.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import insert, select

from consult_app.bodies.rules import LegalMode
from consult_app.kernel.errors import Blank, Missing, Refused
from consult_app.kernel.text import area_plain, required
from consult_app.proposals import actions as proposals
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work
from consult_app.voting import local_rules
from consult_app.voting.choices import DuplicatePolicy, MotionState
from consult_app.voting.election_count import BY_TALLY, ElectionCount, agreed, elected
from consult_app.voting.motions import at, digest, record
from consult_app.voting.paper import Entered
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import Weight
from consult_app.voting.tables import ElectionTally, Item, Motion
from consult_app.voting.verdicts import CODE_WORDS, Code, Verdict


class NoElection(Refused):
    """The rule is none of an election or a recall."""

    text = "「{rule}」不是选举或罢免规则，请选择选举规则。"
    field = "rule_id"


class NoSeats(Refused):
    """An election needs seats to fill."""

    text = "应选名额须大于零。"
    field = "seats"


class NotContested(Refused):
    """The law asks for more candidates than seats (差额选举)."""

    text = "候选人 {candidates} 人，应选 {seats} 人：依法候选人应当多于应选名额。"
    field = "candidates"


class CandidateTwice(Refused):
    """One name stands twice among the candidates."""

    text = "候选人「{name}」重复。"
    field = "candidates"


class CandidateUncounted(Refused):
    """A candidate's votes were not entered; nobody's votes are taken as none by silence."""

    text = "没有填写「{name}」的得票数；没有得票的请填 0。"
    field = "votes"


class MorePapersThanVoters(Refused):
    """The box holds more papers than people voted: such an election is void, and no result is entered for it."""

    text = "收回选票 {collected} 张，多于参加投票的 {voters} 人（多 {over} 张），选举无效。请查明原因，重新清点或重新投票。"
    field = "collected"


class TallyImpossible(Refused):
    """Numbers that cannot all be true are refused, not repaired."""

    text = "计票数字前后矛盾：{problem}。"
    field = "votes"


class TellersDisagree(Refused):
    """Two tellers have not entered the same sums yet."""

    text = "还没有两名计票人录入一致的计票结果，不能宣布。"


class NothingOpen(Refused):
    """All seats are filled, or the election was not declared: there is nothing to vote again."""

    text = "这次选举没有需要再次投票的名额。"


def draft_election(
    work: Work,
    proposal_id: int,
    *,
    title: str,
    candidates: Sequence[str],
    seats: int,
    rule_id: str,
    on: date,
    closes_at: datetime,
    meeting_id: int | None = None,
) -> int:
    """Draft an election on paper, or a recall (the one candidate is who is to be recalled), and return its number.

    Refused: `NoElection`, `NoSeats`, `NotContested`, `CandidateTwice`, a blank title or name.
    """
    proposal = work.db.get(Proposal, proposal_id)
    if proposal is None:
        raise Missing(what="议题", id=proposal_id)
    rule = local_rules.book(work.db).rule(rule_id, on)
    names = _candidates(candidates)
    _check_seats(rule, names, seats)
    return _draft(work, proposal.body_id, proposal_id, title, names, seats, rule, on, closes_at, meeting_id)


def enter_election_tally(work: Work, motion_id: int, teller: str, count: ElectionCount) -> Entered:
    """Enter the sums one teller counted; two tellers enter apart, and their latest entries must agree.

    Refused: `MorePapersThanVoters`, `TallyImpossible`, `CandidateUncounted`, once declared `WrongState`.
    """
    motion = at(work.db, motion_id, "录入选举计票", MotionState.DRAFTED)
    rule = _election_rule(motion)
    teller = required(teller, "计票人姓名", 60, "teller")
    count = _cleaned(work, motion, count)
    _check_count(rule, motion.seats, count)
    work.db.add(ElectionTally(motion_id=motion_id, teller=teller, counts=count.to_dict(), at=work.now))
    work.db.flush()
    record(work, "election.entered", motion, teller=teller)
    others = select(ElectionTally.id).where(ElectionTally.motion_id == motion_id, ElectionTally.teller != teller)
    if work.db.scalar(others.limit(1)) is None:
        return Entered.WAITING
    shared = agreed(work.db, motion_id)
    if shared is None or shared[0] != count:
        return Entered.DISAGREES
    record(work, "election.agreed", motion)
    return Entered.AGREED


def declare_election(work: Work, motion_id: int) -> None:
    """Declare who is elected by the sums that two tellers share; reaches `count_sheet.recorded`. Refused: `TellersDisagree`."""
    motion = at(work.db, motion_id, "宣布选举结果", MotionState.DRAFTED)
    rule = _election_rule(motion)
    shared = agreed(work.db, motion_id)
    if shared is None:
        raise TellersDisagree
    count, tellers = shared
    verdict = elected(rule, motion.seats, count)
    motion.eligible_heads, motion.eligible_area = count.registered.heads, count.registered.area
    motion.verdict = _result(motion, count, tellers, verdict)
    motion.verdict_digest = digest(motion.verdict)
    motion.state = MotionState.DECLARED
    motion.closed_at = motion.declared_at = work.now
    motion.closed_by = list(tellers)
    outcome = outcome_words(verdict)
    record(work, "motion.declared", motion, outcome=outcome, verdict=motion.verdict_digest)
    proposals.reach(
        work, motion.proposal_id, "count_sheet.recorded", outcome, motion=motion_id, digest=motion.verdict_digest
    )


def draft_runoff(work: Work, motion_id: int, closes_at: datetime, *, on: date, candidates: Sequence[str] = ()) -> int:
    """Draft the vote for the seats an election left open: among the tied, else among those not elected, most votes first.

    `candidates` narrows them. Runs under the rule's run-off, or where it knows none under the rule itself. Refused:
    `NothingOpen`, `NotContested`.
    """
    motion = at(work.db, motion_id, "起草另行选举", MotionState.DECLARED)
    rule = _election_rule(motion)
    verdict = (motion.verdict or {}).get("verdict", {})
    open_seats = motion.seats - len(verdict.get("elected", ()))
    if verdict.get("code") not in (Code.RUNOFF_REQUIRED, Code.TIE_REVOTE, Code.SEATS_NOT_FILLED, Code.SEAT_VACANT):
        raise NothingOpen
    names = _candidates(candidates) if candidates else tuple(verdict["tied"]) or _losers(work, motion_id, verdict)
    again = local_rules.book(work.db).rule(rule.runoff, on) if rule.runoff else rule
    _check_seats(again, names, open_seats)
    word = "再次投票" if verdict["tied"] else "另行选举"
    title = f"{motion.title}（{word}）"
    return _draft(
        work, motion.body_id, motion.proposal_id, title, names, open_seats, again, on, closes_at, motion.meeting_id
    )


def outcome_words(verdict: Verdict) -> str:
    """`业主01、业主02当选`, with what is still open."""
    names = "、".join(verdict.facts.get("elected", ()))
    if not names:
        return CODE_WORDS[verdict.code]
    return f"{names}当选" + ("" if verdict.passed else f"，{CODE_WORDS[verdict.code]}")


def _draft(
    work: Work,
    body_id: int,
    proposal_id: int,
    title: str,
    names: Sequence[str],
    seats: int,
    rule: Rule,
    on: date,
    closes_at: datetime,
    meeting_id: int | None,
) -> int:
    motion = Motion(
        proposal_id=proposal_id,
        body_id=body_id,
        meeting_id=meeting_id,
        title=required(title, "选举名称", 200, "title"),
        state=MotionState.DRAFTED,
        rule_id=rule.id,
        rule=rule.to_dict(),
        rule_digest=rule.digest,
        voted_on=on,
        legal_mode=LegalMode.BINDING,
        duplicate_policy=DuplicatePolicy.FIRST_VALID,
        secret=rule.secret,
        item_count=len(names),
        seats=seats,
        closes_at=closes_at,
        drafted_at=work.now,
        closed_by=[],
    )
    work.db.add(motion)
    work.db.flush()
    rows = [{"motion_id": motion.id, "code": str(place), "text": name} for place, name in enumerate(names, 1)]
    work.db.execute(insert(Item), rows)
    record(work, "motion.drafted", motion, title=motion.title, rule=rule.id, items=list(names), seats=seats)
    return motion.id


def _election_rule(motion: Motion) -> Rule:
    rule = Rule.from_dict(motion.rule)
    if rule.kind not in BY_TALLY:
        raise NoElection(rule=rule.title)
    return rule


def _candidates(candidates: Sequence[str]) -> tuple[str, ...]:
    if not candidates:
        raise Blank(what="候选人", field="candidates")
    names: list[str] = []
    for candidate in candidates:
        name = required(candidate, "候选人姓名", 60, "candidates")
        if name in names:
            raise CandidateTwice(name=name)
        names.append(name)
    return tuple(names)


def _check_seats(rule: Rule, names: Sequence[str], seats: int) -> None:
    if rule.kind not in BY_TALLY:
        raise NoElection(rule=rule.title)
    if seats <= 0:
        raise NoSeats
    if rule.kind is Kind.ELECTION and len(names) <= seats:
        raise NotContested(candidates=len(names), seats=seats)
    if rule.kind is Kind.RECALL and len(names) != 1:
        raise TallyImpossible(problem="一次只表决罢免一人")


def _cleaned(work: Work, motion: Motion, count: ElectionCount) -> ElectionCount:
    """The sums with their names cleaned: every candidate in the order of the paper, then the names written in."""
    votes: dict[str, Weight] = {}
    for typed, weight in count.votes.items():
        name = required(typed, "姓名", 60, "votes")
        if name in votes:
            raise CandidateTwice(name=name, field="votes")
        votes[name] = weight
    candidates = list(work.db.scalars(select(Item.text).where(Item.motion_id == motion.id).order_by(Item.id)))
    for candidate in candidates:
        if candidate not in votes:
            raise CandidateUncounted(name=candidate)
    written_in = sorted(votes.keys() - set(candidates))
    ordered = {name: votes[name] for name in (*candidates, *written_in)}
    return ElectionCount(count.registered, count.voters, count.collected, count.invalid, ordered)


def _check_count(rule: Rule, seats: int, count: ElectionCount) -> None:
    if count.collected > count.voters.heads:
        over = count.collected - count.voters.heads
        raise MorePapersThanVoters(collected=count.collected, voters=count.voters.heads, over=over)
    if not 0 <= count.invalid <= count.collected:
        raise TallyImpossible(problem=f"废票 {count.invalid} 张，收回选票 {count.collected} 张")
    most = max(weight.heads for weight in count.votes.values())
    if most > count.collected - count.invalid:
        raise TallyImpossible(problem=f"一人得票 {most} 张，比有效票多 {most - (count.collected - count.invalid)} 张")
    if rule.kind is Kind.RECALL and len(count.votes) != 1:
        raise TallyImpossible(problem="罢免只计一人的票")
    verdict = elected(rule, seats, count)
    if verdict.code is Code.INPUT_INCONSISTENT:
        raise TallyImpossible(problem=verdict.problem)


def _losers(work: Work, motion_id: int, verdict: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Those who stood and were not elected, most votes first."""
    shared = agreed(work.db, motion_id)
    assert shared is not None, "a declared election was counted"
    votes = shared[0].votes
    left = [name for name in votes if name not in verdict["elected"] and votes[name].heads]
    return tuple(sorted(left, key=lambda name: (votes[name].heads, votes[name].area), reverse=True))


def _result(motion: Motion, count: ElectionCount, tellers: tuple[str, str], verdict: Verdict) -> dict[str, object]:
    """The stored result, in the shape of a tally's."""

    def shown(weight: Weight) -> dict[str, object]:
        return {"heads": weight.heads, "area": area_plain(weight.area)}

    return {
        "motion": motion.id,
        "state": MotionState.DECLARED.value,
        "seats": motion.seats,
        "eligible": shown(count.registered),
        "participating": shown(count.voters),
        "collected": count.collected,
        "invalid": count.invalid,
        "votes": {name: shown(weight) for name, weight in count.votes.items()},
        "tellers": list(tellers),
        "verdict": verdict.to_dict(),
    }
