"""Gather the owners that lines name into people: joined by identity number, else each line's own. Pure."""

from dataclasses import replace

from consult_app.rolls.cells import Cell
from consult_app.rolls.identity import number_of, numbers_of
from consult_app.rolls.names import is_doubtful, is_garbled, is_organisation, names_of
from consult_app.rolls.problems import Code, Fault
from consult_app.rolls.rules import Person

Named = tuple[tuple[str, str], ...]
"""The owners of one line in order: name and identity number, which may be empty."""

_LONGEST_NAME = 100


class Owners:
    """The people met so far; ids count from 1 in the order of first meeting."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_number: dict[str, int] = {}

    def conflict(self, named: Named) -> Fault | None:
        """A number that another name already bears: one of the two lines is mistyped, and a person must say which."""
        for name, number in named:
            known = self._by_number.get(number) if number else None
            if known and self.people[known - 1].name != name:
                first = self.people[known - 1]
                message = f"证件号码“{number}”在第 {first.row} 行属于“{first.name}”，这里却是“{name}”，请核对"
                return Fault(Code.ID_OF_ANOTHER_NAME, message)
        return None

    def take(self, named: Named, sheet: str, row: int) -> tuple[int, ...]:
        """The ids of a line's owners; someone named twice on a line is one."""
        found = [self._take_one(name, number, sheet, row) for name, number in named]
        return tuple(dict.fromkeys(found))

    def _take_one(self, name: str, number: str, sheet: str, row: int) -> int:
        if number and (known := self._by_number.get(number)):
            return known
        person = Person(len(self.people) + 1, name, number, is_organisation(name), sheet=sheet, row=row)
        self.people.append(person)
        if number:
            self._by_number[number] = person.id
        return person.id


def named_owners(names: Cell, numbers: Cell) -> tuple[Named, str, list[Fault]]:
    """The owners two cells name, a remark for a person, and what is wrong with the cells.

    Numbers are given to names in order when there are as many of each; otherwise to nobody, and the remark says so.
    """
    texts = numbers_of(numbers) if numbers != "" else ()
    found = names_of(names, len(texts)) if names != "" else ()
    faults: list[Fault] = []
    for name in found:
        if is_garbled(name) or len(name) > _LONGEST_NAME:
            faults.append(Fault(Code.UNREADABLE_OWNER, f"业主姓名“{name[:20]}”含有无法识别的字符，请核对"))
    read: list[str] = []
    for text in texts:
        number = number_of(text)
        if isinstance(number, Fault):
            faults.append(number)
        else:
            read.append(number)
    doubt = next(
        (f"业主“{name[:40]}”按一个名称处理；如是几个人，请用顿号分开" for name in found if is_doubtful(name)), ""
    )
    if faults or not texts:
        return tuple((name, "") for name in found), doubt, faults
    if len(read) != len(found):
        remark = f"有 {len(found)} 名业主、{len(read)} 个证件号码，无法对应，证件号码未采用"
        return tuple((name, "") for name in found), remark if found else "", faults
    return tuple(zip(found, read, strict=True)), doubt, faults


def renumbered(person: Person, number: int) -> Person:
    """The person under another id."""
    return replace(person, id=number)
