"""End a matter before its last step, with the reason."""

from PySide6.QtWidgets import QWidget

from consult_app.proposals.actions import end
from consult_app.proposals.queries import ProposalFacts, proposals
from consult_app.proposals.rules import OUTCOME_WORDS, Outcome
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class End(FormSheet):
    """How it ends, and why; merging also asks into which matter."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            "结束议题",
            "结束以后不能再办理。理由会写入经过，并应告知提议人。",
            action="结束议题",
            decide=self._end,
            look="danger",
            parent=parent,
        )
        self.desk, self.matter = desk, matter
        offered = [(outcome, OUTCOME_WORDS[outcome]) for outcome in matter.outcomes]
        self.form.choice("outcome", "结果", offered, needed=True).currentIndexChanged.connect(lambda: self._ask_twin())
        twins = desk.ask(proposals, matter.body_id, "running")
        twin_choices = [(twin.id, f"{twin.number}　{twin.title}") for twin in twins if twin.id != matter.id]
        self.form.choice("into", "并入议题", twin_choices)
        self.form.text("reason", "理由", needed=True)
        self._ask_twin()

    def _ask_twin(self) -> None:
        merges = self.form.values("outcome")["outcome"] == Outcome.MERGED
        self.form.show_only("outcome", "reason", *(["into"] if merges else []))

    def _end(self) -> None:
        values = self.form.values()
        into = values["into"] if values["outcome"] == Outcome.MERGED else None
        self.desk.do(end, self.matter.id, values["outcome"], values["reason"], into)
        self.desk.say(f"议题已结束：{OUTCOME_WORDS[values['outcome']]}。")
