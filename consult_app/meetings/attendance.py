"""Who comes, who leaves: 签到."""

from sqlalchemy import select

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import bounded, required
from consult_app.meetings import moments
from consult_app.meetings.rules import PRESENCE_WORDS, Presence
from consult_app.meetings.tables import Attendance
from consult_app.storage.store import Work


class NotExpected(Refused):
    """Someone who is not on the list is checked in as a member."""

    text = "「{name}」不在应到名单。请登记为列席，或先加入应到名单。"
    field = "name"


class NotPresent(Refused):
    """Someone who has not come leaves."""

    text = "「{name}」没有签到，不能登记离场。"
    field = "name"


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
    meeting = moments.found(work, meeting_id)
    moments.refuse_closed(meeting, "签到")
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
    moments.witness(
        work, meeting, "meeting.checked_in", name=name, status=PRESENCE_WORDS[presence], capacity=person.capacity
    )
    return person.id


def leave(work: Work, meeting_id: int, name: str) -> None:
    """Record that someone left before the end. Refused when the person did not check in."""
    meeting = moments.running(work, meeting_id, "登记离场")
    person = work.db.scalar(select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.name == name))
    if person is None or person.arrived_at is None:
        raise NotPresent(name=name)
    if person.left_at is None:
        person.left_at = work.now
        moments.witness(work, meeting, "meeting.checked_in", name=name, status="离场", capacity=person.capacity)


def _has_list(work: Work, meeting_id: int) -> bool:
    listed = select(Attendance.id).where(Attendance.meeting_id == meeting_id, Attendance.is_listed)
    return work.db.scalar(listed.limit(1)) is not None
