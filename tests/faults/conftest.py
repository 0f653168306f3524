"""Fixtures of the faults: an open vote to copy, the watched disk, and a place for figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import disk, hall
from tests.faults.hall import Pristine

UNITS = 1500


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Pristine:
    """An open vote of 1,500 slips; copy it before voting."""
    return hall.pristine(tmp_path_factory.mktemp("hall"), UNITS)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The watched disk, compiled."""
    return disk.compiled(tmp_path_factory.mktemp("disk"))


@pytest.fixture
def figure(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a figure for whoever runs the tests, past pytest's capture."""

    def show(line: str) -> None:
        with capsys.disabled():
            print(f"\n  {line}", flush=True)

    return show
