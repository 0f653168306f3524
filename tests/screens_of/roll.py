"""The page of the roll: before a roll, with a line open, a made roll of ten thousand, namesakes, a village, the dialogs."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from consult_app.kernel import resources
from consult_app.rolls.actions import accept_import, join_people
from consult_app.rolls.corrections import change_unit, unit_entry
from consult_app.rolls.extract import Extract, extract
from consult_app.rolls.plan import plan
from consult_app.rolls.queries import current_roll, units
from consult_app.rolls.rules import Person, RollKind, Unit, UnitStatus, Usage
from consult_app.rolls.workbook import read
from tests.consult_app.voting import estate
from tests.screens import Shot, Stage
from ui.task import Task


def empty(stage: Stage) -> QWidget:
    stage.body()
    return _window(stage)


def no_body(stage: Stage) -> QWidget:
    return _window(stage)


def usual(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    return _window(stage)


def opened(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-small")
    found = stage.store.ask(units, roll)
    several = next(unit for unit in found if sum(unit.owners == other.owners for other in found) > 1)
    entry = stage.store.ask(unit_entry, several.id)
    stage.clock.forward(hours=3)
    stage.do(
        change_unit,
        several.id,
        replace(entry, phone="13900000000", area="96.80"),
        "不动产权证载明 96.80 ㎡，电话由业主更新",
    )
    return _window(stage, line=f"unit:{several.id}")


def faults(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-estate")
    for unit in stage.store.ask(units, roll)[3:6]:
        entry = stage.store.ask(unit_entry, unit.id)
        stage.do(change_unit, unit.id, replace(entry, status="unknown"), "交付情况待核")
    window = _window(stage)
    window.page().sifting.choose_faults()
    return window


def many(stage: Stage) -> QWidget:
    body = stage.body()
    stage.do(accept_import, body, ten_thousand(), date(2026, 11, 22))
    return _window(stage)


def searched(stage: Stage) -> QWidget:
    _owners(stage, "owners-estate")
    window = _window(stage)
    sifting = window.page().sifting
    sifting.search.setText("zx")
    sifting.wait.stop()
    sifting.searched.emit("zx")
    return window


def voting(stage: Stage) -> QWidget:
    body = stage.body()
    with tempfile.TemporaryDirectory() as folder:
        estate.owners_roll(stage.store, Path(folder), body)
    vote = estate.opened(stage.store, body)
    for number in (0, 2, 3, 7):
        vote.cast(number)
    window = _window(stage)
    window.page()._open(window.page().table.rows.shown[2].id)
    return window


def namesakes(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-estate", without_numbers=True)
    page = _window(stage).page()
    first = page.view.proposals[-1]
    stage.do(join_people, first.person, first.same_as, "姓名相同；电话核实为同一人")
    assert roll == page.view.roll.id
    return _window(stage, view="same")


def village(stage: Stage) -> QWidget:
    body = stage.body("village", "示范村村民会议")
    found = extract(plan(read(resources.path("samples", "village.xlsx")), RollKind.PEOPLE))
    stage.do(accept_import, body, found, date(2026, 11, 22))
    window = _window(stage)
    page = window.page()
    page._open(page.table.rows.shown[1].id)
    return window


def unit_sheet(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    page = _window(stage).page()
    page._open(page.table.rows.shown[2].id)
    return _dialog(page, page.correct)


def strike_sheet(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    page = _window(stage).page()
    page._open(page.table.rows.shown[2].id)
    return _dialog(page, page.strike)


def ten_thousand() -> Extract:
    """A made roll of 50 buildings with 200 units each; names are plainly synthetic."""
    surnames = "赵钱孙李周吴郑王冯陈"
    people = tuple(
        Person(n, f"{surnames[n % 10]}{chr(0x4E00 + n % 4000)}{chr(0x6000 + n % 3001)}", phone=f"139{n:08d}")
        for n in range(1, 9001)
    )
    made = tuple(
        Unit(
            id=n + 1,
            building=str(n // 200 + 1),
            entrance=str(n % 200 // 50 + 1),
            room=f"{n % 50 // 2 + 1}0{n % 2 + 1}",
            area=6000 + n * 37 % 8000,
            usage=Usage.DWELLING,
            status=UnitStatus.DELIVERED,
            owners=(n % 9000 + 1,),
            phone=f"139{n:08d}",
            sheet="业主名册",
            row=n + 4,
        )
        for n in range(10_000)
    )
    return Extract(RollKind.OWNERS, "made.xlsx", "0" * 64, made, people, (), (), (), (), ())


def _owners(stage: Stage, sample: str, without_numbers: bool = False) -> int:
    body = stage.body()
    found = extract(plan(read(resources.path("samples", f"{sample}.xlsx")), RollKind.OWNERS))
    if without_numbers:
        people = tuple(
            replace(person, id_number="", name=found.people[0].name if person.id % 90 == 0 else person.name)
            for person in found.people
        )
        found = replace(found, people=people)
    stage.do(accept_import, body, found, date(2026, 11, 22))
    current = stage.store.ask(current_roll, body)
    assert current is not None
    return current.id


def _window(stage: Stage, **place: Any) -> Any:
    window = stage.window("roll", **place)
    Task.wait_for_all()
    for _ in range(3):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, QDeadlineTimer(60))
    return window


def _dialog(page: QWidget, opens: Any) -> QDialog:
    opens()
    return page.findChildren(QDialog)[-1]


SHOTS = (
    Shot("roll-no-body", no_body),
    Shot("roll-empty", empty),
    Shot("roll-usual", usual),
    Shot("roll-opened", opened),
    Shot("roll-faults", faults),
    Shot("roll-many", many),
    Shot("roll-searched", searched),
    Shot("roll-voting", voting),
    Shot("roll-namesakes", namesakes),
    Shot("roll-village", village),
    Shot("roll-unit-sheet", unit_sheet),
    Shot("roll-strike-sheet", strike_sheet),
)
