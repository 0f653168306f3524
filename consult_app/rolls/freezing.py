"""Freeze a roll: its lines and joinings stay as they are from here on, under one digest."""

from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import area_words, bounded, day_words, legal_day
from consult_app.rolls import queries, standing
from consult_app.rolls.heads import total_area
from consult_app.rolls.rules import RollKind
from consult_app.rolls.tables import RollFreeze
from consult_app.storage.store import Work


class RollFrozen(Refused):
    """The roll is frozen: its lines, joinings and publication stay as they are."""

    text = "名册已于{day}冻结，不能再改动。冻结后发生的变化请登记为“冻结后变更”，自下一份名册起生效。"


class Unfit(Refused):
    """The roll lacks what a vote rests on, or objections wait for their answer (domain.md §2.6)."""

    text = "名册还不能冻结：{faults}。"


class NotPublished(Refused):
    """The roll was never put up for objection."""

    text = "名册还没有公示。请先公示并听取异议；确实不需要公示的，请写明理由。"
    field = "unpublished_why"


class StillOpen(Refused):
    """One may still object."""

    text = "名册公示的异议期到{day}，期满后才能冻结。"


def freeze_roll(work: Work, roll_id: int, unpublished_why: str = "") -> str:
    """Freeze a roll and return the digest over its canonical lines.

    Refused: frozen already (`RollFrozen`), a line lacks area, owner or status or an objection waits (`Unfit`), the period
    for objections runs (`StillOpen`), never published and no reason why (`NotPublished`; a list of members needs neither).
    """
    roll = queries.roll(work.db, roll_id)
    check_thawed(work.db, roll_id)
    why = bounded(unpublished_why, "不公示的理由", 400, "unpublished_why")
    if faults := queries.obstacles(work.db, roll_id):
        raise Unfit(faults=_shortened(faults))
    if roll.kind is not RollKind.MEMBERS and not why:
        _check_published(work, roll_id)
    digest = standing.digest(work.db, roll_id)
    row = RollFreeze(roll_id=roll_id, digest=digest, frozen_at=work.now, frozen_by=work.actor.name, unpublished_why=why)
    work.db.add(row)
    work.db.flush()
    chain.append(
        work,
        "roll.frozen",
        f"roll:{roll_id}",
        summary=_summary(work.db, roll_id, roll.kind),
        digest=digest,
        short=digest[:16],
        unpublished_why=why,
    )
    return digest


def check_thawed(db: Session, roll_id: int) -> None:
    """Refuse to touch a frozen roll (`RollFrozen`)."""
    frozen = db.get(RollFreeze, roll_id)
    if frozen is not None:
        raise RollFrozen(day=day_words(legal_day(frozen.frozen_at)))


def _check_published(work: Work, roll_id: int) -> None:
    posted = standing.notices(work.db, roll_id)
    if not posted:
        raise NotPublished
    last = max(notice.period.last_day for notice in posted)
    if legal_day(work.now) <= last:
        raise StillOpen(day=day_words(last))


def _shortened(faults: tuple[str, ...]) -> str:
    return "；".join(faults[:3]) + (f"等 {len(faults)} 处" if len(faults) > 3 else "")


def _summary(db: Session, roll_id: int, kind: RollKind) -> str:
    if kind is not RollKind.OWNERS:
        return f"{len(queries.people(db, roll_id))} 人"
    heads = queries.heads(db, roll_id)
    return f"业主 {len(heads)} 人 {area_words(total_area(heads))} ㎡"
