from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.rolls.identity import birth_of, check_character, credit_check_character, number_of, numbers_of
from consult_app.rolls.problems import Code, Fault


def test_a_right_number_is_taken_with_a_small_x_too():
    assert numbers_of("00000019450118453x") == ("00000019450118453X",)
    assert number_of("00000019450118453X") == "00000019450118453X"
    assert birth_of("00000019450118453X") == date(1945, 1, 18)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("000000196001011230", Code.BAD_ID_CHECKSUM),
        ("00000019600230123" + check_character("00000019600230123"), Code.BAD_ID_BIRTH),
        ("0000001960010112", Code.UNREADABLE_ID),
        ("0000001960010112345", Code.UNREADABLE_ID),
        ("91000000MA0000000A", Code.BAD_ID_CHECKSUM),
        ("乱写", Code.UNREADABLE_ID),
    ],
)
def test_a_wrong_number_is_a_fault(text, why):
    found = number_of(text)
    assert isinstance(found, Fault)
    assert found.code is why


def test_a_number_that_excel_stored_as_a_number_has_lost_its_end():
    (text,) = numbers_of(1.1010119900307e17)
    found = number_of(text)
    assert isinstance(found, Fault)
    assert "末几位已丢失" in found.message


def test_an_old_number_of_fifteen_digits_becomes_the_eighteen():
    first = "00000019450118453"
    assert number_of("000000450118453") == first + check_character(first)


def test_a_credit_code_is_checked_by_its_own_rule():
    first = "91000000MA0000000"
    assert number_of(first + credit_check_character(first)) == first + credit_check_character(first)


def test_several_numbers_in_a_cell_are_told_apart_and_masked_ones_left():
    assert numbers_of("A1234567/B7654321、C1111111") == ("A1234567", "B7654321", "C1111111")
    assert numbers_of("110***********1234") == ()
    assert numbers_of("") == ()


@given(st.from_regex(r"0{6}(19[3-9][0-9]|200[0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
def test_any_single_wrong_digit_is_noticed(first):
    number = first + check_character(first)
    assert number_of(number) == number
    for place in (*range(6), *range(14, 17)):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert isinstance(number_of(wrong), Fault)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text):
    for part in numbers_of(text):
        assert isinstance(number_of(part), str | Fault)
