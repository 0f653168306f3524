"""会议: the live record, typed while people talk."""

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from consult_app.meetings import actions, queries
from consult_app.meetings.actions import AgendaLine
from consult_app.meetings.rules import MeetingState, Position
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY
from ui.dialogs.attendance import AttendanceSheet
from ui.dialogs.correct_statement import CorrectStatement
from ui.dialogs.opinion import DraftOpinion
from ui.dialogs.sheet import Sheet
from ui.pages.meeting.agenda import time_words

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def called(desk, store, owners_body, tmp_path):
    """A meeting of five called on a matter of an estate with nine flats."""
    estate.owners_roll(store, tmp_path, owners_body)
    desk.turn_to(owners_body)
    return store.do(
        SECRETARY, actions.call, estate.matter(store, owners_body), title="第三网格议事会　第一次会议", place="社区活动室",
        starts_at=store.now() + timedelta(hours=1), chair="网格长", recorder="社区书记",
        expected=[f"业主{n:02d}" for n in range(1, 6)], agenda=(AgendaLine("说明情况", 10), AgendaLine("自由讨论", 30)),
    )  # fmt: skip


@pytest.fixture
def running(store, called):
    """That meeting, begun."""
    store.do(SECRETARY, actions.open_meeting, called)
    return called


@pytest.fixture
def page(window, running):
    """The page of the meeting that runs."""
    window.go("meeting", id=running)
    window.activateWindow()
    return window.page()


def facts(store, meeting):
    return store.ask(queries.meeting, meeting)


def press(qtbot, widget, words):
    def found():
        return [b for b in widget.findChildren(QPushButton) if b.text().startswith(words) and b.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def speak(qtbot, page, speaker, text):
    page.entry.speaker.setFocus()
    qtbot.keyClicks(page.entry.speaker, speaker)
    qtbot.keyClick(page.entry.speaker, Qt.Key.Key_Return)
    qtbot.keyClicks(page.entry.text, text)


def test_a_meeting_is_begun_and_ended_from_its_page(qtbot, window, store, called):
    window.go("meeting", id=called)
    page = window.page()
    assert page.entry.isHidden()
    press(qtbot, page, "开始会议")
    qtbot.waitUntil(lambda: not page.entry.isHidden())
    press(qtbot, page, "结束会议")
    sheet = next(sheet for sheet in page.findChildren(Sheet) if sheet.isVisible())
    assert "协商意见" in sheet.note.text()
    qtbot.mouseClick(sheet.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已结束" in page.state.text())
    assert facts(store, called).state is MeetingState.CLOSED
    assert page.entry.isHidden()


def test_ctrl_enter_saves_and_the_speaker_line_is_ready(qtbot, page, store, running):
    speak(qtbot, page, "yz03", "agreed")
    assert page.entry.text.hasFocus()
    qtbot.keyClick(page.entry.text, Qt.Key.Key_1, CTRL)
    qtbot.keyClick(page.entry.text, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(page.record.entries) == 1)
    said = facts(store, running).statements[0]
    assert (said.speaker, said.position, said.text) == ("业主03", Position.FOR, "agreed")
    assert page.entry.speaker.hasFocus()
    assert page.entry.values() == {"speaker": "", "capacity": "", "position": "说明", "text": ""}


def test_a_speaker_is_found_by_initials_and_by_room(qtbot, page):
    qtbot.keyClicks(page.entry.speaker, "yz09")
    assert [found.name for found in page.entry.speaker.offered] == ["业主09"]
    qtbot.keyClick(page.entry.speaker, Qt.Key.Key_Return)
    assert page.entry.speaker.text() == "业主09"
    page.entry.speaker.clear()
    qtbot.keyClicks(page.entry.speaker, "3-1-301")
    assert [found.name for found in page.entry.speaker.offered] == ["业主09"]


def test_what_is_typed_survives_a_power_cut(qtbot, page, window, desk, running):
    page.entry.speaker.setText("业主02")
    qtbot.keyClicks(page.entry.text, "half a sentence")
    path = desk.app.settings.data / "drafts" / f"meeting-{running}.json"
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: json.loads(path.read_text("utf-8"))["text"] == "half a sentence")
    page.meeting = None  # as a window that starts anew knows nothing
    page.entry.fill()
    window.go("meeting", id=running)
    assert page.entry.values()["text"] == "half a sentence"
    assert page.entry.values()["speaker"] == "业主02"


def test_a_refused_statement_keeps_what_was_typed(qtbot, page):
    qtbot.keyClicks(page.entry.text, "who said this")
    page.entry.save()
    assert "发言人" in page.entry.error.text()
    assert page.entry.text.toPlainText() == "who said this"


def test_a_correction_keeps_the_old_words_one_click_away(qtbot, page, store, running):
    store.do(SECRETARY, actions.state, running, speaker="业主01", capacity="业主", position="赞成", text="原来的话")
    qtbot.waitUntil(lambda: 1 in page.record.entries)
    press(qtbot, page.record, "更正")
    sheet = page.findChild(CorrectStatement)
    sheet.form.fill(text="更正后的话", reason="听记有误")
    qtbot.mouseClick(sheet.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.record.entries[1].said.version == 2)
    entry = page.record.entries[1]
    assert entry.old.isHidden()
    qtbot.waitUntil(entry.versions.isVisible)
    qtbot.mouseClick(entry.versions, Qt.MouseButton.LeftButton)
    assert "原来的话" in entry.old.text()
    assert entry.old.isVisible()


def test_initials_in_the_check_in_box_check_someone_in(qtbot, page):
    qtbot.keyClicks(page.check_in.box, "yz04")
    qtbot.keyClick(page.check_in.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.check_in.tiles["实到"].figure.text() == "1")
    assert page.check_in.bar.share.verdict == "还差 2 人"
    assert page.check_in.box.text() == ""


def test_a_scanned_slip_checks_its_voter_in(qtbot, page, store, owners_body):
    slip = estate.issued(store, owners_body).slips[1]
    page.check_in.box.setText(slip.url)
    qtbot.keyClick(page.check_in.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.check_in.tiles["实到"].figure.text() == "1")


def test_who_is_not_expected_may_observe_or_join_the_list(qtbot, page, store, running):
    for words, tile in (("登记为列席", "列席"), ("加入应到名单", "实到")):
        name = f"来宾{words[0]}"
        page.check_in.box.setText(name)
        qtbot.keyClick(page.check_in.box, Qt.Key.Key_Return)
        assert "不在应到名单" in page.check_in.said.text()
        press(qtbot, page.check_in, words)
        qtbot.waitUntil(lambda tile=tile: page.check_in.tiles[tile].figure.text() == "1")
    assert facts(store, running).counts.expected == 6


def test_the_list_excuses_and_lets_leave(qtbot, page, store, running):
    page.show_list()
    sheet = page.findChild(AttendanceSheet)
    sheet.table.selectRow(0)
    sheet.reason.setText("外出")
    qtbot.mouseClick(sheet.marks[1], Qt.MouseButton.LeftButton)
    assert facts(store, running).counts.excused == 1
    sheet.table.selectRow(1)
    qtbot.mouseClick(sheet.marks[0], Qt.MouseButton.LeftButton)
    sheet.table.selectRow(1)
    qtbot.mouseClick(sheet.left, Qt.MouseButton.LeftButton)
    assert facts(store, running).counts.in_room == 0


def test_agenda_items_begin_with_one_button_and_count_minutes(qtbot, page, store, clock, running):
    press(qtbot, page.agenda, "开始")
    qtbot.waitUntil(lambda: facts(store, running).current_item is not None)
    clock.forward(minutes=12)
    assert time_words(facts(store, running).current_item, store.now()).endswith("已 12 分")
    qtbot.waitUntil(lambda: len([b for b in page.agenda.findChildren(QPushButton) if b.isVisible()]) == 1)
    press(qtbot, page.agenda, "开始")
    qtbot.waitUntil(lambda: facts(store, running).current_item.title == "自由讨论")
    assert time_words(facts(store, running).agenda[0], store.now()) == "10 分 · 用时 12 分"


def test_the_opinion_is_drafted_from_positions_with_its_dissent(qtbot, page, store, running):
    for position, text in (("赞成", "同意"), ("反对", "不同意")):
        store.do(SECRETARY, actions.state, running, speaker="业主01", capacity="", position=position, text=text)
    qtbot.waitUntil(lambda: len(page.record.entries) == 2)
    press(qtbot, page, "起草协商意见")
    sheet = page.findChild(DraftOpinion)
    assert sheet.form.values()["agreed"] == "业主01：同意"
    assert sheet.form.values()["dissent"] == "业主01：不同意"
    qtbot.mouseClick(sheet.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "不同意见：业主01" in page.opinion_words.text())


def test_the_remote_says_what_the_screen_shows_and_what_is_next(qtbot, page, desk):
    assert page.remote.now.text() == "未开启"
    assert page.remote.next_button.text() == "下一幕：标题"
    press(qtbot, page.remote, "下一幕")
    assert page.remote.now.text() == "正在显示：标题"
    assert page.remote.next_button.text() == "下一幕：议程"
    press(qtbot, page.remote, "空白")
    assert desk.screen.kind == "blank"
    press(qtbot, page.remote, "关闭大屏")
    qtbot.waitUntil(lambda: page.remote.now.text() == "未开启")


def test_the_list_of_meetings_opens_one(qtbot, window, running):
    window.go("meetings")
    page = window.page()
    page.table.opened.emit(page.table.rows.shown[0])
    assert window.place == ("meeting", {"id": running})
