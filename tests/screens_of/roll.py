"""The page of the roll: before a roll, with a line open, a made roll of ten thousand, namesakes, a village, the dialogs."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from consult_app.documents.roll_poster import print_poster
from consult_app.kernel import resources
from consult_app.rolls.actions import accept_import, join_people
from consult_app.rolls.amending import amend_unit
from consult_app.rolls.corrections import change_unit, unit_entry
from consult_app.rolls.extract import Extract, extract
from consult_app.rolls.freezing import freeze_roll
from consult_app.rolls.life import Stage as RollStage
from consult_app.rolls.parting import keep_apart
from consult_app.rolls.plan import plan
from consult_app.rolls.publishing import answer_roll_objection, post_roll, receive_roll_objection
from consult_app.rolls.queries import current_roll, units
from consult_app.rolls.rules import Person, RollKind, Unit, UnitStatus, Usage
from consult_app.rolls.workbook import read
from tests.consult_app.papers import photo
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY
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
    window.page().lines.sifting.choose_faults()
    return window


def many(stage: Stage) -> QWidget:
    body = stage.body()
    stage.do(accept_import, body, ten_thousand(), date(2026, 11, 22))
    return _window(stage)


def searched(stage: Stage) -> QWidget:
    _owners(stage, "owners-estate")
    window = _window(stage)
    sifting = window.page().lines.sifting
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
    window.page().lines.open(window.page().lines.table.rows.shown[2].id)
    return window


def namesakes(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-estate", without_numbers=True)
    page = _window(stage).page()
    first = page.view.proposals[-1]
    stage.do(join_people, first.person, first.same_as, "姓名相同；电话核实为同一人")
    assert roll == page.view.roll.id
    return _window(stage, view="same")


def to_publish(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    return _window(stage, view=RollStage.PUBLISHED)


def objected(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-small")
    _objections(stage, _posted(stage, roll))
    return _window(stage, view=RollStage.OBJECTED)


def to_freeze(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-small")
    _posted(stage, roll)
    stage.clock.forward(days=8)
    return _window(stage)


def frozen(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-small")
    _objections(stage, _posted(stage, roll), answered=True)
    stage.clock.forward(days=8)
    stage.do(freeze_roll, roll)
    stage.clock.forward(days=2)
    sold, left = stage.store.ask(units, roll)[2:4]
    entry = replace(stage.store.ask(unit_entry, sold.id), owners=(("测试甲", ""),))
    day = stage.desk.today
    stage.do(amend_unit, sold.id, entry, kind="transfer", happened_on=day, reason="过户，见不动产权证")
    entry = replace(stage.store.ask(unit_entry, left.id), area="88.00")
    stage.do(amend_unit, left.id, entry, kind="error", happened_on=day, reason="产权证载明 88.00 ㎡")
    return _window(stage, view=RollStage.FROZEN)


def frozen_line(stage: Stage) -> QWidget:
    window: Any = frozen(stage)
    page = window.page()
    window.go("roll")
    page.lines.open(page.lines.table.rows.shown[2].id)
    return window


def joined_line(stage: Stage) -> QWidget:
    _owners(stage, "owners-estate", without_numbers=True)
    page = _window(stage).page()
    first = page.view.proposals[-1]
    stage.do(join_people, first.person, first.same_as, "姓名相同；电话核实为同一人")
    second = page.view.proposals[0]
    stage.do(keep_apart, second.person, second.same_as, "两人分别到场出示证件")
    place = next(row for row in page.view.rows if first.person in row.line.persons)
    return _window(stage, line=place.id)


def poster_sheet(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    page = _window(stage).page()
    return _dialog(page, page.acts.print_poster)


def answer_sheet(stage: Stage) -> QWidget:
    roll = _owners(stage, "owners-small")
    _objections(stage, _posted(stage, roll))
    page = _window(stage).page()
    return _dialog(page, page.acts.answer)


def freeze_sheet(stage: Stage) -> QWidget:
    _owners(stage, "owners-estate", without_numbers=True)
    page = _window(stage).page()
    return _dialog(page, page.acts.freeze)


def amend_sheet(stage: Stage) -> QWidget:
    page = frozen_line(stage).page()  # type: ignore[attr-defined]
    return _dialog(page, lambda: page.acts.correct(page.lines.table.current()))


def same_as_sheet(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    page = _window(stage).page()
    person = page.view.people[page.view.rows[0].line.persons[0]]
    return _dialog(page, lambda: page.acts.join_other(person))


def village(stage: Stage) -> QWidget:
    body = stage.body("village", "示范村村民会议")
    found = extract(plan(read(resources.path("samples", "village.xlsx")), RollKind.PEOPLE))
    stage.do(accept_import, body, found, date(2026, 11, 22))
    window = _window(stage)
    page = window.page()
    page.lines.open(page.lines.table.rows.shown[1].id)
    return window


def unit_sheet(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    page = _window(stage).page()
    page.lines.open(page.lines.table.rows.shown[2].id)
    return _dialog(page, lambda: page.acts.correct(page.lines.table.current()))


def strike_sheet(stage: Stage) -> QWidget:
    _owners(stage, "owners-small")
    page = _window(stage).page()
    page.lines.open(page.lines.table.rows.shown[2].id)
    return _dialog(page, lambda: page.acts.strike(page.lines.table.current()))


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


def _posted(stage: Stage, roll: int) -> int:
    poster = print_poster(stage.store, SECRETARY, roll, issuer="示范小区业主大会筹备组", contact="社区居委会")
    number: int = stage.do(post_roll, poster, place="小区北门公告栏", posted_by="网格员甲", photo=photo())
    return number


def _objections(stage: Stage, notice: int, answered: bool = False) -> None:
    stage.clock.forward(days=1, hours=2)
    first = stage.do(
        receive_roll_objection, notice, name="测试甲", text="面积应为 88.00 ㎡，见不动产权证", line="1号楼1单元301"
    )
    second = stage.do(receive_roll_objection, notice, name="测试乙", text="名册里没有我家的车位", contact="13900000000")
    stage.do(answer_roll_objection, first, answer="经核对不动产权证，名册面积无误。", upheld=False)
    if answered:
        stage.do(answer_roll_objection, second, answer="车位不参加表决，名册不列。", upheld=False)


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
    Shot("roll-life-publish", to_publish),
    Shot("roll-life-objected", objected),
    Shot("roll-life-freeze", to_freeze),
    Shot("roll-life-frozen", frozen),
    Shot("roll-life-amended-line", frozen_line),
    Shot("roll-life-joined-line", joined_line),
    Shot("roll-poster-sheet", poster_sheet),
    Shot("roll-answer-sheet", answer_sheet),
    Shot("roll-freeze-sheet", freeze_sheet),
    Shot("roll-amend-sheet", amend_sheet),
    Shot("roll-same-as-sheet", same_as_sheet),
    Shot("roll-village", village),
    Shot("roll-unit-sheet", unit_sheet),
    Shot("roll-strike-sheet", strike_sheet),
)
