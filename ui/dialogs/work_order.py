"""交办: who does what until when, and for how much."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from consult_app.followup.actions import assign
from consult_app.kernel.errors import Refused
from consult_app.proposals.queries import ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class NotAnAmount(Refused):
    """The budget is no amount of money."""

    text = "「{typed}」不是金额，请填数字，如 12000 或 12000.50。"
    field = "budget"


class AssignWork(FormSheet):
    """The 办理责任单."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            "交办",
            "形成办理责任单，打印后由责任人签字。再次交办即为改派，原责任单保留。",
            action="交办",
            decide=self._assign,
            parent=parent,
        )
        self.desk, self.matter = desk, matter
        self.form.line("unit", "责任单位", hint="如：物业服务人", needed=True)
        self.form.line("responsible", "责任人", needed=True)
        self.form.text("task", "办理事项", value=matter.title, rows=3, needed=True)
        self.form.day(
            "due_on", "办结期限", value=max(matter.due_on or desk.today, desk.today + timedelta(days=30)), needed=True
        )
        self.form.line("budget", "经费（元）", hint="没有就不填")

    def _assign(self) -> None:
        values = self.form.values()
        values["budget"] = cents(values["budget"])
        self.desk.do(assign, self.matter.id, **values)
        self.desk.say("已交办。请打印办理责任单，由责任人签字。")


def cents(typed: str) -> int:
    """An amount typed in yuan, in 0.01 yuan; refused when it is none."""
    typed = typed.replace(",", "").replace("，", "").removesuffix("元").strip()
    try:
        amount = Decimal(typed or "0") * 100
        whole = int(amount)
    except (InvalidOperation, ValueError, OverflowError):
        raise NotAnAmount(typed=typed)
    if whole != amount or abs(whole) > 10**13:
        raise NotAnAmount(typed=typed)
    return whole
