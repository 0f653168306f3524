"""Fixtures every test may ask for: a clock one moves by hand, tokens one can foretell, a Store on a real SQLite file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from consult_app.app import App, open_app
from consult_app.bodies.actions import add_body
from consult_app.settings import Settings, settings
from consult_app.storage.store import ALPHABET, Actor, Store
from tests.postgres.databases import fresh_database

SECRETARY = Actor("社区书记")


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.now

    def forward(self, **span: float) -> None:
        """Move by a `timedelta(**span)`."""
        self.now += timedelta(**span)


class CountingTokens:
    """Tokens that are different each time and the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, length: int) -> str:
        """The next token: a scrambled counter in base 32."""
        self.count += 1
        number, text = (self.count * 0x9E3779B97F4A7C15) % (1 << 64), ""
        for _ in range(length):
            number = (number * 6364136223846793005 + 1442695040888963407) % (1 << 64)
            text += ALPHABET[number >> 59]
        return text


@pytest.fixture
def clock() -> HandClock:
    """Sunday 22 November 2026, 09:00 in China."""
    return HandClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture
def folder(tmp_path: Path) -> Settings:
    """Settings of an empty data folder; under `make test-postgres` with a fresh PostgreSQL database."""
    return settings(tmp_path / "data", fresh_database())


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as made:
        open_app(settings(made)).close()
        return settings(made).database_file.read_bytes()


def emptied(folder: Settings) -> Settings:
    """The settings, with an empty database file in place: migrations take a tenth of a second, thousands of times over."""
    if folder.is_sqlite:
        folder.data.mkdir(parents=True, exist_ok=True)
        folder.database_file.write_bytes(_migrated())
    return folder


@pytest.fixture
def app(folder: Settings, clock: HandClock) -> Iterator[App]:
    """The opened program on an empty data folder."""
    opened = open_app(emptied(folder), clock, CountingTokens())
    yield opened
    opened.close()


@pytest.fixture
def store(app: App) -> Store:
    """The Store of the opened program."""
    return app.store


@pytest.fixture
def owners_body(store: Store) -> int:
    """The number of an owners' assembly without a roll."""
    return store.do(SECRETARY, add_body, "owners", "示范小区业主大会")


@pytest.fixture
def village_body(store: Store) -> int:
    """The number of a village without a roll."""
    return store.do(SECRETARY, add_body, "village", "示范村村民会议")
