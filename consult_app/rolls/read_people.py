"""Read the lines of villagers' or residents' sheets into people. Pure."""

from collections.abc import Sequence
from datetime import date

from consult_app.rolls.cells import Cell, date_of, mark_of, months_of, phone_of, text_of, tight
from consult_app.rolls.headings import Field, Mapping
from consult_app.rolls.identity import birth_of, number_of, numbers_of
from consult_app.rolls.lines import Line, LineKind, lines
from consult_app.rolls.names import is_garbled, name_of
from consult_app.rolls.plan import SheetPlan
from consult_app.rolls.problems import Code, Fault
from consult_app.rolls.rules import Person
from consult_app.rolls.tally import Reading, SheetTally

_KEYS = (Field.NAME, Field.HOUSEHOLD, Field.ID_NUMBER, Field.BIRTH)


class _Seen:
    """Everyone taken so far, over all sheets."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.by_number: dict[str, Person] = {}
        self.by_facts: dict[tuple[str, str, date | None], Person] = {}

    def take(self, person: Person) -> None:
        """Note one more person."""
        self.people.append(person)
        if person.id_number:
            self.by_number[person.id_number] = person
        self.by_facts[person.household, person.name, person.birth] = person

    def duplicate(self, name: str, number: str, household: str, birth: date | None) -> Fault | None:
        """Whether the person was met before: by number, or without one by household, name and birth."""
        first = self.by_number.get(number) if number else self.by_facts.get((household, name, birth))
        if first is None:
            return None
        if number and first.name != name:
            message = f"证件号码“{number}”在第 {first.row} 行属于“{first.name}”，这里却是“{name}”，请核对"
            return Fault(Code.ID_OF_ANOTHER_NAME, message)
        return Fault(Code.DUPLICATE_PERSON, f"“{name}”与第 {first.row} 行重复")


def read_people(plans: Sequence[SheetPlan]) -> Reading:
    """The people of all planned sheets; someone met twice is taken once, the later line is a problem."""
    seen = _Seen()
    tallies = [tally for found in plans if found.mapping and (tally := _read_sheet(found, found.mapping, seen))]
    return Reading(
        units=(),
        people=tuple(seen.people),
        problems=tuple(problem for tally in tallies for problem in tally.problems),
        notes=tuple(note for tally in tallies for note in tally.notes),
        counts=tuple(tally.count() for tally in tallies),
    )


def _read_sheet(plan: SheetPlan, mapping: Mapping, seen: _Seen) -> SheetTally:
    tally = SheetTally(plan.sheet.name)
    for line in lines(plan.sheet, mapping, _KEYS):
        if line.kind is LineKind.RECORD:
            _read_line(line, mapping, seen, tally)
        else:
            tally.leave(line, line.kind)
    return tally


def _read_line(line: Line, mapping: Mapping, seen: _Seen, tally: SheetTally) -> None:
    faults: list[tuple[int, Fault]] = []

    def cell(field: Field) -> Cell:
        at = mapping.columns.get(field)
        return "" if at is None else line.cells[at]

    def fault(field: Field, found: Fault) -> None:
        faults.append((mapping.column(field), found))

    name = name_of(cell(Field.NAME))
    if not name:
        fault(Field.NAME, Fault(Code.MISSING_NAME, "没有填写姓名"))
    elif is_garbled(name) or len(name) > 60:
        fault(Field.NAME, Fault(Code.UNREADABLE_NAME, f"姓名“{name[:20]}”含有无法识别的字符，请核对"))
    household = tight(cell(Field.HOUSEHOLD))[:40]
    if not household and Field.HOUSEHOLD in mapping.columns:
        fault(Field.HOUSEHOLD, Fault(Code.MISSING_HOUSEHOLD, "没有填写户号"))
    number = _number(cell(Field.ID_NUMBER))
    if isinstance(number, Fault):
        fault(Field.ID_NUMBER, number)
        number = ""
    birth = _birth(cell(Field.BIRTH), number, Field.BIRTH in mapping.columns or Field.ID_NUMBER in mapping.columns)
    if isinstance(birth, Fault):
        if not (birth.code is Code.MISSING_BIRTH and faults):
            fault(Field.BIRTH if Field.BIRTH in mapping.columns else Field.ID_NUMBER, birth)
        birth = None
    mark = mark_of(cell(Field.REPRESENTATIVE))
    if isinstance(mark, Fault):
        fault(Field.REPRESENTATIVE, mark)
    if not faults and (double := seen.duplicate(name, number, household, birth)):
        fault(Field.ID_NUMBER if number else Field.NAME, double)
    if faults:
        tally.reject(line.row, faults)
        return
    tally.taken += 1
    seen.take(
        Person(
            id=len(seen.people) + 1,
            name=name,
            id_number=number,
            phone=phone_of(cell(Field.PHONE)),
            birth=birth,
            gender=tight(cell(Field.GENDER))[:4],
            household=household,
            group=tight(cell(Field.GROUP))[:40],
            relation=tight(cell(Field.RELATION))[:20],
            representative=mark is True,
            note=text_of(cell(Field.NOTE))[:200],
            sheet=tally.sheet,
            row=line.row,
        )
    )


def _number(cell: Cell) -> str | Fault:
    texts = numbers_of(cell) if cell != "" else ()
    if not texts:
        return ""
    if len(texts) > 1:
        return Fault(Code.UNREADABLE_ID, "一格中有多个证件号码，请只填本人的")
    return number_of(texts[0])


def _birth(cell: Cell, number: str, asked: bool) -> date | Fault | None:
    """The birth by its column and by the identity number, which must agree; where the sheet asks for neither, unknown.

    A column of months (出生年月) agrees with a number of that month.
    """
    stated, inside = date_of(cell), birth_of(number) if number else None
    if isinstance(stated, Fault):
        if inside and (months := months_of(cell)):
            if (inside.year, inside.month) in months:
                return inside
            return Fault(Code.BIRTH_DIFFERS_FROM_ID, f"出生日期“{text_of(cell)}”与证件号码中的 {inside} 不一致，请核对")
        return stated
    if stated and inside and stated != inside:
        return Fault(Code.BIRTH_DIFFERS_FROM_ID, f"出生日期 {stated} 与证件号码中的 {inside} 不一致，请核对")
    if not stated and not inside and asked:
        return Fault(Code.MISSING_BIRTH, "没有填写出生日期，证件号码也推不出")
    return stated or inside
