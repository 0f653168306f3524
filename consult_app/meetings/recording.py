"""What is said: statements, their corrections, and the opinion. Every entry is one transaction."""

from sqlalchemy import func, select

from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import bounded, required
from consult_app.meetings import moments
from consult_app.meetings.closing import reach_opinion
from consult_app.meetings.rules import MeetingState, Position
from consult_app.meetings.tables import AgendaItem, Meeting, Opinion, Statement
from consult_app.storage.store import Work

LONG = 20_000
"""Characters of the longest statement."""


class CorrectedMeanwhile(Refused):
    """The version of a statement that is to be corrected is not the newest."""

    text = "这条发言刚被更正过，请核对新的内容后再改。"


class NothingChanged(Refused):
    """A correction equals what stands."""

    text = "内容没有变化，不需要更正。"
    field = "text"


def state(
    work: Work,
    meeting_id: int,
    *,
    speaker: str,
    capacity: str,
    position: str,
    text: str,
    item_id: int | None = None,
) -> int:
    """Record a statement and return its number; by default it belongs to the agenda item that runs."""
    meeting = moments.running(work, meeting_id, "记录发言")
    last = work.db.scalar(select(func.max(Statement.number)).where(Statement.meeting_id == meeting_id)) or 0
    statement = Statement(
        meeting_id=meeting_id,
        item_id=item_id or _running_item(work, meeting_id),
        number=last + 1,
        version=1,
        speaker=required(speaker, "发言人", 120, "speaker"),
        capacity=bounded(capacity, "身份", 120, "capacity"),
        position=Position(position),
        text=required(text, "发言内容", LONG, "text"),
        reason="",
        recorded_at=work.now,
    )
    return _store_statement(work, meeting, statement, "meeting.stated")


def correct(work: Work, statement_id: int, *, text: str, position: str, reason: str) -> int:
    """Correct a statement by a new version, for a reason, and return the new version's number; the old one stays."""
    old = work.db.get(Statement, statement_id)
    if old is None:
        raise Missing(what="发言", id=statement_id)
    newest = select(func.max(Statement.version)).where(
        Statement.meeting_id == old.meeting_id, Statement.number == old.number
    )
    if work.db.scalar(newest) != old.version:
        raise CorrectedMeanwhile
    text = required(text, "发言内容", LONG, "text")
    if (text, position) == (old.text, old.position):
        raise NothingChanged
    statement = Statement(
        meeting_id=old.meeting_id,
        item_id=old.item_id,
        number=old.number,
        version=old.version + 1,
        speaker=old.speaker,
        capacity=old.capacity,
        position=Position(position),
        text=text,
        reason=required(reason, "更正理由", 200, "reason"),
        recorded_at=work.now,
    )
    return _store_statement(work, moments.found(work, old.meeting_id), statement, "meeting.statement_corrected")


def record_opinion(work: Work, meeting_id: int, *, agreed: str, dissent: str = "", unsettled: str = "") -> None:
    """Record the consultation opinion: what is agreed, what stays open, the dissent. A later one replaces it."""
    meeting = moments.found(work, meeting_id)
    if meeting.state == MeetingState.CALLED:
        raise moments.NotOpen(state="还没有开始", what="形成协商意见")
    version = work.db.scalar(select(func.max(Opinion.version)).where(Opinion.meeting_id == meeting_id)) or 0
    opinion = Opinion(
        meeting_id=meeting_id,
        version=version + 1,
        agreed=required(agreed, "协商意见", LONG, "agreed"),
        unsettled=bounded(unsettled, "未达成一致的事项", LONG, "unsettled"),
        dissent=bounded(dissent, "不同意见", LONG, "dissent"),
        recorded_at=work.now,
    )
    work.db.add(opinion)
    work.db.flush()
    moments.witness(work, meeting, "meeting.opinion", version=opinion.version, text=opinion.agreed[:200])
    if meeting.state == MeetingState.CLOSED:
        reach_opinion(work, meeting, opinion.version)


def _running_item(work: Work, meeting_id: int) -> int | None:
    running = select(AgendaItem.id).where(
        AgendaItem.meeting_id == meeting_id, AgendaItem.started_at.is_not(None), AgendaItem.ended_at.is_(None)
    )
    return work.db.scalar(running.limit(1))


def _store_statement(work: Work, meeting: Meeting, statement: Statement, event: str) -> int:
    work.db.add(statement)
    work.db.flush()
    moments.witness(
        work,
        meeting,
        event,
        speaker=statement.speaker,
        position=statement.position,
        number=statement.number,
        version=statement.version,
        text=statement.text,
        reason=statement.reason,
    )
    return statement.id
