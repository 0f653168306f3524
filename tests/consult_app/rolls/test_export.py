import io
from datetime import date

import pytest
from openpyxl import load_workbook

from consult_app.kernel.resources import path as resource
from consult_app.rolls import actions, amending, corrections, freezing, queries, standing
from consult_app.rolls.book import neutral
from consult_app.rolls.entries import UnitEntry
from consult_app.rolls.export import exported
from consult_app.rolls.rules import RollKind
from tests.consult_app.rolls.books import number, rows_of, taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)


@pytest.fixture
def estate(store, owners_body):
    """The number of the accepted sample roll."""
    found = taken(resource("samples", "owners-small.xlsx"))
    return store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)


def workbook(store, roll, masked=False):
    return load_workbook(io.BytesIO(store.ask(exported, roll, masked=masked)))


def cells(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def rows(sheet):
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


def test_the_full_export_imported_again_is_the_same_roll(store, tmp_path, owners_body, estate):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(store.ask(exported, estate, masked=False))
    again = store.do(SECRETARY, actions.accept_import, owners_body, taken(path, only="名册"), DAY)
    assert store.ask(queries.roll, again).report["problems"] == []
    assert store.ask(standing.digest, again) == store.ask(standing.digest, estate)


def test_the_full_export_of_a_village_imported_again_is_the_same_roll(store, tmp_path, village_body):
    found = taken(resource("samples", "village.xlsx"), RollKind.PEOPLE)
    village = store.do(SECRETARY, actions.accept_import, village_body, found, DAY)
    path = tmp_path / "名册.xlsx"
    path.write_bytes(store.ask(exported, village, masked=False))
    again = store.do(SECRETARY, actions.accept_import, village_body, taken(path, RollKind.PEOPLE, "名册"), DAY)
    assert store.ask(standing.digest, again) == store.ask(standing.digest, village)


def test_areas_and_heads_of_the_export_add_up(store, estate):
    book = workbook(store, estate)
    assert sum(row[4] for row in rows(book["名册"])) == pytest.approx(11805.86)
    assert (len(rows(book["票权"])), sum(row[3] for row in rows(book["票权"]))) == (100, pytest.approx(11805.86))


def test_the_account_of_the_import_has_every_line_and_every_problem(store, estate):
    book, report = workbook(store, estate), store.ask(queries.roll, estate).report
    for row, line in zip(rows(book["导入情况"]), report["lines"], strict=False):
        assert row[:4] == (line["sheet"], line["all"], line["taken"], line["rejected"])
        assert row[1] == sum(row[2:9])
    stated = [row for row in rows(book["导入问题"]) if row[0] == "未采用"]
    assert [row[4] for row in stated] == [problem["message"] for problem in report["problems"]]


def test_the_masked_export_holds_no_name_number_phone_or_room(store, estate):
    book = workbook(store, estate, masked=True)
    assert book.sheetnames == ["名册", "票权", "导入情况"]
    values = {str(cell.value) for cell in cells(book)}
    words = "\n".join(values)
    units = store.ask(queries.units, estate)
    assert len(rows(book["名册"])) == len(units)
    assert all("***" in row[1] for row in rows(book["名册"]))
    assert not any(unit.phone in words for unit in units if unit.phone)
    for person in store.ask(queries.people, estate):
        assert person.legal or person.name not in values
        assert not person.id_number or person.id_number not in words


def test_nothing_a_resident_typed_becomes_a_formula(store, tmp_path, owners_body):
    found = rows_of(tmp_path, ("1-1-101", "甲", 80, number(1), "", '@SUM(A1)+HYPERLINK("http://x")'))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    unit = store.ask(queries.units, roll)[0].id
    entry = UnitEntry(**{**vars(store.ask(corrections.unit_entry, unit)), "note": "=1+1"})
    store.do(SECRETARY, corrections.change_unit, unit, entry, "-2+3")
    book = workbook(store, roll)
    assert book["名册"]["K2"].value == "'=1+1"
    assert rows(book["更正"])[0][2] == "'-2+3"
    assert {cell.data_type for cell in cells(book)} <= {"s", "n"}
    assert not any(str(cell.value).startswith(("=", "+", "-", "@")) for cell in cells(book))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_every_sign_that_opens_a_formula_is_neutralised(sign):
    assert neutral(sign + "A1").startswith("'")
    assert neutral("A" + sign) == "A" + sign


def test_decisions_and_changes_are_on_sheets_of_their_own(store, tmp_path, owners_body):
    found = rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", ""), ("1-1-102", "甲", 90, "", "", ""))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    (pair,) = store.ask(queries.proposals, roll)
    store.do(SECRETARY, actions.join_people, pair.person, pair.same_as, "出示证件")
    store.do(SECRETARY, freezing.freeze_roll, roll, "演示")
    unit = store.ask(queries.units, roll)[0].id
    entry = UnitEntry(**{**vars(store.ask(corrections.unit_entry, unit)), "owners": (("乙", ""),)})
    store.do(SECRETARY, amending.amend_unit, unit, entry, kind="transfer", happened_on=DAY, reason="过户")
    book = workbook(store, roll)
    assert rows(book["合并"])[0][:3] == ("甲", "出示证件", SECRETARY.name)
    (amended,) = rows(book["冻结后变更"])
    assert amended[:2] == ("2026年11月22日", "买卖、继承等转让")
    assert "业主 乙" in amended[3]
