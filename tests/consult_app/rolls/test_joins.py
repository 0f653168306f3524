import pytest

from consult_app.rolls.joins import DifferentNumbers, SamePerson, check_join, proposals
from consult_app.rolls.rules import Person, Unit, UnitStatus, Usage


def unit(serial, owner, phone="", building="1"):
    return Unit(serial, building, "1", str(serial), 8000, Usage.DWELLING, UnitStatus.DELIVERED, (owner,), phone)


def test_namesakes_are_proposed_with_the_evidence_strong_ones_first():
    people = (Person(1, "甲"), Person(2, "甲"), Person(3, "乙"), Person(4, "乙"))
    units = (unit(1, 1), unit(2, 2, building="9"), unit(3, 3, "13800000000"), unit(4, 4, "13800000000"))
    first, second = proposals(units, people)
    assert (first.person, first.same_as, first.strong) == (4, 3, True)
    assert first.grounds == ("姓名相同：乙", "联系电话相同", "在同一单元")
    assert (first.rooms, first.same_as_rooms) == (("1号楼1单元4",), ("1号楼1单元3",))
    assert (second.person, second.strong) == (2, False)


def test_two_numbers_are_two_people_and_never_proposed():
    people = (Person(1, "甲", "A1"), Person(2, "甲", "A2"))
    assert proposals((), people) == ()
    with pytest.raises(DifferentNumbers):
        check_join(*people, {})


def test_what_is_joined_is_not_proposed_or_joined_again():
    people = (Person(1, "甲"), Person(2, "甲"))
    assert proposals((), people, {2: 1}) == ()
    with pytest.raises(SamePerson):
        check_join(*people, {2: 1})


def test_a_hundred_namesakes_give_no_flood_of_pairs():
    people = tuple(Person(at, "甲") for at in range(1, 101))
    assert len(proposals((), people)) == 99
