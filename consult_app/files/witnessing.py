"""Hold the attachments against what the audit chain witnessed of them: a photo or scan may be exchanged afterwards (threat 8)."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.chain import Break, Change
from consult_app.files.tables import Attachment

EVENT = "file.attached"


def first_break(db: Session) -> Break | None:
    """The first entry whose attachment is gone or holds other bytes, or the first attachment without an entry; None when all hold."""
    known: set[int] = set()
    last = 0
    for entry in chain.of_events(db, (EVENT,)):
        known.add(entry.facts["attachment"])
        last = entry.seq
        if fault := _fault(db, entry):
            return Break(entry.seq, fault)
    stranger = next(_strangers(db, known), None)
    return Break(last, f"此后多出没有存证的附件「{stranger}」") if stranger else None


def _fault(db: Session, entry: Change) -> str:
    # One at a time: a scan may have 30 MB.
    facts = entry.facts
    content: Any = db.execute(select(Attachment.content).where(Attachment.id == facts["attachment"])).scalar()
    if content is None:
        return f"附件「{facts['name']}」被删除"
    return "" if hashlib.sha256(content).hexdigest() == facts["sha256"] else f"附件「{facts['name']}」的内容被改动"


def _strangers(db: Session, known: set[int]) -> Iterator[str]:
    for row in db.execute(select(Attachment.id, Attachment.name).order_by(Attachment.id)):
        if row.id not in known:
            yield row.name
