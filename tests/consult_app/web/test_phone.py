"""A vote end to end in real Chromium with scripts switched off, against a server process of its own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.app import open_app
from consult_app.bodies.actions import add_body
from consult_app.voting import queries
from consult_app.voting.choices import Channel
from consult_app.web import child
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")


@pytest.fixture
def today(folder, tmp_path):
    """An open vote by the computer's own clock, which the server process goes by."""
    app = open_app(folder)
    body = app.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    estate.owners_roll(app.store, tmp_path, body)
    assert app.store.now() > datetime(2026, 1, 1, tzinfo=UTC)
    yield estate.opened(app.store, body, items=["同意筹集资金。", "同意委托业主委员会办理。"])
    app.close()


@pytest.fixture
def address(folder, today):
    """Where the server process answers."""
    running = child.start(folder, "127.0.0.1", 0)
    yield running.address
    running.stop()


@pytest.fixture
def screen():
    """A phone's browser, 360 x 720, without scripts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser.new_page(viewport={"width": 360, "height": 720}, java_script_enabled=False)
        browser.close()


def test_a_resident_votes_without_scripts_and_reload_changes_nothing(today, address, screen):
    slip = f"{address}/V/{today.slips[0].token}"
    requests = []
    screen.on("request", lambda request: requests.append(request.url))
    screen.goto(slip)
    assert requests == [slip]
    screen.locator("label[for=i1for]").click(force=True)
    screen.locator("label[for=i2against]").click(force=True)
    screen.get_by_role("button", name="下一步").click()
    assert screen.locator(".chosen strong").all_inner_texts() == ["✓ 同意", "✗ 反对"]
    screen.get_by_role("button", name="返回修改").click()
    assert screen.locator("#i2against").is_checked()
    screen.get_by_role("button", name="下一步").click()
    screen.get_by_role("button", name="确认投票").click()
    assert screen.locator("h2").inner_text() == "已收到您的投票"
    screen.reload()
    assert screen.locator("h2").inner_text() == "已收到您的投票"
    screen.goto(slip)
    assert screen.locator("h2").inner_text() == "这张选票已经投过"
    turnout = today.store.ask(queries.turnout, today.motion)
    assert (turnout.participating.heads, turnout.channels[Channel.PHONE]) == (1, 1)


def test_everything_to_press_is_at_least_60_pixels_high_and_nothing_runs_over(today, address, screen):
    screen.goto(f"{address}/V/{today.slips[1].token}")
    for target in screen.locator(".pick label, .button").all():
        assert target.bounding_box()["height"] >= 60
    for page in ("", "?big=1"):
        screen.goto(f"{address}/V/{today.slips[1].token}{page}")
        assert screen.locator("main").bounding_box()["width"] <= 360


def test_the_choices_are_reached_by_keyboard(today, address, screen):
    screen.goto(f"{address}/V/{today.slips[2].token}")
    screen.keyboard.press("Tab")
    screen.keyboard.press("Space")
    assert screen.locator("#i1for").is_checked()
    assert screen.get_by_role("radio", name="同意").count() == 2
