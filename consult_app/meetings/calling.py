"""Call a meeting: where, when, who is expected, what is on the agenda."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import bounded, required
from consult_app.meetings import moments, queries
from consult_app.meetings.rules import MAJORITY, Form, MeetingState, Presence, Quorum
from consult_app.meetings.tables import AgendaItem, Attendance, Meeting
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work


class NoAgenda(Refused):
    """A meeting is called without an agenda."""

    text = "请至少填写一项议程。"
    field = "agenda"


class NamedTwice(Refused):
    """A name stands twice on the list of those expected."""

    text = "「{name}」在应到名单中出现两次；同名的人请在姓名后加注房号。"
    field = "expected"


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
    moments.witness(
        work,
        meeting,
        "meeting.called",
        title=meeting.title,
        place=meeting.place,
        starts_at=starts_at.isoformat(),
        expected=len(expected),
    )
    return meeting.id


def change(work: Work, meeting_id: int, *, place: str, starts_at: datetime, chair: str, recorder: str) -> None:
    """Change place, time, chair and recorder of a meeting that has not ended."""
    meeting = moments.found(work, meeting_id)
    moments.refuse_closed(meeting, "修改会议")
    before = (meeting.place, meeting.starts_at, meeting.chair, meeting.recorder)
    meeting.place = required(place, "地点", 200, "place")
    meeting.starts_at = starts_at
    meeting.chair = required(chair, "主持人", 120, "chair")
    meeting.recorder = required(recorder, "记录人", 120, "recorder")
    after = (meeting.place, meeting.starts_at, meeting.chair, meeting.recorder)
    names = ("地点", "时间", "主持人", "记录人")
    changed = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    if changed:
        moments.witness(work, meeting, "meeting.changed", what="、".join(changed), was=[str(value) for value in before])


def expect(work: Work, meeting_id: int, names: Sequence[str]) -> None:
    """Add people to those expected at a meeting that has not ended. Refused when a name is already on the list."""
    meeting = moments.found(work, meeting_id)
    moments.refuse_closed(meeting, "增加应到人员")
    _expect(work, meeting_id, names)
    moments.witness(work, meeting, "meeting.changed", what=f"应到人员增加 {len(names)} 人", names=list(names))


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
