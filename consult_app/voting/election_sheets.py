"""The tellers' sheets of an election: sums entered by two apart, and the result declared by what they share."""

from collections.abc import Mapping

from sqlalchemy import select

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import area_plain, required
from consult_app.proposals import actions as proposals
from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState
from consult_app.voting.electing import CandidateTwice, election_rule
from consult_app.voting.election_count import ElectionCount, agreed, elected
from consult_app.voting.motions import at, digest, record
from consult_app.voting.paper import Entered
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import Weight
from consult_app.voting.tables import ElectionTally, Item, Motion
from consult_app.voting.verdicts import CODE_WORDS, Code, Verdict


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


class TellerStands(Refused):
    """Nobody counts the votes for themselves."""

    text = "{name}是候选人，不能担任计票人。"
    field = "teller"


class RecallOfOne(Refused):
    """A recall's papers name one person only."""

    text = "罢免只计被提出罢免的一人的票。"
    field = "votes"


class TellersDisagree(Refused):
    """Two tellers have not entered the same sums yet."""

    text = "还没有两名计票人录入一致的计票结果，不能宣布。"


def enter_election_tally(work: Work, motion_id: int, teller: str, count: ElectionCount) -> Entered:
    """Enter the sums one teller counted; two tellers enter apart, and their latest entries must agree.

    Refused: `MorePapersThanVoters`, `TallyImpossible`, `CandidateUncounted`, `TellerStands`, `RecallOfOne`, and before the
    boxes are sealed or once declared `WrongState`.
    """
    motion = at(work.db, motion_id, "录入选举计票", MotionState.CLOSED, election=True)
    rule = election_rule(motion)
    teller = required(teller, "计票人姓名", 60, "teller")
    candidates = list(work.db.scalars(select(Item.text).where(Item.motion_id == motion.id).order_by(Item.id)))
    if teller in candidates:
        raise TellerStands(name=teller)
    count = _cleaned(candidates, count)
    _check_registered(motion, count)
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
    motion = at(work.db, motion_id, "宣布选举结果", MotionState.CLOSED, election=True)
    rule = election_rule(motion)
    shared = agreed(work.db, motion_id)
    if shared is None:
        raise TellersDisagree
    count, tellers = shared
    verdict = elected(rule, motion.seats, count)
    motion.verdict = _result(motion, count, tellers, verdict)
    motion.verdict_digest = digest(motion.verdict)
    motion.state, motion.declared_at = MotionState.DECLARED, work.now
    outcome = outcome_words(verdict)
    record(work, "motion.declared", motion, outcome=outcome, verdict=motion.verdict_digest)
    proposals.reach(
        work, motion.proposal_id, "count_sheet.recorded", outcome, motion=motion_id, digest=motion.verdict_digest
    )


def outcome_words(verdict: Verdict) -> str:
    """`业主01、业主02当选`, with what is still open."""
    names = "、".join(verdict.facts.get("elected", ()))
    if not names:
        return "罢免" + CODE_WORDS[verdict.code] if verdict.code is Code.PASSED else CODE_WORDS[verdict.code]
    return f"{names}当选" + ("" if verdict.passed else f"，{CODE_WORDS[verdict.code]}")


def _cleaned(candidates: list[str], count: ElectionCount) -> ElectionCount:
    """The sums with their names cleaned: every candidate in the order of the paper, then the names written in."""
    votes: dict[str, Weight] = {}
    for typed, weight in count.votes.items():
        name = required(typed, "姓名", 60, "votes")
        if name in votes:
            raise CandidateTwice(name=name, field="votes")
        votes[name] = weight
    for candidate in candidates:
        if candidate not in votes:
            raise CandidateUncounted(name=candidate)
    written_in = sorted(votes.keys() - set(candidates))
    ordered = {name: votes[name] for name in (*candidates, *written_in)}
    return ElectionCount(count.registered, count.voters, count.collected, count.invalid, ordered)


def _check_registered(motion: Motion, count: ElectionCount) -> None:
    fixed = Weight(motion.eligible_area, motion.eligible_heads)
    if count.registered != fixed:
        raise TallyImpossible(problem=f"登记 {count.registered.heads}，投票前确定的是 {fixed.heads}")


def _check_count(rule: Rule, seats: int, count: ElectionCount) -> None:
    if count.collected > count.voters.heads:
        over = count.collected - count.voters.heads
        raise MorePapersThanVoters(collected=count.collected, voters=count.voters.heads, over=over)
    if not 0 <= count.invalid <= count.collected:
        raise TallyImpossible(problem=f"废票 {count.invalid} 张，收回选票 {count.collected} 张")
    if rule.kind is Kind.RECALL and len(count.votes) != 1:
        raise RecallOfOne
    most = max(weight.heads for weight in count.votes.values())
    if most > count.collected - count.invalid:
        raise TallyImpossible(problem=f"一人得票 {most} 张，比有效票多 {most - (count.collected - count.invalid)} 张")
    verdict = elected(rule, seats, count)
    if verdict.code is Code.INPUT_INCONSISTENT:
        raise TallyImpossible(problem=verdict.problem)


def _result(motion: Motion, count: ElectionCount, tellers: tuple[str, str], verdict: Verdict) -> Mapping[str, object]:
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
