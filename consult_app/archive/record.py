"""What a bundle says of a matter: its metadata, its record, and its part of the audit chain."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.archive import queries as archive
from consult_app.audit.tables import Entry
from consult_app.bodies import queries as bodies
from consult_app.bodies.rules import KIND_WORDS
from consult_app.documents import queries as documents
from consult_app.files import queries as files
from consult_app.files.queries import AttachedFile
from consult_app.followup import queries as followup
from consult_app.kernel.text import day_words, legal_day
from consult_app.meetings import queries as meetings
from consult_app.notices import queries as notices
from consult_app.proposals.queries import ProposalFacts
from consult_app.storage.base import canonical
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.voting.tables import Motion


@dataclass(frozen=True)
class Subjects:
    """Every record that hangs on a matter, by noun."""

    proposal: int
    hanging: Mapping[str, tuple[int, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """`proposal:1`, `meeting:2`, …"""
        hanging = (f"{noun}:{number}" for noun, numbers in self.hanging.items() for number in numbers)
        return (f"proposal:{self.proposal}", *hanging)


def subjects(db: Session, proposal_id: int, today: date) -> Subjects:
    """What hangs on a matter."""
    orders = followup.work_orders(db, proposal_id)
    return Subjects(
        proposal_id,
        {
            "meeting": tuple(sorted(line.id for line in meetings.sessions(db, proposal_id))),
            "motion": tuple(db.scalars(select(Motion.id).where(Motion.proposal_id == proposal_id).order_by(Motion.id))),
            "document": tuple(line.id for line in documents.documents(db, proposal_id)),
            "notice": tuple(sorted(found.id for found in notices.notices_of(db, proposal_id, today))),
            "work_order": tuple(order.id for order in orders),
            "progress": tuple(report.id for order in orders for report in order.progress),
        },
    )


def attachments(db: Session, found: Subjects) -> tuple[AttachedFile, ...]:
    """Every file that hangs on a matter, each once."""
    return tuple(one for name in found.names for one in files.attachments(db, name))


def metadata(db: Session, facts: ProposalFacts) -> dict[str, Any]:
    """The elements an archive asks for, in Chinese (GB/T 18894-2016, DA/T 46-2009)."""
    body, filing = bodies.body(db, facts.body_id), archive.filing(db, facts.id)
    return {
        "聚合层次": "件",
        "题名": facts.title,
        "文件编号": facts.number,
        "档号": filing.code if filing else "",
        "全宗号": filing.fonds if filing else "",
        "责任者": body.name,
        "主体类别": KIND_WORDS[body.kind],
        "日期": day_words(legal_day(facts.registered_at)),
        "归档日期": day_words(legal_day(filing.filed_at)) if filing else "",
        "归档人": filing.filed_by if filing else "",
        "保管期限": filing.retention_words if filing else "",
        "密级": "内部",
        "机构或问题": facts.venue.name,
        "办理结果": facts.outcome_words or "办理中",
        "人名": [facts.proposer],
        "格式信息": "PDF（PDF/A）、图片、JSON、JSON Lines、CSV",
        "校验算法": "SHA-256",
        "创建程序": "六步议事",
    }


def record(db: Session, facts: ProposalFacts, found: Subjects, today: date) -> dict[str, Any]:
    """The whole record of a matter as plain JSON values: steps, meetings, votes, papers, notices, work and reviews.

    Of a secret vote it tells totals; of none it tells who chose what.
    """
    return {
        "议题": plain(facts),
        "会议": [plain(meetings.meeting(db, number)) for number in found.hanging["meeting"]],
        "表决": [_motion(db, number) for number in found.hanging["motion"]],
        "文件": [plain(line) for line in documents.documents(db, facts.id)],
        "公示": [plain(one) for one in notices.notices_of(db, facts.id, today)],
        "办理": plain(followup.work_orders(db, facts.id)),
        "评议": plain(followup.reviews(db, facts.id)),
        "回访": plain(followup.follow_ups(db, facts.id)),
        "签字件": [plain(one) for one in archive.scans(db, facts.id)],
    }


def chain_lines(db: Session, found: Subjects) -> Iterator[str]:
    """The audit chain as JSON lines: in full what concerns the matter, of all else only number and digests.

    So the whole chain can be followed to its head, and nothing of another matter leaves with this one.
    """
    mine = set(found.names)
    names = ("seq", "at", "actor", "part", "event", "subject", "facts", "previous", "digest")
    rows = db.execute(select(*(getattr(Entry, name) for name in names)).order_by(Entry.seq))
    for row in rows.yield_per(1000):
        entry = dict(zip(names, row, strict=True))
        facts = entry["facts"] if isinstance(entry["facts"], dict) else {}
        if entry["subject"] in mine or facts.get("proposal") == found.proposal:
            entry["at"] = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
        else:
            entry = {name: entry[name] for name in ("seq", "previous", "digest")}
        yield canonical(entry)


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dataclasses as objects, moments and days as ISO text, enums by value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value) if part.repr}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def pretty(value: Any) -> bytes:
    """JSON for people and machines, UTF-8, sorted so that the same record is the same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _motion(db: Session, motion_id: int) -> dict[str, Any]:
    facts = voting.motion(db, motion_id)
    shown = {"motion": plain(facts) | {"rule": facts.rule.to_dict()}, "books": plain(voting.books(db, motion_id))}
    if facts.state in (MotionState.CLOSED, MotionState.DECLARED):
        shown["tally"] = voting.tally(db, motion_id).to_dict()
    return shown
