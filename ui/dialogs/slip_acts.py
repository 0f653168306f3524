"""Acts on one slip, found by its code or number: handed out, taken back, spoiled."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from consult_app.voting.actions import hand_out, spoil, take_back
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.text import Words


class SlipAct(FormSheet):
    """Asks for a slip's code (scanned, typed, or its number) and, where the record needs it, a reason.

    Without a reason it stays open for the next slip, as when many are handed out one after another.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        note: str,
        act: Callable[[str, str], object],
        *,
        code: str = "",
        reason: str = "",
        look: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        action = title if reason else f"{title}，下一张"
        super().__init__(title, note, action=action, decide=self._do, look=look, width=440, parent=parent)
        self.desk, self._acted, self._title, self._stays = desk, act, title, not reason
        self.code = self.form.line(
            "human_code", "选票代码或编号", value=code, hint="扫描或输入选票上的代码", needed=True
        )
        if reason:
            self.form.line("reason", reason, needed=True)
        self.outcome = Words("", tone="pine", wrap=True)
        if self._stays:
            self.leave_button.rename("完成")
            self.add(self.outcome)

    def _do(self) -> None:
        values = self.form.values()
        self.outcome.say("")
        self._acted(values["human_code"], values.get("reason", ""))
        if self._stays:
            self.outcome.say(f"{values['human_code'].strip().upper()} 已登记。")
            self.code.clear()
            self.code.setFocus()
        else:
            self.desk.say(f"{self._title}：已登记。")

    def accept(self) -> None:
        """Close, unless the next slip is to follow."""
        if not self._stays:
            super().accept()


def hand_out_slip(desk: Desk, motion_id: int, code: str, parent: QWidget) -> SlipAct:
    """登记领票."""
    return SlipAct(desk, "登记领票", "领票人在发放登记表上签字后登记。",
                   lambda typed, _reason: desk.do(hand_out, motion_id, typed), code=code, parent=parent)  # fmt: skip


def take_back_slip(desk: Desk, motion_id: int, code: str, parent: QWidget) -> SlipAct:
    """未用收回."""
    return SlipAct(desk, "收回选票", "没有使用的选票交回后登记，登记后这张选票不能再投。",
                   lambda typed, _reason: desk.do(take_back, motion_id, typed), code=code, parent=parent)  # fmt: skip


def spoil_slip(desk: Desk, motion_id: int, code: str, parent: QWidget) -> SlipAct:
    """作废."""
    return SlipAct(desk, "作废选票", "作废后不再计入；需要另发的，请用「补发」。",
                   lambda typed, reason: desk.do(spoil, motion_id, typed, reason), code=code, reason="作废的理由",
                   look="danger", parent=parent)  # fmt: skip


Maker = Callable[[Desk, int, str, QWidget], SlipAct]
"""What makes one of these sheets for a motion, with a code filled in."""
