"""What a call has to say that the matter does not know yet: where, and when."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.documents.drafting import draft_meeting_notice
from consult_app.meetings.queries import sessions
from consult_app.proposals.queries import ProposalFacts
from consult_app.proposals.rules import Flag
from consult_app.voting.queries import motions
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class PlanNotice(FormSheet):
    """Place and time of the meeting; `drafted(id)` runs with the draft's number."""

    def __init__(
        self, desk: Desk, matter: ProposalFacts, drafted: Callable[[int], object], parent: QWidget | None = None
    ) -> None:
        days = 15 if matter.notice_days is None else matter.notice_days
        note = f"公告须提前 {days} 天张贴（当日不计入）。起草后可以逐段修改，确认无误再印发。"
        super().__init__("起草会前公告", note, action="起草", decide=self._draft, parent=parent)
        self.desk, self.matter, self.drafted = desk, matter, drafted
        called = desk.ask(sessions, matter.id)
        self.meeting_id = called[0].id if called else None
        start = (
            called[0].starts_at
            if called
            else (desk.now + timedelta(days=days + 2)).replace(minute=0, second=0, microsecond=0)
        )
        self.form.line("place", "会议地点", value=called[0].place if called else "", hint="如：社区议事厅", needed=True)
        self.form.moment("starts_at", "会议时间", value=start, needed=True)
        if Flag.VOTE in matter.flags:
            self.form.line("pick_up", "纸质表决票领取地点", hint="不填就是会议地点")

    def _draft(self) -> None:
        found = self.desk.ask(motions, self.matter.body_id, self.matter.id)
        values = self.form.values()
        drafted = self.desk.do(
            draft_meeting_notice,
            self.matter.id,
            meeting_id=self.meeting_id,
            motion_id=found[0].id if found else None,
            **values,
        )
        self.drafted(drafted)
