from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.rolls.address import Address, address_of, address_of_parts
from consult_app.rolls.problems import Code, Fault


@pytest.mark.parametrize(
    "text",
    ["3幢2单元501室", "3-2-501", "3#2-501", "3栋2单元501", "３－２－５０１", "三号楼二单元501", "03号楼2单元5层501室", "建设路12号3幢2单元501", "3 - 2 - 501"],
)  # fmt: skip
def test_one_unit_is_known_in_every_writing(text):
    assert address_of(text) == Address("3", "2", "501")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("商铺S07", ("商铺", "", "S07")),
        ("3幢501", ("3", "", "501")),
        ("A座1201", ("A", "", "1201")),
        ("十二号楼1-101", ("12", "1", "101")),
        ("二期3号楼1单元101", ("二期3", "1", "101")),
        ("1号楼底商3", ("1", "", "底商3")),
        ("示范路88号", ("", "", "示范路88号")),
    ],
)
def test_other_places_keep_what_tells_them_apart(text, address):
    assert address_of(text) == Address(*address)


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        (("1号楼", "1单元", "101"), ("1", "1", "101")),
        (("1#", "", 101.0), ("1", "", "101")),
        (("商铺", "", "S14"), ("商铺", "", "S14")),
        (("2", "", "2-301"), ("2", "2", "301")),
        (("3", "1", "3-1-101"), ("3", "1", "101")),
        (("二栋", "一单元", "501室"), ("2", "1", "501")),
        (("", "", "1-1-101"), ("1", "1", "101")),
    ],
)
def test_three_columns_give_the_same_units(cells, address):
    assert address_of_parts(*cells) == Address(*address)


def test_a_room_that_contradicts_its_building_is_a_fault():
    found = address_of_parts("2", "1", "3-1-101")
    assert isinstance(found, Fault)
    assert found.code is Code.UNREADABLE_ADDRESS


@pytest.mark.parametrize(
    ("cell", "why"),
    [("", Code.MISSING_ADDRESS), ("###", Code.UNREADABLE_ADDRESS), (date(2020, 1, 1), Code.UNREADABLE_ADDRESS), ("1" * 200, Code.UNREADABLE_ADDRESS)],
)  # fmt: skip
def test_what_is_no_address_is_a_fault(cell, why):
    found = address_of(cell)
    assert isinstance(found, Fault)
    assert found.code is why


@given(st.integers(1, 99), st.integers(1, 9), st.integers(101, 3399))
def test_writings_of_one_unit_agree(building, entrance, room):
    expected = Address(str(building), str(entrance), str(room))
    for text in (
        f"{building}号楼{entrance}单元{room}室",
        f"{building}-{entrance}-{room}",
        f"{building}#{entrance}-{room}",
        f"{building:02d}幢{entrance}单元{room}",
    ):
        assert address_of(text) == expected
    assert address_of_parts(f"{building}栋", f"{entrance}单元", float(room)) == expected


@given(st.text(max_size=100), st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_the_reading(text, building, entrance):
    for found in (address_of(text), address_of_parts(building, entrance, text)):
        assert isinstance(found, Address | Fault)
