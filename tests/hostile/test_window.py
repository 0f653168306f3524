"""Every page and dialog of the window and every scene of the big screen, after hostile words were typed everywhere."""

import csv
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QModelIndex
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget

import ui
from tests.consult_app.papers import decided
from tests.hostile.painted import words_of
from tests.hostile.words import CORE, EACH, HOSTILE, stayed, type_everywhere, typed
from tests.screens import SCREENS, SIZES, Shot, Stage, shots
from tests.screens_of.projector import SCENES
from ui.__main__ import start_qt
from ui.pages import PAGES
from ui.projector import feed, scenes
from ui.task import Task
from ui.window import Window

LEFT_OUT = ("phone-", "tablet-", "screen-", "projector-", "-many", "settings-message", "widgets")
"""Shots that are no widgets, and those that take long and show nothing that others do not."""

BARE = {"recovery", "register"}
"""Pages on which nothing that was typed stands outside of input fields, which know no markup."""


def importing(hostile: str) -> Shot:
    """The page that brings in a roll, on a file in which every cell is hostile."""

    def draw(stage: Stage) -> QWidget:
        stage.body()
        path = Path(stage.app.settings.data) / "roll.csv"
        heading = ("楼栋", "单元", "房号", "建筑面积", "业主姓名", "联系电话", "备注")
        lines = [(f"{hostile}{n}", f"{hostile}1", f"{hostile}{n}01", area, f"{hostile}业主{n}", hostile, hostile)
                 for n, area in enumerate(("80.00", "81.00", hostile), start=1)]  # fmt: skip
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows((heading, *lines))
        window = stage.window("roll_import", path=str(path))
        Task.wait_for_all()
        return window

    return Shot("roll-import-hostile", draw)


@pytest.fixture(scope="module")
def qapp() -> QApplication:
    """The application as it is started."""
    return start_qt()


@dataclass(frozen=True)
class Shown:
    """A page or dialog as it stood: what it is, how often the hostile words were read on it, and its tooltips."""

    shot: str
    kind: str
    hostile: int
    tips: tuple[str, ...]


@pytest.fixture(scope="module", params=EACH)
def walked(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Shown]]:
    """The words, and all pages and dialogs there are shots of, drawn with them in every field."""
    with pytest.MonkeyPatch.context() as patch:
        type_everywhere(patch, request.param)
        drawn = [
            show(shot, tmp_path_factory.mktemp("shot"), request.param)
            for shot in (*shots(), importing(request.param))
            if not any(part in shot.name for part in LEFT_OUT)
        ]
    return request.param, [one for one in drawn if one]


def show(shot: Shot, folder: Path, hostile: str) -> Shown | None:
    """Draw a shot and read it; None for one that is no widget after all."""
    stage = Stage(folder)
    try:
        drawn = shot.draw(stage)
        if not isinstance(drawn, QWidget):
            return None
        if isinstance(drawn, Window):
            drawn.resize(*SIZES[1])
        drawn.show()
        for _ in range(2):  # lists come a moment later
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, QDeadlineTimer(30))
        kind = f"page {drawn.place[0]}" if isinstance(drawn, Window) else type(drawn).__name__
        found = stayed(words_of(drawn), hostile, shot.name)
        if isinstance(drawn, Window):  # the body's name stands above every page
            found = stayed(words_of(drawn.stack), hostile, shot.name)
        seen = Shown(shot.name, kind, found, tuple(filter(None, tips(drawn))))
        drawn.close()
        drawn.deleteLater()
        return seen
    finally:
        stage.close()


def tips(shown: QWidget) -> Iterator[str]:
    """All tooltips of a widget, those of its tables' cells among them."""
    for widget in (shown, *shown.findChildren(QWidget)):
        yield widget.toolTip()
        if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            columns = model.columnCount(QModelIndex()) if model.inherits("QAbstractTableModel") else 1
            for row in range(min(model.rowCount(QModelIndex()), 20)):
                cells = (model.index(row, column) for column in range(columns))
                yield from (str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells)


def dialogs() -> Iterator[type[QDialog]]:
    """Every kind of dialog the program has, but those that others are made from."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kinds = list(QDialog.__subclasses__())
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        if kind.__module__.startswith("ui.") and not kind.__subclasses__():
            yield kind


def test_threat_27_every_page_and_dialog_is_walked_with_hostile_words(walked: tuple[str, list[Shown]]) -> None:
    """And whatever is painted there is painted as it was typed (`show`)."""
    hostile, shown = walked
    seen = {one.kind: 0 for one in shown}
    for one in shown:
        seen[one.kind] += one.hostile
    assert {f"page {name}" for name in PAGES} - seen.keys() == set()
    assert {kind.__name__ for kind in dialogs()} - seen.keys() == set()
    if hostile == HOSTILE[0]:  # longer ones are cut short in the tables
        assert {name for name in PAGES if not seen[f"page {name}"]} == BARE


def test_threat_27_no_tooltip_is_markup(walked: tuple[str, list[Shown]]) -> None:
    hostile, seen = walked
    found = [tip for one in seen for tip in one.tips if CORE in tip]
    assert found
    assert [tip for tip in found if Qt.mightBeRichText(tip) and hostile in tip and hostile != escape(hostile)] == []


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", SCENES)
def test_threat_27_the_big_screen_paints_what_was_typed(qapp: QApplication, name: str, hostile: str) -> None:
    scene = typed("scene", SCENES[name], hostile)
    read = sum(stayed(words_of(scene, *size), hostile, name) for size in SCREENS)
    assert bool(read) == (name != "blank")


def test_threat_27_every_scene_is_painted_with_hostile_words() -> None:
    assert {type(scene) for scene in SCENES.values()} == set(get_args(scenes.Scene))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_threat_27_what_is_fed_to_the_big_screen_is_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication, tmp_path: Path, hostile: str
) -> None:
    type_everywhere(monkeypatch, hostile)
    stage = Stage(tmp_path)
    made = decided(stage.store, stage.clock, stage.body(), tmp_path)
    stage.desk.memory.put("wifi.name", "YISHI")
    ids = {"meeting_id": made.meeting, "motion_id": made.motion, "proposal_id": made.proposal}
    fed = set()
    for name, make in inspect.getmembers(feed, inspect.isfunction):
        if make.__module__ == feed.__name__ and not name.startswith("_"):
            for place in inspect.signature(make).parameters.keys() & ids:
                scene = make(stage.desk, **{place: ids[place]})
                assert stayed(words_of(scene), hostile, name)
                fed.add(type(scene))
    assert fed == set(get_args(scenes.Scene)) - {scenes.Blank}
    stage.close()
