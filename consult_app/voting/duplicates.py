"""重复票: two ballots of one head. One owner's are settled by policy; co-owners at odds choose one to vote (指导规则25)."""

from consult_app.kernel.errors import Missing, Refused
from consult_app.storage.store import Work
from consult_app.voting.casting import two_people
from consult_app.voting.choices import CHANNEL_WORDS, Channel, MotionState
from consult_app.voting.credentials import serial_words
from consult_app.voting.doubtful import Ground, Outcome
from consult_app.voting.issuing import COUNTING
from consult_app.voting.motions import at, record
from consult_app.voting.nominating import nominees
from consult_app.voting.pairs import Pair, agreed, entered, pairs
from consult_app.voting.replacing import put_in, swap, take_out, vote_of
from consult_app.voting.tables import Conflict, Credential, Doubtful, Motion

NEITHER = "neither"
"""Instead of a channel: co-owners chose nobody, and neither of their ballots counts."""


class PaperPending(Refused):
    """The paper ballot that prevails has not been entered by two tellers yet."""

    text = "按规则以纸质选票为准，但这张纸质选票还没有由两名计票人录入一致，请先录入。"


class ConflictDecided(Refused):
    """The pair was decided before."""

    text = "选票 {serial} 的重复票已经裁定。"


class CoOwnersAtOdds(Refused):
    """Co-owners gave two ballots and have chosen nobody to vote for them."""

    text = "{label}是共有，两张票须由共有人推选一人后，以这个人的票为准。请先登记推选。"


class WhichBallot(Refused):
    """Whose ballot counts must be said, for nobody else knows which one the chosen co-owner cast."""

    text = "共有人推选了{nominee}，请写明{nominee}的票是哪一张。"
    field = "counted"


class PolicyDecides(Refused):
    """Only co-owners at odds leave a choice; every other pair is settled by the motion's policy."""

    text = "这组重复票按表决方案以{channel}的一票为准，不能另选。"
    field = "counted"


def decide_conflict(work: Work, conflict_id: int, first: str, second: str, counted: str = "") -> None:
    """Two scrutineers confirm a pair of ballots, as policy decides it or, of co-owners, as the one they chose voted.

    `counted` is the channel of the chosen co-owner's ballot, or `NEITHER` where they chose nobody. Refused:
    `ConflictDecided`, `CoOwnersAtOdds`, `WhichBallot`, `PolicyDecides`, `PaperPending`.
    """
    conflict = work.db.get(Conflict, conflict_id)
    if conflict is None:
        raise Missing(what="重复票", id=conflict_id)
    motion = at(work.db, conflict.motion_id, "裁定重复票", *COUNTING)
    serial = serial_words(work.db.get_one(Credential, conflict.credential_id).serial)
    if conflict.decided_at is not None:
        raise ConflictDecided(serial=serial)
    one, other = two_people(first, second)
    pair = next(pair for pair in pairs(work.db, motion) if pair.conflict.id == conflict_id)
    if pair.co_owned and (pair.at_odds or motion.state == MotionState.OPEN):
        _of_co_owners(work, motion, pair, counted, (one, other))
    elif counted not in ("", conflict.counted):
        raise PolicyDecides(channel=CHANNEL_WORDS[Channel(conflict.counted)])
    vote = vote_of(work, conflict.elector_id)
    if counted != NEITHER and (vote is None or vote.channel != conflict.counted or vote.pending):
        raise PaperPending
    conflict.decided_by, conflict.decided_at = [one, other], work.now
    record(work, "ballot.conflict_decided", motion, serial=serial, first=one, second=other, counted=conflict.counted)


def _of_co_owners(work: Work, motion: Motion, pair: Pair, counted: str, names: tuple[str, str]) -> None:
    """Count the ballot of the one they chose; of co-owners who chose nobody, neither."""
    conflict = pair.conflict
    nominee = nominees(work.db, motion.id).get(pair.elector.id, "")
    if counted == NEITHER and not nominee:
        take_out(work, pair.elector.id)
        _note_neither(work, motion, pair, names)
        return
    if not nominee:
        raise CoOwnersAtOdds(label=pair.elector.label)
    if counted not in (conflict.first_channel, conflict.second_channel):
        raise WhichBallot(nominee=nominee)
    if counted != conflict.counted:
        _count_other(work, motion, pair, counted)


def _count_other(work: Work, motion: Motion, pair: Pair, counted: str) -> None:
    """Count the ballot that policy had set aside, because the co-owner who cast it was chosen."""
    conflict = pair.conflict
    vote = vote_of(work, pair.elector.id)
    assert vote is not None, "a pair has a first ballot"
    if counted == Channel.PAPER:
        letters = agreed(entered(work.db, motion.id).get(conflict.credential_id, {}))
        if letters is None:
            raise PaperPending
        vote.channel, vote.at, vote.credential_id = Channel.PAPER, work.now, conflict.credential_id
        put_in(work, motion, pair.elector.id, letters, CHANNEL_WORDS[Channel.PAPER])
    else:
        if vote.channel == Channel.PAPER:
            swap(work, pair.elector.id)
        vote.channel, vote.at = counted, conflict.first_at
    conflict.counted = counted


def _note_neither(work: Work, motion: Motion, pair: Pair, names: tuple[str, str]) -> None:
    found = Doubtful(
        motion_id=motion.id,
        elector_id=pair.elector.id,
        ground=Ground.CO_OWNERS,
        note="共有人先后交了两张意见不一致的票",
        raised_at=work.now,
        outcome=Outcome.EXCLUDED,
        reason="共有人没有推选出一人",
        decided_by=list(names),
        decided_at=work.now,
    )
    work.db.add(found)
    work.db.flush()
