"""The speeds of `issues show 3` for rolls: 100,000 units, each measurement in a process of its own."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from consult_app.app import open_app
from consult_app.rolls import listing, queries, standing
from consult_app.rolls.export import exported
from consult_app.settings import settings
from tests import apart
from tests.bench.conftest import Speeds
from tests.bench.large import UNITS, take

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not apart.STATUS.exists(), reason="memory is measured by Linux's /proc"),
]

PAGE = 60
"""Lines a roll page shows at once."""

Cost = tuple[float, int, int]
"""Seconds, bytes at the peak, and how many lines came out."""


def test_reading_by_calamine(speeds: Speeds, roll_source: Path) -> None:
    note(speeds, "read by python-calamine", apart.apart(by_calamine, roll_source))


def test_reading_by_openpyxl(speeds: Speeds, roll_source: Path) -> None:
    note(speeds, "read by openpyxl", apart.apart(by_openpyxl, roll_source))


def test_the_whole_import(speeds: Speeds, roll_source: Path, tmp_path: Path) -> None:
    cost = apart.apart(whole_import, roll_source, tmp_path)
    note(speeds, "checked, read, understood and stored", cost, 10.0)
    assert cost[2] >= UNITS


@pytest.mark.parametrize(
    ("name", "aim"),
    [("count and first page", 0.5), ("a search", 0.5), ("heads", None), ("digest", None), ("export", None)],
)
def test_what_is_asked_of_the_roll(speeds: Speeds, roll_data: Path, name: str, aim: float | None) -> None:
    cost = apart.apart(asked, roll_data, name)
    note(speeds, name, cost, aim)
    assert cost[2] > 0


def note(speeds: Speeds, name: str, cost: Cost, aim: float | None = None) -> None:
    speeds.note(f"{UNITS:,} units: {name}", cost[0], aim, f"peak {cost[1] / apart.MEGABYTE:.0f} MB")


def by_calamine(path: Path) -> Cost:
    return measured(lambda: len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()))


def by_openpyxl(path: Path) -> Cost:
    def rows() -> int:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
        return len([list(row) for row in sheet.iter_rows(values_only=True)])

    return measured(rows)


def whole_import(source: Path, folder: Path) -> Cost:
    app = open_app(settings(folder / "data"))
    cost = measured(lambda: take(app, source))
    app.close()
    return cost


def asked(data: Path, name: str) -> Cost:
    app = open_app(settings(data))
    ask, roll = app.store.ask, 1
    questions: dict[str, Callable[[], int]] = {
        "count and first page": lambda: ask(listing.line_count, roll) * len(ask(listing.lines, roll, limit=PAGE)),
        "a search": lambda: len(ask(listing.lines, roll, search="练习业主9999", limit=PAGE)),
        "heads": lambda: len(ask(queries.heads, roll)),
        "digest": lambda: len(ask(standing.digest, roll)),
        "export": lambda: len(ask(exported, roll, masked=False)),
    }
    cost = measured(questions[name])
    app.close()
    return cost


def measured(function: Callable[[], int]) -> Cost:
    start = time.perf_counter()
    count = function()
    return time.perf_counter() - start, apart.peak(), count
