"""The line of states a motion walks along, and how long it stays open."""

from datetime import datetime, timedelta

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


def time_left(closes_at: datetime, now: datetime) -> tuple[str, str]:
    """`距截止 2 小时 14 分` and its tone."""
    left = closes_at - now
    if left <= timedelta(0):
        return "时间到，请截止投票", "cinnabar"
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return f"距截止 {hours // 24} 天 {hours % 24} 小时", ""
    if hours:
        return f"距截止 {hours} 小时 {minutes} 分", "amber"
    return f"距截止 {minutes} 分 {seconds:02d} 秒", "amber" if minutes >= 5 else "cinnabar"
