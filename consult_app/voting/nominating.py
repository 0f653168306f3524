"""共有人推选: co-owners choose one of them to vote for their one head, in writing (指导规则25)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.files.actions import attach
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import required
from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState
from consult_app.voting.motions import at, record
from consult_app.voting.tables import Elector, Nomination

UNTIL_DECLARED = (MotionState.FROZEN, MotionState.ISSUED, MotionState.OPEN, MotionState.CLOSED)


class NotCoOwned(Refused):
    """One owner needs no choosing."""

    text = "「{label}」不是共有，无需推选。"


class NotCoOwner(Refused):
    """The chosen one is none of the co-owners."""

    text = "「{nominee}」不是「{label}」的共有人，只能在共有人中推选。"
    field = "nominee"


def nominate(work: Work, motion_id: int, elector_id: int, nominee: str, document: tuple[str, bytes]) -> int:
    """Record whom co-owners chose, with the scan of their written choice; a later choice replaces an earlier one."""
    motion = at(work.db, motion_id, "登记推选", *UNTIL_DECLARED)
    elector = work.db.get(Elector, elector_id)
    if elector is None or elector.motion_id != motion_id:
        raise Missing(what="表决人", id=elector_id)
    if len(elector.names) < 2:
        raise NotCoOwned(label=elector.label)
    name = required(nominee, "推选的人", 100, "nominee")
    if name not in elector.names:
        raise NotCoOwner(nominee=name, label=elector.label)
    found = Nomination(
        motion_id=motion_id,
        elector_id=elector_id,
        nominee=name,
        attachment_id=attach(work, f"motion:{motion_id}", "共有人推选书", *document),
        at=work.now,
    )
    work.db.add(found)
    work.db.flush()
    record(work, "proxy.nominated", motion, label=elector.label, nominee=name)
    return found.id


def nominees(db: Session, motion_id: int) -> dict[int, str]:
    """Whom co-owners chose last, by the number of their head."""
    rows = db.execute(
        select(Nomination.elector_id, Nomination.nominee)
        .where(Nomination.motion_id == motion_id)
        .order_by(Nomination.id)
    )
    return {elector: name for elector, name in rows}
