"""While a vote is open the window asks once an hour for the chain's head on paper, and the big screen shows it."""

from pathlib import Path

import pytest

from consult_app.audit import chain
from consult_app.audit.heads import first_unlike, read_head
from consult_app.voting import queries
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from ui import outbox
from ui.head_reminder import KEY
from ui.pages.vote.page import VotePage


@pytest.fixture
def vote(desk, owners_body):
    """An open vote of nine."""
    estate.owners_roll(desk.store, Path(desk.app.settings.data), owners_body)
    return estate.opened(desk.store, owners_body)


@pytest.fixture
def put_out(monkeypatch) -> list[tuple[str, bytes]]:
    """What is printed, by name."""
    kept: list[tuple[str, bytes]] = []
    monkeypatch.setattr(outbox, "put_out", lambda _desk, name, content: kept.append((name, content)))
    return kept


def reminded(desk):
    return next((alarm for alarm in desk.alarms.standing if alarm.key == KEY), None)


def test_threat_08_the_window_reminds_once_an_hour_until_the_head_is_printed(qtbot, desk, window, clock, vote, put_out):
    clock.forward(minutes=59)
    window.reminder.look()
    assert reminded(desk) is None
    clock.forward(minutes=1)
    window.reminder.look()
    assert desk.ask(queries.motion, vote.motion).title in reminded(desk).text
    assert window.alarm.isVisible()
    reminded(desk).act()
    qtbot.waitUntil(lambda: bool(put_out), timeout=20_000)
    name, content = put_out[0]
    printed = desk.ask(chain.newest, "head.printed")
    assert name.startswith(f"链头单 {printed.facts['seq']} ")
    assert f"第{printed.facts['seq']}条" in text_of(content)
    qtbot.waitUntil(lambda: reminded(desk) is None, timeout=5_000)
    clock.forward(hours=1)
    window.reminder.look()
    assert reminded(desk) is not None


def test_a_vote_that_is_closed_asks_for_no_more(desk, window, clock, vote):
    clock.forward(hours=1)
    window.reminder.look()
    assert reminded(desk) is not None
    vote.close()
    window.reminder.look()
    assert reminded(desk) is None


def test_the_head_is_printed_from_the_votes_menu(qtbot, desk, window, vote, put_out):
    window.go("vote", id=vote.motion)
    page = window.stack.currentWidget()
    assert isinstance(page, VotePage)
    page.print_head()
    qtbot.waitUntil(lambda: bool(put_out), timeout=20_000)
    assert desk.ask(queries.motion, vote.motion).title in put_out[0][0]


def test_threat_08_the_big_screen_shows_a_head_that_a_photo_can_prove(window, desk, vote):
    desk.screen.show("voting", motion_id=vote.motion)
    (words,) = [note for note in desk.screen.window.scene.notes if "存证链头" in note]
    seq, digest = desk.ask(chain.head)
    short = f"{digest[:4]}·{digest[4:8]}".upper()
    assert f"第 {seq} 条　{short}" in words
    assert desk.ask(first_unlike, [read_head(f"{seq}:{short}")]) is None
