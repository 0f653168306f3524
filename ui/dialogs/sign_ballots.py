"""登记签字: printed filled ballots ticked off one after another, as they come back signed."""

from PySide6.QtWidgets import QWidget

from consult_app.voting.actions import sign_ballot
from consult_app.voting.queries import MotionFacts, turnout
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.text import Words, muted


class SignBallots(FormSheet):
    """Scan or type a code, Enter; the next."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "核对打印票上的签名后，扫描或输入票上的代码。签了字的票才计入。"
        super().__init__("登记签字", note, action="登记，下一张", decide=self._sign, width=440, parent=parent)
        self.desk, self.motion = desk, motion
        self.leave_button.rename("完成")
        self.code = self.form.line("human_code", "选票代码", hint="扫描或输入", needed=True)
        self.outcome, self.left = Words("", tone="pine", wrap=True), muted()
        self.add(self.outcome, self.left)
        self._count()

    def _sign(self) -> None:
        typed = self.code.text()
        fresh = self.desk.do(sign_ballot, self.motion.id, typed)
        self.outcome.say(
            f"{typed.strip().upper()} 已签字，计入。" if fresh else "这张票先前已登记过签字。",
            "pine" if fresh else "amber",
        )
        self.code.clear()
        self.code.setFocus()
        self._count()

    def accept(self) -> None:
        """Stay open: the next one."""

    def _count(self) -> None:
        waiting = self.desk.ask(turnout, self.motion.id).waiting_ballots
        self.left.say(f"还有 {waiting} 张待签字" if waiting else "没有待签字的票了")
