"""A paper that is made elsewhere and recorded here: a party meeting, an opinion, a delivery, a filing."""

from PySide6.QtWidgets import QWidget

from consult_app.proposals.evidence import record
from consult_app.proposals.queries import ArtefactFacts, ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

_HINTS = {
    "party_opinion": "如：11月20日党委会研究，同意提交业主大会表决",
    "branch_meeting": "如：11月20日支部委员会提议，到会 5 人，同意 5 人",
    "committees_meeting": "如：11月22日“两委”会商议，形成实施方案",
    "party_meeting": "会议时间、地点和审议意见",
    "committee_informed": "如：11月20日书面告知示范社区居民委员会，王某签收",
    "delivery": "如：上门送达 96 户，挂号信 8 户，张贴送达 4 户",
}

_COUNTS = (("expected", "应到"), ("present", "实到"), ("agreed", "赞成"))


class RecordPaper(FormSheet):
    """What it says, when it was made, and pictures of it; with its counts where the law asks for a share of presence."""

    def __init__(
        self, desk: Desk, matter: ProposalFacts, artefact: ArtefactFacts, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"登记{artefact.name}", _note(artefact), action="登记", decide=self._record, parent=parent)
        self.desk, self.matter, self.artefact = desk, matter, artefact
        found = matter.template.artefact(artefact.code)
        self.has_floor = found is not None and found.floor is not None
        hint = _HINTS.get(artefact.code, "什么时间、什么人、形成了什么意见")
        self.form.text("what", "内容摘要", hint=hint, rows=4, needed=True)
        if self.has_floor:
            for name, words in _COUNTS:
                self.form.number(name, words, unit="人")
        self.form.day("on", "形成日期", value=desk.today)
        self.files("files", "照片或扫描件")

    def _record(self) -> None:
        values = self.form.values()
        counts = {name: values[name] for name, _ in _COUNTS} if self.has_floor else {}
        self.desk.do(
            record,
            self.matter.id,
            self.artefact.code,
            what=values["what"],
            on=values["on"],
            files=values["files"],
            counts=counts,
        )
        self.desk.say(f"{self.artefact.name}已登记。")


def _note(artefact: ArtefactFacts) -> str:
    return f"由{artefact.by}形成。" if artefact.by else ""
