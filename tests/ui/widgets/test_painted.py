"""Painted widgets: what they say to screen readers, what a click finds, that painting them draws something."""

from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from ui.widgets.building_grid import Building, BuildingGrid, Cell
from ui.widgets.calendar_strip import CalendarStrip, Span
from ui.widgets.line_chart import LineChart, Plot, counted
from ui.widgets.state_dot import WORDS, StateDot
from ui.widgets.step_track import StepTrack, TrackStep
from ui.widgets.turnout_bar import Share, TurnoutBar


def colours(widget) -> set[int]:
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_a_track_tells_which_step_was_clicked(qtbot):
    track = StepTrack()
    qtbot.addWidget(track)
    track.show_steps([TrackStep(name, "waiting") for name in ("提事", "定题", "议事")])
    track.resize(600, 90)
    track.show()
    with qtbot.waitSignal(track.chosen) as chosen:
        qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(300, 15))
    assert chosen.args == [1]


def test_a_track_is_said_in_words(qtbot):
    track = StepTrack()
    qtbot.addWidget(track)
    track.show_steps([TrackStep("提事", "done", "2月10日"), TrackStep("定题", "returned")])
    assert track.accessibleName() == "步骤：1. 提事 已完成 2月10日；2. 定题 已退回"


def test_a_bar_says_its_figures_and_what_lacks(qtbot):
    bar = TurnoutBar(Share("人数", 55, 100, Fraction(2, 3), "55 / 100 人", "还差 12 人", mark="2/3"))
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "人数 55 / 100 人 还差 12 人"


def test_a_bar_of_nobody_paints(qtbot):
    bar = TurnoutBar(Share("人数", 0, 0, Fraction(2, 3), "0 / 0 人"))
    qtbot.addWidget(bar)
    assert len(colours(bar)) > 2


def test_a_grid_finds_the_room_under_the_pointer(qtbot):
    grid = BuildingGrid()
    qtbot.addWidget(grid)
    grid.show_buildings(
        [Building("1号楼", ((Cell("101", "voted", key=7), None), (None, Cell("201", "issued", key=8))))]
    )
    grid.resize(300, 200)
    grid.grab()
    found = grid.cell_at(QPointF(5, 5))
    assert found is not None
    assert found.key == 7
    assert "已投 1 户，已领 1 户" in grid.accessibleName()


@pytest.mark.parametrize("state", WORDS)
def test_every_state_has_a_dot_of_its_own(qtbot, state):
    dot = StateDot(state, 32)
    qtbot.addWidget(dot)
    assert dot.accessibleName() == WORDS[state]
    assert len(colours(dot)) > 1


def test_a_strip_shows_what_touches_its_two_weeks(qtbot):
    strip = CalendarStrip()
    qtbot.addWidget(strip)
    strip.show_spans(
        date(2026, 3, 18),
        [
            Span("notice", date(2026, 3, 1), date(2026, 3, 16), "甲"),
            Span("vote", date(2026, 3, 30), date(2026, 4, 2), "乙"),
            Span("meeting", date(2026, 3, 20), date(2026, 3, 20), "丙", key=3),
        ],
    )
    assert [span.words for span in strip.spans] == ["甲", "丙"]


def test_a_chart_is_saved_as_svg_and_as_picture(qtbot, tmp_path):
    chart = LineChart(Plot(counted([0.2, 0.5, 0.9], 4), threshold=0.67, mark="2/3"))
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    for name in ("turnout.svg", "turnout.png"):
        chart.save(str(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 500


def test_a_count_rises_by_one_of_the_whole():
    assert counted([0.5, 0.25], 4) == ((0.0, 0.0), (0.25, 0.25), (0.5, 0.5))
