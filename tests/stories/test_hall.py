"""The hall: a slip's code is read from the printed page, a phone without scripts votes, the big screen follows."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from consult_app.app import App, open_app, system_clock
from consult_app.demo.player import Played, Stage, play
from consult_app.settings import settings
from consult_app.voting import actions, queries
from consult_app.web import child
from tests.fixtures import SECRETARY
from ui import theme
from ui.__main__ import start_qt
from ui.desk import Desk
from ui.memory import Memory
from ui.projector import scenes

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PRINTED = 200
"""Dots per inch of the page a phone looks at: an ordinary office print."""

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")


@dataclass
class Hall:
    """An open vote with its printed slips, the server phones reach, and the desk the secretary sits at."""

    story: Played
    app: App
    desk: Desk

    def codes(self) -> list[str]:
        """What a camera reads on the first printed page of slips, from the top."""
        assert self.story.files["slips"]
        document = pypdfium2.PdfDocument(self.story.files["slips"])
        picture = document[0].render(scale=PRINTED / 72).to_pil()
        document.close()
        found = sorted(zxingcpp.read_barcodes(picture), key=lambda code: code.position.top_left.y)
        return [code.text for code in found]


@pytest.fixture(scope="module")
def qapp():
    """The application as it is started, in its dress."""
    application = start_qt()
    theme.dress(application)
    return application


@pytest.fixture
def hall(qtbot: QtBot, tmp_path: Path) -> Iterator[Hall]:
    """The story played to the open vote, served on loopback at the address printed on the slips."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    story = play(tmp_path, Stage.VOTING, 12, system_clock(), base_url=f"http://127.0.0.1:{port}")
    server = child.start(settings(story.data), "127.0.0.1", port)
    app = open_app(settings(story.data))
    desk = Desk(app, Memory(story.data / "window.json"))
    yield Hall(story, app, desk)
    desk.close()
    app.close()
    server.stop()


@pytest.fixture
def phone() -> Iterator[Any]:
    """A phone's browser, 360 x 720, with scripts disabled."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser.new_page(viewport={"width": 360, "height": 720}, java_script_enabled=False)
        browser.close()


def vote(phone: Any, address: str, word: str) -> str:
    """Open a slip's address, choose, confirm; the words of the last page."""
    phone.goto(address)
    phone.locator("label", has_text=word).click(force=True)
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("button", name="确认投票").click()
    return str(phone.inner_text("body"))


def test_every_code_on_the_printed_page_is_the_address_of_its_own_slip(hall: Hall) -> None:
    codes = hall.codes()
    slips = [hall.app.store.ask(queries.slip_by_token, code.rpartition("/")[2]) for code in codes]
    assert [slip and slip.serial for slip in slips] == [f"{number:04d}" for number in range(1, len(codes) + 1)]
    assert len(codes) >= 3
    assert all(code == code.upper() for code in codes)


def test_a_scanned_slip_votes_once_and_then_says_when_it_was_used(hall: Hall, phone: Any) -> None:
    slip = hall.codes()[0]
    assert "已收到您的投票" in vote(phone, slip, "同意")
    answer = phone.goto(slip)
    assert (answer.status, "手机" in phone.inner_text("body")) == (409, True)
    assert hall.app.store.ask(queries.turnout, hall.story.motion).participating.heads == 1


def test_the_big_screen_follows_votes_and_tells_the_result_only_after_closing(
    hall: Hall, phone: Any, qtbot: QtBot
) -> None:
    motion = hall.story.motion
    hall.desk.screen.show("voting", motion_id=motion)
    before = grabbed(hall.desk)
    vote(phone, hall.codes()[0], "同意")
    qtbot.waitUntil(lambda: grabbed(hall.desk) != before, timeout=2_000)
    assert shown_heads(hall.desk) == 1
    voting = grabbed(hall.desk)
    for code in hall.codes()[1:]:
        vote(phone, code, "反对")
    qtbot.waitUntil(lambda: shown_heads(hall.desk) == len(hall.codes()), timeout=2_000)
    hall.app.store.do(SECRETARY, actions.close_vote, motion, "练习监票人甲", "练习监票人乙")
    hall.desk.screen.show("result", motion_id=motion)
    assert grabbed(hall.desk) != voting
    assert hall.desk.screen.window
    assert isinstance(hall.desk.screen.window.scene, scenes.Result)
    assert "✗ 反对 2 人" in hall.desk.screen.window.scene.counts


def grabbed(desk: Desk) -> QImage:
    """The big screen as a picture."""
    assert desk.screen.window
    return desk.screen.window.grab().toImage()


def shown_heads(desk: Desk) -> int:
    """How many heads the big screen says have taken part."""
    assert desk.screen.window
    assert isinstance(desk.screen.window.scene, scenes.Voting)
    return next(share.part for share in desk.screen.window.scene.shares if share.name == "人数")
