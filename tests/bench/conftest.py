"""The table of speeds, printed once all are measured. No time is ever asserted."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.bench import large


@dataclass
class Speeds:
    """What was measured so far: name, seconds, aim in seconds (None: no aim), a note."""

    rows: list[tuple[str, float, float | None, str]] = field(default_factory=list)

    def note(self, name: str, seconds: float, aim: float | None = None, note: str = "") -> None:
        """Keep one figure."""
        self.rows.append((name, seconds, aim, note))

    def best(self, name: str, function: Callable[[], object], aim: float | None = None, times: int = 3) -> None:
        """Measure a function, the best of so many runs."""
        self.note(name, min(_seconds(function) for _ in range(times)), aim, f"best of {times}" if times > 1 else "")


def _seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _words(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


SPEEDS = Speeds()


@pytest.fixture(scope="session")
def speeds() -> Speeds:
    """The table every measurement goes into."""
    return SPEEDS


@pytest.fixture(scope="session")
def roll_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of 100,000 made-up units and a little more."""
    return large.write_source(tmp_path_factory.mktemp("made") / "made.xlsx")


@pytest.fixture(scope="session")
def roll_data(roll_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds this roll."""
    return large.fill(tmp_path_factory.mktemp("rolls") / "data", roll_source)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table under the tests."""
    if not SPEEDS.rows:
        return
    terminalreporter.section("speeds")
    for name, seconds, aim, note in SPEEDS.rows:
        missed = aim is not None and seconds >= aim
        shown = f"< {_words(aim)}" if aim is not None else ""
        terminalreporter.line(f"{name:<46}{_words(seconds):>12}  {shown:<10}{'MISSED' if missed else '':<8}{note}")
