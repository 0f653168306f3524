"""The doubtful ballots and heads of a closed motion, gathered for the question what they could change."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import LegalMode
from consult_app.kernel.errors import Missing
from consult_app.voting import counting
from consult_app.voting.choices import CHANNEL_WORDS, Channel, MotionState, read
from consult_app.voting.explaining import joining_words
from consult_app.voting.pairs import entered, pairs
from consult_app.voting.rule import VOTED, Rule
from consult_app.voting.rules import CHOICE_WORDS, Choice, Weight
from consult_app.voting.tables import Ballot, Doubtful, Elector, Item, Motion, Participation
from consult_app.voting.tallies import StillOpen
from consult_app.voting.whatif import Alternative, Doubt, DoubtKind, Sensitivity, flips


@dataclass(frozen=True)
class _Doubtful:
    """A doubtful elector with the letters that count now (None: none) and other readings, letters and words."""

    kind: DoubtKind
    elector: Elector
    now: str | None
    others: tuple[tuple[str, str], ...] = ()


def what_if(db: Session, motion_id: int) -> tuple[tuple[str, Sensitivity], ...]:
    """For each question (code) whether doubtful ballots or joinings could turn its result; refused before closing.

    Empty for a survey, a secret vote and a show of hands, where no ballot can be told apart.
    """
    motion = db.get(Motion, motion_id)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    if motion.state not in (MotionState.CLOSED, MotionState.DECLARED):
        raise StillOpen
    rule = Rule.from_dict(motion.rule)
    if motion.secret or motion.by_hands or motion.legal_mode == LegalMode.SURVEY or rule.kind not in VOTED:
        return ()
    codes = db.scalars(select(Item.code).where(Item.motion_id == motion_id).order_by(Item.id)).all()
    rows = _gathered(db, motion)
    found = []
    for place, (code, tally) in enumerate(zip(codes, counting.item_tallies(db, motion_id), strict=True)):
        found.append((code, flips(rule, tally, [doubt for row in rows for doubt in _of_item(row, place)])))
    return tuple(found)


def _gathered(db: Session, motion: Motion) -> list[_Doubtful]:
    return [
        *_cast(db, motion),
        *_conflicting(db, motion),
        *_waiting(db, motion),
        *_questioned(db, motion),
        *_joined(db, motion),
    ]


def _cast(db: Session, motion: Motion) -> list[_Doubtful]:
    """Ballots still to be signed, and counted ones with an unreadable mark."""
    rows = db.execute(
        select(Elector, Ballot.choices, Ballot.needs_signature, Ballot.signed)
        .join(Ballot, Ballot.elector_id == Elector.id)
        .where(Elector.motion_id == motion.id, Ballot.set_aside.is_(False))
        .where((Ballot.needs_signature & Ballot.signed.is_(False)) | Ballot.choices.contains("x"))
        .order_by(Elector.id)
    )
    found = []
    for elector, letters, needs, signed in rows:
        if motion.legal_mode == LegalMode.ASSISTED and needs and not signed:
            found.append(_Doubtful(DoubtKind.UNSIGNED, elector, None, ((letters, "签字后计入"),)))
        elif "x" in letters:
            found.append(_Doubtful(DoubtKind.INVALID_MARK, elector, letters))
    return found


def _conflicting(db: Session, motion: Motion) -> list[_Doubtful]:
    """Pairs of ballots by one voter: the one that counts, and what the other says; decided pairs are doubtful no more."""
    found = []
    for pair in pairs(db, motion):
        conflict = pair.conflict
        if pair.at_odds and conflict.decided_at is not None:
            continue
        other = Channel.PAPER if conflict.counted != Channel.PAPER else Channel(conflict.first_channel)
        words = f"改计{CHANNEL_WORDS[other]}的票"
        readings = tuple((letters, words) for letters in pair.others)
        found.append(_Doubtful(DoubtKind.CONFLICT, pair.elector, pair.now, readings))
    return found


def _waiting(db: Session, motion: Motion) -> list[_Doubtful]:
    """Papers that hold the voter's place, but are not read alike by two tellers yet."""
    readings = entered(db, motion.id)
    rows = db.execute(
        select(Elector, Participation.credential_id)
        .join(Participation, Participation.elector_id == Elector.id)
        .where(Elector.motion_id == motion.id, Participation.pending)
        .order_by(Elector.id)
    )
    return [
        _Doubtful(
            DoubtKind.WAITING_PAPER,
            elector,
            None,
            tuple((letters, f"按{teller}的录入") for teller, letters in readings.get(slip or 0, {}).items()),
        )
        for elector, slip in rows
    ]


def _questioned(db: Session, motion: Motion) -> list[_Doubtful]:
    """Ballots in the count that somebody questioned and nobody decided about."""
    rows = db.execute(
        select(Elector, Ballot.choices)
        .join(Doubtful, Doubtful.elector_id == Elector.id)
        .join(Ballot, (Ballot.elector_id == Elector.id) & Ballot.set_aside.is_(False))
        .where(Elector.motion_id == motion.id, Doubtful.decided_at.is_(None))
        .order_by(Elector.id)
    )
    return [_Doubtful(DoubtKind.QUESTIONED, elector, letters) for elector, letters in rows]


def _joined(db: Session, motion: Motion) -> list[_Doubtful]:
    """Heads that rest on somebody's finding that two are one."""
    joinings = db.execute(select(Elector.id, Elector.joined).where(Elector.motion_id == motion.id))
    rest = [id for id, joined in joinings if joined]
    if not rest:
        return []
    rows = db.execute(
        select(Elector, Ballot.choices, Ballot.signed, Ballot.needs_signature)
        .outerjoin(Ballot, (Ballot.elector_id == Elector.id) & Ballot.set_aside.is_(False))
        .where(Elector.motion_id == motion.id, Elector.id.in_(rest))
        .order_by(Elector.id)
    )
    found = []
    for elector, letters, signed, needs in rows:
        unsigned = motion.legal_mode == LegalMode.ASSISTED and needs and not signed
        found.append(_Doubtful(DoubtKind.JOINING, elector, None if unsigned else letters))
    return found


def _of_item(row: _Doubtful, place: int) -> list[Doubt]:
    """The doubt as it concerns one question; none where every reading says the same."""
    kind, elector = row.kind, row.elector
    weight = Weight(elector.area, elector.heads)
    now = read(row.now)[place] if row.now else None
    if kind is DoubtKind.JOINING:
        return [_of_joining(elector, now)]
    if kind is DoubtKind.QUESTIONED:
        left_out = (Alternative("不计入", weight, now),) if now is not None else ()
        return [Doubt(kind, elector.label, left_out)] if left_out else []
    if kind is DoubtKind.INVALID_MARK:
        readings = [(c, f"认作{CHOICE_WORDS[c]}") for c in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)]
        readings = readings if now is Choice.INVALID else []
    else:
        readings = [(read(letters)[place], words) for letters, words in row.others]
    ways = tuple(Alternative(words, weight, now, gives) for gives, words in dict.fromkeys(readings) if gives is not now)
    return [Doubt(kind, elector.label, ways)] if ways else []


def _of_joining(elector: Elector, now: Choice | None) -> Doubt:
    """Undone, every joining is one head more on the roll, which took part along with the other or did not."""
    more = Weight(heads=len(elector.joined))
    ways = [Alternative("撤销合并，另一人未参与", more, eligible=more)]
    if now is not None:
        ways.append(Alternative("撤销合并，两人同此意见", more, gives=now, eligible=more))
    label = f"{elector.label}：" + "；".join(joining_words(joining) for joining in elector.joined)
    return Doubt(DoubtKind.JOINING, label, tuple(ways))
