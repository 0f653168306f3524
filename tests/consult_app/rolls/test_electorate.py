from datetime import date

import pytest

from consult_app.rolls.electorate import electors
from consult_app.rolls.rules import Electorate, Person, Unit, UnitStatus, Usage, is_adult

DAY = date(2026, 11, 22)
VILLAGE = (
    Person(1, "甲", birth=date(1980, 1, 1), household="01", group="1组", relation="配偶"),
    Person(2, "乙", birth=date(1979, 1, 1), household="01", group="1组", relation="户主", representative=True),
    Person(3, "丙", birth=date(2010, 1, 1), household="01", group="1组"),
    Person(4, "丁", birth=date(2012, 1, 1), household="02", group="2组"),
    Person(5, "戊", household="03", group="2组"),
)


@pytest.mark.parametrize(
    ("birth", "adult"),
    [(date(2008, 11, 22), True), (date(2008, 11, 23), False), (date(2008, 2, 29), True), (None, False)],
)
def test_civil_code_17_one_is_adult_from_the_eighteenth_birthday(birth, adult):
    assert is_adult(birth, DAY) is adult


@pytest.mark.parametrize(
    ("day", "adult"),
    [
        (date(2026, 2, 27), False),
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), True),
    ],
)
def test_civil_code_202_born_on_a_leap_day_one_is_adult_on_the_last_of_february(day, adult):
    assert is_adult(date(2008, 2, 29), day) is adult


def test_one_is_adult_on_the_birthday_itself_and_not_the_day_before():
    assert [is_adult(date(2008, 3, 1), date(2026, 2, 28)), is_adult(date(2008, 2, 28), date(2026, 2, 28))] == [
        False,
        True,
    ]
    assert is_adult(date(2006, 2, 28), date(2024, 2, 29))
    assert not is_adult(date(2008, 12, 31), date(2026, 1, 1))


def names(electorate):
    return [elector.label for elector in electors(electorate, (), VILLAGE, DAY)]


def test_adults_representatives_and_members_vote_in_person():
    assert names(Electorate.ADULTS) == ["甲", "乙"]
    assert names(Electorate.REPRESENTATIVES) == ["乙"]
    assert names(Electorate.MEMBERS) == ["甲", "乙", "丙", "丁", "戊"]


def test_a_household_with_an_adult_has_one_vote_under_its_heads_name():
    (only,) = electors(Electorate.HOUSEHOLDS, (), VILLAGE, DAY)
    assert (only.key, only.label, only.persons, only.heads) == ("h01", "乙户", (1, 2), 1)


def test_owners_vote_by_head_with_their_area():
    unit = Unit(7, "1", "1", "101", 8950, Usage.DWELLING, UnitStatus.DELIVERED, (1, 2))
    (only,) = electors(Electorate.OWNERS, (unit,), VILLAGE[:2], DAY)
    assert (only.key, only.label, only.area, only.rooms) == ("p1+p2", "甲、乙", 8950, ("1号楼1单元101",))
