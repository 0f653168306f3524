"""The page of the roll, walked as a secretary does."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog

from consult_app.kernel import resources
from consult_app.rolls import queries
from consult_app.rolls.rules import RollKind
from tests.consult_app.voting import estate
from tests.screens_of.roll import ten_thousand
from tests.ui.pages.roll_fixtures import adopt, current, desk, last_words, sample, settle, went
from ui.dialogs.roll_join import JoinSheet, SeparateSheet
from ui.dialogs.roll_line import LineSheet, StrikeSheet
from ui.pages.roll import RollPage
from ui.pages.roll.table import VOTED, Lens, sieves
from ui.pages.roll.view import head_words, natural
from ui.widgets.table_paper import write_xlsx
from ui.widgets.text import Words

__all__ = ["desk", "went"]


@pytest.fixture
def page(desk, went, qtbot):
    made = RollPage(desk, went)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


@pytest.fixture
def owners(page, desk, owners_body):
    """The page open on the small sample."""
    adopt(desk, owners_body, sample("owners-small.xlsx"))
    page.show_for()
    return page


def shown(page):
    return [line.line.place for line in page.lines.table.rows.shown]


def look_for(page, qtbot, words):
    page.lines.sifting.search.setText(words)
    qtbot.waitUntil(lambda: not page.lines.sifting.wait.isActive())


def open_place(page, place):
    line = next(line for line in page.view.rows if line.line.place == place)
    page.lines.open(line.id)
    return line


def sheet_of(page, kind):
    return [found for found in page.findChildren(QDialog) if isinstance(found, kind)][-1]


def test_without_a_body_the_page_says_what_to_do(page):
    page.show_for()
    assert page.stack.currentIndex() == 0


def test_without_a_roll_a_dropped_file_goes_to_the_import(page, desk, went, owners_body):
    desk.turn_to(owners_body)
    page.show_for()
    assert page.stack.currentIndex() == 1
    path = resources.path("samples", "owners-small.xlsx")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert went.places == [("roll_import", {"path": str(path)})]


def test_the_summary_counts_units_area_and_heads(owners):
    assert owners.head.facts_words.text() == "109 套 · 11,805.86 ㎡ · 业主 100 人"
    words = [button.text() for button in owners.lines.sifting.pills.buttons()]
    assert words == ["全部 109", "共有 26", "一人多套 10", "建设单位 5", "商业 7"]


def test_phones_are_masked_until_the_button_is_held(owners, qtbot):
    column = [column.title for column in owners.lines.table.rows.columns].index("电话")
    index = owners.lines.table.rows.index(0, column)
    assert "****" in index.data()
    qtbot.mousePress(owners.lines.hold, Qt.MouseButton.LeftButton)
    assert index.data() == owners.view.rows[0].line.phone
    qtbot.mouseRelease(owners.lines.hold, Qt.MouseButton.LeftButton)
    assert "****" in index.data()


@pytest.mark.parametrize("words", ["1-2-301", "1号楼2单元301"])
def test_a_room_is_found_however_it_is_written(owners, qtbot, words):
    look_for(owners, qtbot, words)
    assert "1号楼2单元301" in shown(owners)
    assert len(shown(owners)) < 5


def test_an_owner_is_found_by_pinyin_initials(owners, qtbot):
    line = next(line for line in owners.view.rows if len(line.line.persons) == 1)
    look_for(owners, qtbot, line.line.initials)
    assert line.line.place in shown(owners)
    assert all(line.line.initials in found.line.initials for found in owners.lines.table.rows.shown)


def test_a_full_phone_finds_its_line_though_masked(owners, qtbot):
    line = next(line for line in owners.view.rows if line.line.phone)
    look_for(owners, qtbot, line.line.phone)
    assert shown(owners) == [line.line.place]


def test_pills_and_building_sift_together(owners):
    owners.lines.sifting.choose(1)
    owners.lines.sifting.parts.setCurrentIndex(owners.lines.sifting.parts.findData("1"))
    owners.lines.sifting.sifted.emit()
    assert owners.lines.table.rows.shown
    assert all(len(line.line.persons) > 1 and line.line.building == "1" for line in owners.lines.table.rows.shown)


def test_places_sort_by_number_not_by_letter(owners):
    owners.lines.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    orders = [line.order for line in owners.lines.table.rows.shown]
    assert orders == sorted(orders)
    assert natural("2", "1", "301") < natural("10", "1", "101")


def test_every_column_sorts(owners):
    for place in range(len(owners.lines.table.rows.columns)):
        owners.lines.table.sortByColumn(place, Qt.SortOrder.DescendingOrder)
        assert len(owners.lines.table.rows.shown) == 109


def test_a_line_tells_how_its_head_was_formed(owners):
    line = next(line for line in owners.view.rows if line.head and len(line.head.units) > 1)
    owners.lines.open(line.id)
    assert owners.lines.panel.isVisible()
    words = [label.text() for label in owners.lines.panel.findChildren(Words)]
    assert f"{line.head.reason}。" in words
    assert any("合在一起计票的房屋" in text for text in words)


def test_the_developers_units_are_one_head(owners):
    held = [line for line in owners.view.rows if line.line.status in ("unsold", "undelivered")]
    assert {line.head.key for line in held} == {"developer"}
    assert head_words(held[0].head) == "建设单位，5 套计 1 人"


def test_a_correction_needs_a_reason_and_stays_in_the_history(owners, desk):
    line = open_place(owners, "1号楼1单元101")
    owners.acts.correct(owners.lines.table.current())
    sheet = sheet_of(owners, LineSheet)
    sheet.form.fill(area="97.00", reason="")
    sheet.action_button.click()
    assert sheet.form.error_of("reason")
    assert sheet.isVisible()
    sheet.form.fill(reason="见不动产权证")
    sheet.action_button.click()
    desk.look()
    assert not sheet.isVisible()
    change = desk.ask(queries.history, line.id)[0]
    assert (change.before["面积"], change.after["面积"]) == ("96.79", "97.00")
    corrected = next(found for found in owners.view.rows if found.id == line.id)
    assert corrected.line.area == 9700
    words = [label.text() for label in owners.lines.panel.findChildren(Words)]
    assert "面积：96.79 → 97.00" in words


def test_an_unreadable_area_is_said_beside_its_field(owners):
    open_place(owners, "1号楼1单元101")
    owners.acts.correct(owners.lines.table.current())
    sheet = sheet_of(owners, LineSheet)
    sheet.form.fill(area="八十九", reason="试")
    sheet.action_button.click()
    assert "无法识别" in sheet.form.error_of("area")


def test_owners_are_typed_one_a_line(owners, desk):
    line = open_place(owners, "1号楼1单元102")
    owners.acts.correct(owners.lines.table.current())
    sheet = sheet_of(owners, LineSheet)
    sheet.form.fill(owners="测试甲\n测试乙", reason="过户")
    sheet.action_button.click()
    desk.look()
    assert next(found for found in owners.view.rows if found.id == line.id).line.owners == "测试甲、测试乙"


def test_a_struck_line_leaves_the_roll(owners, desk):
    open_place(owners, "1号楼1单元102")
    owners.acts.strike(owners.lines.table.current())
    sheet = sheet_of(owners, StrikeSheet)
    sheet.form.fill(reason="重复登记")
    sheet.action_button.click()
    desk.look()
    assert len(owners.view.rows) == 108
    assert not owners.lines.panel.isVisible()
    assert "1号楼1单元102" not in shown(owners)


def test_a_line_that_bars_a_freeze_is_pointed_out(page, desk, owners_body):
    found = sample("owners-small.xlsx")
    adopt(
        desk,
        owners_body,
        replace(found, units=(replace(found.units[0], status=type(found.units[0].status).UNKNOWN), *found.units[1:])),
    )
    page.show_for()
    assert "有 1 行缺少" in page.strip.words.text()
    page.strip.button.click()
    assert [line.fault for line in page.lines.table.rows.shown] == ["1号楼1单元101缺少交付情况"]


@pytest.fixture
def namesakes(page, desk, owners_body):
    """The page on a roll where two lines bear one name and no number."""
    found = sample("owners-small.xlsx")
    alone = [unit.owners[0] for unit in found.units if len(unit.owners) == 1 and not unit.developers]
    people = tuple(
        replace(person, name="测试甲", id_number="") if person.id in alone[:2] else person for person in found.people
    )
    adopt(desk, owners_body, replace(found, people=people))
    page.show_for(view="same")
    return page


def test_namesakes_are_proposed_never_joined_by_themselves(namesakes):
    assert len(namesakes.view.proposals) == 1
    assert namesakes.head.same_button.text() == "回到名册"
    assert namesakes.view.proposals[0].name == "测试甲"


def test_joining_makes_one_head_and_can_be_undone(namesakes, desk):
    heads = len(namesakes.view.heads)
    namesakes.acts.join(namesakes.view.proposals[0])
    sheet_of(namesakes, JoinSheet).action_button.click()
    desk.look()
    assert len(namesakes.view.heads) == heads - 1
    assert not namesakes.view.proposals
    joining = desk.ask(queries.joinings, namesakes.view.roll.id)[0]
    namesakes.acts.separate(joining)
    sheet = sheet_of(namesakes, SeparateSheet)
    sheet.form.fill(reason="两位同名业主")
    sheet.action_button.click()
    desk.look()
    assert len(namesakes.view.heads) == heads


def test_a_joining_is_undone_from_the_message(namesakes, desk):
    heads = len(namesakes.view.heads)
    namesakes.acts.join(namesakes.view.proposals[0])
    sheet_of(namesakes, JoinSheet).action_button.click()
    desk.heard[-1].act()
    desk.look()
    assert len(namesakes.view.heads) == heads


def test_kept_apart_is_not_asked_again(namesakes, desk):
    namesakes.acts.keep_apart(namesakes.view.proposals[0])
    desk.look()
    assert not namesakes.view.proposals
    assert "不是同一人" in last_words(desk)
    desk.heard[-1].act()
    desk.look()
    assert len(namesakes.view.proposals) == 1


def test_ten_thousand_lines_open_whole(page, desk, owners_body, qtbot):
    adopt(desk, owners_body, ten_thousand())
    page.show_for()
    assert len(page.view.rows) == 300
    settle(qtbot, page)
    assert page.lines.table.rows.rowCount() == 10_000
    assert len(page.view.heads) == 9000
    look_for(page, qtbot, "50-4-2502")
    assert shown(page) == ["50号楼4单元2502"]


def test_the_export_holds_what_is_shown_and_no_formula(page, desk, owners_body, tmp_path):
    found = sample("owners-small.xlsx")
    people = (replace(found.people[0], name="=1+1"), *found.people[1:])
    adopt(desk, owners_body, replace(found, people=people))
    page.show_for()
    write_xlsx(page.lines.table, tmp_path / "roll.xlsx")
    rows = list(load_workbook(tmp_path / "roll.xlsx").active.iter_rows())
    assert len(rows) == 110
    assert "=1+1" in rows[1][1].value
    assert all(cell.data_type != "f" for line in rows for cell in line)
    phone = found.units[0].phone
    assert phone
    assert all(phone not in str(cell.value) for cell in rows[1])


def test_a_village_lists_people_with_age_and_household(page, desk, village_body):
    adopt(desk, village_body, sample("village.xlsx", RollKind.PEOPLE))
    page.show_for()
    assert page.head.facts_words.text() == "1,070 人 · 318 户"
    page.lines.sifting.choose(2)
    assert len(page.lines.table.rows.shown) == 31
    page.lines.open(page.lines.table.rows.shown[0].id)
    assert page.lines.panel.isVisible()


def test_a_villager_is_found_by_pinyin(page, desk, village_body, qtbot):
    adopt(desk, village_body, sample("village.xlsx", RollKind.PEOPLE))
    page.show_for()
    line = page.view.rows[0]
    look_for(page, qtbot, line.initials)
    assert line in page.lines.table.rows.shown


def test_an_older_roll_is_shown_but_not_corrected(owners, desk, owners_body):
    old = current(desk).id
    adopt(desk, owners_body, sample("owners-small.xlsx"), date(2026, 12, 1))
    owners.show_for(roll=old)
    assert owners.head.superseded.isVisible()
    owners.lines.open(owners.lines.table.rows.shown[0].id)
    assert not owners.lines.panel.correct_button.isVisible()


def test_an_older_roll_takes_no_new_line(owners, desk, owners_body):
    old = current(desk).id
    adopt(desk, owners_body, sample("owners-small.xlsx"), date(2026, 12, 1))
    owners.show_for(roll=old)
    owners.acts.add()
    assert not owners.findChildren(LineSheet)
    assert "只能查看" in last_words(desk)


def test_a_line_found_elsewhere_is_opened_whatever_was_sifted(owners, qtbot):
    owners.lines.sifting.choose(4)
    look_for(owners, qtbot, "不存在")
    line = owners.view.rows[7]
    owners.show_for(line=line.id)
    assert owners.lines.panel.title.text() == line.line.place
    assert owners.lines.table.current().id == line.id


def test_a_person_found_by_the_search_above_is_searched_for(owners):
    line = owners.view.rows[7]
    owners.show_for(find=line.line.owners)
    assert owners.lines.sifting.search.text() == line.line.owners
    assert all(line.line.owners in found.line.owners for found in owners.lines.table.rows.shown)


def test_the_vote_column_is_hidden_without_a_vote(owners):
    column = [column.title for column in owners.lines.table.rows.columns].index(VOTED)
    assert owners.lines.table.isColumnHidden(column)


def test_while_a_vote_is_open_the_roll_shows_who_took_part(page, desk, owners_body, tmp_path, qtbot):
    estate.owners_roll(desk.store, tmp_path, owners_body)
    vote = estate.opened(desk.store, owners_body)
    vote.cast(0)
    desk.turn_to(owners_body)
    page.show_for()
    column = [column.title for column in page.lines.table.rows.columns].index(VOTED)
    assert not page.lines.table.isColumnHidden(column)
    assert [page.lines.table.rows.index(place, column).data() for place in range(3)] == ["已投", "未投", "未投"]
    vote.cast(1, estate.AGAINST)
    qtbot.waitUntil(lambda: page.lines.table.rows.index(1, column).data() == "已投", timeout=5000)
    assert not {"赞成", "反对", "同意"} & set(page.lines.table.as_text().split())
    vote.close()
    page.refresh()
    assert page.lines.table.isColumnHidden(column)


def test_the_vote_column_says_that_never_how():
    lens = Lens(voted={"p1": True, "p2": False})
    assert (lens.took_part("p1"), lens.took_part("p2"), lens.took_part("p3")) == ("已投", "未投", "")
    assert lens.took_part("p3", "h001") == ""
    assert Lens(voted={"h001": True}).took_part("p3", "h001") == "已投"


def test_every_kind_of_roll_lets_all_through_its_first_pill():
    assert all(sieves(kind)[0].words == "全部" for kind in RollKind)


def test_a_roll_can_be_begun_by_hand(page, desk, owners_body):
    desk.turn_to(owners_body)
    page.show_for()
    page._begin_by_hand()
    sheet = sheet_of(page, LineSheet)
    sheet.form.fill(building="1", room="101", area="80.00", owners="测试甲", reason="首次录入")
    sheet.action_button.click()
    desk.look()
    assert shown(page) == ["1号楼101"]
