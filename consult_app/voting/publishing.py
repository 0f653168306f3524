"""What is told to the public of a declared vote stands in the chain, before anybody has the files."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.chain import Break, Change
from consult_app.kernel.text import moment_words
from consult_app.storage.store import Work
from consult_app.voting import witnessing
from consult_app.voting.choices import MotionState
from consult_app.voting.motions import at
from consult_app.voting.tables import Motion

LISTED = "motion.ballots_listed"


@dataclass(frozen=True)
class Witness:
    """What the chain tells of one file of a 逐票清单: the `entry` it was published by and its vote; None when it never was.

    `others` are the numbers of entries by which the same vote was published with other data; `lists` counts all entries.
    """

    entry: Change | None
    title: str
    others: tuple[int, ...]
    lists: int
    broken: Break | None

    @property
    def holds(self) -> bool:
        """Whether a whole chain tells of the file."""
        return self.entry is not None and self.broken is None

    @property
    def words(self) -> tuple[str, ...]:
        """The same in Chinese, a line each."""
        if self.broken is not None:
            return (f"存证链在第 {self.broken.seq} 条断开，不能作证：{self.broken.reason}。",)
        if not self.lists:
            return ("存证链没有记过任何逐票清单，请确认打开的是这次表决的数据。",)
        if self.entry is None:
            return (f"存证链没有这份文件：记有逐票清单 {self.lists} 次，都不是它。内容被改动过，或者另存、转换过。",)
        made = (
            f"存证链第 {self.entry.seq} 条记有这份文件：「{self.title}」的逐票清单，"
            f"编号 {self.entry.facts['code']}，于 {moment_words(self.entry.at)} 制作。"
        )
        if not self.others:
            return (made,)
        numbers = "、".join(map(str, self.others))
        return made, f"注意：同一表决另外制作过内容不同的清单（存证链第 {numbers} 条），请查明原因。"


def record_list(work: Work, motion_id: int, code: str, *, data: bytes, paper: bytes, files: Iterable[str]) -> None:
    """Record that the 逐票清单 was made for publication: the code on its paper, the SHA-256 of data and paper, the file names.

    Whoever holds a list can be told by these whether it is one of those that were made here. Refused: `WrongState`.
    """
    at(work.db, motion_id, "公布逐票清单", MotionState.DECLARED)
    digests = {"digest": sha256(data).hexdigest(), "paper": sha256(paper).hexdigest()}
    chain.append(work, LISTED, f"motion:{motion_id}", code=code, **digests, files="、".join(files))


def witness(db: Session, content: bytes) -> Witness:
    """Hold a file of a list against the chain, which must hold in itself: a list can be forged so that all its sums agree."""
    digest, entries = sha256(content).hexdigest(), tuple(chain.of_events(db, [LISTED]))
    entry = next((one for one in entries if digest in (one.facts["digest"], one.facts.get("paper"))), None)
    others = tuple(
        one.seq
        for one in entries
        if entry is not None and one.subject == entry.subject and one.facts["digest"] != entry.facts["digest"]
    )
    title = _title(db, entry) if entry else ""
    return Witness(entry, title, others, len(entries), witnessing.verify(db).broken)


def _title(db: Session, entry: Change) -> str:
    motion_id = int(entry.subject.partition(":")[2])
    return db.scalar(select(Motion.title).where(Motion.id == motion_id)) or ""
