"""表决: a motion from its draft to its result through the window, and what is never shown before closing."""

import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPlainTextEdit, QPushButton, QWidget

from consult_app.storage import reserve
from consult_app.voting import actions, queries
from consult_app.voting.choices import MotionState
from consult_app.voting.rules import Choice
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR
from tests.fixtures import SECRETARY
from ui import outbox
from ui.dialogs import slip_acts
from ui.dialogs.close_vote import CloseVote, Declare
from ui.dialogs.doubtful import DecidePair
from ui.dialogs.hand_count import HandCount, HandVote
from ui.dialogs.issue_slips import LOOPBACK, IssueSlips
from ui.dialogs.motion import DraftMotion, asks_either_or
from ui.dialogs.paper_entry import AssistedEntry, PaperEntry
from ui.dialogs.reissue import Reissue
from ui.dialogs.sheet import Sheet
from ui.dialogs.sign_ballots import SignBallots
from ui.widgets.turnout_bar import TurnoutBar


@pytest.fixture(autouse=True)
def opened_files(monkeypatch):
    """The files that would have been opened with the system's viewer."""
    found: list[Path] = []
    monkeypatch.setattr(outbox, "show", found.append)
    return found


@pytest.fixture
def body(window, desk, store, owners_body, tmp_path):
    """An owners' assembly with nine flats; the window works for it."""
    estate.owners_roll(store, tmp_path, owners_body)
    desk.turn_to(owners_body)
    return owners_body


def page_of(window, vote):
    """The page of a vote, shown."""
    window.go("vote", id=vote.motion if hasattr(vote, "motion") else vote)
    return window.page()


def press(qtbot, widget: QWidget, words: str) -> None:
    """Press the visible button that bears the words, once it is there."""

    def found() -> list[QPushButton]:
        return [b for b in widget.findChildren(QPushButton) if b.text().startswith(words) and b.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def sheet_of(qtbot, page, kind):
    """The dialog of a kind that has come up."""
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in page.findChildren(kind)))
    return next(sheet for sheet in page.findChildren(kind) if sheet.isVisible())


def decide(qtbot, sheet) -> None:
    """Press a dialog's one button."""
    qtbot.mouseClick(sheet.action_button, Qt.MouseButton.LeftButton)


def words_on(widget: QWidget) -> str:
    """Every word a widget and all within it show, say in tooltips, or tell a screen reader."""
    found = []
    for one in (widget, *widget.findChildren(QWidget)):
        found += [one.toolTip(), one.statusTip(), one.whatsThis(), one.accessibleName(), one.accessibleDescription()]
        if isinstance(one, QLabel | QPushButton):
            found.append(one.text())
        if isinstance(one, QPlainTextEdit):
            found.append(one.toPlainText())
        if isinstance(one, QMenu):
            found += [action.text() for action in one.actions()]
        if isinstance(one, TurnoutBar):
            found += [one.share.name, one.share.figures, one.share.verdict]
        if hasattr(one, "as_text") and hasattr(one, "rows"):
            found += [column.words(row) for row in one.rows.all for column in one.rows.columns]
    return "\n".join(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_motion_goes_from_draft_to_result_by_the_pages_own_buttons(qtbot, window, desk, store, body, opened_files):
    matter = estate.matter(store, body)
    desk.memory.put("vote.host", "127.0.0.1")
    desk.memory.put("vote.port", free_port())
    window.go("votes", draft=matter)
    sheet = sheet_of(qtbot, window.page(), DraftMotion)
    sheet.form.fill(items="同意筹集资金。\n同意委托业主委员会办理。", legal_item=5, rule_reason="使用已有维修资金", legal_mode="binding",
                    closes_at=store.now() + timedelta(hours=3))  # fmt: skip
    decide(qtbot, sheet)
    qtbot.waitUntil(lambda: window.place[0] == "vote")
    page, motion = window.page(), window.place[1]["id"]

    press(qtbot, page, "冻结")
    decide(qtbot, sheet_of(qtbot, page, Sheet))
    qtbot.waitUntil(lambda: page.line.state is MotionState.FROZEN)

    press(qtbot, page, "发放选票")
    decide(qtbot, sheet_of(qtbot, page, IssueSlips))
    qtbot.waitUntil(lambda: page.line.state is MotionState.ISSUED and len(opened_files) == 1, timeout=20_000)
    assert opened_files[0].read_bytes().startswith(b"%PDF-")
    assert page.slips.table.rows.rowCount() == 9

    press(qtbot, page, "开始投票")
    qtbot.waitUntil(lambda: page.line.state is MotionState.OPEN, timeout=20_000)
    assert httpx.get(f"http://{desk.server.address}/", trust_env=False).status_code == 200

    for place in range(8):
        code = page.slips.table.rows.all[place].human_code
        store.do(SECRETARY, actions.cast_by_code, code, {"1": "for", "2": "against"}, f"form {place}")
    qtbot.waitUntil(lambda: "8 / 9" in page.turnout.bars[0].share.figures)
    assert page.turnout.bars[0].share.verdict == "已达到"

    press(qtbot, page, "截止投票")
    two = sheet_of(qtbot, page, CloseVote)
    two.form.fill(first="监票人甲", second="监票人甲")
    decide(qtbot, two)
    assert "不能相同" in two.form.error_of("second")
    two.form.fill(second="监票人乙")
    decide(qtbot, two)
    qtbot.waitUntil(lambda: page.line.state is MotionState.CLOSED)

    press(qtbot, page, "宣布结果")
    declare = sheet_of(qtbot, page, Declare)
    decide(qtbot, declare)
    assert "账目不平" in declare.form.error_of("missing")
    declare.form.fill(missing=1)
    decide(qtbot, declare)
    qtbot.waitUntil(lambda: page.line.state is MotionState.DECLARED)
    assert store.ask(queries.tally, motion).items[0].verdict.passed
    assert "✓ 同意 8 人" in words_on(page.result)
    assert "✗ 反对 8 人" in words_on(page.result)
    assert "民法典" in words_on(page.result)

    press(qtbot, page, "计票表")
    qtbot.waitUntil(lambda: len(opened_files) == 2, timeout=20_000)
    assert opened_files[1].name.startswith("计票表")


def test_a_draft_left_with_escape_is_kept(qtbot, window, store, body):
    matter = estate.matter(store, body)
    window.go("votes", draft=matter)
    sheet = sheet_of(qtbot, window.page(), DraftMotion)
    sheet.form.fill(items="同意筹集资金。", title="另一个名称")
    sheet.reject()
    window.page().draft(matter)
    again = sheet_of(qtbot, window.page(), DraftMotion)
    assert again.form.values("items", "title") == {"items": "同意筹集资金。", "title": "另一个名称"}


def test_nothing_on_the_page_tells_a_choice_before_closing(qtbot, window, store, body):
    vote = estate.opened(store, body, items=("筹集资金。",))
    page = page_of(window, vote)
    for place, choices in enumerate((AGAINST, AGAINST, FOR)):
        vote.cast(place, choices)
    qtbot.waitUntil(lambda: "3 / 9" in page.turnout.bars[0].share.figures)
    qtbot.waitUntil(lambda: not page.reading.is_behind)
    words = words_on(window)
    assert "反对" not in words
    assert "弃权" not in words
    assert "✗" not in words
    assert page.result.isHidden()
    assert "3 / 9" in words


def test_turnout_follows_votes_of_another_process_with_the_shortfall_in_words(qtbot, window, store, body):
    vote = estate.opened(store, body)
    page = page_of(window, vote)
    assert page.turnout.bars[0].share.verdict == "还差 6 人"
    vote.cast(0)
    qtbot.waitUntil(lambda: page.turnout.bars[0].share.verdict == "还差 5 人")
    assert page.turnout.bars[1].share.verdict.endswith("㎡")


def test_two_tellers_enter_paper_apart_and_agree(qtbot, window, store, body):
    vote = estate.opened(store, body)
    page = page_of(window, vote)
    page.enter_paper()
    sheet = sheet_of(qtbot, page, PaperEntry)
    for teller in ("计票人甲", "计票人乙"):
        sheet.form.fill(name=teller, human_code=vote.slips[0].human_code)
        assert "0001" in sheet.owner.text()
        assert sheet.rows.choices() == {}
        sheet.rows.tick("1", Choice.FOR)
        decide(qtbot, sheet)
    assert "一致" in sheet.outcome.text()
    assert store.ask(queries.turnout, vote.motion).channels["paper"] == 1


def test_tellers_who_disagree_are_listed_until_they_agree(qtbot, window, store, body):
    vote = estate.opened(store, body)
    page = page_of(window, vote)
    vote.paper(0, FOR, "计票人甲")
    vote.paper(0, AGAINST, "计票人乙")
    qtbot.waitUntil(lambda: "不一致" in words_on(page.decisions))
    vote.paper(0, FOR, "计票人乙")
    qtbot.waitUntil(page.decisions.isHidden)


def test_a_pair_of_votes_waits_for_two_scrutineers(qtbot, window, store, body):
    vote = estate.opened(store, body)
    vote.cast(0)
    vote.paper(0, AGAINST, "计票人甲")
    page = page_of(window, vote)
    press(qtbot, page.decisions, "查看疑难票")
    press(qtbot, page.cases, "监票人确认")
    sheet = sheet_of(qtbot, page, DecidePair)
    sheet.form.fill(first="监票人甲", second="监票人乙")
    decide(qtbot, sheet)
    qtbot.waitUntil(page.decisions.isHidden)
    assert store.ask(queries.conflicts, vote.motion)[0].decided_by == ("监票人甲", "监票人乙")


def test_a_lost_slip_is_replaced_and_printed_anew(qtbot, window, store, body, opened_files):
    vote = estate.opened(store, body)
    page = page_of(window, vote)
    page.reissue()
    sheet = sheet_of(qtbot, page, Reissue)
    sheet.form.fill(human_code=vote.slips[2].human_code, reason="本人报失")
    decide(qtbot, sheet)
    qtbot.waitUntil(lambda: len(opened_files) == 1)
    qtbot.waitUntil(lambda: page.slips.table.rows.rowCount() == 10)


def test_a_hand_raised_is_entered_by_name(qtbot, window, store, body):
    vote = estate.opened(store, body)
    page = page_of(window, vote)
    page.vote_by_hand()
    sheet = sheet_of(qtbot, page, HandVote)
    sheet.witnesses.fill(first="监票人甲", second="监票人乙")
    sheet.form.fill(voter="业主0")
    decide(qtbot, sheet)
    assert "找不到唯一" in sheet.form.error_of("voter")
    sheet.form.fill(voter="业主03")
    decide(qtbot, sheet)
    assert "还没有选择" in sheet.error.text()
    sheet.rows.groups["1"].buttons()[1].click()
    decide(qtbot, sheet)
    assert store.ask(queries.turnout, vote.motion).channels["hand"] == 1
    assert not any("业主03" in words for words in sheet.lines)


def test_counts_of_hands_are_adopted_once_two_tellers_agree(qtbot, window, desk, store, village_body, tmp_path):
    estate.village_roll(store, tmp_path, village_body)
    desk.turn_to(village_body)
    motion = estate.draft(store, village_body, "village.reps")
    store.do(SECRETARY, actions.freeze, motion)
    page = page_of(window, motion)
    press(qtbot, page, "不发选票")
    qtbot.waitUntil(lambda: page.line.state is MotionState.OPEN)
    page.count_hands()
    sheet = sheet_of(qtbot, page, HandCount)
    for teller in ("计票人甲", "计票人乙"):
        sheet.form.fill(teller=teller, present=5)
        for box, figure in zip(sheet.counts["1"].values(), (4, 1, 0), strict=True):
            assert box.value() == 0
            box.setValue(figure)
        decide(qtbot, sheet)
    assert "一致" in sheet.outcome.text()
    assert store.ask(queries.motion, motion).by_hands


def test_someone_at_the_desk_is_helped_and_signs(qtbot, window, store, body):
    vote = estate.opened(store, body, legal_mode="assisted")
    page = page_of(window, vote)
    page.assist()
    sheet = sheet_of(qtbot, page, AssistedEntry)
    sheet.form.fill(name="社区工作人员", witness="见证人", human_code=vote.slips[4].human_code)
    sheet.rows.groups["1"].buttons()[0].click()
    decide(qtbot, sheet)
    sheet.reject()
    qtbot.waitUntil(lambda: page.turnout.waiting.figure.text() == "1")
    page.sign()
    signing = sheet_of(qtbot, page, SignBallots)
    signing.form.fill(human_code=vote.slips[4].human_code)
    decide(qtbot, signing)
    assert signing.isVisible()
    assert signing.left.text() == "没有待签字的票了"


def test_the_slip_of_someone_who_is_helped_may_be_scanned(qtbot, window, store, body):
    vote = estate.opened(store, body)
    page = page_of(window, vote)
    page.assist()
    sheet = sheet_of(qtbot, page, AssistedEntry)
    sheet.form.fill(name="社区工作人员", witness="见证人", human_code=vote.slips[4].url)
    assert vote.slips[4].serial in sheet.owner.text()
    sheet.rows.groups["1"].buttons()[0].click()
    decide(qtbot, sheet)
    assert f"选票 {vote.slips[4].serial} 已投" in sheet.outcome.text()


@pytest.mark.parametrize("choice", [0, 1, 2])
def test_a_helped_voter_compares_the_codes_of_what_was_stored(qtbot, window, store, body, choice):
    vote = estate.opened(store, body, items=["同意筹集资金。", "同意签订合同。"])
    page = page_of(window, vote)
    page.assist()
    sheet = sheet_of(qtbot, page, AssistedEntry)
    assert sheet.compare.isHidden()
    sheet.form.fill(name="社区工作人员", witness="见证人", human_code=vote.slips[4].human_code)
    for item, place in (("1", choice), ("2", 1)):
        sheet.rows.groups[item].buttons()[place].click()
    decide(qtbot, sheet)
    first, second = vote.slips[4].codes
    assert sheet.codes.text() == f"第1项 {first[choice]}　第2项 {second[1]}"
    assert not sheet.compare.isHidden()
    sheet.code.setText(vote.slips[5].human_code)
    assert sheet.codes.text() == sheet.outcome.text() == ""
    assert sheet.compare.isHidden()


def test_a_helped_voter_of_a_secret_vote_sees_the_codes_of_what_was_sealed(
    qtbot, window, store, village_body, tmp_path
):
    estate.village_roll(store, tmp_path, village_body)
    vote = estate.opened(store, village_body, "village.reps", secret=True)
    page = page_of(window, vote)
    page.assist()
    sheet = sheet_of(qtbot, page, AssistedEntry)
    sheet.form.fill(name="社区工作人员", witness="见证人", human_code=vote.slips[0].human_code)
    sheet.rows.groups["1"].buttons()[1].click()
    decide(qtbot, sheet)
    assert sheet.codes.text() == vote.slips[0].codes[0][1]


def test_filled_ballots_are_printed_after_closing(qtbot, window, store, body, opened_files):
    vote = estate.opened(store, body, legal_mode="assisted")
    vote.cast(0)
    vote.close()
    page = page_of(window, vote)
    press(qtbot, page, "打印待签选票")
    qtbot.waitUntil(lambda: len(opened_files) == 1, timeout=20_000)
    assert opened_files[0].name.startswith("待签选票")


def test_slips_that_lead_elsewhere_than_the_server_are_warned_of(qtbot, window, desk, store, body):
    vote = estate.opened(store, body)
    desk.memory.put(f"slips.{vote.motion}", "192.168.31.20:8080")
    desk.memory.put("vote.host", "127.0.0.1")
    desk.memory.put("vote.port", free_port())
    page = page_of(window, vote)
    assert "没有开启" in page.warned.text()
    press(qtbot, page, "开启投票服务")
    qtbot.waitUntil(lambda: "手机会打不开" in page.warned.text(), timeout=20_000)
    vote.close()
    press(qtbot, page, "关闭投票服务")
    qtbot.waitUntil(lambda: desk.server.address == "", timeout=20_000)


def test_slips_are_handed_out_one_after_another(qtbot, window, store, body):
    vote = estate.issued(store, body)
    page = page_of(window, vote)
    page.act_on_slip(slip_acts.hand_out_slip)
    sheet = sheet_of(qtbot, page, slip_acts.SlipAct)
    for slip in vote.slips[:2]:
        sheet.form.fill(human_code=slip.human_code)
        decide(qtbot, sheet)
    assert sheet.isVisible()
    sheet.form.fill(human_code="9999")
    decide(qtbot, sheet)
    assert "没有代码" in sheet.form.error_of("human_code")
    sheet.reject()
    assert sum(1 for line in store.ask(queries.slips, vote.motion) if line.handed_at) == 2


def test_an_open_menu_stays_while_votes_come_in(qtbot, window, store, body):
    vote = estate.opened(store, body)
    page = page_of(window, vote)
    before = page.buttons.itemAt(0).widget()
    vote.cast(0)
    qtbot.waitUntil(lambda: "1 / 9" in page.turnout.bars[0].share.figures)
    assert page.buttons.itemAt(0).widget() is before


@pytest.mark.parametrize("text", ["更换方案一还是方案二", "选甲公司或者乙公司", "方案A、方案B"])
def test_a_question_of_either_or_is_pointed_out(text):
    assert asks_either_or(text)


def test_a_plain_question_is_not(body):
    assert not asks_either_or("同意按方案一筹集资金。")


def test_the_list_shows_where_each_motion_stands(window, store, body):
    estate.opened(store, body)
    window.go("votes")
    page = window.page()
    assert [column.words(page.table.rows.shown[0]) for column in page.table.rows.columns][1:3] == ["投票中", "0 / 9"]


def test_a_towns_server_takes_the_votes_where_slips_lead_to_it(qtbot, window, desk, store, body, opened_files):
    desk.app.settings = replace(desk.app.settings, database="postgresql+psycopg://town")
    vote = estate.draft(store, body)
    store.do(SECRETARY, actions.freeze, vote)
    window.go("vote", id=vote)
    page = window.page()
    press(qtbot, page, "发放选票")
    sheet = sheet_of(qtbot, page, IssueSlips)
    sheet.form.fill(site="vote.example.cn")
    decide(qtbot, sheet)
    assert "完整的网址" in sheet.form.error_of("site")
    sheet.form.fill(site="https://vote.example.cn/NH01/")
    decide(qtbot, sheet)
    qtbot.waitUntil(lambda: page.line.state is MotionState.ISSUED and len(opened_files) == 1, timeout=20_000)
    press(qtbot, page, "开始投票")
    qtbot.waitUntil(lambda: page.line.state is MotionState.OPEN)
    assert desk.server.address == ""
    assert "没有开启" not in words_on(page)


def test_threat_17_a_vote_is_not_opened_on_a_disk_with_too_little_room(window, desk, store, body, monkeypatch):
    vote = estate.issued(store, body)
    page = page_of(window, vote)
    desk.memory.put("vote.host", LOOPBACK)
    desk.memory.put("vote.port", free_port())
    monkeypatch.setattr(reserve, "free_space", lambda _folder: 100 * 1024**2)
    with pytest.raises(reserve.TooLittleRoom):
        page.open()
    assert page.facts().state is MotionState.ISSUED
    assert not desk.server.address
    monkeypatch.undo()
    page.open()
    assert store.ask(queries.motion, vote.motion).state is MotionState.OPEN
    assert desk.app.reserve.held
