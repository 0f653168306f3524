from dataclasses import replace

from consult_app.rolls.difference import Change, Lines, difference
from consult_app.rolls.rules import Person, Unit, UnitStatus, Usage

PEOPLE = (Person(1, "甲", "A1"), Person(2, "乙"), Person(3, "丙"))


def unit(serial, owner, area=8000):
    return Unit(serial, "1", "1", str(serial), area, Usage.DWELLING, UnitStatus.DELIVERED, (owner,))


def test_new_gone_and_changed_units_are_told_apart():
    old = Lines((unit(1, 1), unit(2, 2), unit(3, 3)), PEOPLE)
    new = Lines((unit(1, 2), unit(2, 2, 8100), unit(4, 3)), PEOPLE)
    found = difference(old, new)
    assert found.new == ("1号楼1单元4",)
    assert found.gone == ("1号楼1单元3",)
    assert found.owners == (Change("1号楼1单元1", "甲", "乙"),)
    assert found.areas == (Change("1号楼1单元2", "80.00", "81.00"),)


def test_the_same_roll_in_another_order_differs_in_nothing():
    lines = (unit(1, 1), unit(2, 2))
    assert not difference(Lines(lines, PEOPLE), Lines(lines[::-1], PEOPLE))


def test_a_number_that_is_new_to_the_roll_is_no_new_owner_but_another_number_is():
    old = Lines((unit(1, 1), unit(2, 2)), PEOPLE)
    numbered = (PEOPLE[0], replace(PEOPLE[1], id_number="B2"))
    assert not difference(old, Lines(old.units, numbered))
    swapped = (replace(PEOPLE[0], id_number="A9"), PEOPLE[1])
    assert len(difference(old, Lines(old.units, swapped)).owners) == 1


def test_villagers_are_compared_by_number_and_by_household():
    old = Lines((), (Person(1, "甲", "A1", group="1组"), Person(2, "乙", household="01")))
    new = Lines((), (Person(1, "甲", "A1", group="2组"), Person(2, "丁", household="01")))
    found = difference(old, new)
    assert (found.new, found.gone) == (("丁",), ("乙",))
    assert found.others == (Change("甲", "1组", "2组"),)
