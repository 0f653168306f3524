"""Open a meeting, run its agenda, close it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from consult_app.kernel.errors import Missing
from consult_app.meetings import moments, queries
from consult_app.meetings.rules import MeetingState
from consult_app.meetings.tables import AgendaItem, Meeting
from consult_app.proposals import actions as proposals
from consult_app.storage.store import Work


def open_meeting(work: Work, meeting_id: int) -> None:
    """Open a meeting: from now on its record is written. Opening it again does nothing."""
    meeting = moments.found(work, meeting_id)
    if meeting.state == MeetingState.OPEN:
        return
    moments.refuse_closed(meeting, "再次开始")
    meeting.state, meeting.opened_at = MeetingState.OPEN, work.now
    moments.witness(work, meeting, "meeting.opened")


def start_item(work: Work, item_id: int) -> None:
    """Start an agenda item; the one that runs ends. Starting the running one again does nothing."""
    item = work.db.get(AgendaItem, item_id)
    if item is None:
        raise Missing(what="议程", id=item_id)
    meeting = moments.running(work, item.meeting_id, "进行议程")
    if item.started_at and not item.ended_at:
        return
    _end_items(work, meeting.id)
    item.started_at, item.ended_at = item.started_at or work.now, None
    moments.witness(work, meeting, "meeting.agenda", what=item.title, item=item.id)


def close_meeting(work: Work, meeting_id: int) -> None:
    """Close a meeting: who has not come is absent, the running item ends, sign-in sheet and record are reached."""
    meeting = moments.running(work, meeting_id, "结束会议")
    _end_items(work, meeting_id)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, work.now
    work.db.flush()
    facts = queries.meeting(work.db, meeting_id)
    counted = facts.counts
    moments.witness(work, meeting, "meeting.closed", **asdict(counted), statements=len(facts.statements))
    people = (
        f"应到 {counted.expected} 人，实到 {counted.present} 人，请假 {counted.excused} 人，列席 {counted.observers} 人"
    )
    _reach(work, meeting, "attendance.recorded", people, quorum=facts.quorum.reached)
    _reach(work, meeting, "record.recorded", f"第 {meeting.ordinal} 次会议，发言 {len(facts.statements)} 条")
    if facts.opinion:
        reach_opinion(work, meeting, facts.opinion.version)


def reach_opinion(work: Work, meeting: Meeting, version: int) -> None:
    """Reach the opinion of a closed meeting in its newest version."""
    _reach(work, meeting, "opinion.recorded", "已形成协商意见", version=version)


def _reach(work: Work, meeting: Meeting, code: str, what: str, **evidence: Any) -> None:
    proposals.reach(work, meeting.proposal_id, code, what, meeting=meeting.id, **evidence)


def _end_items(work: Work, meeting_id: int) -> None:
    for item in work.db.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)):
        if item.started_at and not item.ended_at:
            item.ended_at = work.now
