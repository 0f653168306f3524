"""评事: satisfaction forms, and calls on people afterwards."""

from PySide6.QtWidgets import QWidget

from consult_app.followup.actions import follow_up, review
from consult_app.followup.queries import satisfaction
from consult_app.followup.rules import ROLE_WORDS, Rating
from consult_app.proposals.queries import ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.button import plain


class Rate(FormSheet):
    """One satisfaction form; `再登记一份` keeps the sheet open for the next."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__("登记满意度评议", " ", action="登记", decide=self._rate, parent=parent)
        self.desk, self.matter = desk, matter
        self.form.choice("role", "评议人是", [(role, words) for role, words in ROLE_WORDS.items()])
        self.form.line("reviewer", "姓名", value=matter.proposer, needed=True)
        self.form.choice("rating", "评价", [(rating, rating.value) for rating in Rating])
        self.form.text("comment", "意见", rows=3)
        self.buttons.insertWidget(1, plain("登记并再登一份", self._again))
        self._count()

    def _rate(self) -> None:
        self.desk.do(review, self.matter.id, **self.form.values())
        self.desk.say("评议已登记。")

    def _again(self) -> None:
        with self.form.guard():
            self._rate()
            self.form.fill(role="resident", reviewer="", comment="")
            self.form.fields["reviewer"].widget.setFocus()
            self._count()

    def _count(self) -> None:
        found = self.desk.ask(satisfaction, self.matter.id)
        words = f"已登记：{found.words}。" if found.returned else "还没有登记。提议人本人的评价是必需的。"
        rework = "不满意超过三分之一，建议退回「办事」重新办理。" if found.returned and found.suggests_rework else ""
        self.note.setText(words + rework)


class FollowUpCall(FormSheet):
    """Whom, how, and what was said."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__("登记回访", action="登记", decide=self._record, parent=parent)
        self.desk, self.matter = desk, matter
        self.form.line("visited", "回访对象", value=matter.proposer, needed=True)
        ways = [(way, way) for way in ("上门", "电话", "来访", "书面")]
        self.form.choice("means", "方式", ways)
        self.form.text("text", "回访情况", needed=True)

    def _record(self) -> None:
        self.desk.do(follow_up, self.matter.id, **self.form.values())
        self.desk.say("回访已登记。")
