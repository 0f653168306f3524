"""协商意见: what is agreed, what stays open, and the dissent, drafted from what was said and then edited."""

from PySide6.QtWidgets import QWidget

from consult_app.meetings.actions import record_opinion
from consult_app.meetings.queries import MeetingFacts
from consult_app.meetings.rules import Position
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


class DraftOpinion(FormSheet):
    """A first draft puts statements under agreement, open questions and dissent by their positions; people settle the words."""

    def __init__(self, desk: Desk, meeting: MeetingFacts, parent: QWidget | None = None) -> None:
        note = "以下按发言的立场摘录，请归纳成大家认可的文字，当场宣读。不同意见要如实写入。"
        super().__init__("协商意见", note, action="形成协商意见", decide=self._record, width=680, parent=parent)
        self.desk, self.meeting = desk, meeting
        found = meeting.opinion
        agreed = found.agreed if found else gathered(meeting, Position.FOR, Position.ADVICE)
        unsettled = found.unsettled if found else gathered(meeting, Position.QUESTION)
        dissent = found.dissent if found else gathered(meeting, Position.AGAINST)
        self.form.text("agreed", "形成的共识", value=agreed, rows=6, needed=True)
        self.form.text("unsettled", "没有达成一致、需要另行研究的", value=unsettled, rows=3)
        self.form.text("dissent", "不同意见", value=dissent, rows=4, note="没有不同意见就不填。")

    def _record(self) -> None:
        self.desk.do(record_opinion, self.meeting.id, **self.form.values())
        self.desk.say("协商意见已形成，请当场宣读。")


def gathered(meeting: MeetingFacts, *positions: Position) -> str:
    """The statements of some positions, one a line, with who said them."""
    return "\n".join(f"{said.speaker}：{said.text}" for said in meeting.statements if said.position in positions)
