"""Rolls as offices keep them: each test is one habit met in the wild, and what a right reading makes of it."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlrd

from consult_app.rolls import actions, queries
from consult_app.rolls.caps import NotASpreadsheet
from consult_app.rolls.extract import Extract, extract
from consult_app.rolls.headings import Field
from consult_app.rolls.lines import LineKind
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind, UnitStatus
from consult_app.rolls.workbook import read
from tests.consult_app.rolls.books import book, books, number, old_book, taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)
PLAIN = ("房屋坐落", "产权人(共有人)", "公民身份号码", "建筑面积", "联系电话")


def places(found: Extract) -> list[tuple[str, str, str]]:
    return [unit.place for unit in found.units]


def owners(found: Extract) -> list[list[str]]:
    names = {person.id: person.name for person in found.people}
    return [[names[owner] for owner in unit.owners] for unit in found.units]


def no_problem(found: Extract) -> Extract:
    assert found.problems == ()
    for count in found.counts:
        assert count.total == count.taken + sum(count.others.values())
    return found


def people(tmp_path: Path, heading: Sequence[str], *rows: Sequence[Any]) -> Extract:
    return taken(book(tmp_path / "村民.xlsx", [heading, *rows]), RollKind.PEOPLE)


def test_a_building_merged_over_its_rooms_stands_for_every_line(tmp_path):
    rows = [
        ("阳光小区业主名册", "", "", "", ""),
        ("楼栋", "单元", "房号", "业主", "面积"),
        ("1号楼", "1单元", "101", "甲", 80),
        ("", "", "102", "乙", 81),
        ("", "2单元", "101", "丙", 82),
        ("2号楼", "1单元", "101", "丁", 83),
    ]
    found = no_problem(taken(book(tmp_path / "a.xlsx", rows, merge=["A1:E1", "A3:A5", "B3:B4"])))
    assert places(found) == [("1", "1", "101"), ("1", "1", "102"), ("1", "2", "101"), ("2", "1", "101")]


def test_an_owner_merged_over_two_units_owns_both(tmp_path):
    rows = [PLAIN, ("1-1-101", "甲", number(1), 80, ""), ("1-1-102", "", "", 81, "")]
    found = no_problem(taken(book(tmp_path / "a.xlsx", rows, merge=["B2:B3", "C2:C3"])))
    assert owners(found) == [["甲"], ["甲"]]
    assert len(found.people) == 1


def test_two_heading_rows_are_read_as_one(tmp_path):
    rows = [
        ("2026 年业主信息登记表",),
        ("序号", "房屋", "", "", "业主", "", "面积"),
        ("", "楼栋", "单元", "房号", "姓名", "电话", "建筑面积（㎡）"),
        (1, "3", "2", "501", "甲", 13800000000.0, "89.5㎡"),
    ]
    found = no_problem(taken(book(tmp_path / "a.xlsx", rows, merge=["B2:D2", "E2:F2"])))
    assert places(found) == [("3", "2", "501")]
    assert (found.units[0].area, found.units[0].phone, owners(found)) == (8950, "13800000000", [["甲"]])
    assert found.counts[0].others[LineKind.HEADING] == 2


def test_every_building_on_a_sheet_of_its_own_is_one_roll(tmp_path):
    sheets = {
        f"{building}号楼": [
            PLAIN,
            *((f"{building}-1-{floor}01", f"业主{building}{floor}", "", 80, "") for floor in "123"),
        ]
        for building in (1, 2, 3)
    }
    found = no_problem(taken(books(tmp_path / "a.xlsx", sheets)))
    assert len(found.units) == 9
    assert [(count.sheet, count.taken) for count in found.counts] == [("1号楼", 3), ("2号楼", 3), ("3号楼", 3)]


def test_sheets_of_different_columns_are_each_read_by_their_own(tmp_path):
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "住宅": [PLAIN, ("1-1-101", "甲", "", 80, "")],
        "商铺": [("产权面积", "权利人", "门牌号"), (45.5, "乙", "商铺S01")],
    }
    found = no_problem(taken(books(tmp_path / "a.xlsx", sheets)))
    assert [(unit.room, unit.area) for unit in found.units] == [("101", 8000), ("S01", 4550)]


def test_subtotals_of_each_building_and_the_total_are_no_units(tmp_path):
    rows = [
        PLAIN,
        ("1-1-101", "甲", "", 80, ""),
        ("1号楼小计", "", "", 80, ""),
        (),
        ("2-1-101", "乙", "", 90, ""),
        ("2号楼小计", "", "", 90, ""),
        ("合计", "", "", 170, ""),
        ("制表人：某某", "", "", "", ""),
    ]
    found = no_problem(taken(book(tmp_path / "a.xlsx", rows)))
    (count,) = found.counts
    assert (count.taken, count.others[LineKind.SUBTOTAL], count.others[LineKind.BLANK]) == (2, 3, 1)
    assert count.others[LineKind.REMARK] == 1
    assert count.total == len(rows)


def test_a_heading_repeated_on_every_printed_page_is_no_unit(tmp_path):
    rows = [PLAIN, ("1-1-101", "甲", "", 80, ""), PLAIN, ("1-1-102", "乙", "", 80, "")]
    found = no_problem(taken(book(tmp_path / "a.xlsx", rows)))
    assert len(found.units) == 2
    assert found.counts[0].others[LineKind.HEADING] == 2


@pytest.mark.parametrize(
    "address",
    [
        "3幢2单元501室", "3-2-501", "3#2-501", "3栋2单元501", "3号楼2单元501", "３幢２单元５０１室", "三幢二单元501室",
        "3#楼2单元501室", "03-02-501", "3 幢 2 单元 501", "3—2—501", "3/2/501",
    ],
)  # fmt: skip
def test_one_address_cell_names_one_unit_in_every_writing(tmp_path, address):
    found = no_problem(taken(book(tmp_path / "a.xlsx", [PLAIN, (address, "甲", "", 80, "")])))
    assert places(found) == [("3", "2", "501")]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("3#2#501", ("3", "2", "501")),
        ("3#楼2#501", ("3", "2", "501")),
        ("三栋2-501", ("3", "2", "501")),
        ("3幢二单元五零一室", ("3", "2", "501")),
        ("三号楼二单元五〇一", ("3", "2", "501")),
        ("2-B-301", ("2", "B", "301")),
        ("2号楼B单元301", ("2", "B", "301")),
        ("一期2幢301", ("一期2", "", "301")),
        ("1期2号楼301室", ("一期2", "", "301")),
        ("'3-2-501", ("3", "2", "501")),
        ("A座1201", ("A", "", "1201")),
        ("地下车位B-023", ("车位", "", "B-023")),
        ("幸福路12号院3号楼2单元501", ("3", "2", "501")),
    ],
)
def test_an_address_keeps_the_building_the_entrance_and_the_room_apart(tmp_path, address, place):
    found = no_problem(taken(book(tmp_path / "a.xlsx", [PLAIN, (address, "甲", "", 80, "")])))
    assert places(found) == [place]


@pytest.mark.parametrize("address", ["2003/2/5", "2003-02-05", "3月2日", "2-Mar"])
def test_an_address_that_excel_made_a_date_in_a_csv_is_refused(tmp_path, address):
    path = tmp_path / "名册.csv"
    path.write_text(f"房屋坐落,业主,面积\n{address},甲,80\n", "utf-8")
    found = taken(path)
    assert "改成了日期" in found.problems[0].message


@pytest.mark.parametrize("cell", ["1985年3月", "1985-03", "1985.3", "198503", 1985.03])
def test_a_month_of_birth_agrees_with_the_identity_number_or_asks_for_the_day(tmp_path, cell):
    heading, born = ("户号", "姓名", "出生年月", "身份证号"), number(7, "19850317")
    rows = [("01", "甲", cell, born), ("01", "乙", cell, ""), ("01", "丙", cell, number(8, "19850417"))]
    found = people(tmp_path, heading, *rows)
    assert [(person.name, person.birth) for person in found.people] == [("甲", date(1985, 3, 17))]
    assert [str(problem.code) for problem in found.problems] == ["unreadable_birth", "birth_differs_from_id"]
    assert "请补全到日" in found.problems[0].message


def test_texts_marked_as_texts_are_read_without_their_marks(tmp_path):
    path = tmp_path / "名册.csv"
    lines = ["房屋坐落,业主,身份证号,面积", f'="1-1-101",="甲",="{number(1)}",80', f"'1-1-102,乙,'{number(2)},'81"]
    path.write_text("\n".join(lines), "utf-8")
    found = no_problem(taken(path))
    assert [(unit.room, unit.area) for unit in found.units] == [("101", 8000), ("102", 8100)]
    assert [(person.name, person.id_number) for person in found.people] == [("甲", number(1)), ("乙", number(2))]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_csv_may_part_its_cells_by_other_signs(tmp_path, separator):
    path = tmp_path / "名册.csv"
    rows = [("房屋坐落", "业主", "面积"), ("1-1-101", '"甲一\n乙二"', "80")]
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode("gb18030"))
    assert owners(no_problem(taken(path))) == [["甲一", "乙二"]]


def test_a_text_named_as_a_workbook_is_said_to_be_none(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_text("各位业主, 请于本周填表\n谢谢, 物业", "utf-8")
    with pytest.raises(NotASpreadsheet, match="不是 Excel 表格"):
        taken(path)


def test_a_csv_named_as_a_workbook_is_read_all_the_same(tmp_path):
    path = tmp_path / "名册.xls"
    path.write_text("房屋坐落\t业主\t面积\n1-1-101\t甲\t80\n", "utf-8")
    assert places(no_problem(taken(path))) == [("1", "1", "101")]


def test_an_address_that_excel_made_a_date_is_refused_with_what_to_do(tmp_path):
    found = taken(book(tmp_path / "a.xlsx", [PLAIN, (datetime(2003, 2, 5), "甲", "", 80, "")]))  # noqa: DTZ001
    assert "改成了日期" in found.problems[0].message
    assert found.units == ()


@pytest.mark.parametrize(
    ("cell", "area"),
    [("89.5㎡", 8950), ("８９．５", 8950), ("89.50平方米", 8950), ("89.5 m²", 8950), (89.5, 8950), ("1,089.50", 108950), (89.50000000000001, 8950), (89, 8900)],
)  # fmt: skip
def test_an_area_with_its_unit_or_full_width_digits_is_exact(tmp_path, cell, area):
    found = no_problem(taken(book(tmp_path / "a.xlsx", [PLAIN, ("1-1-101", "甲", "", cell, "")])))
    assert found.units[0].area == area


@pytest.mark.parametrize(
    "cell",
    [
        13812345678,
        13812345678.0,
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "+8613812345678",
        "13812345678.0",
    ],
)
def test_a_phone_kept_as_number_or_with_spaces_is_eleven_digits(tmp_path, cell):
    found = no_problem(taken(book(tmp_path / "a.xlsx", [PLAIN, ("1-1-101", "甲", "", 80, cell)])))
    assert found.units[0].phone == "13812345678"


@pytest.mark.parametrize(
    "cell", ["1985年1月13日", "1985-01-13", "1985.01.13", "1985/1/13", "19850113", date(1985, 1, 13), 31060, "１９８５年１月１３日"]
)  # fmt: skip
def test_a_day_in_five_forms_and_as_excel_s_own_number_is_one_day(tmp_path, cell):
    found = no_problem(people(tmp_path, ("户号", "姓名", "出生日期"), ("01", "甲", cell)))
    assert found.people[0].birth == date(1985, 1, 13)


@pytest.mark.parametrize(
    ("cell", "is_one"), [("√", True), ("✓", True), ("是", True), (1, True), ("Y", True), ("", False), ("×", False), ("否", False), (0, False)]
)  # fmt: skip
def test_a_tick_is_yes_and_a_blank_is_no(tmp_path, cell, is_one):
    found = no_problem(people(tmp_path, ("户号", "姓名", "出生日期", "村民代表"), ("01", "甲", "1985-01-13", cell)))
    assert found.people[0].representative is is_one


@pytest.mark.parametrize(
    "cell",
    [
        "甲一、乙二",
        "甲一，乙二",
        "甲一,乙二",
        "甲一;乙二",
        "甲一/乙二",
        "甲一\n乙二",
        "甲一 乙二",
        "甲一＆乙二",
        "甲一（50%）、乙二（50%）",
        "甲一　乙二",
    ],
)
def test_co_owners_in_one_cell_are_two_people_and_one_head(tmp_path, cell):
    found = no_problem(taken(book(tmp_path / "a.xlsx", [PLAIN, ("1-1-101", cell, "", 80, "")])))
    assert owners(found) == [["甲一", "乙二"]]


def test_numbers_of_co_owners_go_to_them_in_order(tmp_path):
    rows = [PLAIN, ("1-1-101", "甲一、乙二", f"{number(1)}\n{number(2)}", 80, "")]
    found = no_problem(taken(book(tmp_path / "a.xlsx", rows)))
    assert [person.id_number for person in found.people] == [number(1), number(2)]


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_saved_by_excel_or_wps_is_read(tmp_path, encoding):
    path = tmp_path / "名册.csv"
    lines = [",".join(PLAIN), "3幢2单元501室,赵赟,,89.50㎡,138 1234 5678", '"3-2-502","甲一,乙二",,"1,089.50",']
    path.write_bytes("\r\n".join(lines).encode(encoding))
    found = no_problem(taken(path))
    assert [(unit.room, unit.area) for unit in found.units] == [("501", 8950), ("502", 108950)]
    assert owners(found) == [["赵赟"], ["甲一", "乙二"]]


def test_an_old_xls_is_read_as_another_reader_reads_it(tmp_path):
    rows = [PLAIN, ("3幢2单元501室", "甲", number(1), 89.5, 13812345678.0), ("合计", "", "", 89.5, "")]
    path = old_book(tmp_path / "名册.xls", rows)
    found = no_problem(taken(path))
    assert (places(found), found.units[0].area, found.units[0].phone) == ([("3", "2", "501")], 8950, "13812345678")
    sheet = xlrd.open_workbook(str(path)).sheet_by_index(0)
    assert [sheet.row_values(at) for at in range(sheet.nrows)] == [
        [*row, *[""] * (5 - len(row))] for row in read(path).sheets[0].rows
    ]


def test_a_genuine_biff8_workbook_is_read_with_its_sheets_merged_cells_and_days(tmp_path):
    """`genuine.xls` was written by another program (xlwt): three sheets, one hidden, shared texts, a formula without a result."""
    path = Path(__file__).with_name("genuine.xls")
    found = no_problem(taken(path))
    assert len(found.units) == 40
    assert places(found)[:2] == [("1", "1", "101"), ("1", "1", "102")]
    assert places(found)[-1] == ("1", "4", "110")
    assert sum(len(unit.owners) == 2 for unit in found.units) == 10
    assert sum(unit.area for unit in found.units) == sum(8000 + 25 * at for at in range(40))
    assert (found.units[1].phone, found.people[0].id_number) == ("13800000001", number(1))
    assert found.ignored == (("说明", "填表说明"), ("旧", "隐藏的工作表"))
    assert read(path).sheets[2].rows[3][3] == date(1985, 1, 13)


def test_a_status_in_a_column_of_ticks_tells_the_developer_s_units(tmp_path):
    rows = [(*PLAIN, "是否交付"), ("1-1-101", "甲", "", 80, "", "√"), ("1-1-102", "乙", "", 80, "", "×")]
    found = no_problem(taken(book(tmp_path / "a.xlsx", rows)))
    assert [unit.status for unit in found.units] == [UnitStatus.DELIVERED, UnitStatus.UNDELIVERED]


def test_numbers_that_excel_rounded_are_refused_and_never_taken_as_they_are(tmp_path):
    rows = [PLAIN, ("1-1-101", "甲", 1.1010519700101e17, 80, "")]
    found = taken(book(tmp_path / "a.xlsx", rows))
    assert "被 Excel 存成了数字" in found.problems[0].message
    assert found.people == ()


def test_a_correction_of_columns_is_remembered_for_the_next_file_of_that_shape(store, tmp_path, owners_body):
    heading = ("地址", "住户", "所有人情况", "面积", "备用面积")
    first = plan(read(book(tmp_path / "一季度.xlsx", [heading, ("1-1-101", "租客甲", "乙", 80, 81)])), RollKind.OWNERS)
    guessed = first.read[0].mapping
    assert guessed is not None
    corrected = guessed.with_column(Field.OWNER, 2).with_column(Field.AREA, 4)
    assert corrected.columns != guessed.columns
    found = extract(first.with_mapping("名册", corrected))
    store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    remembered = store.ask(queries.remembered, RollKind.OWNERS)

    rows = [heading, ("2-1-101", "租客丙", "丁", 90, 91), ("2-1-102", "租客戊", "己", 92, 93)]
    next_file = read(book(tmp_path / "二季度.xlsx", rows, name="新表"))
    again = extract(plan(next_file, RollKind.OWNERS, remembered=remembered))
    assert [unit.area for unit in again.units] == [9100, 9300]
    assert owners(again) == [["丁"], ["己"]]

    other = read(book(tmp_path / "他.xlsx", [heading[:4], ("2-1-101", "丙", "丁", 90)]))
    assert (
        plan(other, RollKind.OWNERS, remembered=remembered).read[0].mapping
        == plan(other, RollKind.OWNERS).read[0].mapping
    )
