"""Freeze a roll: from here on it is what it is, under one number."""

from PySide6.QtWidgets import QWidget

from consult_app.rolls.canonical import check_number
from consult_app.rolls.freezing import freeze_roll
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.text import Words


class FreezeSheet(FormSheet):
    """What freezing means, what is still undecided, and the reason where the roll was never put up."""

    def __init__(
        self,
        desk: Desk,
        roll_id: int,
        summary: str,
        *,
        published: bool,
        pairs: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "冻结名册",
            f"{summary}。冻结以后，名册各行和同一人的认定都不能再改动；后来的变化登记为变更，自下一份名册起生效。",
            action="冻结名册",
            decide=self._freeze,
            parent=parent,
        )
        self.desk, self.roll_id = desk, roll_id
        if pairs:
            words = f"还有 {pairs} 处同名没有核对，冻结后各按一人计票，不能再合并。"
            self.add(Words(words, tone="amber", wrap=True))
        if not published:
            self.form.text(
                "unpublished_why",
                "不公示的理由",
                rows=2,
                hint="如：沿用上月已公示的名册",
                note="写进冻结说明",
                needed=True,
            )

    def _freeze(self) -> None:
        digest = self.desk.do(freeze_roll, self.roll_id, **self.form.values())
        self.desk.say(f"名册已冻结，核对码 {check_number(digest)}。")
