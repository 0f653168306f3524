"""The page that brings in a roll: before a file, with the estate's, refused, over a roll that differs, and a village's."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.kernel import resources
from consult_app.rolls.actions import accept_import
from consult_app.rolls.extract import extract
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from tests.screens import Shot, Stage
from ui.pages.roll_import import RollImportPage
from ui.task import Task
from ui.window import Window


def _window(stage: Stage, **place: str) -> Window:
    window = stage.window("roll_import", **place)
    assert isinstance(window, Window)
    _settle()
    return window


def _settle() -> None:
    Task.wait_for_all()
    for _ in range(3):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, QDeadlineTimer(60))


def empty(stage: Stage) -> QWidget:
    stage.body()
    return _window(stage)


def usual(stage: Stage) -> QWidget:
    stage.body()
    return _window(stage, path=str(resources.path("samples", "owners-small.xlsx")))


def many(stage: Stage) -> Window:
    stage.body()
    return _window(stage, path=str(resources.path("samples", "owners-estate.xlsx")))


def problem(stage: Stage) -> QWidget:
    window = many(stage)
    page = window.page()
    assert isinstance(page, RollImportPage)
    page.results.problems.setCurrentIndex(page.results.problems.found.index(3))
    return window


def other_roll(stage: Stage) -> QWidget:
    stage.body()
    return _window(stage, path=str(resources.path("samples", "village.xlsx")))


def refused(stage: Stage) -> QWidget:
    stage.body()
    path = Path(stage.app.settings.data) / "会议纪要.xlsx"
    path.write_bytes(b"%PDF-1.7 not a spreadsheet")
    return _window(stage, path=str(path))


def difference(stage: Stage) -> QWidget:
    body = stage.body()
    path = resources.path("samples", "owners-small.xlsx")
    found = extract(plan(read(path), RollKind.OWNERS))
    units = tuple(
        replace(
            unit, area=unit.area + 120 if unit.id % 30 == 1 else unit.area, owners=unit.owners if unit.id % 25 else (1,)
        )
        for unit in found.units[4:]
    )
    stage.do(accept_import, body, replace(found, units=units), date(2026, 10, 1))
    window = _window(stage, path=str(path))
    page = window.page()
    assert isinstance(page, RollImportPage)
    page.results.setCurrentIndex(2)
    return window


def village(stage: Stage) -> QWidget:
    stage.body("village", "示范村村民会议")
    return _window(stage, path=str(resources.path("samples", "village.xlsx")))


SHOTS = (
    Shot("roll-import-empty", empty),
    Shot("roll-import-usual", usual),
    Shot("roll-import-many", many),
    Shot("roll-import-problem", problem),
    Shot("roll-import-refused", refused),
    Shot("roll-import-other-roll", other_roll),
    Shot("roll-import-difference", difference),
    Shot("roll-import-village", village),
)
