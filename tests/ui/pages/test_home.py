from datetime import date
from pathlib import Path

from consult_app.kernel.text import legal_day
from consult_app.voting import queries
from tests.consult_app.voting import estate
from ui.desk import Desk
from ui.pages.home import HomePage
from ui.window import Window


def home(window: Window) -> HomePage:
    page = window.findChild(HomePage)
    assert isinstance(page, HomePage)
    return page


def test_an_open_vote_runs_on_the_calendar_until_it_closes(
    window: Window, desk: Desk, owners_body: int, tmp_path: Path
) -> None:
    estate.owners_roll(desk.store, tmp_path, owners_body)
    vote = estate.opened(desk.store, owners_body)
    desk.turn_to(owners_body)
    window.go("home")
    closes = desk.ask(queries.motion, vote.motion).closes_at
    spans = [span for span in home(window).strip.spans if span.kind == "vote"]
    assert [(span.first, span.last, span.key) for span in spans] == [
        (date(2026, 11, 22), legal_day(closes), ("vote", vote.motion))
    ]


def test_without_a_body_the_page_shows_the_three_steps_to_begin_with(window: Window) -> None:
    page = home(window)
    assert page.stack.currentWidget() is page.start
