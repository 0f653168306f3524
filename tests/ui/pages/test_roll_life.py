"""The life of a roll in the window: checked, put up, objected to, frozen, amended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox

from consult_app.rolls import freezing, parting, queries, standing
from consult_app.rolls.canonical import check_number
from consult_app.rolls.life import Act, Stage
from consult_app.rolls.publishing import answer_roll_objection, publish_roll, receive_roll_objection
from consult_app.rolls.rules import RollKind
from tests.consult_app.papers import photo
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY
from tests.ui.pages.roll_fixtures import adopt, current, desk, last_words, sample, settle, went
from tests.ui.pages.test_roll import look_for, open_place, page, sheet_of
from ui.dialogs.roll_amend import AmendSheet, RenewSheet
from ui.dialogs.roll_freeze import FreezeSheet
from ui.dialogs.roll_join import AskAgainSheet, SameAsSheet
from ui.dialogs.roll_publish import AnswerSheet, ObjectionSheet, PosterSheet, PostSheet
from ui.widgets.button import Button
from ui.widgets.text import Words

__all__ = ["desk", "look_for", "page", "went"]


@pytest.fixture
def printed(monkeypatch):
    """What was put out to be printed, by name."""
    found = {}
    monkeypatch.setattr("ui.outbox.put_out", lambda _desk, name, content: found.update({name: content}))
    return found


@pytest.fixture
def roll(page, desk, went, owners_body):
    """The page open on the small sample; where it goes, it shows."""
    adopt(desk, owners_body, sample("owners-small.xlsx"))
    page.go = lambda _name, **place: page.show_for(**place)
    page.show_for()
    return page


@pytest.fixture
def frozen(roll, desk):
    """The same, frozen."""
    desk.do(freezing.freeze_roll, roll.view.roll.id, "演示")
    desk.look()
    return roll


def words_of(widget):
    return [label.text() for label in widget.findChildren(Words)]


def button_of(widget, words):
    return next(button for button in widget.findChildren(Button) if button.text() == words)


def put_up(page, desk, qtbot):
    """Make the poster and record its posting."""
    page.strip.button.click()
    sheet = sheet_of(page, PosterSheet)
    sheet.action_button.click()
    assert "请填写" in sheet.form.error_of("contact")
    sheet.form.fill(contact="社区居委会")
    sheet.action_button.click()
    settle(qtbot, page)
    desk.look()
    assert page.view.life.act is Act.POST
    page.strip.button.click()
    sheet = sheet_of(page, PostSheet)
    sheet.form.fill(place="小区北门公告栏", posted_by="网格员甲")
    sheet.form.fields["photo"].read = lambda: (photo(),)
    sheet.action_button.click()
    desk.look()


def test_a_roll_is_put_up_objected_to_answered_and_frozen(roll, desk, clock, qtbot, printed):
    assert roll.strip.button.text() == "制作公示稿…"
    put_up(roll, desk, qtbot)
    assert printed["名册公示.pdf"].startswith(b"%PDF")
    assert roll.view.life.act is Act.WAIT
    assert not roll.strip.button.isVisible()
    assert "还有 7 天" in roll.strip.words.text()
    roll.acts.hear("1号楼1单元101")
    sheet = sheet_of(roll, ObjectionSheet)
    sheet.action_button.click()
    assert sheet.form.error_of("name")
    sheet.form.fill(name="测试甲", text="面积不对")
    sheet.action_button.click()
    desk.look()
    assert "有 1 件异议待答复" in roll.strip.words.text()
    roll.strip.button.click()
    sheet = sheet_of(roll, AnswerSheet)
    sheet.form.fill(upheld=False, answer="与产权证一致")
    sheet.action_button.click()
    desk.look()
    clock.forward(days=8)
    roll.refresh()
    roll.strip.button.click()
    sheet = sheet_of(roll, FreezeSheet)
    assert "unpublished_why" not in sheet.form.fields
    sheet.action_button.click()
    desk.look()
    assert check_number(roll.view.digest) in last_words(desk)
    assert roll.strip.button.text() == "去发起表决"


@pytest.mark.parametrize(("line", "place"), [("第 3 行", {"line": 2}), ("1号楼1单元301", {"find": "1号楼1单元301"})])
def test_an_objection_that_is_upheld_leads_to_its_line(roll, desk, line, place):
    notice = desk.do(publish_roll, roll.view.roll.id, place="公告栏", posted_by="甲", photo=photo())
    objection = desk.do(receive_roll_objection, notice, name="测试甲", text="面积不对", line=line)
    desk.do(answer_roll_objection, objection, answer="核对产权证，确有误", upheld=True)
    desk.look()
    roll.show_for(view=str(Stage.OBJECTED))
    went = []
    roll.acts.go = lambda _name, **found: went.append(found)
    button_of(roll.records, "去更正这一行").click()
    wanted = {name: roll.view.rows[each].id if name == "line" else each for name, each in place.items()}
    assert went == [wanted]


def test_freezing_without_publication_asks_why(roll, desk):
    roll.acts.freeze()
    sheet = sheet_of(roll, FreezeSheet)
    sheet.action_button.click()
    assert "还没有公示" in sheet.form.error_of("unpublished_why")
    sheet.form.fill(unpublished_why="沿用上月已公示的名册")
    sheet.action_button.click()
    desk.look()
    assert roll.view.frozen


def test_the_stages_open_their_records(roll):
    roll.strip.chosen.emit(Stage.FROZEN)
    assert roll.middle.currentWidget() is roll.records
    assert "冻结以后，名册各行不再改动，计票以它为准。" in words_of(roll.records)
    roll.strip.chosen.emit(Stage.IMPORTED)
    assert roll.middle.currentWidget() is roll.lines


def test_a_line_at_fault_greys_the_freeze_and_says_why(page, desk, owners_body):
    found = sample("owners-small.xlsx")
    lacking = replace(found.units[0], status=type(found.units[0].status).UNKNOWN)
    adopt(desk, owners_body, replace(found, units=(lacking, *found.units[1:])))
    page.go = lambda _name, **place: page.show_for(**place)
    page.show_for(view=str(Stage.FROZEN))
    button = button_of(page.records, "冻结名册…")
    assert not button.isEnabled()
    assert any("有 1 行缺少面积、业主或交付情况" in words for words in words_of(page.records))
    page.strip.button.click()
    assert [line.fault for line in page.lines.table.rows.shown] == ["1号楼1单元101缺少交付情况"]


def test_a_frozen_roll_shows_its_number_and_prints_its_certificate(frozen, qtbot, printed):
    frozen.show_for(view=str(Stage.FROZEN))
    assert check_number(frozen.view.digest) in words_of(frozen.records)
    button_of(frozen.records, "打印冻结说明").click()
    settle(qtbot, frozen)
    assert printed["名册冻结说明.pdf"].startswith(b"%PDF")


def test_a_line_of_a_frozen_roll_is_amended_never_corrected(frozen, desk):
    line = open_place(frozen, "1号楼1单元101")
    assert frozen.lines.panel.correct_button.text() == "登记变更…"
    assert not frozen.lines.panel.strike_button.isVisible()
    frozen.lines.panel.correct_button.click()
    sheet = sheet_of(frozen, AmendSheet)
    assert "本次表决以冻结的名册为准" in sheet.rule.text()
    sheet.form.fill(owners="测试丙", reason="过户，见不动产权证")
    sheet.action_button.click()
    desk.look()
    (amendment,) = frozen.view.amendments
    assert (amendment.line, amendment.kind) == (line.id, "transfer")
    assert next(found for found in frozen.view.rows if found.id == line.id).line.owners == line.line.owners
    frozen.show_for(view=str(Stage.AMENDED))
    assert any("→ 测试丙" in words for words in words_of(frozen.records))
    frozen.acts.renew()
    sheet_of(frozen, RenewSheet).action_button.click()
    desk.look()
    assert current(desk).id != amendment.roll_id
    frozen.show_for()
    assert next(found for found in frozen.view.rows if found.line.place == "1号楼1单元101").line.owners == "测试丙"


def test_what_a_kind_of_change_hides_stays_as_it_was(frozen):
    open_place(frozen, "1号楼1单元101")
    frozen.lines.panel.correct_button.click()
    sheet = sheet_of(frozen, AmendSheet)
    kind = sheet.form.fields["kind"].widget
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData("error"))
    sheet.form.fill(area="1.00")
    kind.setCurrentIndex(kind.findData("transfer"))
    assert sheet.form.values()["area"] == "96.79"


def test_a_date_to_come_is_said_beside_its_field(frozen, desk):
    open_place(frozen, "1号楼1单元101")
    frozen.lines.panel.correct_button.click()
    sheet = sheet_of(frozen, AmendSheet)
    sheet.form.fill(happened_on=desk.today + timedelta(days=1), owners="测试丙", reason="过户")
    sheet.action_button.click()
    assert "不能晚于今天" in sheet.form.error_of("happened_on")


def test_a_roll_of_members_is_frozen_without_publication(page, desk, village_body):
    found = replace(sample("village.xlsx", RollKind.PEOPLE), kind=RollKind.MEMBERS)
    members = adopt(desk, village_body, found)
    page.show_for(roll=members)
    assert page.view.life.act is Act.FREEZE
    page.acts.freeze()
    sheet_of(page, FreezeSheet).action_button.click()
    desk.look()
    assert page.view.frozen
    page.show_for(roll=members, view=str(Stage.FROZEN))
    assert Stage.PUBLISHED not in page.records.cards


def test_two_numbers_are_not_joined_from_a_line_and_nobody_without_a_choice(roll, desk):
    line = open_place(roll, "1号楼1单元102")
    other = next(row for row in roll.view.rows if row.line.place == "1号楼1单元301")
    heads = len(roll.view.heads)
    button_of(roll.lines.panel, "与另一行是同一人…").click()
    sheet = sheet_of(roll, SameAsSheet)
    sheet.form.fill(evidence="曾用名，见户口簿")
    sheet.action_button.click()
    assert sheet.form.error_of("same_as")
    field = sheet.form.fields["same_as"].widget
    number = other.line.persons[0]
    field.setCurrentIndex(field.findData(number))
    sheet.action_button.click()
    assert "证件号码不同" in "".join(words_of(sheet))
    assert len(roll.view.heads) == heads
    assert line.line.persons[0] != number


def test_findings_stand_on_every_line_they_touch(page, desk, owners_body):
    found = sample("owners-small.xlsx")
    alone = [unit.owners[0] for unit in found.units if len(unit.owners) == 1 and not unit.developers]
    people = tuple(
        replace(person, name="测试甲", id_number="") if person.id in alone[:3] else person for person in found.people
    )
    adopt(desk, owners_body, replace(found, people=people))
    page.show_for()
    first, second = page.view.proposals
    page.acts.keep_apart(second)
    desk.look()
    line = next(row for row in page.view.rows if first.person in row.line.persons)
    page.lines.open(line.id)
    assert any("待确认" in words for words in words_of(page.lines.panel))
    line = next(row for row in page.view.rows if second.person in row.line.persons)
    page.lines.open(line.id)
    assert any("不是同一人" in words for words in words_of(page.lines.panel))
    page.show_for(view="same")
    page.acts.ask_again(page.view.parted[0])
    sheet = sheet_of(page, AskAgainSheet)
    sheet.form.fill(reason="核对证件")
    sheet.action_button.click()
    desk.look()
    assert len(page.view.proposals) == 2


def test_what_another_desk_kept_apart_is_not_asked_here(page, desk, owners_body):
    found = sample("owners-small.xlsx")
    alone = [unit.owners[0] for unit in found.units if len(unit.owners) == 1 and not unit.developers]
    people = tuple(
        replace(person, name="测试甲", id_number="") if person.id in alone[:2] else person for person in found.people
    )
    adopt(desk, owners_body, replace(found, people=people))
    page.show_for()
    (pair,) = page.view.proposals
    desk.store.do(SECRETARY, parting.keep_apart, pair.person, pair.same_as, "两人分别到场")
    desk.look()
    page.refresh()
    assert page.view.proposals == ()
    assert desk.ask(queries.partings, page.view.roll.id)[0].evidence == "两人分别到场"


def test_while_a_vote_rests_on_an_open_roll_the_strip_says_so(page, desk, owners_body, tmp_path):
    estate.owners_roll(desk.store, tmp_path, owners_body)
    estate.opened(desk.store, owners_body)
    desk.turn_to(owners_body)
    page.show_for()
    assert "现在的更正不影响它" in page.strip.words.text()


@pytest.mark.parametrize("masked", [False, True])
def test_the_whole_roll_is_taken_out_in_full_or_masked(roll, qtbot, tmp_path, masked):
    path = tmp_path / "名册.xlsx"
    roll.acts.write(path, masked)
    settle(qtbot, roll)
    book = load_workbook(path)
    phone = roll.view.rows[0].line.phone
    cells = [str(cell) for line in book["名册"].iter_rows(values_only=True) for cell in line]
    assert (phone in cells) is not masked


def test_an_older_roll_offers_no_act(roll, desk, owners_body):
    old = roll.view.roll.id
    adopt(desk, owners_body, sample("owners-small.xlsx"))
    roll.show_for(roll=old)
    assert not roll.strip.button.isVisible()
    assert "只能查看" in roll.strip.words.text()
    assert desk.ask(standing.frozen_digest, old) == ""
