"""Call a meeting on a matter."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.meetings.actions import AgendaLine, call
from consult_app.meetings.queries import sessions
from consult_app.meetings.rules import Form as MeetingForm
from consult_app.proposals.queries import ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

AGENDA = ("提议人说明议题", "参会人员发言", "形成协商意见")


class CallMeeting(FormSheet):
    """Place, time, who leads and writes, who is expected, and the agenda; `called(id)` runs with the meeting's number."""

    def __init__(
        self, desk: Desk, matter: ProposalFacts, called: Callable[[int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "召集会议",
            f"议题 {matter.number}「{matter.title}」",
            action="召集",
            decide=self._call,
            columns=2,
            width=860,
            parent=parent,
        )
        self.desk, self.matter, self.called = desk, matter, called
        held = desk.ask(sessions, matter.id)
        self.form.into(0)
        title = f"{matter.title}议事会" if not held else f"{matter.title}第 {len(held) + 1} 次议事会"
        self.form.line("title", "会议名称", value=title, needed=True)
        self.form.line("place", "地点", value=held[0].place if held else "", needed=True)
        start = (desk.now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
        self.form.moment("starts_at", "时间", value=start, needed=True)
        self.form.choice("form", "形式", [(one, one.value) for one in MeetingForm])
        self.form.line("chair", "主持人", needed=True)
        self.form.line("recorder", "记录人", value=str(desk.memory.get("clerk") or ""), needed=True)
        self.form.into(1)
        self.form.text("expected", "应到人员", hint="每行一人；留空则不设应到名单，到会即签到", rows=8)
        self.form.text("agenda", "议程", value="\n".join(AGENDA), rows=5, needed=True, note="每行一项。")

    def _call(self) -> None:
        values = self.form.values()
        values["expected"] = _lines(values["expected"])
        values["agenda"] = [AgendaLine(line) for line in _lines(values["agenda"])]
        meeting_id = self.desk.do(call, self.matter.id, **values)
        self.desk.say("会议已召集。")
        self.called(meeting_id)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
