"""A matter whose minutes were issued, and one that is filed and bundled."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from consult_app.archive import actions, bundle
from consult_app.documents import drafting, issuing, queries
from consult_app.documents.queries import DocumentLine
from consult_app.storage.store import Store
from tests.consult_app.papers import Decided, decided
from tests.fixtures import SECRETARY, HandClock


@pytest.fixture
def matter(store: Store, clock: HandClock, owners_body: int, tmp_path: Path) -> Decided:
    """The numbers of a matter that was voted on."""
    return decided(store, clock, owners_body, tmp_path)


@pytest.fixture
def minutes(store: Store, matter: Decided) -> DocumentLine:
    """The issued owners' minutes of that matter."""
    return issuing.issue(store, SECRETARY, store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion))


@dataclass(frozen=True)
class Filed:
    """A filed matter and its bundle as ZIP."""

    matter: Decided
    code: str
    path: Path


@pytest.fixture
def filed(store: Store, matter: Decided, minutes: DocumentLine, tmp_path: Path) -> Filed:
    """A matter with scan and 档号, and its bundle."""
    store.do(SECRETARY, actions.attach_scan, minutes.code, "签字件.pdf", store.ask(queries.pdf, minutes.id))
    code = store.do(SECRETARY, actions.file, matter.proposal, fonds="Z109")
    path = tmp_path / "档案包.zip"
    bundle.write(store, SECRETARY, matter.proposal, path)
    return Filed(matter, code, path)
