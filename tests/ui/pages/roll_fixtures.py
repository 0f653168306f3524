"""What the tests of the roll's pages stand on: a desk over a real store, and a record of where a page went."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from consult_app.app import App
from consult_app.kernel import resources
from consult_app.rolls.actions import accept_import
from consult_app.rolls.extract import Extract, extract
from consult_app.rolls.plan import plan
from consult_app.rolls.queries import current_roll
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from tests.fixtures import SECRETARY
from ui.desk import Desk, Message
from ui.memory import Memory
from ui.task import Task


class Went:
    """Records where a page went, in the window's place."""

    def __init__(self) -> None:
        self.places: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, page: str, **place: Any) -> None:
        self.places.append((page, place))


@pytest.fixture
def desk(app: App, qtbot: Any) -> Iterator[Desk]:
    """A desk on an empty data folder; what it says is kept in `desk.heard`."""
    made = Desk(app, Memory(app.settings.data / "window.json"))
    made.heard = []  # type: ignore[attr-defined]
    made.said.connect(made.heard.append)  # type: ignore[attr-defined]
    made.stand_guard()
    yield made
    made.close()


@pytest.fixture
def went() -> Went:
    """Where the page under test went."""
    return Went()


def sample(name: str, kind: RollKind = RollKind.OWNERS) -> Extract:
    """What a sample file of the program yields."""
    return extract(plan(read(resources.path("samples", name)), kind))


def adopt(desk: Desk, body_id: int, found: Extract, on: date = date(2026, 11, 22)) -> int:
    """Make what a file yields the body's roll, turn the desk to the body, and return the roll's number."""
    roll_id: int = desk.store.do(SECRETARY, accept_import, body_id, found, on)
    desk.turn_to(body_id)
    return roll_id


def current(desk: Desk) -> Any:
    """The current roll of the desk's body."""
    assert desk.body_id is not None
    return desk.ask(current_roll, desk.body_id)


def settle(qtbot: Any, page: Any) -> None:
    """Wait until the page's long work is done and delivered."""
    Task.wait_for_all()
    qtbot.waitUntil(lambda: not page.desk._tasks)


def last_words(desk: Desk) -> str:
    """What the message bar would show."""
    heard: list[Message] = desk.heard  # type: ignore[attr-defined]
    return heard[-1].text if heard else ""
