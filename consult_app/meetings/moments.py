"""A meeting at the point where something may be recorded of it, and the witness of what was. Shared by the actions."""

from typing import Any

from consult_app.audit import chain
from consult_app.kernel.errors import Missing, Refused
from consult_app.meetings.rules import MeetingState
from consult_app.meetings.tables import Meeting
from consult_app.storage.store import Work


class NotOpen(Refused):
    """Something is recorded of a meeting that does not run."""

    text = "会议{state}，不能{what}。"


def found(work: Work, meeting_id: int) -> Meeting:
    """The meeting; refused when there is none of that number."""
    row = work.db.get(Meeting, meeting_id)
    if row is None:
        raise Missing(what="会议", id=meeting_id)
    return row


def refuse_closed(meeting: Meeting, what: str) -> None:
    """Refuse what a meeting that has ended takes no more."""
    if meeting.state == MeetingState.CLOSED:
        raise NotOpen(state="已经结束", what=what)


def running(work: Work, meeting_id: int, what: str) -> Meeting:
    """The meeting if it runs; else refused with what was to be done."""
    meeting = found(work, meeting_id)
    refuse_closed(meeting, what)
    if meeting.state != MeetingState.OPEN:
        raise NotOpen(state="还没有开始", what=what)
    return meeting


def witness(work: Work, meeting: Meeting, event: str, **facts: Any) -> None:
    """Append to the audit chain what was done to a meeting; its matter stands among the facts."""
    chain.append(work, event, f"meeting:{meeting.id}", proposal=meeting.proposal_id, **facts)
