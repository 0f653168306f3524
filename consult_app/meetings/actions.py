"""What one can do with meetings. Every entry of the record is one transaction: what was saved survives a power cut."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consult_app.audit import chain
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import bounded, required
from consult_app.meetings import queries
from consult_app.meetings.rules import (
    MAJORITY,
    PRESENCE_WORDS,
    Form,
    MeetingState,
    Position,
    Presence,
    Quorum,
)
from consult_app.meetings.tables import AgendaItem, Attendance, Meeting, Opinion, Statement
from consult_app.proposals import actions as proposals
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work

LONG = 20_000
"""Characters of the longest statement."""


class NotOpen(Refused):
    """Something is recorded of a meeting that does not run."""

    text = "会议{state}，不能{what}。"


class NoAgenda(Refused):
    """A meeting is called without an agenda."""

    text = "请至少填写一项议程。"
    field = "agenda"


class NotExpected(Refused):
    """Someone who is not on the list is checked in as a member."""

    text = "「{name}」不在应到名单。请登记为列席，或先加入应到名单。"
    field = "name"


class NamedTwice(Refused):
    """A name stands twice on the list of those expected."""

    text = "「{name}」在应到名单中出现两次；同名的人请在姓名后加注房号。"
    field = "expected"


class NotPresent(Refused):
    """Someone who has not come leaves."""

    text = "「{name}」没有签到，不能登记离场。"
    field = "name"


class CorrectedMeanwhile(Refused):
    """The version of a statement that is to be corrected is not the newest."""

    text = "这条发言刚被更正过，请核对新的内容后再改。"


class NothingChanged(Refused):
    """A correction equals what stands."""

    text = "内容没有变化，不需要更正。"
    field = "text"


@dataclass(frozen=True)
class AgendaLine:
    """One agenda item as it is planned; `minutes` of time."""

    title: str
    minutes: int = 10
    presenter: str = ""


def call(
    work: Work,
    proposal_id: int,
    *,
    title: str,
    place: str,
    starts_at: datetime,
    chair: str,
    recorder: str,
    expected: Sequence[str],
    agenda: Sequence[AgendaLine],
    convener: str = "",
    form: str = Form.IN_PERSON,
    quorum: Quorum = MAJORITY,
) -> int:
    """Call a meeting on a matter and return its number. Refused without an agenda or when a name stands twice."""
    if work.db.get(Proposal, proposal_id) is None:
        raise Missing(what="议题", id=proposal_id)
    if not agenda:
        raise NoAgenda
    chair = required(chair, "主持人", 120, "chair")
    meeting = Meeting(
        proposal_id=proposal_id,
        ordinal=queries.next_ordinal(work.db, proposal_id),
        title=required(title, "会议名称", 200, "title"),
        place=required(place, "地点", 200, "place"),
        form=Form(form),
        convener=bounded(convener, "召集人", 120, "convener") or chair,
        chair=chair,
        recorder=required(recorder, "记录人", 120, "recorder"),
        quorum=asdict(quorum),
        state=MeetingState.CALLED,
        starts_at=starts_at,
    )
    work.db.add(meeting)
    work.db.flush()
    _plan(work, meeting.id, agenda)
    _expect(work, meeting.id, expected)
    chain.append(
        work,
        "meeting.called",
        _subject(meeting.id),
        proposal=proposal_id,
        title=meeting.title,
        place=meeting.place,
        starts_at=starts_at.isoformat(),
        expected=len(expected),
    )
    return meeting.id


def change(work: Work, meeting_id: int, *, place: str, starts_at: datetime, chair: str, recorder: str) -> None:
    """Change place, time, chair and recorder of a meeting that has not ended."""
    meeting = _meeting(work, meeting_id)
    _refuse_closed(meeting, "修改会议")
    before = (meeting.place, meeting.starts_at, meeting.chair, meeting.recorder)
    meeting.place = required(place, "地点", 200, "place")
    meeting.starts_at = starts_at
    meeting.chair = required(chair, "主持人", 120, "chair")
    meeting.recorder = required(recorder, "记录人", 120, "recorder")
    after = (meeting.place, meeting.starts_at, meeting.chair, meeting.recorder)
    names = ("地点", "时间", "主持人", "记录人")
    changed = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    if changed:
        _witness(work, meeting, "meeting.changed", what="、".join(changed), was=[str(value) for value in before])


def expect(work: Work, meeting_id: int, names: Sequence[str]) -> None:
    """Add people to those expected at a meeting that has not ended. Refused when a name is already on the list."""
    meeting = _meeting(work, meeting_id)
    _refuse_closed(meeting, "增加应到人员")
    _expect(work, meeting_id, names)
    _witness(work, meeting, "meeting.changed", what=f"应到人员增加 {len(names)} 人", names=list(names))


def open_meeting(work: Work, meeting_id: int) -> None:
    """Open a meeting: from now on its record is written. Opening it again does nothing."""
    meeting = _meeting(work, meeting_id)
    if meeting.state == MeetingState.OPEN:
        return
    _refuse_closed(meeting, "再次开始")
    meeting.state, meeting.opened_at = MeetingState.OPEN, work.now
    _witness(work, meeting, "meeting.opened")


def start_item(work: Work, item_id: int) -> None:
    """Start an agenda item; the one that runs ends. Starting the running one again does nothing."""
    item = work.db.get(AgendaItem, item_id)
    if item is None:
        raise Missing(what="议程", id=item_id)
    meeting = _running(work, item.meeting_id, "进行议程")
    if item.started_at and not item.ended_at:
        return
    _end_items(work, meeting.id)
    item.started_at, item.ended_at = item.started_at or work.now, None
    _witness(work, meeting, "meeting.agenda", what=item.title, item=item.id)


def check_in(
    work: Work,
    meeting_id: int,
    *,
    name: str,
    status: str = Presence.PRESENT,
    capacity: str = "",
    elector_key: str | None = None,
    reason: str = "",
) -> int:
    """Record that a person is present, excused, an observer or absent; return the line's number.

    A second check-in of the same name changes the first. Who is not expected can only observe, unless the meeting was
    called without a list. `reason` says why someone is excused.
    """
    meeting = _meeting(work, meeting_id)
    _refuse_closed(meeting, "签到")
    presence = Presence(status)
    name = required(name, "姓名", 120, "name")
    person = work.db.scalar(select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.name == name))
    if person is None:
        if presence is not Presence.OBSERVER and _has_list(work, meeting_id):
            raise NotExpected(name=name)
        person = Attendance(meeting_id=meeting_id, name=name, capacity="", is_listed=False, reason="")
        work.db.add(person)
    person.capacity = bounded(capacity, "身份", 120, "capacity") or person.capacity
    person.elector_key = elector_key or person.elector_key
    person.reason = bounded(reason, "理由", 200, "reason")
    person.presence = presence
    if presence in (Presence.PRESENT, Presence.OBSERVER):
        person.arrived_at, person.left_at = person.arrived_at or work.now, None
    else:
        person.arrived_at = person.left_at = None
    work.db.flush()
    _witness(work, meeting, "meeting.checked_in", name=name, status=PRESENCE_WORDS[presence], capacity=person.capacity)
    return person.id


def leave(work: Work, meeting_id: int, name: str) -> None:
    """Record that someone left before the end. Refused when the person did not check in."""
    meeting = _running(work, meeting_id, "登记离场")
    person = work.db.scalar(select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.name == name))
    if person is None or person.arrived_at is None:
        raise NotPresent(name=name)
    if person.left_at is None:
        person.left_at = work.now
        _witness(work, meeting, "meeting.checked_in", name=name, status="离场", capacity=person.capacity)


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
    meeting = _running(work, meeting_id, "记录发言")
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
    return _store_statement(work, _meeting(work, old.meeting_id), statement, "meeting.statement_corrected")


def record_opinion(work: Work, meeting_id: int, *, agreed: str, dissent: str = "", unsettled: str = "") -> None:
    """Record the consultation opinion: what is agreed, what stays open, the dissent. A later one replaces it."""
    meeting = _meeting(work, meeting_id)
    if meeting.state == MeetingState.CALLED:
        raise NotOpen(state="还没有开始", what="形成协商意见")
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
    _witness(work, meeting, "meeting.opinion", version=opinion.version, text=opinion.agreed[:200])
    if meeting.state == MeetingState.CLOSED:
        _reach_opinion(work, meeting, opinion.version)


def close_meeting(work: Work, meeting_id: int) -> None:
    """Close a meeting: who has not come is absent, the running item ends, sign-in sheet and record are reached."""
    meeting = _running(work, meeting_id, "结束会议")
    _end_items(work, meeting_id)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, work.now
    work.db.flush()
    facts = queries.meeting(work.db, meeting_id)
    counted = facts.counts
    _witness(work, meeting, "meeting.closed", **asdict(counted), statements=len(facts.statements))
    people = (
        f"应到 {counted.expected} 人，实到 {counted.present} 人，请假 {counted.excused} 人，列席 {counted.observers} 人"
    )
    _reach(work, meeting, "attendance.recorded", people, quorum=facts.quorum.reached)
    _reach(work, meeting, "record.recorded", f"第 {meeting.ordinal} 次会议，发言 {len(facts.statements)} 条")
    if facts.opinion:
        _reach_opinion(work, meeting, facts.opinion.version)


def _reach_opinion(work: Work, meeting: Meeting, version: int) -> None:
    _reach(work, meeting, "opinion.recorded", "已形成协商意见", version=version)


def _reach(work: Work, meeting: Meeting, code: str, what: str, **evidence: Any) -> None:
    proposals.reach(work, meeting.proposal_id, code, what, meeting=meeting.id, **evidence)


def _meeting(work: Work, meeting_id: int) -> Meeting:
    found = work.db.get(Meeting, meeting_id)
    if found is None:
        raise Missing(what="会议", id=meeting_id)
    return found


def _refuse_closed(meeting: Meeting, what: str) -> None:
    if meeting.state == MeetingState.CLOSED:
        raise NotOpen(state="已经结束", what=what)


def _running(work: Work, meeting_id: int, what: str) -> Meeting:
    meeting = _meeting(work, meeting_id)
    _refuse_closed(meeting, what)
    if meeting.state != MeetingState.OPEN:
        raise NotOpen(state="还没有开始", what=what)
    return meeting


def _plan(work: Work, meeting_id: int, agenda: Sequence[AgendaLine]) -> None:
    for ordinal, line in enumerate(agenda, 1):
        work.db.add(
            AgendaItem(
                meeting_id=meeting_id,
                ordinal=ordinal,
                title=required(line.title, "议程", 200, "agenda"),
                presenter=bounded(line.presenter, "汇报人", 120, "agenda"),
                minutes=max(0, line.minutes),
            )
        )


def _expect(work: Work, meeting_id: int, names: Sequence[str]) -> None:
    listed = set(work.db.scalars(select(Attendance.name).where(Attendance.meeting_id == meeting_id)))
    for raw in names:
        name = required(raw, "应到人员", 120, "expected")
        if name in listed:
            raise NamedTwice(name=name)
        listed.add(name)
        work.db.add(
            Attendance(
                meeting_id=meeting_id, name=name, capacity="", presence=Presence.EXPECTED, is_listed=True, reason=""
            )
        )


def _has_list(work: Work, meeting_id: int) -> bool:
    listed = select(Attendance.id).where(Attendance.meeting_id == meeting_id, Attendance.is_listed)
    return work.db.scalar(listed.limit(1)) is not None


def _running_item(work: Work, meeting_id: int) -> int | None:
    running = select(AgendaItem.id).where(
        AgendaItem.meeting_id == meeting_id, AgendaItem.started_at.is_not(None), AgendaItem.ended_at.is_(None)
    )
    return work.db.scalar(running.limit(1))


def _end_items(work: Work, meeting_id: int) -> None:
    for item in work.db.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)):
        if item.started_at and not item.ended_at:
            item.ended_at = work.now


def _store_statement(work: Work, meeting: Meeting, statement: Statement, event: str) -> int:
    work.db.add(statement)
    work.db.flush()
    _witness(
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


def _witness(work: Work, meeting: Meeting, event: str, **facts: object) -> None:
    chain.append(work, event, _subject(meeting.id), proposal=meeting.proposal_id, **facts)


def _subject(meeting_id: int) -> str:
    return f"meeting:{meeting_id}"
