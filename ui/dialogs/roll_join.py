"""Decide that two lines of a roll are one person, or undo it."""

from PySide6.QtWidgets import QWidget

from consult_app.rolls.actions import join_people, separate_people
from consult_app.rolls.joins import Proposal
from consult_app.rolls.queries import JoinFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class JoinSheet(FormSheet):
    """Asks for the evidence, with what speaks for it filled in."""

    def __init__(self, desk: Desk, proposal: Proposal, parent: QWidget | None = None) -> None:
        super().__init__(
            f"「{proposal.name}」是同一人",
            "合并后，名下房屋合在一起按一人计票、面积相加。冻结名册前随时可以撤销。",
            action="合并为一人",
            decide=self._join,
            parent=parent,
        )
        self.desk, self.proposal = desk, proposal
        self.form.text(
            "evidence",
            "依据",
            rows=3,
            value="；".join(proposal.grounds),
            note="请写明核对了什么，如：电话核实、核对不动产权证。",
            needed=True,
        )

    def _join(self) -> None:
        proposal = self.proposal
        joining = self.desk.do(join_people, proposal.person, proposal.same_as, self.form.values()["evidence"])
        self.desk.say(
            f"已把「{proposal.name}」合并为一人。",
            undo=lambda: self.desk.do(separate_people, joining, "刚才的合并点错了，撤销"),
        )


class SeparateSheet(FormSheet):
    """Asks why a joining is undone."""

    def __init__(self, desk: Desk, joining: JoinFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            f"撤销「{joining.name}」的合并",
            f"合并的依据是：{joining.evidence}。撤销后重新按两人计票。",
            action="撤销合并",
            look="danger",
            decide=self._separate,
            parent=parent,
        )
        self.desk, self.joining = desk, joining
        self.form.text("reason", "理由", rows=2, hint="如：经核对是两位同名业主", needed=True)

    def _separate(self) -> None:
        self.desk.do(separate_people, self.joining.id, self.form.values()["reason"])
        self.desk.say(f"已撤销「{self.joining.name}」的合并。")
