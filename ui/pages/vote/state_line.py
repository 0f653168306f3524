"""The line of states a motion walks along."""

from consult_app.voting.choices import MotionState
from ui.widgets import state_line

NAMES = {
    MotionState.DRAFTED: "起草",
    MotionState.FROZEN: "冻结",
    MotionState.ISSUED: "发放",
    MotionState.OPEN: "投票中",
    MotionState.CLOSED: "已截止",
    MotionState.DECLARED: "已宣布",
}


class StateLine(state_line.StateLine):
    """起草 → 冻结 → 发放 → 投票中 → 已截止 → 已宣布."""

    def __init__(self) -> None:
        super().__init__(NAMES, "表决状态")
