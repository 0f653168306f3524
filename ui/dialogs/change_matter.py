"""Change what was registered, as long as the first step is under way."""

from PySide6.QtWidgets import QWidget

from consult_app.proposals.actions import change
from consult_app.proposals.queries import ProposalFacts
from consult_app.proposals.rules import SOURCE_WORDS
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class ChangeMatter(FormSheet):
    """The fields of the registration; a change makes the signed sheet void."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            "修改登记",
            "改动以后，已签字的登记表作废，须重新签字。",
            action="保存",
            decide=self._change,
            width=600,
            parent=parent,
        )
        self.desk, self.matter = desk, matter
        self.form.line("title", "议题名称", value=matter.title, needed=True)
        self.form.text("wish", "事项和诉求", value=matter.wish, rows=5, needed=True)
        self.form.line("affected_range", "涉及范围", value=matter.affected_range, needed=True)
        self.form.choice("source", "来源", tuple(SOURCE_WORDS.items()), value=matter.source)
        self.form.line("proposer", "提议人", value=matter.proposer, needed=True)
        self.form.tick("taken_down", "由工作人员代录", value=matter.taken_down)

    def _change(self) -> None:
        self.desk.do(change, self.matter.id, **self.form.values())
        self.desk.say("登记已修改。")
