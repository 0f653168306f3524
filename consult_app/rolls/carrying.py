"""Carry findings (同一人, 不是同一人) over to a newer roll where their evidence holds; else a person decides anew."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.rolls import queries
from consult_app.rolls.difference import Lines
from consult_app.rolls.joins import grounds_and_doubts
from consult_app.rolls.rules import Person, Unit, place_words
from consult_app.rolls.tables import Joining, Parting, Roll
from consult_app.storage.store import Work


@dataclass(frozen=True)
class Found:
    """What became of the older roll's `joining`: the two people's ids in the newer roll (0 where missing), and why it lapsed, if it did."""

    joining: int
    name: str
    where: tuple[str, ...]
    evidence: str
    person: int
    same_as: int
    lapsed: str = ""


def compare(joined: Iterable[queries.JoinFacts], old: Lines, new: Lines) -> tuple[Found, ...]:
    """Look for every joining of an older roll in a newer one. Pure.

    It holds when both people are there once each, by name, number and place, and nothing new speaks against it. Two who
    bear one number now are one without it.
    """
    before, after = _Roll(old), _Roll(new)
    return tuple(found for joining in joined if (found := _look(joining, before, after)))


def carry_findings(work: Work, old_id: int, new_id: int) -> None:
    """Carry who is one and who is two over to a newer roll, and write what became of each joining into its report."""
    joined, parted = queries.joinings(work.db, old_id), queries.partings(work.db, old_id)
    if not joined and not parted:
        return
    old = Lines(queries.units(work.db, old_id), queries.people(work.db, old_id, with_struck=True))
    new = Lines(queries.units(work.db, new_id), queries.people(work.db, new_id))
    if joined:
        _carry_joinings(work, old_id, new_id, compare(joined, old, new))
    if parted:
        _carry_partings(work, old_id, new_id, still_apart(parted, old, new))


def still_apart(
    parted: Iterable[queries.PartFacts], old: Lines, new: Lines
) -> tuple[tuple[queries.PartFacts, int, int], ...]:
    """The partings of an older roll that hold in a newer one, with the two people's ids there. Pure.

    One holds when both are there once each, and nothing speaks for their being one that did not before.
    """
    before, after = _Roll(old), _Roll(new)
    found = []
    for parting in parted:
        was, was_other = before.people[parting.person], before.people[parting.other]
        now, other = after.same(before, was), after.same(before, was_other)
        if now is None or other is None or now.id == other.id:
            continue
        if set(after.evidence(now, other)[0]) <= set(before.evidence(was, was_other)[0]):
            found.append((parting, now.id, other.id))
    return tuple(found)


def _carry_joinings(work: Work, old_id: int, new_id: int, found: Sequence[Found]) -> None:
    carried = [each for each in found if not each.lapsed]
    lapsed = [each for each in found if each.lapsed]
    _store(work.db, new_id, carried)
    row = work.db.get_one(Roll, new_id)
    row.report = row.report | {
        "joinings": {"carried": [_plain(each) for each in carried], "lapsed": [_plain(each) for each in lapsed]}
    }
    chain.append(
        work,
        "roll.carried",
        f"roll:{new_id}",
        old=old_id,
        carried=len(carried),
        lapsed=len(lapsed),
        pairs=[[each.person, each.same_as] for each in carried],
    )


def _carry_partings(work: Work, old_id: int, new_id: int, found: Sequence[tuple[queries.PartFacts, int, int]]) -> None:
    work.db.add_all(
        Parting(
            roll_id=new_id,
            person_id=person,
            other_id=other,
            evidence=parting.evidence,
            decided_at=parting.decided_at,
            decided_by=parting.decided_by,
        )
        for parting, person, other in found
    )
    work.db.flush()
    pairs = [[person, other] for _, person, other in found]
    chain.append(work, "roll.partings_carried", f"roll:{new_id}", old=old_id, count=len(found), pairs=pairs)


class _Roll:
    """The people of a roll with what tells them apart."""

    def __init__(self, lines: Lines) -> None:
        self.people = {person.id: person for person in lines.people}
        self.held: dict[int, list[Unit]] = defaultdict(list)
        for unit in lines.units:
            for owner in unit.owners:
                self.held[owner].append(unit)
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in lines.people:
            self.by_name[person.name].append(person)

    def same(self, other: "_Roll", wanted: Person) -> Person | None:
        """The one person here who is surely the person of another roll; None when there is none, or more than one."""
        known = [person for person in self.by_name.get(wanted.name, ()) if person.id_number == wanted.id_number]
        if not wanted.id_number:
            # without a number only the place tells namesakes apart
            known = [person for person in known if self.place(person) == other.place(wanted)]
        return known[0] if len(known) == 1 else None

    def place(self, person: Person) -> tuple[object, ...]:
        return (person.household, person.birth, frozenset(unit.place for unit in self.held.get(person.id, ())))

    def where(self, *people: Person) -> tuple[str, ...]:
        rooms = [place_words(*unit.place) for person in people for unit in self.held.get(person.id, ())]
        return tuple(dict.fromkeys(rooms)) or tuple(f"{person.household}户" for person in people if person.household)

    def evidence(self, first: Person, second: Person) -> tuple[Sequence[str], Sequence[str]]:
        return grounds_and_doubts(first, second, self.held)


def _look(joining: queries.JoinFacts, old: _Roll, new: _Roll) -> Found | None:
    was, was_same = old.people[joining.person], old.people[joining.same_as]
    now, now_same = new.same(old, was), new.same(old, was_same)
    where = old.where(was, was_same)
    if now is None or now_same is None:
        if _is_settled(old, new, was, was_same):
            return None
        gone = was if now is None else was_same
        why = f"新名册中找不到与原来相符的“{gone.name}”（{'、'.join(old.where(gone)) or '无房号'}）"
        return _found(joining, where, now, now_same, why)
    if now.id == now_same.id:
        return None
    (grounds, doubts), (new_grounds, new_doubts) = old.evidence(was, was_same), new.evidence(now, now_same)
    if lost := [words for words in grounds if words not in new_grounds]:
        return _found(joining, where, now, now_same, f"原来的依据不再成立：{'、'.join(lost)}")
    if added := [words for words in new_doubts if words not in doubts]:
        return _found(joining, where, now, now_same, f"出现新的疑点：{'、'.join(added)}")
    return _found(joining, where, now, now_same, "")


def _is_settled(old: _Roll, new: _Roll, was: Person, was_same: Person) -> bool:
    """Whether the newer roll needs no joining: one person with a number holds the places of both."""
    places = {unit.place for person in (was, was_same) for unit in old.held.get(person.id, ())}
    return bool(places) and any(
        person.id_number and places <= {unit.place for unit in new.held.get(person.id, ())}
        for person in new.by_name.get(was.name, ())
    )


def _found(
    joining: queries.JoinFacts, where: tuple[str, ...], now: Person | None, now_same: Person | None, lapsed: str
) -> Found:
    person, same_as = now.id if now else 0, now_same.id if now_same else 0
    return Found(joining.id, joining.name, where, joining.evidence, person, same_as, lapsed)


def _store(db: Session, roll_id: int, carried: Sequence[Found]) -> None:
    """Write the joinings that hold, as the findings they were: by whom and when stays."""
    known = {
        row.id: row for row in db.scalars(select(Joining).where(Joining.id.in_([each.joining for each in carried])))
    }
    rows = [
        {
            "roll_id": roll_id,
            "person_id": each.person,
            "same_as_id": each.same_as,
            "evidence": each.evidence,
            "decided_at": known[each.joining].decided_at,
            "decided_by": known[each.joining].decided_by,
            "undone_why": "",
        }
        for each in carried
    ]
    if rows:
        db.execute(insert(Joining), rows)


def _plain(found: Found) -> dict[str, object]:
    return {
        "name": found.name,
        "where": list(found.where),
        "evidence": found.evidence,
        "lapsed": found.lapsed,
        "person": found.person,
        "same_as": found.same_as,
    }
