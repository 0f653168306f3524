"""A roll of 100,000 made-up units: as a workbook, and taken into a data folder."""

from pathlib import Path

from consult_app.app import App, open_app, system_clock
from consult_app.bodies.actions import add_body
from consult_app.demo.made_up import SECOND_UNIT, write_roll
from consult_app.kernel.text import legal_day
from consult_app.rolls.actions import accept_import
from consult_app.rolls.extract import extract
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from consult_app.settings import settings
from tests.fixtures import SECRETARY

UNITS = 100_000


def write_source(path: Path) -> Path:
    """A workbook of 100,000 units and a little more."""
    write_roll(path, UNITS * SECOND_UNIT // (SECOND_UNIT + 1) + 1)
    return path


def fill(data: Path, source: Path) -> Path:
    """A data folder that holds the roll of a workbook as roll 1 of body 1."""
    app = open_app(settings(data))
    take(app, source)
    app.close()
    return data


def take(app: App, source: Path) -> int:
    """Read a workbook and accept it as the roll of a new body; how many units it has."""
    body = app.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    found = extract(plan(read(source), RollKind.OWNERS))
    app.store.do(SECRETARY, accept_import, body, found, legal_day(system_clock()))
    return len(found.units)
