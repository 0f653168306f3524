"""The made-up roll comes through the real importer without a single problem, and forms exactly as many heads as asked for."""

from pathlib import Path

import pytest

from consult_app.demo.made_up import identity_number, write_roll
from consult_app.rolls import heads
from consult_app.rolls.extract import extract
from consult_app.rolls.identity import number_of
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read


@pytest.mark.parametrize("voters", [1, 20, 137])
def test_made_up_roll_forms_as_many_heads_as_asked_for(tmp_path: Path, voters: int) -> None:
    write_roll(tmp_path / "roll.xlsx", voters)
    found = extract(plan(read(tmp_path / "roll.xlsx"), RollKind.OWNERS))
    assert (heads.count(found.units), found.problems) == (voters, ())


def test_identity_numbers_are_well_formed_distinct_and_of_no_region() -> None:
    numbers = [identity_number(person) for person in range(40_002)]
    assert len(set(numbers)) == len(numbers)
    assert all(number_of(number) == number for number in numbers[::97])
    assert {number[:6] for number in numbers} == {"000000"}
