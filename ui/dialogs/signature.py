"""Who signed a paper, and when; with a picture of the signed sheet."""

from PySide6.QtWidgets import QWidget

from consult_app.proposals.evidence import sign
from consult_app.proposals.queries import ArtefactFacts, ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class Signature(FormSheet):
    """One line for each role the template asks for; what is known from the matter is filled in."""

    def __init__(
        self,
        desk: Desk,
        matter: ProposalFacts,
        artefact: ArtefactFacts,
        known: dict[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            f"{artefact.name}：登记签字",
            "请在纸质材料签字以后登记。签字件可以拍照或扫描附上，也可以以后再附。",
            action="登记签字",
            decide=self._sign,
            parent=parent,
        )
        self.desk, self.matter, self.artefact = desk, matter, artefact
        known = known or {}
        for role in artefact.signers:
            self.form.line(role, role, value=known.get(role, ""), hint="姓名；多人用顿号分开", needed=True)
        self.form.day("on", "签字日期", value=desk.today)
        self.files("files", "签字件")

    def _sign(self) -> None:
        values = self.form.values()
        names = {role: values[role] for role in self.artefact.signers}
        self.desk.do(sign, self.matter.id, self.artefact.code, names=names, on=values["on"], files=values["files"])
        self.desk.say(f"{self.artefact.name}已登记签字。")
