"""更正: a new version of a statement, for a reason; the old one stays on record."""

from PySide6.QtWidgets import QWidget

from consult_app.meetings.actions import correct
from consult_app.meetings.queries import StatementFacts
from consult_app.meetings.rules import Position
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class CorrectStatement(FormSheet):
    """The words, the position, and why."""

    def __init__(self, desk: Desk, said: StatementFacts, parent: QWidget | None = None) -> None:
        note = f"{said.speaker}　第 {said.number} 条。更正后原文仍保留在记录里。"
        super().__init__("更正发言记录", note, action="更正", decide=self._correct, parent=parent)
        self.desk, self.said = desk, said
        self.form.choice("position", "立场", [(one, one.value) for one in Position], value=said.position)
        self.form.text("text", "发言内容", value=said.text, needed=True)
        self.form.line("reason", "更正理由", hint="如：听记有误，经本人核对", needed=True)

    def _correct(self) -> None:
        self.desk.do(correct, self.said.id, **self.form.values())
        self.desk.say("已更正，原文保留。")
