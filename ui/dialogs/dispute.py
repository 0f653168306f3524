"""争议核查单: find the one voter who objects and print everything that may be shown to them."""

from PySide6.QtWidgets import QWidget

from consult_app.documents.issuing import issue_at_once
from consult_app.documents.polling import draft_dispute_sheet
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.kernel.errors import Refused
from consult_app.voting.arrivals import register
from consult_app.voting.queries import MotionFacts
from ui import outbox
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

KIND = KIND_WORDS[DocumentKind.DISPUTE_SHEET]


class NotOne(Refused):
    """What was typed names nobody, or several."""

    text = "符合的有 {count} 人，请输入完整的房号（3-2-501）或选票代码。"
    field = "who"


class Dispute(FormSheet):
    """Asks whose sheet it is."""

    def __init__(self, desk: Desk, motion: MotionFacts, code: str = "", parent: QWidget | None = None) -> None:
        note = "打印一户的名册、票权、选票和存证记录，供异议人核对。只交本人和核查人员，列入议题的文件归档，不公示。"
        if motion.secret:
            note += "无记名表决不载明时间和选择。"
        super().__init__(KIND, note, action="生成核查单", decide=self._print, width=440, parent=parent)
        self.desk, self.motion = desk, motion
        self.form.line("who", "房号、姓名或选票代码", value=code, hint="3-2-501，可扫选票", needed=True)

    def _print(self) -> None:
        found = self.desk.ask(register, self.motion.id).find(self.form.values()["who"])
        if len(found) != 1:
            raise NotOne(count=len(found))
        voter, store, actor, motion = found[0], self.desk.store, self.desk.actor, self.motion.id
        self.desk.work(
            "正在生成核查单",
            lambda _task: issue_at_once(store, actor, draft_dispute_sheet, motion, voter.elector_id),
            lambda made: outbox.put_out_paper(self.desk, f"{KIND} {voter.label} {self.motion.title}.pdf", made),
        )
