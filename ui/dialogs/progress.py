"""进展: how far the work has come, with evidence."""

from PySide6.QtWidgets import QWidget

from consult_app.followup.actions import report
from consult_app.followup.queries import WorkOrderFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class ReportProgress(FormSheet):
    """Whole percent, words and pictures; a report is never changed, a new one follows it."""

    def __init__(self, desk: Desk, order: WorkOrderFacts, parent: QWidget | None = None) -> None:
        note = f"{order.unit} {order.responsible}：{order.task}"
        super().__init__("登记进展", note, action="登记", decide=self._report, parent=parent)
        self.desk, self.order = desk, order
        self.form.number("percent", "完成进度", value=order.percent, most=100, unit="%")
        self.form.text("text", "进展情况", hint="做了什么，还有什么，遇到什么困难", needed=True)
        self.files("evidence", "现场照片或材料")

    def _report(self) -> None:
        self.desk.do(report, self.order.id, **self.form.values())
        self.desk.say("进展已登记。")
