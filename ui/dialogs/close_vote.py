"""截止投票 by two people, and 宣布结果 once the books balance."""

from PySide6.QtWidgets import QWidget

from consult_app.voting.actions import close_vote, declare
from consult_app.voting.queries import MotionFacts, books
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.two_people import TwoPeople
from ui.widgets.text import muted


class CloseVote(TwoPeople):
    """The names of the two who close the vote together."""

    def __init__(self, desk: Desk, motion: MotionFacts, early: bool, parent: QWidget | None = None) -> None:
        note = "截止后不再接受手机投票，票箱里的纸质选票可以继续录入。这一步不能撤销，须两人共同操作。"
        if early:
            note = "还没有到原定的截止时间。" + note
        super().__init__("截止投票", note, "截止投票", lambda first, second: self._close(first, second), parent)
        self.desk, self.motion = desk, motion

    def _close(self, first: str, second: str) -> None:
        self.desk.do(close_vote, self.motion.id, first, second)
        self.desk.say("投票已截止。")


class Declare(FormSheet):
    """The count of slips that did not come back must balance the books before a result is declared."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        found = desk.ask(books, motion.id)
        note = "结果由本次表决冻结的规则计算，宣布后存证，不能再改。"
        super().__init__("宣布结果", note, action="宣布结果", decide=self._declare, width=480, parent=parent)
        self.desk, self.motion = desk, motion
        if found.issued:
            self.body.insertWidget(0, muted(found.words, wrap=True))
            self.form.number("missing", "清点：没有交回的选票", value=0, most=max(1, found.issued), unit="张",
                             note=f"账上还有 {found.live} 张没有下落。请清点实物，如实填写。" if found.live else "账上没有未交回的选票。")  # fmt: skip

    def _declare(self) -> None:
        self.desk.do(declare, self.motion.id, self.form.values().get("missing", 0))
        self.desk.say("结果已宣布。")
