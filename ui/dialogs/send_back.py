"""Send a matter back to an earlier step."""

from PySide6.QtWidgets import QWidget

from consult_app.proposals.actions import send_back
from consult_app.proposals.queries import ProposalFacts, ways_back
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

KEPT = ("ballot_plan", "voting_roll")
"""What a recount keeps: the frozen plan and roll."""


class SendBack(FormSheet):
    """Which step, and why; what the steps from there on produced is made void and stays as versions."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            "退回",
            "从退回的那一步起，已经形成的材料全部标为「作废」并保留为旧版本，须重新形成。",
            action="退回",
            decide=self._send_back,
            look="danger",
            parent=parent,
        )
        self.desk, self.matter = desk, matter
        targets = [
            (step.code, f"第 {matter.template.ordinal(step.code)} 步　{step.name}") for step in ways_back(matter)
        ]
        self.form.choice("step_code", "退回到", targets, needed=True)
        self.form.text("reason", "理由", hint="会写入经过，以后可以查到", needed=True)
        if any(code == matter.step_code for code, _ in targets) and matter.artefact(KEPT[0]):
            self.form.tick("recount", "只是重新计票：已冻结的表决方案和票权清册继续有效")

    def _send_back(self) -> None:
        values = self.form.values()
        keep = KEPT if values.get("recount") and values["step_code"] == self.matter.step_code else ()
        self.desk.do(send_back, self.matter.id, values["step_code"], values["reason"], keep)
        self.desk.say("已退回。")
