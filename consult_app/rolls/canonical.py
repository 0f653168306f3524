"""The canonical lines of a roll: all that decides who votes and with what, and nothing else. Pure.

They hold no number of the database, so that a second program can write the same lines and find the same digest.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from consult_app.rolls.heads import resolve
from consult_app.rolls.rules import Person, RollKind, Unit


def canonical_lines(
    kind: RollKind, as_of: date, units: Iterable[Unit], people: Iterable[Person], joins: Mapping[int, int]
) -> Iterator[str]:
    """One JSON array a line, in the order of the roll: a heading, then units with their owners, or people.

    Whoever was found to be one person bears one ordinal, counted from 1 by first appearance.
    """
    yield _line("roll", 1, str(kind), as_of.isoformat())
    by_id = {person.id: person for person in people}
    if kind is not RollKind.OWNERS:
        for person in by_id.values():
            yield _person_line(person)
        return
    ordinals: dict[int, int] = {}
    for unit in units:
        owners = []
        for owner in unit.owners:
            ordinal = ordinals.setdefault(resolve(joins, owner), len(ordinals) + 1)
            owners.append([ordinal, by_id[owner].name, by_id[owner].id_number])
        yield _line("unit", *unit.place, unit.area, str(unit.usage), str(unit.status), owners)


def digest_of(lines: Iterable[str]) -> str:
    """SHA-256 of the lines in UTF-8, each ended by a line feed: 64 hexadecimal digits."""
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode() + b"\n")
    return found.hexdigest()


def check_number(digest: str) -> str:
    """`4821 0937 5526 1840`: sixteen digits of a digest, to be read out and compared aloud; blank without one."""
    if not digest:
        return ""
    digits = f"{int(digest, 16) % 10**16:016d}"
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def _person_line(person: Person) -> str:
    birth = person.birth.isoformat() if person.birth else ""
    return _line(
        "person", person.name, person.id_number, birth, person.household, person.group, person.relation,
        person.representative,
    )  # fmt: skip


def _line(*parts: object) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
