"""Who has taken part: bars against the thresholds, ways of voting, turnout over time, the buildings. Never what was chosen."""

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from consult_app.kernel.text import clock_words
from consult_app.voting import queries as voting
from consult_app.voting.choices import Channel
from consult_app.voting.measures import Unit, threshold_words
from consult_app.voting.queries import CellState, MotionFacts, Turnout
from ui.shares import share_of
from ui.widgets.building_grid import Building, BuildingGrid, Cell, GridLegend
from ui.widgets.card import Card, Tile
from ui.widgets.layout import row
from ui.widgets.line_chart import LineChart, Plot, counted
from ui.widgets.text import small
from ui.widgets.turnout_bar import TurnoutBar

TILES = {Channel.PHONE: "手机", Channel.PAPER: "纸质", Channel.ASSISTED: "协助", Channel.HAND: "举手"}
CELLS = {CellState.VOTED: "voted", CellState.HANDED: "issued", CellState.ISSUED: "not", CellState.NONE: "not"}


class TurnoutCard(Card):
    """参与情况."""

    def __init__(self) -> None:
        super().__init__("参与情况", "截止以前，任何人都看不到选择")
        self.bars = [TurnoutBar(), TurnoutBar()]
        self.tiles = {channel: Tile(name) for channel, name in TILES.items()}
        self.waiting = Tile("待签字")
        self.signing = small("手机填的票打印签字后才计入。", wrap=True)
        self.add(*self.bars, row(*self.tiles.values(), self.waiting, gap=10), self.signing)

    def show_turnout(self, motion: MotionFacts, found: Turnout) -> None:
        """Show who took part so far."""
        measures = sorted(found.measures, key=lambda measure: measure.unit is Unit.AREA)
        is_open = motion.closed_at is None  # afterwards the result has the same bars
        self.title.setText("参与情况" if is_open else "参与方式")
        for place, bar in enumerate(self.bars):
            bar.setVisible(is_open and place < len(measures))
            if place < len(measures):
                bar.show_share(share_of(measures[place]))
        for channel, tile in self.tiles.items():
            tile.show_figure(str(found.channels.get(channel, 0)))
        assisted = motion.legal_mode.value == "assisted"
        self.waiting.setVisible(assisted)
        self.signing.setVisible(assisted)
        self.waiting.show_figure(str(found.waiting_ballots), "amber" if found.waiting_ballots else "")


class CurveCard(Card):
    """参与曲线: the share of heads over time, with the threshold of participation."""

    def __init__(self) -> None:
        super().__init__("参与曲线")
        self.chart = LineChart()
        self.chart.setFixedHeight(self.fontMetrics().height() * 9)
        self.add(self.chart)

    def show_curve(self, motion: MotionFacts, moments: Sequence[datetime], now: datetime) -> None:
        """Draw votes between opening and now (or closing); hidden before anyone voted."""
        start, end = motion.opened_at, motion.closed_at or now
        self.setVisible(bool(moments) and start is not None and end > start)
        if start is None or end <= start or not moments:
            return
        span = (end - start).total_seconds()
        shares = [min(1.0, max(0.0, (moment - start).total_seconds() / span)) for moment in moments]
        points = counted(shares, max(1, motion.eligible.heads))
        points = (*points, (1.0, points[-1][1]))
        gate = motion.rule.participation
        self.chart.show_plot(
            Plot(
                points,
                ((0.0, clock_words(start)), (1.0, clock_words(end))),
                float(gate.fraction) if gate else None,
                f"参与{threshold_words(gate)}" if gate else "",
                f"参与曲线：{len(moments)} 人次",
            )
        )


class BuildingsCard(Card):
    """按楼栋: each room with whether its voter took part."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("按楼栋")
        self.head.addWidget(GridLegend())
        self.grid = BuildingGrid()
        self.grid.chosen.connect(self.chosen)
        self.add(self.grid)

    def show_buildings(self, found: Sequence[Building]) -> None:
        """Show the buildings; hidden where voters have no rooms."""
        self.setVisible(bool(found))
        self.grid.show_buildings(found)


def arranged(building: voting.Building) -> Building:
    """A building's rooms as floors from top to bottom; a room without a floor in its number stands on a row of its own kind."""
    doors = sorted({_door(cell) for cell in building.cells}, key=_natural)
    floors: dict[str, dict[tuple[str, str], Cell]] = {}
    for cell in building.cells:
        words = f"{building.name}-{cell.entrance}-{cell.room}".replace("--", "-")
        shown = Cell(words, CELLS[cell.state], "", cell.elector_id)
        floors.setdefault(_floor(cell.room), {})[_door(cell)] = shown
    rows = [
        tuple(floors[floor].get(door) for door in doors)
        for floor in sorted(floors, key=lambda floor: _natural((floor,)), reverse=True)
    ]
    name = f"{building.name}号楼" if building.name.isdecimal() else building.name
    return Building(name, tuple(rows))


def _floor(room: str) -> str:
    return room[:-2] if len(room) >= 3 and room.isdecimal() else room


def _door(cell: voting.Cell) -> tuple[str, str]:
    return (cell.entrance, cell.room[-2:] if len(cell.room) >= 3 and cell.room.isdecimal() else "")


def _natural(parts: Sequence[str]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (int(word) if word.isdecimal() else -1, word) for part in parts for word in re.findall(r"\d+|\D+", part)
    )
