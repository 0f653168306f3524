import pytest

from consult_app.rolls.names import is_garbled, is_organisation, name_of, names_of
from consult_app.rolls.owners import named_owners
from consult_app.rolls.pinyin import initials


@pytest.mark.parametrize("separator", ["、", "/", ",", "，", ";", "；", "\n", " / "])
def test_owners_in_one_cell_are_told_apart(separator):
    assert names_of(f"　张三{separator}李四 ") == ("张三", "李四")


@pytest.mark.parametrize(
    ("cell", "numbers", "names"),
    [
        ("张 三", 0, ("张三",)),
        ("张三 李四", 0, ("张三", "李四")),
        ("张三 李四", 2, ("张三", "李四")),
        ("张三 李四", 1, ("张三李四",)),
        ("欧阳 修", 0, ("欧阳修",)),
        ("JOHN SMITH", 0, ("JOHN SMITH",)),
        ("张三（共有）、李四(50%)", 0, ("张三", "李四")),
        ("嘉和（示范）房地产开发有限公司", 0, ("嘉和(示范)房地产开发有限公司",)),
        ("阿依古丽•买买提", 0, ("阿依古丽·买买提",)),
        ("𬱖𠮷", 0, ("𬱖𠮷",)),
        ("无", 0, ()),
        ("", 0, ()),
    ],
)
def test_a_doubtful_space_is_settled_with_care(cell, numbers, names):
    assert names_of(cell, numbers) == names


@pytest.mark.parametrize(
    ("cell", "numbers", "names"),
    [
        ("A/S", 0, ("A/S",)),
        ("A/S", 1, ("A/S",)),
        ("张三、A/S", 0, ("张三", "A/S")),
        ("B&Q", 0, ("B&Q",)),
        ("Smith, John", 0, ("Smith, John",)),
        ("John/Mary Smith", 2, ("John", "Mary Smith")),
        ("张三/Mary Smith", 0, ("张三/Mary Smith",)),
        ("张三/Mary Smith", 2, ("张三", "Mary Smith")),
        ("<script>alert(1)</script>", 0, ("<script>alert(1)</script>",)),
        ("<script>alert('x；y')</script>", 0, ("<script>alert('x;y')</script>",)),
        ("张三/示范物业服务有限公司", 0, ("张三", "示范物业服务有限公司")),
        ("阿依古丽·买买提/张三", 0, ("阿依古丽·买买提", "张三")),
        ("张三/", 0, ("张三",)),
        ("无/张三", 0, ("张三",)),
        ("张三/13800138000", 0, ("张三/13800138000",)),
    ],
)
def test_a_sign_inside_a_name_parts_it_only_where_both_sides_are_names(cell, numbers, names):
    assert names_of(cell, numbers) == names


def test_a_name_that_may_be_several_is_put_before_a_person():
    named, remark, faults = named_owners("A/S", "")
    assert named == (("A/S", ""),)
    assert "按一个名称处理" in remark
    assert faults == []
    assert named_owners("张三/李四", "")[1] == ""


def test_a_number_behind_a_name_is_no_part_of_it():
    assert is_garbled("张三/13800138000")


def test_padding_inside_a_name_goes():
    assert name_of("张　三") == "张三"


def test_lost_characters_and_organisations_are_noticed():
    assert is_garbled("张?")
    assert is_garbled("张\ufffd")
    assert not is_garbled("𫖯㼆")
    assert is_organisation("嘉和示范房地产开发有限公司")
    assert not is_organisation("张三")


def test_initials_find_a_person_and_know_surnames():
    assert initials("张晓明") == "zxm"
    assert initials("单雄信") == "sxx"
    assert initials("A座") == "az"
