"""Put off the day by which the present step is due."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.proposals.actions import postpone
from consult_app.proposals.queries import ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class Postpone(FormSheet):
    """Until when, and why."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        note = "原期限已过的，计一次逾期；两次逾期应报上级平台督办。"
        super().__init__(f"「{matter.present.name}」延期", note, action="延期", decide=self._postpone, parent=parent)
        self.desk, self.matter = desk, matter
        first = max(matter.due_on or desk.today, desk.today) + timedelta(days=7)
        self.form.day("due_on", "新的期限", value=first, needed=True)
        self.form.text("reason", "理由", needed=True)

    def _postpone(self) -> None:
        values = self.form.values()
        self.desk.do(postpone, self.matter.id, values["due_on"], values["reason"])
        self.desk.say("已延期。")
