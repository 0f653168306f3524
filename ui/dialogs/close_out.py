"""办结: what was done, with evidence."""

from PySide6.QtWidgets import QWidget

from consult_app.followup.actions import close_out
from consult_app.followup.queries import WorkOrderFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class CloseOut(FormSheet):
    """Words and evidence; refused without either, or before any progress was reported."""

    def __init__(self, desk: Desk, order: WorkOrderFacts, parent: QWidget | None = None) -> None:
        note = f"{order.unit} {order.responsible}：{order.task}"
        super().__init__("办结", note, action="办结", decide=self._close_out, parent=parent)
        self.desk, self.order = desk, order
        self.form.text("text", "办结情况", hint="完成了什么，验收结果，实际支出", needed=True)
        self.files("evidence", "办结证明", needed=True, note="验收单、完工照片等，至少一份。")

    def _close_out(self) -> None:
        self.desk.do(close_out, self.order.id, **self.form.values())
        self.desk.say("已办结。下一步：落实公示。")
