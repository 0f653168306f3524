"""补发选票: the lost slip dies, a new one is printed; `slip` is it once made."""

from PySide6.QtWidgets import QWidget

from consult_app.voting.actions import IssuedSlip, reissue
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.issue_slips import kept_wishes


class Reissue(FormSheet):
    """Which slip, and why."""

    def __init__(self, desk: Desk, motion_id: int, code: str = "", parent: QWidget | None = None) -> None:
        note = "原选票立即作废，不能再投；新选票马上打印。已经投过票的不能补发。"
        super().__init__("补发选票", note, action="补发并打印", decide=self._reissue, width=440, parent=parent)
        self.desk, self.motion_id = desk, motion_id
        self.slip: IssuedSlip | None = None
        self.form.line(
            "human_code", "原选票代码或编号", value=code, hint="原票丢失时，可在选票列表中按房号查编号", needed=True
        )
        self.form.line("reason", "补发的理由", hint="如：本人报失", needed=True)

    def _reissue(self) -> None:
        values = self.form.values()
        self.slip = self.desk.do(
            reissue, self.motion_id, values["human_code"], values["reason"], kept_wishes(self.desk).url
        )
