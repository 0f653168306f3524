"""Make a document void, for a reason; it stays in the file, marked 作废."""

from PySide6.QtWidgets import QWidget

from consult_app.documents.actions import void
from consult_app.documents.queries import DocumentLine
from consult_app.documents.rules import DocumentState
from consult_app.documents.voiding import void_paper
from consult_app.proposals.queries import proposal
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class VoidDocument(FormSheet):
    """An issued document takes the milestone of its step with it, as long as that step is not completed."""

    def __init__(self, desk: Desk, line: DocumentLine, parent: QWidget | None = None) -> None:
        is_draft = line.state is DocumentState.DRAFT
        note = "草稿不再使用，可以重新起草。" if is_draft else "作废的文件不会删除，加盖“作废”保留在档案中。"
        word = "放弃草稿" if is_draft else "作废"
        super().__init__(f"{word}：{line.title}", note, action=word, decide=self._void, look="danger", parent=parent)
        self.desk, self.line = desk, line
        value = "重新起草" if is_draft else ""
        self.form.text("reason", "理由", value=value, hint="如：内容有误、会议改期", rows=3, needed=True)

    def _void(self) -> None:
        reason = self.form.values()["reason"]
        if self._stands_for_milestone():
            self.desk.do(void_paper, self.line.proposal_id, f"{self.line.artefact}.issued", reason)
        else:
            self.desk.do(void, self.line.id, reason)
        self.desk.say(f"「{self.line.title}」已作废。")

    def _stands_for_milestone(self) -> bool:
        """Whether the matter counts this very document as issued."""
        if self.line.state is not DocumentState.ISSUED or not self.line.artefact:
            return False
        found = self.desk.ask(proposal, self.line.proposal_id).artefact(self.line.artefact)
        return found is not None and any(
            one.state == "issued" and one.evidence.get("document") == self.line.id for one in found.reached
        )
