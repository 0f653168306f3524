"""延期: a later closing time, with its reason and the rule that allows it; only before the present one."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.documents.polling import draft_extension_notice
from consult_app.kernel.text import moment_words
from consult_app.voting.actions import extend
from consult_app.voting.queries import MotionFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class Extend(FormSheet):
    """Until when, why, and by which rule. `notice` is the notice that it drafted."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = f"原定 {moment_words(motion.closes_at)} 截止。延期须有依据，并在截止以前决定和公告。"
        super().__init__("延期", note, action="延期", decide=self._extend, width=440, parent=parent)
        self.desk, self.motion = desk, motion
        self.notice: int | None = None
        self.form.moment("closes_at", "新的截止时间", value=motion.closes_at + timedelta(days=1), needed=True)
        self.form.text("reason", "延期的理由", rows=3, needed=True)
        self.form.line("clause", "允许延期的依据", hint="议事规则第几条，或哪次会议的决定", needed=True)

    def _extend(self) -> None:
        self.desk.do(extend, self.motion.id, **self.form.values())
        self.notice = self.desk.do(draft_extension_notice, self.motion.id)
        self.desk.say("已延期。延期公告已经起草，请核对后印发，并在原定截止以前张贴。")
