"""What one can ask about rolls."""

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.kernel.errors import Missing
from consult_app.kernel.garbage import uncollected
from consult_app.rolls import heads as heads_rules
from consult_app.rolls import joins as joins_rules
from consult_app.rolls.electorate import Elector
from consult_app.rolls.electorate import electors as electors_of
from consult_app.rolls.headings import Field
from consult_app.rolls.rules import Electorate, Person, RollKind, Unit, UnitStatus, Usage, counted, unfit
from consult_app.rolls.tables import (
    Joining,
    Ownership,
    Parting,
    Roll,
    RollChange,
    RollNotice,
    RollObjection,
    RollPerson,
    RollUnit,
)


@dataclass(frozen=True)
class RollFacts:
    """An accepted roll and the account of its import."""

    id: int
    body_id: int
    kind: RollKind
    as_of: date
    source_name: str
    source_sha256: str
    accepted_at: datetime
    accepted_by: str
    report: dict[str, Any]


@dataclass(frozen=True)
class JoinFacts:
    """A joining that stands."""

    id: int
    person: int
    same_as: int
    name: str
    evidence: str
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True)
class PartFacts:
    """A finding that stands: two people are two."""

    id: int
    person: int
    other: int
    name: str
    evidence: str
    decided_at: datetime
    decided_by: str

    @property
    def pair(self) -> joins_rules.Pair:
        """The ids of the two."""
        return joins_rules.Pair((self.person, self.other))


@dataclass(frozen=True)
class ChangeFacts:
    """One correction of a line."""

    id: int
    line: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    changed_at: datetime
    changed_by: str


def current_roll(db: Session, body_id: int, kind: RollKind | str | None = None) -> RollFacts | None:
    """The roll in force: the body's latest accepted one, of a kind where one is named; None before the first import."""
    query = select(Roll).where(Roll.body_id == body_id).order_by(Roll.id.desc()).limit(1)
    if kind is not None:
        query = query.where(Roll.kind == RollKind(kind))
    else:
        query = query.where(Roll.kind != RollKind.MEMBERS)
    row = db.scalar(query)
    return _facts(row) if row else None


def rolls(db: Session, body_id: int) -> tuple[RollFacts, ...]:
    """All accepted rolls of a body, newest first."""
    return tuple(
        _facts(row) for row in db.scalars(select(Roll).where(Roll.body_id == body_id).order_by(Roll.id.desc()))
    )


def roll(db: Session, roll_id: int) -> RollFacts:
    """One roll; refused when there is none of that number."""
    row = db.get(Roll, roll_id)
    if row is None:
        raise Missing(what="名册", id=roll_id)
    return _facts(row)


@uncollected
def units(db: Session, roll_id: int) -> tuple[Unit, ...]:
    """All units of a roll that count, in the order of the roll."""
    owners = _owners_by_unit(db, roll_id)
    rows = db.execute(
        select(*UNIT_COLUMNS).where(RollUnit.roll_id == roll_id, RollUnit.struck.is_(False)).order_by(RollUnit.id)
    )
    return tuple(
        Unit(row[0], row[1], row[2], row[3], row[4], USAGES[row[5]], STATUSES[row[6]], owners.get(row[0], ()), *row[7:])
        for row in rows
    )


@uncollected
def people(db: Session, roll_id: int, *, with_struck: bool = False) -> tuple[Person, ...]:
    """The people of a roll in its order; those struck off only where a joining may still lead to them."""
    query = select(*_PERSON).where(RollPerson.roll_id == roll_id).order_by(RollPerson.id)
    if not with_struck:
        query = query.where(RollPerson.struck.is_(False))
    return tuple(Person(*row) for row in db.execute(query))


def joins(db: Session, roll_id: int) -> dict[int, int]:
    """The joinings that stand: person id -> id of the one they were found to be."""
    rows = db.execute(
        select(Joining.person_id, Joining.same_as_id).where(Joining.roll_id == roll_id, Joining.undone_at.is_(None))
    )
    return {person: same_as for person, same_as in rows}


@uncollected
def heads(db: Session, roll_id: int, *, count_parking: bool = False) -> tuple[heads_rules.Head, ...]:
    """The heads of a roll with the joinings that stand."""
    return heads_rules.heads(
        units(db, roll_id),
        people(db, roll_id, with_struck=True),
        joins=joins(db, roll_id),
        count_parking=count_parking,
    )


@uncollected
def electors(
    db: Session, roll_id: int, electorate: Electorate | str, on: date, *, count_parking: bool = False
) -> tuple[Elector, ...]:
    """Who may vote under a rule's electorate on a day."""
    wanted = Electorate(electorate)
    return electors_of(
        wanted,
        units(db, roll_id),
        people(db, roll_id, with_struck=wanted is Electorate.OWNERS),
        on,
        joins=joins(db, roll_id),
        count_parking=count_parking,
    )


def proposals(db: Session, roll_id: int) -> tuple[joins_rules.Proposal, ...]:
    """The people of a roll who may be one and the same, for a person to decide."""
    apart, again = {parting.pair for parting in partings(db, roll_id)}, lapsed(db, roll_id)
    return joins_rules.proposals(units(db, roll_id), people(db, roll_id), joins(db, roll_id), apart=apart, lapsed=again)


def partings(db: Session, roll_id: int) -> tuple[PartFacts, ...]:
    """Who was found to be two and stands so, with who found it and why."""
    rows = db.execute(
        select(Parting, RollPerson.name)
        .join(RollPerson, RollPerson.id == Parting.person_id)
        .where(Parting.roll_id == roll_id, Parting.undone_at.is_(None))
        .order_by(Parting.id)
    )
    return tuple(
        PartFacts(p.id, p.person_id, p.other_id, name, p.evidence, p.decided_at, p.decided_by) for p, name in rows
    )


def lapsed(db: Session, roll_id: int) -> dict[joins_rules.Pair, str]:
    """Pairs whose joining was not carried over from the older roll, with the reason."""
    listed = roll(db, roll_id).report.get("joinings", {}).get("lapsed", ())
    return {
        joins_rules.Pair((each["person"], each["same_as"])): each["lapsed"]
        for each in listed
        if each.get("person") and each.get("same_as")
    }


def joinings(db: Session, roll_id: int) -> tuple[JoinFacts, ...]:
    """The joinings that stand, with who found them and why."""
    rows = db.execute(
        select(Joining, RollPerson.name)
        .join(RollPerson, RollPerson.id == Joining.person_id)
        .where(Joining.roll_id == roll_id, Joining.undone_at.is_(None))
        .order_by(Joining.id)
    )
    return tuple(
        JoinFacts(j.id, j.person_id, j.same_as_id, name, j.evidence, j.decided_at, j.decided_by) for j, name in rows
    )


def obstacles(db: Session, roll_id: int) -> tuple[str, ...]:
    """Why the roll cannot be frozen for a vote, lines at fault and unanswered objections alike; empty when it can."""
    return faults(db, roll_id) + _waiting_objections(db, roll_id)


def faults(db: Session, roll_id: int) -> tuple[str, ...]:
    """What the lines of a roll lack for a vote, in words; parking that does not vote may lack anything."""
    found, listed = roll(db, roll_id), people(db, roll_id)
    if found.kind is RollKind.MEMBERS and listed:
        return ()  # a committee's members vote by name; their ages and households are no matter
    return unfit(voting_units(db, found), listed)


def voting_units(db: Session, found: RollFacts) -> tuple[Unit, ...]:
    """The units of a roll that vote by its body's rules; all of them where none but parking is listed."""
    listed = units(db, found.id)
    parking = bool(bodies.body(db, found.body_id).policy.get("count_parking", False))
    return counted(listed, count_parking=parking) or listed


def history(db: Session, line: str) -> tuple[ChangeFacts, ...]:
    """The corrections of one line (`unit:id`, `person:id`), newest first."""
    return _changes(db.scalars(select(RollChange).where(RollChange.line == line).order_by(RollChange.id.desc())))


def changes(db: Session, roll_id: int) -> tuple[ChangeFacts, ...]:
    """All corrections of a roll in the order they were made."""
    return _changes(db.scalars(select(RollChange).where(RollChange.roll_id == roll_id).order_by(RollChange.id)))


def remembered(db: Session, kind: RollKind | str) -> dict[tuple[str, ...], AnyMapping[Field, int]]:
    """The columns accepted for files of a shape, by their headings; the newest decides."""
    found: dict[tuple[str, ...], AnyMapping[Field, int]] = {}
    for report in db.scalars(select(Roll.report).where(Roll.kind == RollKind(kind)).order_by(Roll.id)):
        for shape in report.get("shapes", ()):
            found[tuple(shape["headings"])] = {Field(name): at for name, at in shape["columns"].items()}
    return found


UNIT_COLUMNS = (
    RollUnit.id,
    RollUnit.building,
    RollUnit.entrance,
    RollUnit.room,
    RollUnit.area,
    RollUnit.usage,
    RollUnit.status,
    RollUnit.phone,
    RollUnit.note,
    RollUnit.sheet,
    RollUnit.row,
)
_PERSON = (
    RollPerson.id,
    RollPerson.name,
    RollPerson.id_number,
    RollPerson.legal,
    RollPerson.phone,
    RollPerson.birth,
    RollPerson.gender,
    RollPerson.household,
    RollPerson.group,
    RollPerson.relation,
    RollPerson.representative,
    RollPerson.note,
    RollPerson.sheet,
    RollPerson.row,
)
USAGES = {str(usage): usage for usage in Usage}
STATUSES = {str(status): status for status in UnitStatus}


def _facts(row: Roll) -> RollFacts:
    return RollFacts(
        row.id,
        row.body_id,
        RollKind(row.kind),
        row.as_of,
        row.source_name,
        row.source_sha256,
        row.accepted_at,
        row.accepted_by,
        row.report,
    )


def _changes(rows: Iterable[RollChange]) -> tuple[ChangeFacts, ...]:
    return tuple(ChangeFacts(r.id, r.line, r.before, r.after, r.reason, r.changed_at, r.changed_by) for r in rows)


def _waiting_objections(db: Session, roll_id: int) -> tuple[str, ...]:
    query = select(RollObjection.name).join(RollNotice, RollNotice.id == RollObjection.notice_id)
    rows = db.scalars(query.where(RollNotice.roll_id == roll_id, RollObjection.answered_at.is_(None)))
    return tuple(f"{name}对名册的异议还没有答复" for name in rows)


def _owners_by_unit(db: Session, roll_id: int) -> dict[int, tuple[int, ...]]:
    rows = db.execute(
        select(Ownership.unit_id, Ownership.person_id)
        .join(RollUnit, RollUnit.id == Ownership.unit_id)
        .where(RollUnit.roll_id == roll_id)
        .order_by(Ownership.unit_id, Ownership.position)
    )
    found: dict[int, tuple[int, ...]] = {}
    for unit, person in rows:
        found[unit] = (*found[unit], person) if unit in found else (person,)
    return found
