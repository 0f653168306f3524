"""Question a ballot, and decide about it by two people with the reason on record (domain.md §2.4)."""

from collections.abc import Mapping

from sqlalchemy import select

from consult_app.files.actions import attach
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import required
from consult_app.storage.store import Work
from consult_app.voting.casting import CountedByHands, two_people
from consult_app.voting.choices import MotionState, check_choices, written
from consult_app.voting.counting import tally
from consult_app.voting.doubtful import (
    GROUND_WORDS,
    RAISED,
    Ground,
    Outcome,
    outcome_words,
    outcomes,
)
from consult_app.voting.issuing import COUNTING
from consult_app.voting.motions import at, record
from consult_app.voting.nominating import nominees
from consult_app.voting.replacing import put_in, take_out, vote_of
from consult_app.voting.tables import Doubtful, Elector, Motion
from consult_app.voting.verdicts import Code

DOCUMENT = "疑难票的书面意见"
"""What the voter's own words in writing are filed as."""


class SecretVote(Refused):
    """Nobody can tell whose ballot a secret one is."""

    text = "「{title}」是无记名投票，票箱里分不出是谁的票，不能对某一张票提出疑问。"


class NothingCast(Refused):
    """The voter has no ballot in the count to question."""

    text = "{label}没有已计入的票，无从提出疑问。"
    field = "elector_id"


class DoubtStands(Refused):
    """The ballot is in question already."""

    text = "{label}的票已列入疑难票：{ground}。请先裁定。"
    field = "elector_id"


class NotCoOwners(Refused):
    """One owner cannot disagree with co-owners."""

    text = "「{label}」不是共有，没有共有人意见不一致的问题。"
    field = "ground"


class DoubtDecided(Refused):
    """It was decided before."""

    text = "这张疑难票已经裁定。"


class NotOpenToChoice(Refused):
    """The rule leaves no such decision on this ground."""

    text = "{ground}的，不能作这样的裁定。"
    field = "outcome"


class NominationFirst(Refused):
    """Co-owners at odds are counted only by the one they chose."""

    text = "{label}的共有人意见不一致，须由共有人推选一人后才能计入。请先登记推选。"
    field = "outcome"


class WrittenFirst(Refused):
    """What the voter meant is counted only from their own words in writing."""

    text = "按书面明确的意见计入，须附上本人（或者推选的共有人）签名的书面意见。"
    field = "document"


class MajorityClear(Refused):
    """There is one majority on this question, or nobody follows it."""

    text = "第 {item} 项没有多数意见不一致的问题，不需要裁定。"


def raise_doubt(work: Work, motion_id: int, elector_id: int, ground: str, note: str) -> int:
    """Question a voter's ballot and return the doubt's number; no result is declared until it is decided.

    Refused: `SecretVote`, `CountedByHands`, `NothingCast`, `DoubtStands`, `NotCoOwners`.
    """
    motion = at(work.db, motion_id, "登记疑难票", *COUNTING)
    if motion.secret:
        raise SecretVote(title=motion.title)
    if motion.by_hands:
        raise CountedByHands
    elector = work.db.get(Elector, elector_id)
    if elector is None or elector.motion_id != motion_id:
        raise Missing(what="表决人", id=elector_id)
    why = Ground(ground)
    if why not in RAISED:
        raise NotOpenToChoice(ground=GROUND_WORDS[why], field="ground")
    if why is Ground.CO_OWNERS and len(elector.names) < 2:
        raise NotCoOwners(label=elector.label)
    _check_questionable(work, elector)
    found = Doubtful(
        motion_id=motion_id,
        elector_id=elector_id,
        ground=why,
        note=required(note, "情况说明", 500, "note"),
        raised_at=work.now,
    )
    work.db.add(found)
    work.db.flush()
    record(work, "ballot.doubted", motion, label=elector.label, ground=GROUND_WORDS[why], doubt=found.id)
    return found.id


def settle_doubt(
    work: Work,
    doubt_id: int,
    outcome: str,
    reason: str,
    first: str,
    second: str,
    *,
    choices: Mapping[str, str] | None = None,
    document: tuple[str, bytes] | None = None,
) -> None:
    """Decide about a questioned ballot, after closing: count it, leave it out, or count what the voter says in writing.

    `choices` and `document` (name, bytes) go with `Outcome.RESTATED`. Refused: `DoubtDecided`, `NotOpenToChoice`,
    `NominationFirst`, `WrittenFirst`.
    """
    doubt = work.db.get(Doubtful, doubt_id)
    if doubt is None:
        raise Missing(what="疑难票", id=doubt_id)
    motion = at(work.db, doubt.motion_id, "裁定疑难票", MotionState.CLOSED)
    if doubt.decided_at is not None:
        raise DoubtDecided
    ground, decided = Ground(doubt.ground), Outcome(outcome)
    if decided not in outcomes(ground):
        raise NotOpenToChoice(ground=GROUND_WORDS[ground])
    one, other = two_people(first, second)
    assert doubt.elector_id is not None, "a split majority is decided as it is found"
    elector = work.db.get_one(Elector, doubt.elector_id)
    if (
        ground is Ground.CO_OWNERS
        and decided is not Outcome.EXCLUDED
        and elector.id not in nominees(work.db, motion.id)
    ):
        raise NominationFirst(label=elector.label)
    if decided is Outcome.EXCLUDED:
        take_out(work, elector.id)
    if decided is Outcome.RESTATED:
        doubt.attachment_id = _restate(work, motion, elector, choices or {}, document)
    doubt.outcome, doubt.reason = decided, required(reason, "裁定的理由", 500, "reason")
    doubt.decided_by, doubt.decided_at = [one, other], work.now
    record(
        work, "ballot.doubt_settled", motion, label=elector.label, doubt=doubt.id, first=one, second=other,
        outcome=outcome_words(ground, decided), reason=doubt.reason,
    )  # fmt: skip


def settle_majority(work: Work, motion_id: int, item: str, reason: str, first: str, second: str) -> int:
    """Decide that on one question the unreturned follow no majority, because area and heads know no single one.

    Returns the decision's number; refused (`MajorityClear`) where there is one.
    """
    motion = at(work.db, motion_id, "裁定未返回的票", MotionState.CLOSED)
    one, other = two_people(first, second)
    codes = {found.code: found.verdict.code for found in tally(work.db, motion_id).items if found.verdict}
    if codes.get(item) is not Code.NEEDS_REVIEW_MAJORITY_SPLIT:
        raise MajorityClear(item=item)
    found = Doubtful(
        motion_id=motion_id,
        item=item,
        ground=Ground.MAJORITY_SPLIT,
        note=GROUND_WORDS[Ground.MAJORITY_SPLIT],
        raised_at=work.now,
        outcome=Outcome.NOT_FOLLOWED,
        reason=required(reason, "裁定的理由", 500, "reason"),
        decided_by=[one, other],
        decided_at=work.now,
    )
    work.db.add(found)
    work.db.flush()
    record(
        work, "ballot.doubt_settled", motion, label=f"第 {item} 项", doubt=found.id, first=one, second=other,
        outcome=outcome_words(Ground.MAJORITY_SPLIT, Outcome.NOT_FOLLOWED), reason=found.reason,
    )  # fmt: skip
    return found.id


def _check_questionable(work: Work, elector: Elector) -> None:
    rows = work.db.scalars(select(Doubtful).where(Doubtful.elector_id == elector.id)).all()
    for row in rows:
        if row.decided_at is None:
            raise DoubtStands(label=elector.label, ground=GROUND_WORDS[Ground(row.ground)])
    vote = vote_of(work, elector.id)
    if vote is None or vote.pending or any(row.outcome == Outcome.EXCLUDED for row in rows):
        raise NothingCast(label=elector.label)


def _restate(
    work: Work, motion: Motion, elector: Elector, choices: Mapping[str, str], document: tuple[str, bytes] | None
) -> int:
    if document is None or not document[1]:
        raise WrittenFirst
    chosen = check_choices(choices, [str(n) for n in range(1, motion.item_count + 1)])
    put_in(work, motion, elector.id, written(chosen), "书面明确的意见")
    return attach(work, f"motion:{motion.id}", DOCUMENT, *document)
