"""不是同一人: decide that two lines of a roll name two people, so that no one asks again; or undo it."""

from sqlalchemy import select

from consult_app.audit import chain
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import bounded, required
from consult_app.rolls import queries
from consult_app.rolls.freezing import check_thawed
from consult_app.rolls.heads import resolve
from consult_app.rolls.joins import Pair
from consult_app.rolls.tables import Parting, RollPerson
from consult_app.storage.store import Work


class JoinedAlready(Refused):
    """The two are counted as one; that is undone first."""

    text = "“{name}”的这两行已合并为一人，请先撤销合并。"


class NotParted(Refused):
    """There is no such finding to undo."""

    text = "这两行没有认定为不是同一人，无需撤销。"


def keep_apart(work: Work, person_id: int, other_id: int, evidence: str = "") -> int:
    """Record that two people of a roll are two, and return the parting's number; said twice, it is the first one's.

    Refused when they are joined (`JoinedAlready`), on different rolls, or the roll is frozen.
    """
    evidence = bounded(evidence, "认定的依据", 400, "evidence")
    first, second = _person(work, person_id), _person(work, other_id)
    if first.roll_id != second.roll_id or first.id == second.id:
        raise Missing(what="同一名册中的另一人", id=other_id)
    check_thawed(work.db, first.roll_id)
    known = queries.joins(work.db, first.roll_id)
    if resolve(known, first.id) == resolve(known, second.id):
        raise JoinedAlready(name=first.name)
    pair = Pair((first.id, second.id))
    for standing in queries.partings(work.db, first.roll_id):
        if standing.pair == pair:
            return standing.id
    row = Parting(
        roll_id=first.roll_id,
        person_id=first.id,
        other_id=second.id,
        evidence=evidence,
        decided_at=work.now,
        decided_by=work.actor.name,
    )
    work.db.add(row)
    work.db.flush()
    facts = {"person": first.id, "other": second.id, "parting": row.id}
    chain.append(work, "roll.parted", f"roll:{row.roll_id}", name=first.name, what=evidence or "未写依据", **facts)
    return row.id


def ask_again(work: Work, parting_id: int, reason: str) -> None:
    """Undo a parting, so that the pair is proposed again; it stays on record with the reason."""
    reason = required(reason, "撤销的理由", 400, "reason")
    row = work.db.get(Parting, parting_id)
    if row is None or row.undone_at is not None:
        raise NotParted
    check_thawed(work.db, row.roll_id)
    row.undone_at, row.undone_why = work.now, reason
    name = work.db.scalar(select(RollPerson.name).where(RollPerson.id == row.person_id))
    chain.append(work, "roll.unparted", f"roll:{row.roll_id}", what=f"{name}，理由：{reason}", parting=row.id)


def _person(work: Work, person_id: int) -> RollPerson:
    row = work.db.get(RollPerson, person_id)
    if row is None or row.struck:
        raise Missing(what="人员", id=person_id)
    return row
