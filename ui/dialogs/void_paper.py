"""Make a paper of the present step void, for a reason; it stays as a version."""

from PySide6.QtWidgets import QWidget

from consult_app.documents.voiding import void_paper
from consult_app.proposals.queries import ArtefactFacts, ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class VoidPaper(FormSheet):
    """From which state on, and why. The document that was issued for it becomes void with it."""

    def __init__(
        self, desk: Desk, matter: ProposalFacts, artefact: ArtefactFacts, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            f"{artefact.name}：作废",
            "作废的记录不会删除，仍可在旧版本中查到；这一步须重新形成该材料。",
            action="作废",
            decide=self._void,
            look="danger",
            parent=parent,
        )
        self.desk, self.matter, self.artefact = desk, matter, artefact
        states = [(one.code, f"{one.state_words}及其后的全部记录") for one in artefact.reached]
        self.form.choice("code", "作废哪一项", states[::-1], needed=True)
        self.form.text("reason", "理由", hint="如：登记有误、签字人不符", needed=True)

    def _void(self) -> None:
        values = self.form.values()
        self.desk.do(void_paper, self.matter.id, values["code"], values["reason"])
        self.desk.say(f"{self.artefact.name}已作废，须重新形成。")
