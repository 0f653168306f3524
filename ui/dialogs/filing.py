"""归档: the 档号 and how long the matter is kept."""

from PySide6.QtWidgets import QWidget

from consult_app.archive.actions import file
from consult_app.archive.rules import OFFICE, RETENTION_WORDS, default_retention
from consult_app.bodies.queries import body
from consult_app.proposals.queries import ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class FileMatter(FormSheet):
    """全宗号, 保管期限 and 机构 make the 档号; the number follows by itself. A whole 档号 may be given instead."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        note = "件号按全宗、年度、期限和机构自动接续，例如 Z109-WS·2026-Y-YSB-0001。"
        super().__init__("归档", note, action="归档", decide=self._file, parent=parent)
        self.desk, self.matter = desk, matter
        fonds = str(desk.ask(body, matter.body_id).policy.get("fonds", ""))
        self.form.line("fonds", "全宗号", value=fonds, hint="由档案馆给定，如 Z109")
        periods = [(period, words) for period, words in RETENTION_WORDS.items()]
        self.form.choice("retention", "保管期限", periods, value=default_retention(matter.outcome))
        self.form.line("office", "机构（问题）代码", value=OFFICE)
        self.form.line("code", "或者直接填写档号", hint="留空则自动编号")

    def _file(self) -> None:
        values = self.form.values()
        values["code"] = values["code"].strip() or None
        code = self.desk.do(file, self.matter.id, **values)
        self.desk.say(f"已归档，档号 {code}。")
