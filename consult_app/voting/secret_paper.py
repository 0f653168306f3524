"""无记名纸质选票: a paper is marked as dropped by its slip, and counted with all others, never read slip by slip.

Before the paper goes into the box its stub with code and serial is torn off and registered; what lies in the box bears no
number. Once the box is opened two tellers count all papers apart, as with raised hands, and must agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import moment_words, required
from consult_app.storage.store import Work
from consult_app.voting.choices import CHANNEL_WORDS, SLIP_WORDS, Channel, MotionState, SlipState
from consult_app.voting.credentials import serial_words
from consult_app.voting.issuing import COUNTING, AlreadyVoted, SlipSettled, slip_of
from consult_app.voting.motions import at, record
from consult_app.voting.proxying import standing
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.tables import Credential, Motion, PaperCount, Participation
from consult_app.voting.tellers import Sheet, Sheets, compared

COUNTED = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.INVALID)


class PaperIsSecret(Refused):
    """A secret vote's paper is never read together with its slip."""

    text = "无记名表决的纸质选票不能按选票代码逐张录入：请撕下存根登记入箱，开箱后由两名计票人清点总数。"
    field = "human_code"


class PaperIsNamed(Refused):
    """A named vote's papers are read one by one."""

    text = "这是记名表决，请由两名计票人逐张录入纸质选票。"


class PapersExceed(Refused):
    """More papers lie in the box than stubs were registered."""

    text = "清点有 {papers} 张，登记入箱的只有 {boxed} 张。请先把漏登的存根补登，或剔出不属于本次表决的票，再录入。"
    field = "papers"


class PapersUnequal(Refused):
    """The choices of a question do not add up to the papers."""

    text = "第 {item} 项合计 {total} 张，与清点的 {papers} 张不符。空白和无法辨认的计入「填写无效」。"
    field = "counts"


class CountedAlready(Refused):
    """The papers were counted; a stub that comes later would not be in the count."""

    text = "无记名纸质选票已清点一致，不能再登记入箱。"
    field = "human_code"


@dataclass(frozen=True)
class Papers:
    """What two tellers counted: papers, and for each question by its number the papers of each choice."""

    papers: int
    counts: Mapping[str, Mapping[str, int]]

    def of(self, item: int, choice: Choice) -> int:
        """The papers that bear a choice of a question."""
        return self.counts[str(item)].get(choice.value, 0)


def box_paper(work: Work, motion_id: int, human_code: str) -> str:
    """Register the stub of a paper that goes into the box of a secret vote; returns its serial. Holds the voter's lock.

    Refused: `PaperIsNamed`, `AlreadyVoted` (then the paper must not go in), `SlipSettled`, `CountedAlready`.
    """
    motion = at(work.db, motion_id, "登记入箱", *COUNTING)
    _check_secret(motion)
    slip = slip_of(work.db, motion_id, human_code)
    vote = work.db.scalar(
        select(Participation).where(Participation.motion_id == motion_id, Participation.elector_id == slip.elector_id)
    )
    _check_boxable(work, slip, vote)
    if vote is None:
        agent = standing(work.db, slip.elector_id)
        work.db.add(
            Participation(motion_id=motion_id, elector_id=slip.elector_id, credential_id=slip.id, channel=Channel.PAPER,
                          at=work.now, pending=False, proxy_id=agent.id if agent else None)
        )  # fmt: skip
        slip.state, slip.settled_at = SlipState.USED, work.now
    else:  # its reading was begun before secret papers were counted by sums
        vote.pending = False
    work.db.flush()
    record(work, "ballot.boxed", motion, serial=serial_words(slip.serial))
    return serial_words(slip.serial)


def enter_paper_count(
    work: Work, motion_id: int, teller: str, papers: int, counts: Mapping[str, Mapping[str, int]]
) -> bool:
    """Enter one teller's count of a secret vote's papers: question -> choice -> papers. True once two tellers agree.

    Refused: `PaperIsNamed`, `PapersExceed`, `PapersUnequal`; `WrongState` before closing, for the box is shut till then.
    """
    motion = at(work.db, motion_id, "清点无记名纸质选票", MotionState.CLOSED)
    _check_secret(motion)
    teller = required(teller, "计票人姓名", 60, "teller")
    table = {str(n): _row(counts.get(str(n), {}), n, papers) for n in range(1, motion.item_count + 1)}
    if papers > (stubs := boxed(work.db, motion_id)):
        raise PapersExceed(papers=papers, boxed=stubs)
    work.db.add(PaperCount(motion_id=motion_id, teller=teller, papers=papers, counts=table, at=work.now))
    work.db.flush()
    record(work, "papers.entered", motion, teller=teller)
    if agreed(work.db, motion_id) is None:
        return False
    record(work, "papers.agreed", motion, papers=papers)
    return True


def agreed(db: Session, motion_id: int) -> Papers | None:
    """The count of a secret vote's papers that two tellers share, the newest and another; None while they do not."""
    rows = _latest(db, motion_id)
    if not rows:
        return None
    *others, newest = rows
    shared = any((each.papers, each.counts) == (newest.papers, newest.counts) for each in others)
    return Papers(newest.papers, newest.counts) if shared else None


def paper_sheets(db: Session, motion_id: int) -> Sheets:
    """How far the tellers are with the papers of a secret vote; a single sheet is shown to nobody."""
    return compared({row.teller: _sheet(row) for row in _latest(db, motion_id)})


def boxed(db: Session, motion_id: int) -> int:
    """How many papers of a secret vote were registered as dropped."""
    found = select(func.count(Participation.id)).where(
        Participation.motion_id == motion_id, Participation.channel == Channel.PAPER, Participation.pending.is_(False)
    )
    return db.scalar(found) or 0


def uncounted(db: Session, motion: Motion) -> int:
    """How many papers of a secret vote lie in the box without an agreed count."""
    if not motion.secret or motion.seats or agreed(db, motion.id) is not None:
        return 0
    return boxed(db, motion.id)


def _check_secret(motion: Motion) -> None:
    if not motion.secret:
        raise PaperIsNamed


def _check_boxable(work: Work, slip: Credential, vote: Participation | None) -> None:
    if vote is not None and not vote.pending:
        channel = CHANNEL_WORDS[Channel(vote.channel)]
        raise AlreadyVoted(serial=serial_words(slip.serial), at=moment_words(vote.at), channel=channel)
    if slip.state not in (SlipState.LIVE, SlipState.USED):
        raise SlipSettled(serial=serial_words(slip.serial), state=SLIP_WORDS[SlipState(slip.state)], act="登记入箱")
    if agreed(work.db, slip.motion_id) is not None:
        raise CountedAlready


def _row(row: Mapping[str, int], item: int, papers: int) -> dict[str, int]:
    shown = {choice.value: row.get(choice.value, 0) for choice in COUNTED}
    if min(shown.values()) < 0 or sum(shown.values()) != papers:
        raise PapersUnequal(item=item, total=sum(shown.values()), papers=papers)
    return shown


def _latest(db: Session, motion_id: int) -> list[PaperCount]:
    """The latest count of each teller, the newest last."""
    rows: dict[str, PaperCount] = {}
    for row in db.scalars(select(PaperCount).where(PaperCount.motion_id == motion_id).order_by(PaperCount.id)):
        rows.pop(row.teller, None)
        rows[row.teller] = row
    return list(rows.values())


def _sheet(row: PaperCount) -> Sheet:
    told: dict[str, Any] = {"纸质选票": f"{row.papers} 张"}
    for code, counts in row.counts.items():
        told |= {f"第 {code} 项 {CHOICE_WORDS[choice]}": f"{counts[choice.value]} 张" for choice in COUNTED}
    return told
