"""What one can ask about meetings."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Missing
from consult_app.meetings import rules
from consult_app.meetings.rules import Counts, MeetingState, Position, Presence, Quorum, QuorumMeasure
from consult_app.meetings.tables import AgendaItem, Attendance, Meeting, Opinion, Statement
from consult_app.proposals.tables import Proposal


@dataclass(frozen=True)
class MeetingLine:
    """One line of the list of meetings."""

    id: int
    proposal_id: int
    proposal_number: str
    proposal_title: str
    ordinal: int
    title: str
    place: str
    starts_at: datetime
    state: MeetingState


@dataclass(frozen=True)
class AgendaFacts:
    """One agenda item; `minutes` is the time planned."""

    id: int
    ordinal: int
    title: str
    presenter: str
    minutes: int
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class AttendanceFacts:
    """One person of a meeting."""

    id: int
    name: str
    capacity: str
    presence: Presence
    elector_key: str | None
    reason: str
    arrived_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True)
class StatementFacts:
    """One entry of the record; `version` above 1 was corrected, for `reason`."""

    id: int
    item_id: int | None
    number: int
    version: int
    speaker: str
    capacity: str
    position: Position
    text: str
    reason: str
    recorded_at: datetime


@dataclass(frozen=True)
class OpinionFacts:
    """The consultation opinion that stands."""

    version: int
    agreed: str
    unsettled: str
    dissent: str
    recorded_at: datetime


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting with everything recorded of it. `superseded` are the old versions of corrected statements."""

    id: int
    proposal_id: int
    ordinal: int
    title: str
    place: str
    form: str
    convener: str
    chair: str
    recorder: str
    state: MeetingState
    starts_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    agenda: tuple[AgendaFacts, ...]
    attendance: tuple[AttendanceFacts, ...]
    counts: Counts
    quorum: QuorumMeasure
    statements: tuple[StatementFacts, ...]
    superseded: tuple[StatementFacts, ...]
    opinion: OpinionFacts | None

    @property
    def current_item(self) -> AgendaFacts | None:
        """The agenda item that runs now."""
        return next((item for item in self.agenda if item.started_at and not item.ended_at), None)

    def people(self, presence: Presence) -> tuple[str, ...]:
        """The names of those who took part in one way, in the order of the list."""
        return tuple(person.name for person in self.attendance if person.presence is presence)


def meetings(db: Session, body_id: int) -> tuple[MeetingLine, ...]:
    """The meetings of a body, newest first."""
    return _lines(db, Proposal.body_id == body_id)


def sessions(db: Session, proposal_id: int) -> tuple[MeetingLine, ...]:
    """The meetings on one matter, newest first."""
    return _lines(db, Meeting.proposal_id == proposal_id)


def meeting(db: Session, meeting_id: int) -> MeetingFacts:
    """One meeting as it stands now; refused when there is none of that number."""
    row = db.get(Meeting, meeting_id)
    if row is None:
        raise Missing(what="会议", id=meeting_id)
    attendance = _attendance(db, meeting_id)
    counted = rules.counts([(person.presence, person.left_at is not None) for person in attendance])
    present = counted.present if row.state == MeetingState.CLOSED else counted.in_room
    statements, superseded = _statements(db, meeting_id)
    return MeetingFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        ordinal=row.ordinal,
        title=row.title,
        place=row.place,
        form=row.form,
        convener=row.convener,
        chair=row.chair,
        recorder=row.recorder,
        state=MeetingState(row.state),
        starts_at=row.starts_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        agenda=_agenda(db, meeting_id),
        attendance=attendance,
        counts=counted,
        quorum=rules.quorum_measure(present, counted.expected, Quorum(**row.quorum)),
        statements=statements,
        superseded=superseded,
        opinion=opinion(db, meeting_id),
    )


def opinion(db: Session, meeting_id: int) -> OpinionFacts | None:
    """The newest version of a meeting's consultation opinion; None when there is none."""
    columns = (Opinion.version, Opinion.agreed, Opinion.unsettled, Opinion.dissent, Opinion.recorded_at)
    newest = select(*columns).where(Opinion.meeting_id == meeting_id).order_by(Opinion.version.desc()).limit(1)
    row = db.execute(newest).first()
    return OpinionFacts(*row) if row else None


def speakers(db: Session, meeting_id: int) -> tuple[tuple[str, str], ...]:
    """(name, capacity) of everyone who may be typed as a speaker: those present or observing, and earlier speakers."""
    in_room = {
        person.name: person.capacity
        for person in _attendance(db, meeting_id)
        if person.presence in (Presence.PRESENT, Presence.OBSERVER)
    }
    spoken = select(Statement.speaker, Statement.capacity).where(Statement.meeting_id == meeting_id)
    heard = {row.speaker: row.capacity for row in db.execute(spoken.order_by(Statement.id))}
    return tuple((heard | in_room).items())


def advice(db: Session, proposal_id: int) -> str | None:
    """What to do with a matter that was discussed often enough without agreement; None when nothing."""
    closed = select(Meeting.id).where(Meeting.proposal_id == proposal_id, Meeting.state == MeetingState.CLOSED)
    held = list(db.scalars(closed.order_by(Meeting.ordinal)))
    last = opinion(db, held[-1]) if held else None
    return rules.escalation_advice(len(held), last is not None and not last.unsettled)


def _lines(db: Session, condition: object) -> tuple[MeetingLine, ...]:
    columns = (
        Meeting.id,
        Meeting.proposal_id,
        Proposal.number,
        Proposal.title,
        Meeting.ordinal,
        Meeting.title,
        Meeting.place,
        Meeting.starts_at,
        Meeting.state,
    )
    rows = db.execute(
        select(*columns)
        .join(Proposal, Proposal.id == Meeting.proposal_id)
        .where(condition)  # type: ignore[arg-type]
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return tuple(MeetingLine(*row[:-1], state=MeetingState(row.state)) for row in rows)


def _agenda(db: Session, meeting_id: int) -> tuple[AgendaFacts, ...]:
    found = db.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.ordinal))
    return tuple(
        AgendaFacts(row.id, row.ordinal, row.title, row.presenter, row.minutes, row.started_at, row.ended_at)
        for row in found
    )


def _attendance(db: Session, meeting_id: int) -> tuple[AttendanceFacts, ...]:
    found = db.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.id))
    return tuple(
        AttendanceFacts(
            row.id,
            row.name,
            row.capacity,
            Presence(row.presence),
            row.elector_key,
            row.reason,
            row.arrived_at,
            row.left_at,
        )
        for row in found
    )


def _statements(db: Session, meeting_id: int) -> tuple[tuple[StatementFacts, ...], tuple[StatementFacts, ...]]:
    order = select(Statement).where(Statement.meeting_id == meeting_id).order_by(Statement.number, Statement.version)
    current: dict[int, StatementFacts] = {}
    superseded: list[StatementFacts] = []
    for row in db.scalars(order):
        if row.number in current:
            superseded.append(current[row.number])
        current[row.number] = StatementFacts(
            row.id,
            row.item_id,
            row.number,
            row.version,
            row.speaker,
            row.capacity,
            Position(row.position),
            row.text,
            row.reason,
            row.recorded_at,
        )
    return tuple(current.values()), tuple(superseded)


def next_ordinal(db: Session, proposal_id: int) -> int:
    """The number the next session on a matter will bear, from 1."""
    return (db.scalar(select(func.max(Meeting.ordinal)).where(Meeting.proposal_id == proposal_id)) or 0) + 1
