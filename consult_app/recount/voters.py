"""Form the voters anew from the lines of the roll (司法解释第九条): who is one person, and with which area."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from consult_app.recount.reading import Exported, Line, hundredths

KEPT_BY_DEVELOPER = ("unsold", "undelivered")


@dataclass
class Voter:
    """One head: the number the program gave it, its area (0.01 m²) and its lines."""

    keys: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    area: int = 0
    lines: int = 0


def formed(found: Exported) -> tuple[Voter, ...]:
    """The voters of a vote: heads of owners where the roll is one of units, else persons or households."""
    return owners(found) if any(line["交付情况"] for line in found.roll) else others(found)


def owners(found: Exported) -> tuple[Voter, ...]:
    """The owners' heads: the developer's units one, co-owners of a unit one, one owner of many units one."""
    same = _same_person(found.joinings)
    unsold = [line for line in found.roll if line["交付情况"] == "unsold"]
    builders = {holder for line in unsold for holder in _holders(line, same)}
    groups: dict[frozenset[str], Voter] = defaultdict(Voter)
    for line in found.roll:
        _take(groups[_who(line, same, builders)], line)
    return tuple(groups.values())


def others(found: Exported) -> tuple[Voter, ...]:
    """The voters of a body that counts persons or households: those of the roll, each once."""
    groups: dict[str, Voter] = defaultdict(Voter)
    for line in found.roll:
        _take(groups[line["票权编号"]], line)
    return tuple(groups.values())


def _take(voter: Voter, line: Line) -> None:
    voter.keys.add(line["票权编号"])
    voter.names.add(line["票权人"])
    voter.area += hundredths(line["面积"])
    voter.lines += 1


def _who(line: Line, same: dict[str, str], builders: set[str]) -> frozenset[str]:
    holders = _holders(line, same)
    if line["交付情况"] in KEPT_BY_DEVELOPER or (holders and holders <= builders):
        return frozenset({"developer"})
    return holders or frozenset({f"line {line['房屋或姓名']}"})


def _holders(line: Line, same: dict[str, str]) -> frozenset[str]:
    return frozenset(f"person {_root(owner, same)}" for owner in line["产权人编号"].split("+") if owner)


def _same_person(joinings: Iterable[Line]) -> dict[str, str]:
    """Sets of persons who are one, as a forest: each person points to another of the set, its root to itself."""
    parent: dict[str, str] = {}
    for joining in joinings:
        one, other = _root(joining["人员编号"], parent), _root(joining["同一人编号"], parent)
        if one != other:
            parent[one] = other
    return parent


def _root(person: str, parent: dict[str, str]) -> str:
    while person in parent:
        person = parent[person]
    return person
