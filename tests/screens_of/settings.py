"""设置, and the dialogs that belong to no page."""

from PySide6.QtWidgets import QWidget

from tests.screens import Shot, Stage
from ui.dialogs.add_body import AddBody
from ui.dialogs.refused_start import RefusedStart
from ui.dialogs.two_people import TwoPeople


def usual(stage: Stage) -> QWidget:
    stage.body("village", "示范村村民会议")
    stage.body()
    return stage.window("settings")


def message(stage: Stage) -> QWidget:
    stage.body()
    window = stage.window("settings")
    stage.desk.say("已登记议题 2026-014「加装电梯资金筹集方案」。", undo=lambda: None)
    return window


def wrong_name(stage: Stage) -> QWidget:
    stage.body()
    dialog = AddBody(stage.desk)
    dialog.form.fill(name="示范小区业主大会")
    dialog.action_button.click()
    return dialog


def two(stage: Stage) -> QWidget:
    note = "截止后不能再投票。请监票人、计票人共同操作，并填写各自姓名。"
    return TwoPeople("截止投票", note, "截止投票", lambda first, second: None)


SHOTS = (
    Shot("settings-empty", lambda stage: stage.window("settings")),
    Shot("settings-usual", usual),
    Shot("settings-message", message),
    Shot("dialog-add-body", lambda stage: AddBody(stage.desk)),
    Shot("dialog-add-body-refused", wrong_name),
    Shot("dialog-two-people", two),
    Shot(
        "dialog-refused-start",
        lambda _stage: RefusedStart("这份数据正由另一个窗口使用（示例文件夹）。请到那个窗口继续，或先关闭它。"),
    ),
)
