"""Correct a roll line by line; every correction keeps what the line was, what it became, and why.

A frozen roll is not corrected (`freezing.RollFrozen`) but amended.
"""

from typing import Any, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.errors import Blank, Missing, Refused
from consult_app.kernel.text import area_plain, bounded, required
from consult_app.rolls.address import Address, address_of_parts
from consult_app.rolls.cells import area_of, date_of, phone_of
from consult_app.rolls.entries import PersonEntry, UnitEntry, changed_words, entry_facts
from consult_app.rolls.freezing import check_thawed
from consult_app.rolls.identity import birth_of, number_of
from consult_app.rolls.names import is_garbled, is_organisation, name_of
from consult_app.rolls.pinyin import initials
from consult_app.rolls.problems import Fault
from consult_app.rolls.rules import UnitStatus, Usage, place_words
from consult_app.rolls.tables import Ownership, Roll, RollChange, RollPerson, RollUnit
from consult_app.storage.store import Work

T = TypeVar("T")


class Unreadable(Refused):
    """A field holds something that cannot be read."""

    text = "{message}。"


class UnitExists(Refused):
    """The roll lists this unit already."""

    text = "{place}已在名册中，请修改那一行，不要重复添加。"
    field = "room"


class OtherName(Refused):
    """The identity number belongs to another name on this roll."""

    text = "证件号码属于名册中的“{known}”，与“{name}”不符，请核对。"
    field = "owners"


class PersonExists(Refused):
    """The roll lists someone of this identity number already."""

    text = "“{name}”已在名册中，请修改那一行，不要重复添加。"
    field = "id_number"


def add_unit(work: Work, roll_id: int, entry: UnitEntry, reason: str) -> int:
    """Add a unit and return its number. Refused when the roll lists it, or a field is blank or unreadable."""
    reason = required(reason, "更正的理由", 400, "reason")
    _check_roll(work.db, roll_id)
    unit = RollUnit(roll_id=roll_id, sheet="", row=0, struck=False)
    _fill_unit(work.db, unit, entry)
    work.db.add(unit)
    work.db.flush()
    _set_owners(work.db, unit, entry)
    after = entry_facts(unit_entry(work.db, unit.id))
    _record(work, roll_id, f"unit:{unit.id}", {}, after, reason, f"增加{_place(unit)}")
    return unit.id


def change_unit(work: Work, unit_id: int, entry: UnitEntry, reason: str) -> None:
    """Correct a unit to what the entry says. Refused as for `add_unit`; without a change nothing is recorded."""
    reason = required(reason, "更正的理由", 400, "reason")
    unit = _unit(work.db, unit_id)
    before, place = unit_entry(work.db, unit_id), _place(unit)
    _fill_unit(work.db, unit, entry)
    work.db.flush()
    _set_owners(work.db, unit, entry)
    after = unit_entry(work.db, unit_id)
    if words := changed_words(before, after):
        facts = entry_facts(before), entry_facts(after)
        _record(work, unit.roll_id, f"unit:{unit_id}", *facts, reason, f"{place}（{words}）")


def strike_unit(work: Work, unit_id: int, reason: str) -> None:
    """Take a unit out of the count; the line stays on record."""
    reason = required(reason, "更正的理由", 400, "reason")
    unit = _unit(work.db, unit_id)
    before = entry_facts(unit_entry(work.db, unit_id))
    unit.struck = True
    work.db.flush()
    _strike_idle(work.db, _holders(work.db, unit_id))
    _record(work, unit.roll_id, f"unit:{unit_id}", before, {}, reason, f"划去{_place(unit)}")


def add_person(work: Work, roll_id: int, entry: PersonEntry, reason: str) -> int:
    """Add a villager, resident or member and return the number. Refused when listed already or a field is unreadable."""
    reason = required(reason, "更正的理由", 400, "reason")
    _check_roll(work.db, roll_id)
    person = RollPerson(roll_id=roll_id, sheet="", row=0, struck=False)
    _fill_person(work.db, person, entry)
    work.db.add(person)
    work.db.flush()
    after = entry_facts(_person_entry(person))
    _record(work, roll_id, f"person:{person.id}", {}, after, reason, f"增加{person.name}")
    return person.id


def change_person(work: Work, person_id: int, entry: PersonEntry, reason: str) -> None:
    """Correct a person to what the entry says; without a change nothing is recorded."""
    reason = required(reason, "更正的理由", 400, "reason")
    person = _person(work.db, person_id)
    before = _person_entry(person)
    _fill_person(work.db, person, entry)
    work.db.flush()
    after = _person_entry(person)
    if words := changed_words(before, after):
        facts = entry_facts(before), entry_facts(after)
        _record(work, person.roll_id, f"person:{person_id}", *facts, reason, f"{before.name}（{words}）")


def strike_person(work: Work, person_id: int, reason: str) -> None:
    """Take a person off the roll; the line stays on record."""
    reason = required(reason, "更正的理由", 400, "reason")
    person = _person(work.db, person_id)
    if _holds_a_unit(work.db, person_id):
        raise Unreadable(message=f"“{person.name}”名下还有房屋，请先更正房屋的业主", field="name")
    person.struck = True
    before = entry_facts(_person_entry(person))
    _record(work, person.roll_id, f"person:{person_id}", before, {}, reason, f"划去{person.name}")


def unit_entry(db: Session, unit_id: int) -> UnitEntry:
    """A unit as one would type it, to be corrected."""
    owners = tuple((person.name, person.id_number) for person in _holders(db, unit_id))
    return _unit_entry(_unit(db, unit_id), owners)


def person_entry(db: Session, person_id: int) -> PersonEntry:
    """A person as one would type them, to be corrected."""
    return _person_entry(_person(db, person_id))


def checked_unit(db: Session, unit_id: int, entry: UnitEntry) -> UnitEntry:
    """The entry as the roll would hold it; nothing is stored. Refused as for `change_unit`."""
    unit = RollUnit(id=unit_id, roll_id=_unit(db, unit_id).roll_id)
    _fill_unit(db, unit, entry)
    owners = tuple((_name(name, "owners"), _number(number, "owners")) for name, number in entry.owners)
    _check_owned(unit, owners)
    return _unit_entry(unit, owners)


def checked_person(db: Session, person_id: int, entry: PersonEntry) -> PersonEntry:
    """The entry as the roll would hold it; nothing is stored. Refused as for `change_person`."""
    person = RollPerson(id=person_id, roll_id=_person(db, person_id).roll_id)
    _fill_person(db, person, entry)
    return _person_entry(person)


def roll_of(db: Session, line: str) -> int:
    """The number of the roll that a line (`unit:id`, `person:id`) is on."""
    noun, number = line.split(":")
    return (_unit if noun == "unit" else _person)(db, int(number)).roll_id


def _unit_entry(unit: RollUnit, owners: tuple[tuple[str, str], ...]) -> UnitEntry:
    return UnitEntry(
        unit.building,
        unit.entrance,
        unit.room,
        area_plain(unit.area),
        owners,
        unit.usage,
        unit.status,
        unit.phone,
        unit.note,
    )


def _person_entry(person: RollPerson) -> PersonEntry:
    return PersonEntry(
        person.name,
        person.id_number,
        person.phone,
        person.birth.isoformat() if person.birth else "",
        person.gender,
        person.household,
        person.group,
        person.relation,
        person.representative,
        person.note,
    )


def _fill_unit(db: Session, unit: RollUnit, entry: UnitEntry) -> None:
    address = _read(address_of_parts(entry.building, entry.entrance, entry.room), "room")
    area = _read(area_of(entry.area), "area")
    known = _unit_at(db, unit.roll_id, address)
    if known is not None and known != unit.id:
        raise UnitExists(place=place_words(*address))
    unit.building, unit.entrance, unit.room = address
    unit.area, unit.usage, unit.status = area, str(Usage(entry.usage)), str(UnitStatus(entry.status))
    unit.phone, unit.note = phone_of(entry.phone), bounded(entry.note, "备注", 200, "note")


def _fill_person(db: Session, person: RollPerson, entry: PersonEntry) -> None:
    name, number = _name(entry.name, "name"), _number(entry.id_number, "id_number")
    known = _by_number(db, person.roll_id, number) if number else None
    if known is not None and known.id != person.id:
        raise (
            PersonExists(name=known.name)
            if known.name == name
            else OtherName(known=known.name, name=name, field="id_number")
        )
    person.name, person.initials, person.id_number = name, initials(name), number
    person.legal = is_organisation(name)
    person.birth = _read(date_of(entry.birth), "birth") or birth_of(number)
    person.phone = phone_of(entry.phone)
    person.gender = bounded(entry.gender, "性别", 4, "gender")
    person.household = bounded(entry.household, "户号", 40, "household")
    person.group = bounded(entry.group, "小组", 40, "group")
    person.relation = bounded(entry.relation, "与户主关系", 20, "relation")
    person.representative = entry.representative
    person.note = bounded(entry.note, "备注", 200, "note")


def _set_owners(db: Session, unit: RollUnit, entry: UnitEntry) -> None:
    """Name the owners of a unit; those who stay keep their numbers, and whoever owns nothing more leaves the roll."""
    _check_owned(unit, entry.owners)
    held = _holders(db, unit.id)
    staying = {(person.name, person.id_number): person.id for person in held}
    wanted: dict[int, None] = {}
    for typed_name, typed_number in entry.owners:
        name, number = _name(typed_name, "owners"), _number(typed_number, "owners")
        wanted[staying.get((name, number)) or _owner(db, unit.roll_id, name, number)] = None
    if list(wanted) == [person.id for person in held]:
        return
    db.execute(delete(Ownership).where(Ownership.unit_id == unit.id))
    rows = [{"unit_id": unit.id, "position": at, "person_id": person} for at, person in enumerate(wanted, start=1)]
    if rows:
        db.execute(insert(Ownership), rows)
    _strike_idle(db, held)


def _check_owned(unit: RollUnit, owners: tuple[tuple[str, str], ...]) -> None:
    if not owners and unit.status not in (UnitStatus.UNSOLD, UnitStatus.UNDELIVERED):
        raise Blank(what="业主", field="owners")


def _strike_idle(db: Session, people: list[RollPerson]) -> None:
    for person in people:
        person.struck = not _holds_a_unit(db, person.id)


def _holds_a_unit(db: Session, person_id: int) -> bool:
    query = select(Ownership.unit_id).join(RollUnit, RollUnit.id == Ownership.unit_id)
    return db.scalar(query.where(Ownership.person_id == person_id, RollUnit.struck.is_(False)).limit(1)) is not None


def _holders(db: Session, unit_id: int) -> list[RollPerson]:
    query = select(RollPerson).join(Ownership, Ownership.person_id == RollPerson.id)
    return list(db.scalars(query.where(Ownership.unit_id == unit_id).order_by(Ownership.position)))


def _owner(db: Session, roll_id: int, name: str, number: str) -> int:
    """The person of this number on the roll, else a new one: a name alone never makes two lines one person."""
    known = _by_number(db, roll_id, number) if number else None
    if known is not None:
        if known.name != name:
            raise OtherName(known=known.name, name=name)
        return known.id
    person = RollPerson(roll_id=roll_id, sheet="", row=0, struck=False)
    _fill_person(db, person, PersonEntry(name, number))
    person.birth = None
    db.add(person)
    db.flush()
    return person.id


def _unit_at(db: Session, roll_id: int, address: Address) -> int | None:
    query = select(RollUnit.id).where(RollUnit.roll_id == roll_id, RollUnit.struck.is_(False))
    return db.scalar(
        query.where(
            RollUnit.building == address.building, RollUnit.entrance == address.entrance, RollUnit.room == address.room
        )
    )


def _by_number(db: Session, roll_id: int, number: str) -> RollPerson | None:
    query = select(RollPerson).where(RollPerson.roll_id == roll_id, RollPerson.struck.is_(False))
    return db.scalar(query.where(RollPerson.id_number == number).limit(1))


def _name(name: str, field: str) -> str:
    found = name_of(name)
    if not found:
        raise Blank(what="姓名", field=field)
    if is_garbled(found):
        raise Unreadable(message=f"姓名“{found[:20]}”含有无法识别的字符", field=field)
    return bounded(found, "姓名", 100, field)


def _number(text: str, field: str) -> str:
    stripped = "".join(text.upper().split())
    return _read(number_of(stripped), field) if stripped else ""


def _read(found: T | Fault, field: str) -> T:
    if isinstance(found, Fault):
        raise Unreadable(message=found.message, field=field)
    return found


def _check_roll(db: Session, roll_id: int) -> None:
    if db.get(Roll, roll_id) is None:
        raise Missing(what="名册", id=roll_id)


def _unit(db: Session, unit_id: int) -> RollUnit:
    row = db.get(RollUnit, unit_id)
    if row is None or row.struck:
        raise Missing(what="房屋", id=unit_id)
    return row


def _person(db: Session, person_id: int) -> RollPerson:
    row = db.get(RollPerson, person_id)
    if row is None or row.struck:
        raise Missing(what="人员", id=person_id)
    return row


def _place(unit: RollUnit) -> str:
    return place_words(unit.building, unit.entrance, unit.room)


def _record(
    work: Work, roll_id: int, line: str, before: dict[str, Any], after: dict[str, Any], reason: str, what: str
) -> None:
    check_thawed(work.db, roll_id)
    work.db.add(
        RollChange(
            roll_id=roll_id,
            line=line,
            before=before,
            after=after,
            reason=reason,
            changed_at=work.now,
            changed_by=work.actor.name,
        )
    )
    chain.append(work, "roll.changed", f"roll:{roll_id}", what=what, reason=reason, line=line)
