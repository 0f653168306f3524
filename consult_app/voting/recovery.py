"""After a crash: hold database, chain, ballots and the journal of the second medium together, and say in plain words what was found.

Only looks; what is to be done is a person's act, and each finding says which.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from consult_app.audit import chain, medium
from consult_app.audit.chain import Change
from consult_app.kernel.errors import reason_of
from consult_app.kernel.text import moment_words
from consult_app.storage import integrity, journal
from consult_app.storage.journal import Line, Reading
from consult_app.voting import witnessing
from consult_app.voting.tables import Ballot, Motion, Participation

CAST = "ballot.cast"


class Weight(StrEnum):
    """How grave a finding is: well, worth knowing, or a loss."""

    WELL = "well"
    NOTE = "note"
    GRAVE = "grave"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what came out, and what to do. `serials` are the slips it is about."""

    part: str
    weight: Weight
    text: str
    advice: str = ""
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class LastVote:
    """The newest vote in the database."""

    serial: str
    at: datetime
    channel: str

    @property
    def words(self) -> str:
        """`选票 0123，2026年11月22日 09:00，手机`."""
        return f"选票 {self.serial}，{moment_words(self.at)}，{self.channel}"


@dataclass(frozen=True)
class Report:
    """All that was found, the newest vote, and the head of the chain it was found at."""

    findings: tuple[Finding, ...]
    last: LastVote | None
    head: str

    @property
    def weight(self) -> Weight:
        """The gravest of the findings."""
        found = {finding.weight for finding in self.findings}
        return next((weight for weight in (Weight.GRAVE, Weight.NOTE) if weight in found), Weight.WELL)

    @property
    def summary(self) -> str:
        """The whole in one sentence."""
        if self.weight is Weight.WELL:
            return "全部相符，没有丢票，可以继续工作。"
        wrong = "；".join(finding.text.rstrip("。") for finding in self.findings if finding.weight is not Weight.WELL)
        return f"{wrong}。"


def examine(db: Session, folder: Path | None) -> Report:
    """Look everything through; `folder` is the second medium's, None where there is none."""
    whole = _whole(db)
    if whole.weight is Weight.GRAVE:  # what else is read from a damaged file would only mislead
        return Report((whole,), None, "")
    findings = (whole, _witnessed(db), *_counted(db), _journalled(db, folder))
    return Report(findings, _last_vote(db), chain.head(db)[1])


def _whole(db: Session) -> Finding:
    advice = "请不要继续投票。先把数据文件夹整个复制到另一块磁盘留存，再恢复最近一次备份，然后回到本页对照副本。"
    try:
        found = integrity.faults(db)
    except DatabaseError:
        found = ("unreadable",)
    if found:
        return Finding("数据库", Weight.GRAVE, f"数据文件已损坏（{found[0]}）。", advice)
    return Finding("数据库", Weight.WELL, "数据文件完整。")


def _witnessed(db: Session) -> Finding:
    standing = witnessing.verify(db)
    if standing.broken:
        text = f"存证链第 {standing.broken.seq} 条有问题：{standing.broken.reason}。"
        return Finding("存证链", Weight.GRAVE, text, "请保留现场，停止计票，由监票人与街道指导人员一同查看。")
    return Finding("存证链", Weight.WELL, f"存证链完整，共 {standing.entries} 条；已投的票与存证逐张相符。")


def _counted(db: Session) -> Iterator[Finding]:
    """Whether every vote taken has its one ballot, in every vote that has begun."""
    taken = _per_motion(db, Participation.motion_id, Participation.pending.is_(False))
    ballots = _per_motion(db, Ballot.motion_id, Ballot.set_aside.is_(False))
    for motion_id, title in db.execute(select(Motion.id, Motion.title).order_by(Motion.id)):
        votes, papers = taken.get(motion_id, 0), ballots.get(motion_id, 0)
        if votes != papers:
            text = f"「{title}」登记投票 {votes} 人，票箱中有 {papers} 张，对不上。"
            yield Finding("票数", Weight.GRAVE, text, "请停止计票，保留现场，由监票人核对。")
    if taken == ballots and taken:
        yield Finding("票数", Weight.WELL, f"已投 {sum(taken.values())} 票，每票都在票箱中，没有重复。")


def _per_motion(db: Session, column: object, condition: object) -> dict[int, int]:
    rows = db.execute(select(column, func.count()).where(condition).group_by(column))  # type: ignore[call-overload]
    return dict(rows.all())


def _journalled(db: Session, folder: Path | None) -> Finding:
    """What the second medium says of the database."""
    if folder is None:
        text = "没有设副本介质，无从对照。"
        return Finding("副本", Weight.NOTE, text, "建议在「设置」中选一个 U 盘，每票另存一份。")
    database = medium.digests(db, [1]).get(1)
    if database is None:
        return Finding("副本", Weight.WELL, "数据库里还没有记录。")
    try:
        reading = journal.read(journal.path_of(folder, database))
    except FileNotFoundError:
        return _absent(folder)
    except OSError as error:
        text = f"副本读不出来：{reason_of(error)}。"
        return Finding("副本", Weight.NOTE, text, "请换一个 USB 插口或另一台电脑试读，读出后再检查一次。")
    return _compared(db, reading, database)


def _absent(folder: Path) -> Finding:
    if not folder.is_dir():
        return Finding("副本", Weight.NOTE, f"副本介质不在（{folder}）。", "请插好 U 盘，再检查一次。")
    others = sorted(path.name for path in folder.glob(journal.NAME.format("*")))
    if others:
        text = f"介质上只有另一份数据的副本（{others[0]}）。"
        return Finding("副本", Weight.NOTE, text, "请换上本次会议用的 U 盘，再检查一次。")
    return Finding(
        "副本", Weight.NOTE, "介质上没有副本。", "投票服务开启后会从数据库补齐；如应当有，请核对是否拿错 U 盘。"
    )


def _compared(db: Session, reading: Reading, database: str) -> Finding:
    if reading.database and reading.database != database:
        return Finding("副本", Weight.NOTE, "这份副本属于另一份数据。", "请换上本次会议用的 U 盘，再检查一次。")
    lost = _lost(db, reading.lines)
    if lost:
        serials = tuple(dict.fromkeys(line.serial for line in lost if line.serial))
        text = f"副本中有 {len(lost)} 票数据库里没有：这些票已答复“已收到”，但没有保存下来。"
        advice = "副本不含选择，不能补录。请逐一通知下列选票的持票人重新投票，并记入会议记录。"
        return Finding("副本", Weight.GRAVE, text, advice, serials)
    if reading.broken:
        text = f"副本第 {reading.broken} 行被改动过，此前 {len(reading.lines)} 行与数据库相符。"
        return Finding("副本", Weight.GRAVE, text, "请收好这个 U 盘不要再写，换一个新的，并告知监票人。")
    return _level(db, reading)


def _level(db: Session, reading: Reading) -> Finding:
    last = reading.last.seq if reading.last else 0
    behind = sum(len(medium.lines(changes)) for changes in _batches(db, last))
    torn = "，末尾一行没有写完" if reading.torn else ""
    if behind:
        text = f"副本比数据库少 {behind} 行{torn}；数据库以副本已有的 {len(reading.lines)} 行核对相符。"
        return Finding("副本", Weight.NOTE, text, "没有丢票。介质插好后会自动补齐，不用手工处理。")
    return Finding("副本", Weight.WELL, f"副本介质相符，共 {len(reading.lines)} 行{torn}。")


def _lost(db: Session, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The votes of the journal whose entry the database lacks, and that were not cast again since."""
    missing: list[Line] = []
    for start in range(0, len(lines), 500):
        piece = lines[start : start + 500]
        known = medium.digests(db, [line.seq for line in piece])
        missing += [line for line in piece if known.get(line.seq) != line.digest and line.event == CAST]
    if not missing:
        return ()
    again = {(entry.subject, entry.facts.get("serial")) for entry in chain.of_events(db, (CAST,))}
    return tuple(line for line in missing if (line.subject, line.serial) not in again)


def _batches(db: Session, after: int) -> Iterator[tuple[Change, ...]]:
    while changes := chain.since(db, after):
        yield changes
        after = changes[-1].seq


def _last_vote(db: Session) -> LastVote | None:
    newest = chain.newest(db, CAST)
    if newest is None:
        return None
    return LastVote(str(newest.facts.get("serial", "")), newest.at, str(newest.facts.get("channel", "")))
