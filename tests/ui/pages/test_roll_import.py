"""The page that brings in a roll, walked as a secretary does, on the real samples."""

import json
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from consult_app.audit import chain
from consult_app.bodies.actions import add_body
from consult_app.kernel import resources
from consult_app.rolls import apart
from consult_app.rolls.headings import Field
from consult_app.rolls.rules import RollKind
from tests.fixtures import SECRETARY
from tests.ui.pages.roll_fixtures import adopt, current, desk, last_words, sample, settle, went
from ui.pages.roll_import import RollImportPage
from ui.widgets.card import Tile

__all__ = ["desk", "went"]

TRUTH = json.loads((Path(__file__).parents[2] / "consult_app/rolls/truth.json").read_text(encoding="utf-8"))


@pytest.fixture
def page(desk, went, owners_body, qtbot):
    desk.turn_to(owners_body)
    made = RollImportPage(desk, went)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show_for()
    made.show()
    return made


def take(page, qtbot, path):
    page.take(Path(path))
    settle(qtbot, page)


def owners_small(page, qtbot):
    take(page, qtbot, resources.path("samples", "owners-small.xlsx"))


def written(path: Path, *rows: tuple) -> Path:
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["owners-small.xlsx", "owners-estate.xlsx"])
def test_figures_of_a_sample_equal_the_truth(page, qtbot, name):
    take(page, qtbot, resources.path("samples", name))
    for key in ("units", "total_area", "heads", "co_owned", "developer_units", "commercial"):
        assert page.draft.report[key] == TRUTH[name][key]
    assert [problem.row for problem in page.draft.found.problems] == [
        each["row"] for each in TRUTH[name]["problem_rows"]
    ]
    tiles = [tile.figure.text() for tile in page.findChildren(Tile)]
    assert tiles[:3] == [
        str(TRUTH[name]["units"]),
        f"{float(TRUTH[name]['total_area']):,.2f}",
        str(TRUTH[name]["heads"]),
    ]


def test_nothing_is_written_before_the_roll_is_accepted(page, qtbot, desk, went):
    before = desk.ask(chain.head)
    owners_small(page, qtbot)
    assert current(desk) is None
    assert desk.ask(chain.head) == before
    page.leave()
    assert page.draft is None
    assert current(desk) is None
    assert went.places == [("roll", {})]


def test_accepting_writes_the_roll_and_goes_to_it(page, qtbot, desk, went):
    owners_small(page, qtbot)
    page.accept_button.click()
    settle(qtbot, page)
    assert current(desk).report["units"] == 109
    assert went.places == [("roll", {})]
    assert "已采用「owners-small.xlsx」" in last_words(desk)


def test_every_line_of_the_sheet_is_accounted_for(page, qtbot):
    owners_small(page, qtbot)
    words = page.sheets.words.text()
    assert words.startswith("共 122 行 ＝ 采用 109 ＋ 未采用 9")
    figures = [int(part.split()[-1]) for part in words.split("＝")[1].split("＋")]
    assert sum(figures) == 122


def test_a_problem_leads_to_its_row(page, qtbot):
    owners_small(page, qtbot)
    page.results.problems.setCurrentIndex(page.results.problems.found.index(3))
    index = page.sheets.preview.currentIndex()
    assert (index.row() + 1, index.column()) == (116, 3)
    assert "八十九" in index.data()


def test_sheets_that_are_left_say_why(page, qtbot):
    owners_small(page, qtbot)
    assert [page.sheets.tabs.tabText(place) for place in range(3)] == ["Sheet1", "地下车位（不读取）", "说明（不读取）"]
    page.sheets.tabs.setCurrentIndex(1)
    assert "车位是否计入由议事规则约定" in page.sheets.words.text()


def test_a_left_sheet_can_be_read_after_all_and_left_again(page, qtbot):
    owners_small(page, qtbot)
    page.sheets.tabs.setCurrentIndex(1)
    page.sheets.button.click()
    settle(qtbot, page)
    assert page.draft.sheet("地下车位").mapping is not None
    page.sheets.button.click()
    settle(qtbot, page)
    assert page.draft.sheet("地下车位").mapping is None
    assert page.draft.report["units"] == 109


def test_a_column_guessed_wrongly_is_corrected_over_the_preview(page, qtbot, tmp_path):
    path = written(
        tmp_path / "roll.xlsx",
        ("房号", "业主姓名", "面积", "甲"),
        ("1-1-101", "测试甲", 80, 90.5),
        ("1-1-102", "测试乙", 80, 91.5),
    )
    take(page, qtbot, path)
    assert page.draft.report["total_area"] == "160.00"
    choice = page.sheets.preview.header.choices[3]
    choice.setCurrentIndex(choice.findData(Field.AREA))
    choice.activated.emit(choice.currentIndex())
    settle(qtbot, page)
    assert page.draft.report["total_area"] == "182.00"
    assert page.sheets.preview.header.choices[2].currentData() is None


def test_a_column_taken_away_says_what_is_lacking(page, qtbot, tmp_path):
    path = written(tmp_path / "roll.xlsx", ("房号", "业主姓名", "面积"), ("1-1-101", "测试甲", 80))
    take(page, qtbot, path)
    page.sheets.preview.header.choices[2].setCurrentIndex(0)
    page.sheets.preview.header.choices[2].activated.emit(0)
    settle(qtbot, page)
    assert not page.accept_button.isEnabled()
    assert page.accept_button.toolTip() == "没有可以采用的行"


def test_corrections_made_quickly_one_after_another_all_hold(page, qtbot, tmp_path):
    path = written(
        tmp_path / "roll.xlsx", ("房号", "业主姓名", "面积", "甲", "乙"), ("1-1-101", "测试甲", 80, 90.5, "13900000000")
    )
    take(page, qtbot, path)
    for at, field in ((3, Field.AREA), (4, Field.PHONE)):
        choice = page.sheets.preview.header.choices[at]
        choice.setCurrentIndex(choice.findData(field))
        choice.activated.emit(choice.currentIndex())
    settle(qtbot, page)
    assert [(unit.area, unit.phone) for unit in page.draft.found.units] == [(9050, "13900000000")]


def test_a_cancelled_reading_leaves_what_was_read_before(page, qtbot):
    owners_small(page, qtbot)
    page.sheets.mapped.emit("Sheet1", 3, None)
    page.task.cancel()
    settle(qtbot, page)
    assert page.draft.report["units"] == 109
    assert page.wanted is page.draft.plan
    assert page.sheets.preview.header.choices[3].currentData() == Field.AREA


def test_no_sheet_at_all_may_be_read_but_not_accepted(page, qtbot):
    owners_small(page, qtbot)
    page.sheets.button.click()
    settle(qtbot, page)
    assert page.draft.taken == 0
    assert not page.accept_button.isEnabled()


def test_another_row_can_be_named_the_heading(page, qtbot, tmp_path):
    path = written(
        tmp_path / "roll.xlsx",
        ("房号", "业主姓名", "面积"),
        ("1-1-101", "测试甲", 80),
        ("房号", "产权人", "产权面积"),
        ("1-1-102", "测试乙", 90),
    )
    take(page, qtbot, path)
    page.sheets.preview.headed.emit(2)
    settle(qtbot, page)
    assert [unit.room for unit in page.draft.found.units] == ["102"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空的"),
        (b"%PDF-1.7", "不是 Excel 表格或 CSV 文件（内容是 PDF）"),
        (b"PK\x03\x04 not a zip", "已损坏"),
        (b"<html><table></table></html>", "内容是网页"),
    ],
)
def test_a_bad_file_is_refused_beside_the_field_and_changes_nothing(page, qtbot, desk, tmp_path, content, words):
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    take(page, qtbot, path)
    assert words in page.area.error.text()
    assert page.area.error.isVisible()
    assert page.draft is None
    assert current(desk) is None


def test_a_bad_file_leaves_the_one_being_looked_at(page, qtbot, tmp_path):
    owners_small(page, qtbot)
    path = tmp_path / "bad.xlsx"
    path.write_bytes(b"")
    take(page, qtbot, path)
    assert page.draft.path.name == "owners-small.xlsx"
    assert "是空的" in page.file_error.text()
    assert page.file_error.isVisible()


def test_a_second_import_shows_what_differs(page, qtbot, desk, owners_body):
    found = sample("owners-small.xlsx")
    shorter = type(found)(**{**vars(found), "units": found.units[2:]})
    adopt(desk, owners_body, shorter)
    owners_small(page, qtbot)
    assert page.results.tabText(2) == "与现行名册的差别 2"
    assert [change[0] for change in page.results.changes.rows.shown] == ["新增", "新增"]


def test_a_first_import_has_no_difference_to_show(page, qtbot):
    owners_small(page, qtbot)
    assert not page.results.isTabVisible(2)


def test_a_dropped_file_is_read(page, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(resources.path("samples", "owners-small.xlsx")))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    settle(qtbot, page)
    assert page.draft.taken == 109


def test_a_village_is_read_as_people(page, qtbot, desk, village_body):
    desk.turn_to(village_body)
    page.show_for()
    take(page, qtbot, resources.path("samples", "village.xlsx"))
    for key in ("people", "households", "representatives", "groups"):
        assert page.draft.report[key] == TRUTH["village.xlsx"][key]


def test_turning_to_another_body_puts_the_file_away(page, qtbot, desk, store):
    owners_small(page, qtbot)
    desk.turn_to(store.do(SECRETARY, add_body, "owners", "另一小区业主大会"))
    page.show_for()
    assert page.draft is None


def test_a_members_list_is_read_where_it_is_asked_for(page, qtbot, tmp_path):
    page.show_for(kind=str(RollKind.MEMBERS))
    take(page, qtbot, written(tmp_path / "members.xlsx", ("姓名", "职务"), ("测试甲", "主任"), ("测试乙", "委员")))
    assert page.draft.plan.kind is RollKind.MEMBERS
    assert page.draft.report["people"] == 2


def test_threat_13_a_reader_that_crashes_is_said_and_the_window_lives_on(page, qtbot, monkeypatch, tmp_path):
    with monkeypatch.context() as broken:
        broken.setattr(apart, "command", lambda path: [sys.executable, "-c", "import os; os.abort()"])
        take(page, qtbot, written(tmp_path / "名册.xlsx", ("房屋坐落", "业主", "面积"), ("1-1-101", "甲", 80)))
    assert "无法正常读取" in page.file_error.text()
    assert not page.draft
    owners_small(page, qtbot)
    assert page.draft.taken == 109


def test_cancelling_the_reading_ends_it_and_says_nothing(page, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(apart, "command", lambda path: [sys.executable, "-c", "while True: pass"])
    page.take(tmp_path / "名册.xlsx")
    page.task.cancel()
    settle(qtbot, page)
    assert page.draft is None
    assert page.file_error.text() == ""
