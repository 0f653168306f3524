import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.rolls.masking import characters, masked_id, masked_name, masked_phone, masked_place


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张晓三", "张*三"),
        ("欧阳修", "欧阳*"),
        ("欧阳承敏", "欧阳*敏"),
        ("𬱖𠮷", "𬱖*"),
        ("马祎赟", "马*赟"),
        ("阿依古丽·买买提", "阿***·买**"),
        ("张\U000e0100三", "张\U000e0100*"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_names_keep_only_what_custom_shows(name, masked):
    assert masked_name(name) == masked


def test_phones_numbers_and_rooms_are_masked():
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("0937-6223344") == "*******3344"
    assert masked_phone("12345") == "*****"
    assert masked_id("00000019450118453X") == "000*************3X"
    assert masked_place("3", "2", "501") == "3幢2单元***"
    assert masked_place("商铺", "", "S07") == "商铺***"


@given(st.text(alphabet="张王李欧阳司马晓明赟𬱖·", min_size=2, max_size=8))
def test_a_masked_name_always_hides_something_and_keeps_the_count(name):
    masked = masked_name(name)
    if any(len(characters(part)) > 1 for part in name.split("·")):
        assert "*" in masked
    assert len(characters(masked)) == len(characters(name))
