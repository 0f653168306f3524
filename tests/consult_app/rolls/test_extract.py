import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consult_app.kernel.resources import path as resource
from consult_app.kernel.text import area_plain
from consult_app.rolls.extract import OnlyHeadings, extract, report
from consult_app.rolls.headings import Field, guess
from consult_app.rolls.plan import OtherRoll, plan
from consult_app.rolls.rules import STATUS_WORDS, RollKind, UnitStatus, Usage, is_adult
from consult_app.rolls.workbook import read
from tests.consult_app.rolls.books import HEADING, book, books, number, rows_of, taken

TRUTH = json.loads((Path(__file__).parent / "truth.json").read_text("utf-8"))
DAY = date(2026, 11, 22)


def codes(found):
    return [(problem.row, problem.column, str(problem.code)) for problem in found.problems]


@pytest.mark.parametrize("name", ["owners-small.xlsx", "owners-estate.xlsx"])
def test_the_samples_of_owners_give_exactly_their_truth(name):
    truth = TRUTH[name]
    found = taken(resource("samples", name))
    facts = report(found, DAY)
    for key in ("units", "total_area", "heads", "co_owned", "developer_units", "commercial", "ignored_sheets"):
        assert facts[key] == truth[key], key
    assert [{"row": p["row"], "why": p["code"]} for p in facts["problems"]] == truth["problem_rows"]
    people = {person.id: person.name for person in found.people}
    units = {unit.place: unit for unit in found.units}
    for sample in truth["sample"]:
        unit = units[sample["building"], sample["entrance"], sample["room"]]
        assert area_plain(unit.area) == sample["area"]
        assert [people[owner] for owner in unit.owners] == sample["owners"]
        assert (unit.phone, STATUS_WORDS[unit.status]) == (sample["phone"], sample["status"])


def test_the_sample_village_gives_exactly_its_truth():
    truth = TRUTH["village.xlsx"]
    found = taken(resource("samples", "village.xlsx"), RollKind.PEOPLE)
    facts = report(found, DAY)
    for key in ("people", "households", "representatives", "groups"):
        assert facts[key] == truth[key], key
    for day, adults in truth["adults_on"].items():
        assert sum(is_adult(person.birth, date.fromisoformat(day)) for person in found.people) == adults
    assert facts["problems"] == []
    known = {
        (p.household, p.group, p.name, p.birth.isoformat() if p.birth else "", p.representative) for p in found.people
    }
    for sample in truth["sample"]:
        assert tuple(sample.values()) in known


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_every_line_of_the_samples_is_accounted_for(name):
    kind = RollKind.OWNERS if "owners" in name else RollKind.PEOPLE
    path = resource("samples", name)
    heights = {sheet.name: len(sheet.rows) for sheet in read(path).sheets}
    for count in taken(path, kind).counts:
        assert count.total == heights[count.sheet]


def test_title_two_heading_rows_merged_cells_and_subtotals_are_told_apart(tmp_path):
    rows = [
        ("示范小区产权清册", *[""] * 6),
        ("序号", "房屋信息", "", "", "业主信息", "", "建筑面积"),
        ("", "楼栋", "单元", "房号", "姓名", "身份证号", ""),
        (1, "1幢", "一单元", 101, "张三", number(1), 80),
        (2, "", "", 102, "李四", "", 90.5),
        ("", "1幢小计", "", "", "", "", 170.5),
        ("", "", "", "", "", "", ""),
        ("序号", "楼栋", "单元", "房号", "姓名", "身份证号", "建筑面积"),
        (3, "2幢", "1单元", 101, "王五", "", "70㎡"),
        ("合计", "", "", "", "", "", 999),
        ("填表人：某某", "", "", "", "", "", ""),
    ]
    merge = ["A1:G1", "A2:A3", "B2:D2", "E2:F2", "G2:G3", "B4:B5", "C4:C5"]
    found = taken(book(tmp_path / "a.xlsx", rows, merge=merge))
    assert [unit.place for unit in found.units] == [("1", "1", "101"), ("1", "1", "102"), ("2", "1", "101")]
    assert found.problems == ()
    (count,) = found.counts
    assert {str(kind): n for kind, n in count.others.items()} == {
        "title": 1,
        "heading": 3,
        "subtotal": 2,
        "blank": 1,
        "remark": 1,
    }
    assert count.total == len(rows)
    assert any("合计 999.00" in note.message and "240.50" in note.message for note in found.notes)


def test_a_merged_area_is_not_counted_twice(tmp_path):
    rows = [HEADING, ("1-1-101", "张三", 80, "", "", ""), ("1-1-102", "张三", "", "", "", "")]
    found = taken(book(tmp_path / "a.xlsx", rows, merge=["C2:C3", "B2:B3"]))
    assert [unit.area for unit in found.units] == [8000]
    assert codes(found) == [(3, "C", "missing_area")]


def test_every_bad_line_is_named_by_row_and_column_and_the_rest_is_taken(tmp_path):
    found = rows_of(
        tmp_path,
        ("1-1-101", "张三", 80, number(1), 13812345678.0, ""),
        ("1-1-101", "张三", 80, "", "", ""),
        ("1-1-101", "张三", 81, "", "", ""),
        ("1-1-101", "李四", 80, "", "", ""),
        ("1-1-102", "", "八十", "", "", ""),
        ("", "王五", 80, "", "", ""),
        ("1-1-103", "赵?", 80, "", "", ""),
        ("1-1-104", "周八", 80, number(1), "", ""),
        ("1-1-105", "吴九", 80, "123", "", ""),
        ("1-1-106", "郑十", 88, "", "", ""),
    )
    assert codes(found) == [
        (3, "A", "duplicate_unit"),
        (4, "A", "duplicate_unit_conflicting_area"),
        (5, "A", "duplicate_unit"),
        (6, "C", "unreadable_area"),
        (6, "B", "missing_owner"),
        (7, "A", "missing_address"),
        (8, "B", "unreadable_owner"),
        (9, "D", "id_of_another_name"),
        (10, "D", "unreadable_id"),
    ]
    assert [unit.room for unit in found.units] == ["101", "106"]
    assert "合并写在一行" in found.problems[2].message
    assert found.counts[0].rejected == 8


def test_one_unit_written_two_ways_is_a_duplicate_across_sheets(tmp_path):
    sheets = {
        "1号楼": [HEADING, ("1-1-101", "张三", 80, "", "", "")],
        "2号楼": [HEADING, ("1幢1单元101室", "张三", 80, "", "", ""), ("2-1-101", "李四", 80, "", "", "")],
    }
    found = taken(books(tmp_path / "a.xlsx", sheets))
    assert len(found.units) == 2
    assert [(problem.sheet, problem.code) for problem in found.problems] == [("2号楼", "duplicate_unit")]


def test_sheets_that_are_left_are_listed_with_the_reason(tmp_path):
    good = [HEADING, ("1-1-101", "张三", 80, "", "", "")]
    sheets: dict[str, list[Any]] = {
        "名册": good,
        "地下车位": [("车位号", "使用人", "面积"), ("B1-1", "张三", 12)],
        "说明": [("只供内部使用",)],
        "Sheet3": [],
    }
    found = taken(books(tmp_path / "a.xlsx", sheets))
    assert [name for name, _ in found.ignored] == ["地下车位", "说明", "Sheet3"]
    assert all(reason for _, reason in found.ignored)


def test_only_the_sheet_asked_for_is_read(tmp_path):
    good = [HEADING, ("1-1-101", "张三", 80, "", "", "")]
    other = [HEADING, ("2-1-101", "李四", 90, "", "", "")]
    found = taken(books(tmp_path / "a.xlsx", {"甲": good, "乙": other}), only="乙")
    assert [unit.building for unit in found.units] == ["2"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("已交付", UnitStatus.DELIVERED),
        ("未售", UnitStatus.UNSOLD),
        ("已售未交付", UnitStatus.UNDELIVERED),
        ("是", UnitStatus.DELIVERED),
        ("否", UnitStatus.UNDELIVERED),
        ("", UnitStatus.UNKNOWN),
        ("抵押", UnitStatus.UNKNOWN),
    ],
)
def test_a_status_column_says_whether_a_unit_left_the_developer(tmp_path, word, status):
    heading = ("房屋坐落", "业主", "面积", "交付情况")
    found = taken(book(tmp_path / "a.xlsx", [heading, ("1-1-101", "张三", 80, word)]))
    assert found.units[0].status is status
    assert bool(found.notes) == (status is UnitStatus.UNKNOWN)


def test_without_a_status_column_the_remarks_name_the_exceptions(tmp_path):
    found = rows_of(
        tmp_path,
        ("1-1-101", "张三", 80, "", "", ""),
        ("1-1-102", "嘉和示范房地产开发有限公司", 80, "", "", "未售"),
        ("1-1-103", "", 80, "", "", "未售"),
        ("1-1-104", "李四", 80, "", "", "原未交付，现已交付"),
    )
    assert [unit.status for unit in found.units] == [
        UnitStatus.DELIVERED, UnitStatus.UNSOLD, UnitStatus.UNSOLD, UnitStatus.DELIVERED,
    ]  # fmt: skip
    assert [note.row for note in found.notes] == [5]


def test_usage_comes_from_its_column_else_from_the_place(tmp_path):
    heading = ("房屋坐落", "业主", "面积", "用途")
    rows = [
        ("商铺S01", "张三", 80, ""),
        ("1-1-101", "李四", 80, ""),
        ("1-1-102", "王五", 80, "商住"),
        ("1-1-103", "赵六", 80, "车位"),
    ]
    found = taken(book(tmp_path / "a.xlsx", [heading, *rows]))
    assert [unit.usage for unit in found.units] == [Usage.COMMERCIAL, Usage.DWELLING, Usage.COMMERCIAL, Usage.PARKING]
    assert report(found, DAY)["units"] == 3


def test_numbers_that_do_not_match_the_owners_are_given_to_nobody(tmp_path):
    found = rows_of(tmp_path, ("1-1-101", "张三、李四", 80, number(1), "", ""))
    assert [person.id_number for person in found.people] == ["", ""]
    assert "无法对应" in found.notes[0].message


@pytest.mark.parametrize(
    "names",
    [
        ("房屋坐落", "产权人(共有人)", "公民身份号码", "房产证面积", "手机"),
        ("房屋地址", "不动产权利人", "身份证号码", "专有部分面积（㎡）", "联系方式"),
        ("门牌号", "业主\n姓名", "证件号", "建筑面积(平方米)", "电 话"),
        ("坐落", "购房人", "证件号码：", "登记面积", "手机号码"),
    ],
)
def test_columns_are_known_by_many_names(tmp_path, names):
    sheet = read(book(tmp_path / "a.xlsx", [names, ("1-1-101", "张三", number(1), 80, "")])).sheets[0]
    mapping = guess(sheet, RollKind.OWNERS)
    assert mapping is not None
    expected = (Field.ADDRESS, Field.OWNER, Field.ID_NUMBER, Field.AREA, Field.PHONE)
    assert [mapping.column(field) for field in expected] == [0, 1, 2, 3, 4]


def test_the_registered_area_goes_before_others_and_inner_area_is_never_taken(tmp_path):
    heading = ("房屋坐落", "业主", "套内面积", "合同面积", "产权面积", "公摊面积")
    mapping = guess(
        read(book(tmp_path / "a.xlsx", [heading, ("1-1-101", "张三", 60, 79, 80, 20)])).sheets[0], RollKind.OWNERS
    )
    assert mapping is not None
    assert mapping.column(Field.AREA) == 4


def test_a_wrong_guess_can_be_corrected(tmp_path):
    sheets = read(book(tmp_path / "a.xlsx", [("地址", "住户", "业主", "面积"), ("1-1-101", "张三", "李四", 80)]))
    made = plan(sheets, RollKind.OWNERS)
    mapping = made.read[0].mapping
    assert mapping is not None
    corrected = extract(made.with_mapping("名册", mapping.with_column(Field.OWNER, 1)))
    assert [person.name for person in corrected.people] == ["张三"]


def test_bad_lines_of_a_village_are_named(tmp_path):
    heading = ("户号", "小组", "姓名", "出生日期", "身份证号", "是否村民代表")
    rows = [
        ("0001", "1组", "张三", "1970年1月1日", number(1), "√"),
        ("0001", "1组", "张三", "1970-01-01", number(1), ""),
        ("", "1组", "李四", "1970-01-01", "", ""),
        ("0002", "1组", "", "1970-01-01", "", ""),
        ("0002", "1组", "王五", "", "", ""),
        ("0002", "1组", "赵六", "1971-01-01", number(2), ""),
        ("0002", "1组", "周八", "七十年代", "", ""),
        ("0002", "1组", "吴九", "", number(3), "大概"),
        ("0002", "1组", "郑十", "", number(4), ""),
    ]
    found = taken(book(tmp_path / "a.xlsx", [heading, *rows]), RollKind.PEOPLE)
    assert codes(found) == [
        (3, "E", "duplicate_person"),
        (4, "A", "missing_household"),
        (5, "C", "missing_name"),
        (6, "D", "missing_birth"),
        (7, "D", "birth_differs_from_id"),
        (8, "D", "unreadable_birth"),
        (9, "F", "unreadable_mark"),
    ]
    assert [(p.name, p.birth, p.representative) for p in found.people] == [
        ("张三", date(1970, 1, 1), True), ("郑十", date(1970, 1, 1), False),
    ]  # fmt: skip


def test_a_full_line_above_the_heading_is_shown_to_a_person(tmp_path):
    rows = [("1-1-100", "甲", 80, "", "", "备"), HEADING, ("1-1-101", "乙", 80, "", "", "")]
    found = taken(book(tmp_path / "a.xlsx", rows))
    assert len(found.units) == 1
    assert [(note.row, note.message[:4]) for note in found.notes] == [(1, "在表头之")]


@pytest.mark.parametrize("kind", list(RollKind))
def test_every_line_of_a_sheet_is_in_the_account(tmp_path, kind):
    rows = [
        ("标题",),
        ("姓名", "房屋坐落", "面积" if kind is RollKind.OWNERS else "小组", "电话"),
        ("甲", "1-1-101", 80, ""),
        (),
        ("合计", "", 80, ""),
        ("", "", "", "注：某某"),
    ]
    (count,) = taken(book(tmp_path / "a.xlsx", rows), kind).counts
    assert count.total == len(rows)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("village.xlsx", RollKind.OWNERS, "是村（居）民名册，这里要导入的是业主名册"),
        ("owners-small.xlsx", RollKind.PEOPLE, "是业主名册，这里要导入的是村（居）民名册"),
        ("owners-estate.xlsx", RollKind.PEOPLE, "是业主名册，这里要导入的是村（居）民名册"),
    ],
)
def test_a_roll_of_the_other_kind_is_one_clear_line(name, kind, words):
    with pytest.raises(OtherRoll) as refused:
        taken(resource("samples", name), kind)
    assert words in str(refused.value)


def test_a_sheet_of_people_beside_the_units_is_left_with_the_reason(tmp_path):
    people = [("户号", "姓名", "性别", "出生日期"), ("01", "丙", "男", "1985-01-13")]
    found = taken(books(tmp_path / "a.xlsx", {"业主": [HEADING, ("1-1-101", "甲", 80, "", "", "")], "人口": people}))
    assert len(found.units) == 1
    assert found.ignored == (("人口", "列的是人口，不是房屋和业主"),)


@pytest.mark.parametrize("rows", [[HEADING], [HEADING, ("合计", "", 0, "", "", "")], [("标题",), HEADING, (), ()]])
def test_a_roll_of_headings_only_is_refused(tmp_path, rows):
    with pytest.raises(OnlyHeadings, match="只有表头"):
        taken(book(tmp_path / "a.xlsx", rows))
