"""The big screen's feed: it follows votes of another process, and shows choices only after closing."""

import multiprocessing
import sys
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import Qt

from consult_app.app import open_app
from consult_app.kernel.errors import Refused
from consult_app.meetings import actions as meetings
from consult_app.meetings import queries as meeting_queries
from consult_app.meetings.actions import AgendaLine
from consult_app.settings import settings
from consult_app.voting import actions
from consult_app.voting import queries as voting
from consult_app.voting.queries import StillOpen
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR
from tests.fixtures import SECRETARY, CountingTokens
from ui.projector import feed

LIMIT = 300
"""Milliseconds from a stored vote to the screen that the product aims at."""


@pytest.fixture
def vote(desk, store, owners_body, tmp_path):
    """An open vote of nine flats; the desk works for its body."""
    estate.owners_roll(store, tmp_path, owners_body)
    desk.turn_to(owners_body)
    return estate.opened(store, owners_body)


def cast_from_elsewhere(data: str, now: datetime, token: str, pipe) -> None:
    """What the vote server does, in a process of its own: one ballot, as soon as it is told to."""
    app = open_app(settings(data), lambda: now, CountingTokens())
    app.store.ask(voting.motions, 1)
    pipe.send("ready")
    pipe.recv()
    app.store.do(estate.PHONE, actions.cast_ballot, token, FOR, "elsewhere")
    pipe.send("stored")
    app.close()


def shown(desk) -> Any:
    return desk.screen.window.scene


def test_a_vote_of_another_process_is_on_the_screen_at_once(qtbot, window, desk, store, vote):
    desk.screen.show("voting", motion_id=vote.motion)
    qtbot.waitExposed(desk.screen.window)
    before = desk.screen.window.grab().toImage()
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    other = multiprocessing.get_context("spawn").Process(
        target=cast_from_elsewhere, args=(str(desk.app.settings.data), store.now(), vote.slips[0].token, theirs)
    )
    other.start()
    qtbot.waitUntil(lambda: ours.poll(), timeout=60_000)
    assert ours.recv() == "ready"
    ours.send("now")
    qtbot.waitUntil(lambda: ours.poll(), timeout=30_000)
    stored = monotonic()
    assert ours.recv() == "stored"
    qtbot.waitUntil(lambda: shown(desk).shares[0].part == 1, timeout=5_000)
    lag = (monotonic() - stored) * 1000
    sys.stdout.write(f"a vote was on the big screen {lag:.0f} ms after it was stored; the aim is {LIMIT} ms\n")
    other.join(20)
    assert other.exitcode == 0
    assert desk.screen.window.grab().toImage() != before


def test_the_screen_tells_no_choice_before_closing(window, desk, vote):
    for place, choices in enumerate((AGAINST, AGAINST, FOR, ABSTAIN)):
        vote.cast(place, choices)
    desk.screen.show("voting", motion_id=vote.motion)
    words = repr(shown(desk))
    assert "反对" not in words
    assert "弃权" not in words
    with pytest.raises(StillOpen):
        desk.screen.show("result", motion_id=vote.motion)
    assert desk.screen.kind == "voting"


def test_the_result_is_shown_after_closing_with_its_fractions_and_law(window, desk, vote):
    for place, choices in enumerate((FOR, FOR, FOR, FOR, FOR, FOR, AGAINST)):
        vote.cast(place, choices)
    vote.close()
    desk.screen.show("result", motion_id=vote.motion)
    scene = shown(desk)
    assert scene.verdict == "通过"
    assert {"7 / 9", "6 / 7"} <= {share.figures for share in scene.shares}
    assert "✓ 同意 6 人　✗ 反对 1 人" in scene.counts
    assert "民法典" in scene.citation


def test_threat_28_a_lone_dissenters_area_is_not_on_the_big_screen(window, desk, vote):
    for place, choices in enumerate((FOR, FOR, FOR, FOR, FOR, FOR, AGAINST)):
        vote.cast(place, choices)
    vote.close()
    approval = next(share for share in feed.result(desk, motion_id=vote.motion).shares if share.name == "同意　面积")
    assert (approval.figures, approval.verdict) == ("≥ 290.51 / 581.00", "✓ 过半数")
    assert approval.part == 29051, "nor does the bar's length tell it"


def test_the_shortfall_stands_beside_each_bar(window, desk, vote):
    vote.cast(0)
    scene = feed.turnout(desk, motion_id=vote.motion)
    assert scene.shares[0].verdict == "还差 5 人"
    assert scene.shares[1].verdict.endswith("㎡")


def test_the_countdown_ends_at_the_closing_time(window, desk, clock, vote):
    assert feed.turnout(desk, motion_id=vote.motion).remaining == "距截止 3 小时 0 分"
    clock.forward(hours=2, minutes=59, seconds=30)
    assert feed.turnout(desk, motion_id=vote.motion).remaining == "距截止 00:30"
    clock.forward(minutes=1)
    assert feed.turnout(desk, motion_id=vote.motion).remaining == "时间到"


def test_how_to_vote_has_the_code_of_the_halls_network(window, desk, vote):
    desk.memory.put("wifi.name", "YISHI")
    desk.memory.put("wifi.password", "yishi2026")
    scene = feed.how_to_vote(desk, motion_id=vote.motion)
    assert scene.network == "YISHI"
    assert scene.code is not None


def test_a_motion_of_several_questions_shows_each_and_its_own_result(window, desk, store, owners_body, tmp_path):
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body, items=("筹集资金。", "委托办理。"))
    for place in range(9):
        vote.cast(place, {"1": "for", "2": "against"})
    assert feed.matter(desk, motion_id=vote.motion).paragraphs == ("1. 筹集资金。", "2. 委托办理。")
    vote.close()
    assert feed.result(desk, motion_id=vote.motion, item="1").passed
    assert feed.result(desk, motion_id=vote.motion, item="2").passed is False


def test_no_name_or_room_is_ever_on_the_screen(window, desk, store, vote):
    for place in range(9):
        vote.cast(place)
    made = [feed.turnout(desk, motion_id=vote.motion), feed.matter(desk, motion_id=vote.motion)]
    vote.close()
    made.append(feed.result(desk, motion_id=vote.motion))
    words = repr(made)
    assert not any(name in words for slip in vote.slips for name in (*slip.names, slip.room, slip.human_code))


def test_the_agenda_follows_the_meeting(qtbot, window, desk, store, vote):
    proposal = store.ask(voting.motion, vote.motion).proposal_id
    meeting = store.do(
        SECRETARY, meetings.call, proposal, title="议事会", place="活动室", starts_at=datetime(2026, 11, 22, tzinfo=UTC),
        chair="网格长", recorder="社区书记", expected=(), agenda=(AgendaLine("说明"), AgendaLine("讨论")),
    )  # fmt: skip
    desk.screen.show("agenda", meeting_id=meeting)
    store.do(SECRETARY, meetings.open_meeting, meeting)
    first = store.ask(meeting_queries.meeting, meeting).agenda[0].id
    store.do(SECRETARY, meetings.start_item, first)
    qtbot.waitUntil(lambda: [line.state for line in shown(desk).lines] == ["now", "later"])


def test_escape_and_f11_turn_full_screen_and_closing_is_off(qtbot, window, desk, vote):
    desk.screen.show("voting", motion_id=vote.motion)
    screen = desk.screen.window
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    qtbot.keyClick(screen, Qt.Key.Key_F11)
    assert screen.isFullScreen()
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not screen.isFullScreen())
    screen.close()
    assert desk.screen.kind == ""


def test_a_scene_of_nothing_is_refused(window, desk):
    with pytest.raises(Refused):
        desk.screen.show("voting", motion_id=404)
    assert desk.screen.window is None


def test_the_vote_closes_in_words_too(window, desk, vote, clock):
    clock.forward(hours=4)
    vote.close()
    assert feed.turnout(desk, motion_id=vote.motion).remaining == "已截止"


def test_threat_07_the_screen_shows_the_word_and_the_address_of_the_slips(desk, store, vote):
    """So a code pasted over the poster, or a hotspot of the same name, is told from the hall's own."""
    word = store.ask(voting.motion, vote.motion).hall_word
    desk.memory.put("wifi.name", "YISHI")
    how = feed.how_to_vote(desk, motion_id=vote.motion)
    assert word
    assert word in how.genuine
    assert how.network == "YISHI"
    assert word in feed.turnout(desk, motion_id=vote.motion).notes[0]
