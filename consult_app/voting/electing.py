"""Elections and recalls: drafted with their candidates, held on secret paper by a frozen list of voters, annulled if void.

The law asks for secret paper and a booth (村民委员会组织法18, 居民委员会组织法19): there are no slips and no codes here.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from consult_app.bodies.rules import LegalMode
from consult_app.kernel.errors import Blank, Missing, Refused
from consult_app.kernel.text import area_words, moment_words, required
from consult_app.proposals import actions as proposals
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work
from consult_app.voting import local_rules
from consult_app.voting.casting import two_people
from consult_app.voting.choices import DuplicatePolicy, MotionState
from consult_app.voting.drafting import ClosesEarly
from consult_app.voting.election_count import BY_TALLY
from consult_app.voting.election_roll import put_voters
from consult_app.voting.motions import at, record
from consult_app.voting.plan import plan_digest
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import Weight
from consult_app.voting.tables import Candidacy, Election, Item, Motion

ALIVE = (MotionState.DRAFTED, MotionState.FROZEN, MotionState.OPEN, MotionState.CLOSED, MotionState.DECLARED)


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


class OneRecalled(Refused):
    """A recall is voted on person by person."""

    text = "一次只表决罢免一人，请为每个人分别起草。"
    field = "candidates"


class NoCandidate(Refused):
    """Nobody of that name stands."""

    text = "候选人名单中没有「{name}」。"
    field = "name"


class ConsentMissing(Refused):
    """Somebody stands who has not consented to it."""

    text = "还没有登记{names}同意作为候选人，不能确定候选人名单。"


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

    Refused: `NoElection`, `NoSeats`, `NotContested`, `CandidateTwice`, `OneRecalled`, `ClosesEarly`, a blank title or
    name, and a rule that was not in force.
    """
    proposal = work.db.get(Proposal, proposal_id)
    if proposal is None:
        raise Missing(what="议题", id=proposal_id)
    rule = local_rules.book(work.db).rule(rule_id, on)
    names = candidate_names(candidates)
    check_seats(rule, names, seats)
    return put_election(work, proposal_id, proposal.body_id, title, names, seats, rule, on, closes_at, meeting_id)


def change_election(
    work: Work, motion_id: int, *, title: str, candidates: Sequence[str], seats: int, closes_at: datetime
) -> None:
    """Change a draft; a candidate who stays keeps the consent. Refused as `draft_election`, and once frozen."""
    motion = at(work.db, motion_id, "修改", MotionState.DRAFTED, election=True)
    names = candidate_names(candidates)
    check_seats(election_rule(motion), names, seats)
    check_closing(work, closes_at)
    kept = consents(work, motion_id)
    items = select(Item.id).where(Item.motion_id == motion_id)
    work.db.execute(delete(Candidacy).where(Candidacy.item_id.in_(items)))
    work.db.execute(delete(Item).where(Item.motion_id == motion_id))
    put_candidates(work, motion_id, names, kept)
    motion.title = required(title, "选举名称", 200, "title")
    motion.seats, motion.item_count, motion.closes_at = seats, len(names), closes_at
    record(work, "election.changed", motion, what=motion.title, items=list(names), seats=seats)


def record_consent(work: Work, motion_id: int, name: str, *, nominated_by: str, consent: str = "书面同意") -> None:
    """Record who put a candidate forward and that the candidate consents to stand. Refused: `NoCandidate`, blanks."""
    motion = at(work.db, motion_id, "登记候选人", MotionState.DRAFTED, election=True)
    item_id = work.db.scalar(select(Item.id).where(Item.motion_id == motion_id, Item.text == name.strip()))
    if item_id is None:
        raise NoCandidate(name=name)
    found = work.db.scalar(select(Candidacy).where(Candidacy.item_id == item_id)) or Candidacy(item_id=item_id)
    found.nominated_by = required(nominated_by, "推荐方式", 100, "nominated_by")
    found.consent = required(consent, "同意方式", 100, "consent")
    found.consented_at = work.now
    work.db.add(found)
    work.db.flush()
    record(work, "election.consented", motion, name=name.strip(), nominated_by=found.nominated_by)


def freeze_election(work: Work, motion_id: int, registered: Weight | None = None) -> None:
    """Fix candidates, rule and voters: those of the body's roll, or only how many, as the published list has them.

    Reaches `ballot_plan.frozen` and `voting_roll.frozen`. Refused: `ConsentMissing`, `NoRoll`, `RollUnfit`,
    `NobodyRegistered`.
    """
    motion = at(work.db, motion_id, "确定名单", MotionState.DRAFTED, election=True)
    rule = election_rule(motion)
    names = list(work.db.scalars(select(Item.text).where(Item.motion_id == motion_id).order_by(Item.id)))
    if rule.kind is not Kind.RECALL:
        _check_consents(work, motion_id, names)
    put_voters(work.db, motion, rule, registered)
    motion.plan_digest = plan_digest(work.db, motion)
    motion.frozen_at, motion.state = work.now, MotionState.FROZEN
    heads, area = motion.eligible_heads, area_words(motion.eligible_area)
    record(
        work, "motion.frozen", motion, heads=heads, area=area, plan=motion.plan_digest, roll=motion.roll_digest,
        rule=motion.rule_digest,
    )  # fmt: skip
    proposals.reach(
        work, motion.proposal_id, "ballot_plan.frozen", motion.title, motion=motion_id, digest=motion.plan_digest
    )
    proposals.reach(
        work, motion.proposal_id, "voting_roll.frozen", f"登记 {heads} {rule.unit.value}", motion=motion_id,
        digest=motion.roll_digest or motion.plan_digest,
    )  # fmt: skip


def open_election(work: Work, motion_id: int) -> None:
    """Begin voting on paper; refused after the closing time."""
    motion = at(work.db, motion_id, "开始投票", MotionState.FROZEN, election=True)
    check_closing(work, motion.closes_at)
    motion.state, motion.opened_at = MotionState.OPEN, work.now
    record(work, "election.opened", motion, closes=moment_words(motion.closes_at), plan=motion.plan_digest)


def close_election(work: Work, motion_id: int, first: str, second: str) -> None:
    """End voting and seal the boxes, a signed act of two people; from now on the tellers may enter what they count."""
    motion = at(work.db, motion_id, "结束投票", MotionState.OPEN, election=True)
    one, other = two_people(first, second)
    motion.state, motion.closed_at, motion.closed_by = MotionState.CLOSED, work.now, [one, other]
    record(work, "election.closed", motion, first=one, second=other)


def annul_election(work: Work, motion_id: int, reason: str, first: str, second: str) -> None:
    """Make an election void (作废), by two people and with the reason; nothing is deleted, and it may be held again.

    A declared one takes its count sheet with it; refused where the matter has gone past that step.
    """
    motion = at(work.db, motion_id, "作废", *ALIVE, election=True)
    reason = required(reason, "作废的理由", 300, "reason")
    one, other = two_people(first, second)
    election = work.db.get(Election, motion_id)
    if election is None:
        election = Election(motion_id=motion_id)
        work.db.add(election)
    election.voided_at, election.void_reason, election.voided_by = work.now, reason, [one, other]
    if motion.state == MotionState.DECLARED:
        proposals.void(work, motion.proposal_id, "count_sheet.recorded", f"选举作废：{reason}")
    motion.state = MotionState.VOID
    record(work, "election.annulled", motion, reason=reason, first=one, second=other)


def put_election(
    work: Work,
    proposal_id: int,
    body_id: int,
    title: str,
    names: Sequence[str],
    seats: int,
    rule: Rule,
    on: date,
    closes_at: datetime,
    meeting_id: int | None,
    follows: int | None = None,
) -> int:
    """Put a checked draft; candidates of the election it `follows` keep their consent. Refused: `ClosesEarly`, a blank title."""
    check_closing(work, closes_at)
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
    work.db.add(Election(motion_id=motion.id, follows_id=follows))
    put_candidates(work, motion.id, names, consents(work, follows) if follows else {})
    record(work, "motion.drafted", motion, title=motion.title, rule=rule.id, items=list(names), seats=seats)
    return motion.id


def put_candidates(
    work: Work, motion_id: int, names: Sequence[str], kept: dict[str, tuple[str, str, datetime]]
) -> None:
    """Put the candidates in the order of the paper, with the consents that are kept."""
    rows = [{"motion_id": motion_id, "code": str(place), "text": name} for place, name in enumerate(names, 1)]
    work.db.execute(insert(Item), rows)
    for id, name in work.db.execute(select(Item.id, Item.text).where(Item.motion_id == motion_id)):
        if name in kept:
            nominated_by, consent, at_ = kept[name]
            work.db.add(Candidacy(item_id=id, nominated_by=nominated_by, consent=consent, consented_at=at_))
    work.db.flush()


def consents(work: Work, motion_id: int) -> dict[str, tuple[str, str, datetime]]:
    """By candidate: put forward by whom, consented how and when."""
    rows = work.db.execute(
        select(Item.text, Candidacy.nominated_by, Candidacy.consent, Candidacy.consented_at)
        .join(Candidacy, Candidacy.item_id == Item.id)
        .where(Item.motion_id == motion_id)
    )
    return {name: (nominated_by, consent, consented_at) for name, nominated_by, consent, consented_at in rows}


def election_rule(motion: Motion) -> Rule:
    """The rule an election keeps; refused (`NoElection`) for a motion that is none."""
    rule = Rule.from_dict(motion.rule)
    if rule.kind not in BY_TALLY:
        raise NoElection(rule=rule.title)
    return rule


def candidate_names(candidates: Sequence[str]) -> tuple[str, ...]:
    """The names, cleaned; refused when there is none, one is blank or one stands twice."""
    if not candidates:
        raise Blank(what="候选人", field="candidates")
    names: list[str] = []
    for candidate in candidates:
        name = required(candidate, "候选人姓名", 60, "candidates")
        if name in names:
            raise CandidateTwice(name=name)
        names.append(name)
    return tuple(names)


def check_seats(rule: Rule, names: Sequence[str], seats: int) -> None:
    """Refuse a number of candidates that the rule does not allow for so many seats."""
    if rule.kind not in BY_TALLY:
        raise NoElection(rule=rule.title)
    if seats <= 0:
        raise NoSeats
    if rule.kind is Kind.ELECTION and len(names) <= seats:
        raise NotContested(candidates=len(names), seats=seats)
    if rule.kind is Kind.RECALL and (len(names) != 1 or seats != 1):
        raise OneRecalled


def check_closing(work: Work, closes_at: datetime) -> None:
    """Refuse a closing time that has passed."""
    if closes_at <= work.now:
        raise ClosesEarly


def _check_consents(work: Work, motion_id: int, names: Sequence[str]) -> None:
    given = consents(work, motion_id)
    missing = [name for name in names if name not in given]
    if missing:
        raise ConsentMissing(names="、".join(missing))
