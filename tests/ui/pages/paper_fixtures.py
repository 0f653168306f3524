"""A desk on a body with papers, for the pages that show them."""

from pathlib import Path

import pytest

from consult_app.documents import drafting, issuing
from tests.consult_app.proposals.matters import registered, screened
from tests.fixtures import SECRETARY
from ui.pages import Go
from ui.task import Task


class Went:
    """Notes where a page went."""

    def __init__(self) -> None:
        self.places: list[tuple[str, dict]] = []

    def __call__(self, page: str, **place) -> None:
        self.places.append((page, place))


@pytest.fixture
def went() -> Went:
    """Where the page went."""
    found = Went()
    as_go: Go = found
    assert callable(as_go)
    return found


@pytest.fixture
def matter(desk, owners_body: int) -> int:
    """A screened matter of the body the desk is turned to."""
    desk.turn_to(owners_body)
    id = registered(desk.store, owners_body)
    screened(desk.store, id)
    return id


@pytest.fixture
def call(desk, matter: int) -> int:
    """The draft of the matter's call; a document's number."""
    return desk.do(drafting.draft_meeting_notice, matter, place="社区活动室", starts_at=desk.now)


@pytest.fixture
def issued_call(desk, call: int) -> int:
    """The issued call."""
    return issuing.issue(desk.store, SECRETARY, call).id


@pytest.fixture
def sheet_of_registration(desk, matter: int):
    """The issued 议题登记表, that has to be signed."""
    return issuing.issue(desk.store, SECRETARY, desk.do(drafting.draft_registration, matter))


def settle(qtbot, *conditions) -> None:
    """Wait for background work, until every condition holds."""
    Task.wait_for_all()
    for condition in conditions:
        qtbot.waitUntil(condition, timeout=8000)


def write(folder: Path, name: str, content: bytes) -> Path:
    """A file with a content."""
    path = folder / name
    path.write_bytes(content)
    return path
