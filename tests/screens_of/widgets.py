"""The pieces themselves, on one sheet."""

from datetime import date
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from tests.screens import Shot, Stage
from ui.widgets.building_grid import Building, BuildingGrid, Cell, GridLegend
from ui.widgets.button import danger, plain, primary, quiet
from ui.widgets.card import Card, LineCard, Tile
from ui.widgets.chip import Chip
from ui.widgets.data_table import Column, DataTable
from ui.widgets.form import Form
from ui.widgets.layout import column, row, scrolling
from ui.widgets.state_dot import WORDS, StateDot
from ui.widgets.step_track import StepTrack, TrackStep
from ui.widgets.text import title
from ui.widgets.turnout_bar import Share, TurnoutBar


def sheet(stage: Stage) -> QWidget:
    track = StepTrack()
    track.show_steps(
        (
            TrackStep("提事", "done", "2月10日"),
            TrackStep("定题", "done", "2月24日"),
            TrackStep("议事", "returned", "3月8日"),
            TrackStep("决事", "present", "还需 3 天"),
            TrackStep("办事", "waiting"),
            TrackStep("评事", "waiting"),
        ),
        3,
    )
    return scrolling(
        column(
            row(
                title("加装电梯资金筹集方案"),
                Chip("网格议事"),
                Chip("即将到期", "amber"),
                Chip("已逾期", "cinnabar"),
                None,
            ),
            track,
            row(primary("登记议题", icon="plus"), plain("查看"), danger("作废"), quiet("全部经过"), *_greyed(), None),
            row(*(StateDot(state, 20) for state in WORDS), None),
            row(_turnout(), _grid(), gap=16),
            row(_form(), _lines(stage), gap=16),
            gap=16,
        )
    )


def _greyed():
    button = primary("完成这一步")
    button.allow("还缺会前公告的张贴记录")
    return (button,)


def _turnout():
    tiles = row(Tile("手机", "31"), Tile("纸质", "19"), Tile("帮助", "5"), Tile("待签字", "11"), gap=10)
    heads = Share("人数", 55, 100, Fraction(2, 3), "55 / 100 人", "还差 12 人", False, "2/3")
    area = Share("面积", 703002, 1180586, Fraction(2, 3), "7,030.02 / 11,805.86 ㎡", "还差 840.56 ㎡", False, "2/3")
    return Card("参与情况", "截止前不显示赞成与反对").add(TurnoutBar(heads), TurnoutBar(area), tiles, None)


def _grid():
    states = ("voted", "issued", "not", "voted", "voted")
    floors = [tuple(Cell(f"{7 - y}0{x + 1}", states[(x * 3 + y * 2) % 5]) for x in range(4)) for y in range(7)]
    grid = BuildingGrid()
    grid.show_buildings([Building(f"{number}号楼", tuple(floors[number:] + floors[:number])) for number in range(1, 4)])
    card = Card("按楼栋").add(grid, None)
    card.head.addWidget(GridLegend())
    return card


def _form():
    form = Form(columns=2)
    form.line("title", "议题名称", hint="如：加装电梯资金筹集方案", needed=True)
    form.choice("kind", "类型", (("owners", "业主大会"), ("village", "村民会议")))
    form.number("most", "人数", value=3, unit="人")
    form.day("due_on", "期限", value=date(2026, 3, 18))
    form.text("wish", "诉求", rows=2, note="写清要办什么事")
    from consult_app.kernel.errors import Blank

    form.show_refusal(Blank(what="议题名称", field="title"))
    return Card("登记").add(form, None)


def _lines(stage):
    table = DataTable(
        (
            Column("房屋", lambda line: line[0], 8),
            Column("业主", lambda line: line[1], 10),
            Column("面积（㎡）", lambda line: line[2], 8, right=True),
        ),
        "示例",
        stage.desk.memory,
    )
    table.show_rows(
        [(f"1-1-{floor}0{room}", "示例", f"{80 + room}.50") for floor in range(1, 9) for room in range(1, 3)]
    )
    return Card("列表").add(
        LineCard("地下车库照明改造", "⑤ 办事 · 责任单位：物业服务人", "逾期 4 天", "cinnabar"), table
    )


SHOTS = (Shot("widgets", sheet),)
