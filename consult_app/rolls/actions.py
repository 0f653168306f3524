"""What one can do with rolls: accept an import, begin one by hand, correct lines, decide who is one person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.bodies import queries as bodies
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.garbage import uncollected
from consult_app.kernel.text import area_words, bounded, required
from consult_app.rolls import joins as joins_rules
from consult_app.rolls import queries
from consult_app.rolls.carrying import carry_findings
from consult_app.rolls.extract import Extract, report
from consult_app.rolls.freezing import check_thawed
from consult_app.rolls.heads import resolve
from consult_app.rolls.pinyin import initials
from consult_app.rolls.rules import Person, RollKind, Unit
from consult_app.rolls.tables import Joining, Ownership, Roll, RollPerson, RollUnit
from consult_app.storage.bulk import insert_rows
from consult_app.storage.store import Work

BY_HAND = "手工录入"


class NothingTaken(Refused):
    """An import found no line it could take."""

    text = "文件“{source}”中没有可以采用的行，名册没有改变。请先按问题清单修改文件。"


class WrongKind(Refused):
    """A roll of units for a village, or of people for an assembly of owners."""

    text = "“{body}”需要的是{needed}，这份文件是{found}。"


class NotJoined(Refused):
    """There is no such joining to undo."""

    text = "这两行没有合并，无需撤销。"


_KIND_WORDS = {RollKind.OWNERS: "业主名册", RollKind.PEOPLE: "人员名册", RollKind.MEMBERS: "成员名单"}


def accept_import(work: Work, body_id: int, found: Extract, as_of: date) -> int:
    """Accept what a file yields as the body's current roll, and return its number; older rolls stay as they are.

    `as_of` is the day the roll speaks of. Joinings of the older roll are carried over where their evidence still holds;
    the roll's report says which did and which did not (`joinings`). Refused when nothing could be taken, or when the body keeps another kind of roll.
    """
    body = bodies.body(work.db, body_id)
    wanted = roll_kind(body.kind)
    if found.kind not in (wanted, RollKind.MEMBERS):
        raise WrongKind(body=body.name, needed=_KIND_WORDS[wanted], found=_KIND_WORDS[found.kind])
    if not found.units and not found.people:
        raise NothingTaken(source=found.source)
    facts = report(found, as_of)
    shapes = [{"headings": list(headings), "columns": dict(columns)} for headings, columns in found.columns]
    before = queries.current_roll(work.db, body_id, found.kind)
    roll_id = add_roll(work, body_id, found.kind, as_of, found.source, found.sha256, facts | {"shapes": shapes})
    add_lines(work.db, roll_id, found.units, found.people)
    chain.append(
        work,
        "roll.imported",
        f"body:{body_id}",
        roll=roll_id,
        source=found.source,
        sha256=found.sha256,
        summary=summary(facts, found.kind),
    )
    if before is not None:
        carry_findings(work, before.id, roll_id)
    return roll_id


def begin_by_hand(work: Work, body_id: int, kind: RollKind | str, as_of: date) -> int:
    """Begin an empty roll that is filled line by line, and return its number."""
    bodies.body(work.db, body_id)
    kind = RollKind(kind)
    roll_id = add_roll(work, body_id, kind, as_of, BY_HAND, "", {})
    chain.append(
        work, "roll.imported", f"body:{body_id}", roll=roll_id, source=BY_HAND, sha256="", summary=_KIND_WORDS[kind]
    )
    return roll_id


def join_people(work: Work, person_id: int, same_as_id: int, evidence: str) -> int:
    """Record that two people of a roll are one, with the evidence, and return the joining's number.

    Refused when they bear different identity numbers, are one already, were found to be two, or the evidence is blank.
    """
    evidence = required(evidence, "合并的依据", 400, "evidence")
    first, second = _person(work.db, person_id), _person(work.db, same_as_id)
    if first.roll_id != second.roll_id:
        raise Missing(what="同一名册中的人员", id=same_as_id)
    check_thawed(work.db, first.roll_id)
    known = queries.joins(work.db, first.roll_id)
    apart = {parting.pair for parting in queries.partings(work.db, first.roll_id)}
    joins_rules.check_join(_as_person(first), _as_person(second), known, apart)
    # joining what is joined already would lose the earlier finding: the root of the first moves instead
    root = resolve(known, first.id)
    joining = Joining(
        roll_id=first.roll_id,
        person_id=root,
        same_as_id=second.id,
        evidence=evidence,
        decided_at=work.now,
        decided_by=work.actor.name,
    )
    work.db.add(joining)
    work.db.flush()
    chain.append(
        work, "roll.joined", f"roll:{first.roll_id}", name=first.name, what=evidence, person=root, same_as=second.id
    )
    return joining.id


def separate_people(work: Work, joining_id: int, reason: str) -> None:
    """Undo a joining; it stays on record with the reason. Refused when it does not stand, or the roll is frozen."""
    reason = required(reason, "撤销的理由", 400, "reason")
    joining = work.db.get(Joining, joining_id)
    if joining is None or joining.undone_at is not None:
        raise NotJoined
    check_thawed(work.db, joining.roll_id)
    joining.undone_at, joining.undone_why = work.now, reason
    name = _person(work.db, joining.person_id).name
    chain.append(work, "roll.separated", f"roll:{joining.roll_id}", what=f"{name}，理由：{reason}", joining=joining.id)


def roll_kind(body_kind: str) -> RollKind:
    """The kind of roll a kind of body keeps."""
    return RollKind.OWNERS if body_kind == "owners" else RollKind.PEOPLE


def summary(facts: dict[str, Any], kind: RollKind) -> str:
    """The import in one phrase, for the record."""
    rejected = len({(problem["sheet"], problem["row"]) for problem in facts["problems"]})
    left = f"，{rejected} 行未采用" if rejected else ""
    if kind is RollKind.OWNERS:
        area = area_words(int(facts["total_area"].replace(".", "")))
        return f"{facts['units']} 套 {area} ㎡，业主 {facts['heads']} 人{left}"
    return f"{facts['people']} 人 {facts['households']} 户{left}"


def add_roll(
    work: Work, body_id: int, kind: RollKind, as_of: date, source: str, sha256: str, facts: dict[str, Any]
) -> int:
    """Add an empty roll with the facts of its import, and return its number."""
    row = Roll(
        body_id=body_id,
        kind=kind,
        as_of=as_of,
        source_name=bounded(source, "文件名", 200),
        source_sha256=sha256,
        accepted_at=work.now,
        accepted_by=work.actor.name,
        report=facts,
    )
    work.db.add(row)
    work.db.flush()
    return row.id


@uncollected
def add_lines(
    db: Session, roll_id: int, units: Iterable[Unit], people: Iterable[Person]
) -> tuple[dict[int, int], dict[int, int]]:
    """Fill an empty roll, and return the stored ids of units and of people by the ids they had."""
    persons = _store_people(db, roll_id, people)
    return _store_units(db, roll_id, units, persons), persons


def _store_people(db: Session, roll_id: int, people: Iterable[Person]) -> dict[int, int]:
    listed = list(people)
    insert_rows(db, RollPerson, (person_row(roll_id, person) for person in listed))
    # stored ids follow the order of insertion
    ids = db.scalars(select(RollPerson.id).where(RollPerson.roll_id == roll_id).order_by(RollPerson.id))
    return dict(zip((person.id for person in listed), ids, strict=True))


def _store_units(db: Session, roll_id: int, units: Iterable[Unit], persons: dict[int, int]) -> dict[int, int]:
    listed = list(units)
    insert_rows(db, RollUnit, (unit_row(roll_id, unit) for unit in listed))
    ids = db.scalars(select(RollUnit.id).where(RollUnit.roll_id == roll_id).order_by(RollUnit.id))
    stored = dict(zip((unit.id for unit in listed), ids, strict=True))
    owned = (
        {"unit_id": stored[unit.id], "position": position, "person_id": persons[owner]}
        for unit in listed
        for position, owner in enumerate(unit.owners, start=1)
    )
    insert_rows(db, Ownership, owned)
    return stored


def person_row(roll_id: int, person: Person) -> dict[str, Any]:
    """A person as the table holds them."""
    return {
        "roll_id": roll_id,
        "name": person.name,
        "initials": initials(person.name),
        "id_number": person.id_number,
        "legal": person.legal,
        "phone": person.phone,
        "birth": person.birth,
        "gender": person.gender,
        "household": person.household,
        "group_name": person.group,
        "relation": person.relation,
        "representative": person.representative,
        "note": person.note,
        "sheet": person.sheet,
        "row": person.row,
        "struck": False,
    }


def unit_row(roll_id: int, unit: Unit) -> dict[str, Any]:
    """A unit as the table holds it."""
    return {
        "roll_id": roll_id,
        "building": unit.building,
        "entrance": unit.entrance,
        "room": unit.room,
        "area": unit.area,
        "usage": str(unit.usage),
        "status": str(unit.status),
        "phone": unit.phone,
        "note": unit.note,
        "sheet": unit.sheet,
        "row": unit.row,
        "struck": False,
    }


def _person(db: Session, person_id: int) -> RollPerson:
    row = db.scalar(select(RollPerson).where(RollPerson.id == person_id, RollPerson.struck.is_(False)))
    if row is None:
        raise Missing(what="人员", id=person_id)
    return row


def _as_person(row: RollPerson) -> Person:
    return Person(row.id, row.name, row.id_number, row.legal)
