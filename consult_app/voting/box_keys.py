"""票箱密钥: the key a secret vote is sealed for, its cards in the scrutineers' hands, and the opening of the box.

A vote must be on disk when it is acknowledged, in the same transaction as the participation: so the file itself tells which
sealed ballot came with whom. It tells no more than that. Once the vote is closed all sealed ballots are opened together,
put down in the order of new random keys, and erased with the key; what remains joins nobody to a choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.storage.store import Work
from consult_app.voting import sealing
from consult_app.voting.choices import MotionState
from consult_app.voting.credentials import grouped
from consult_app.voting.motions import at, digest, record
from consult_app.voting.tables import Ballot, BoxKey, Motion, SealedBallot

BALLOT_ID_LENGTH = 20
"""Characters of base 32 in a ballot's random key: it says nothing of when the ballot came."""

GONE = "0" * sealing.SEED_LENGTH
"""What stands in the place of a seed that is not kept, or no more: as long, so that it is overwritten where it stood."""


class NotSecret(Refused):
    """Only a secret vote is sealed."""

    text = "「{title}」是记名表决，选票不密封，不需要监票人密钥。"


class AlreadyOpened(Refused):
    """The box was opened before."""

    text = "「{title}」的票箱已经开封。"


class BoxSealed(Refused):
    """The votes lie sealed until two scrutineers lay their cards."""

    text = "票箱还没有开封：请两名监票人出示密钥卡，开封后再计票。"


class BoxTampered(Refused):
    """What lies in the box is not what the chain saw put in."""

    text = (
        "有 {count} 张密封选票被改动、删除或不能打开，票箱不能开封。请保存好数据文件，由监票人记录在案，另行组织表决。"
    )


@dataclass(frozen=True)
class KeyCards:
    """The scrutineers' cards of one motion, told once and kept nowhere: `codes` are in no log, table or document."""

    motion_id: int
    codes: tuple[str, ...] = field(repr=False)

    @property
    def printed(self) -> tuple[str, ...]:
        """The codes in groups of four, as they are printed and read aloud."""
        return tuple(grouped(code) for code in self.codes)


@dataclass(frozen=True)
class BoxFacts:
    """How the box of a secret vote stands. `cards` is how many cards were made, `waiting` the sealed ballots in it."""

    cards: int
    opened: bool
    waiting: int


def make_cards(work: Work, motion_id: int) -> KeyCards:
    """Make the key of a secret vote, parted among three cards; made anew, the cards before are worth nothing.

    Refused: `NotSecret`; `WrongState` once voting has begun.
    """
    motion = at(work.db, motion_id, "设置监票人密钥", MotionState.FROZEN, MotionState.ISSUED)
    if not motion.secret:
        raise NotSecret(title=motion.title)
    seed = work.token(sealing.SEED_LENGTH)
    codes = sealing.cards_of(seed)
    work.db.execute(delete(BoxKey).where(BoxKey.motion_id == motion_id))
    public = _put_key(work, motion_id, seed, [sealing.commitment(code) for code in codes])
    record(work, "box.carded", motion, public=public)
    return KeyCards(motion_id, codes)


def public_key(work: Work, motion_id: int) -> str:
    """The public key of a secret vote; without cards it is made when it is first asked for."""
    found = work.db.scalar(select(BoxKey.public).where(BoxKey.motion_id == motion_id))
    return found or _put_key(work, motion_id, work.token(sealing.SEED_LENGTH), [])


def open_box(work: Work, motion_id: int, cards: Sequence[str] = ()) -> int:
    """Open the box of a closed secret vote with two of its cards; returns how many ballots lay in it.

    Refused: `CardMisread`, `CardForged`, `CardsTooFew`, `BoxTampered`, `AlreadyOpened`, `NotSecret`.
    """
    motion = at(work.db, motion_id, "开封", MotionState.CLOSED)
    if not motion.secret:
        raise NotSecret(title=motion.title)
    key = work.db.scalar(select(BoxKey).where(BoxKey.motion_id == motion_id))
    if key is None or key.opened_at is not None:
        raise AlreadyOpened(title=motion.title)
    seed, numbers = sealing.seed_of(key.public, key.cards, cards) if key.cards else (key.seed, ())
    return _open(work, motion, key, seed, numbers)


def open_without_cards(work: Work, motion: Motion) -> None:
    """Open the box of a vote that is just being closed, unless its key lies on cards or the box was tampered with."""
    key = work.db.scalar(select(BoxKey).where(BoxKey.motion_id == motion.id))
    if key is None or key.cards:
        return
    try:
        _open(work, motion, key, key.seed, ())
    except BoxTampered:  # the vote is closed all the same; opening the box says it again
        return


def is_sealed(db: Session, motion_id: int) -> bool:
    """Whether the ballots of a motion lie sealed; never so for a named one."""
    return bool(db.scalar(select(BoxKey.id).where(BoxKey.motion_id == motion_id, BoxKey.opened_at.is_(None))))


def box_facts(db: Session, motion_id: int) -> BoxFacts | None:
    """How the box stands; None for a named vote, and before anything was sealed."""
    key = db.scalar(select(BoxKey).where(BoxKey.motion_id == motion_id))
    if key is None:
        return None
    waiting = db.scalar(select(func.count()).select_from(SealedBallot).where(SealedBallot.motion_id == motion_id))
    return BoxFacts(len(key.cards), key.opened_at is not None, waiting or 0)


def _put_key(work: Work, motion_id: int, seed: str, cards: list[str]) -> str:
    public = sealing.public_half(seed)
    kept = GONE if cards else seed
    work.db.execute(insert(BoxKey).values(motion_id=motion_id, public=public, seed=kept, cards=cards, made_at=work.now))
    return public


def _open(work: Work, motion: Motion, key: BoxKey, seed: str, numbers: Sequence[int]) -> int:
    letters = _letters(work.db, motion.id, seed)
    # A right by heads is one head; every ballot has the same weight, and lies where a new random key puts it.
    ballots = sorted(
        ({"id": work.token(BALLOT_ID_LENGTH), "motion_id": motion.id, "choices": each, "heads": 1, "area": 0}
         for each in letters), key=lambda ballot: str(ballot["id"]),
    )  # fmt: skip
    if ballots:
        work.db.execute(insert(Ballot), ballots)
    work.db.execute(delete(SealedBallot).where(SealedBallot.motion_id == motion.id))
    work.db.execute(update(BoxKey).where(BoxKey.id == key.id).values(seed=GONE, opened_at=work.now))
    work.forgets = True
    cards = "、".join(f"第 {number} 号卡" for number in numbers)
    record(
        work, "box.opened", motion, count=len(ballots), by=f"{cards}开封" if cards else "截止时开封",
        box=box_digest(work.db, motion.id),
    )  # fmt: skip
    return len(ballots)


def box_digest(db: Session, motion_id: int) -> str:
    """SHA-256 over every ballot in the box, in the order of their random keys; the chain keeps it at closing and result."""
    rows = db.execute(
        select(Ballot.id, Ballot.choices, Ballot.heads, Ballot.area, Ballot.signed, Ballot.set_aside)
        .where(Ballot.motion_id == motion_id)
        .order_by(Ballot.id)
    )
    return digest([list(row) for row in rows])


def _letters(db: Session, motion_id: int, seed: str) -> list[str]:
    """What lies in the box. Refused: `BoxTampered` where a ballot is missing, strange, or does not open."""
    boxes = list(db.scalars(select(SealedBallot.box).where(SealedBallot.motion_id == motion_id)))
    found = {sealing.digest_of(box) for box in boxes}
    entries = chain.facts_of(db, f"motion:{motion_id}", "ballot.cast")
    seen = {facts["sealed"] for facts in entries if "sealed" in facts}
    letters = [each for each in sealing.unsealed(seed, boxes) if each is not None]
    if faults := max(len(seen ^ found), len(boxes) - len(found), len(boxes) - len(letters)):
        raise BoxTampered(count=faults)
    return letters
