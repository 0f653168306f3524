from dataclasses import replace
from datetime import date

import pytest

from consult_app.rolls.canonical import canonical_lines, check_number, digest_of
from consult_app.rolls.rules import Person, RollKind, Unit, UnitStatus, Usage

DAY = date(2026, 11, 22)
PEOPLE = (Person(7, "甲"), Person(8, "甲"), Person(9, "乙", "A1234567"))
UNITS = (
    Unit(1, "1", "1", "101", 8000, Usage.DWELLING, UnitStatus.DELIVERED, (7,)),
    Unit(2, "1", "1", "102", 9000, Usage.DWELLING, UnitStatus.DELIVERED, (8, 9)),
)


def digest(units=UNITS, people=PEOPLE, joins=None, as_of=DAY):
    return digest_of(canonical_lines(RollKind.OWNERS, as_of, units, people, joins or {}))


def test_lines_hold_all_that_decides_a_vote():
    assert list(canonical_lines(RollKind.OWNERS, DAY, UNITS, PEOPLE, {})) == [
        '["roll",1,"owners","2026-11-22"]',
        '["unit","1","1","101",8000,"dwelling","delivered",[[1,"甲",""]]]',
        '["unit","1","1","102",9000,"dwelling","delivered",[[2,"甲",""],[3,"乙","A1234567"]]]',
    ]
    assert list(canonical_lines(RollKind.PEOPLE, DAY, (), (Person(1, "甲", birth=DAY, household="01"),), {}))[1:] == [
        '["person","甲","","2026-11-22","01","","",false]'
    ]


def test_the_database_s_numbers_are_no_matter():
    moved = tuple(replace(person, id=person.id + 100) for person in PEOPLE)
    units = tuple(replace(unit, id=unit.id + 50, owners=tuple(o + 100 for o in unit.owners)) for unit in UNITS)
    assert digest(units, moved) == digest()


@pytest.mark.parametrize(
    "change",
    [{"area": 8001}, {"status": UnitStatus.UNSOLD}, {"usage": Usage.PARKING}, {"room": "103"}, {"owners": (8,)}],
)
def test_every_such_change_alters_the_digest(change):
    assert digest((replace(UNITS[0], **change), UNITS[1])) != digest()


def test_a_joining_and_another_day_alter_the_digest_and_a_phone_does_not():
    assert digest(joins={8: 7}) != digest()
    assert digest(as_of=date(2026, 11, 23)) != digest()
    assert digest((replace(UNITS[0], phone="13800000000"), UNITS[1])) == digest()


def test_a_digest_is_read_out_as_sixteen_digits():
    words = check_number(digest())
    assert [len(part) for part in words.split()] == [4, 4, 4, 4]
    assert words.replace(" ", "").isdecimal()
    assert words != check_number(digest(people=PEOPLE[::-1], joins={8: 7}))
    assert check_number("") == ""
