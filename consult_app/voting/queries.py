"""What one can ask about motions, slips and votes. Nothing here tells a choice before the vote is closed."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import LegalMode
from consult_app.kernel.garbage import uncollected
from consult_app.voting.box_keys import box_digest, box_facts
from consult_app.voting.choices import Channel, MotionState, SlipState, read
from consult_app.voting.counting import books, tally, turnout
from consult_app.voting.credentials import serial_words
from consult_app.voting.doubtful_list import Case, doubtful_ballots
from consult_app.voting.doubts import what_if
from consult_app.voting.explaining import Explanation, VoterLine, explanation
from consult_app.voting.facts import (
    Building,
    Cell,
    CellState,
    ConflictFacts,
    ElectorLine,
    FilledBallot,
    ItemFacts,
    MotionFacts,
    MotionLine,
    SlipFacts,
    SlipLine,
    WaitingPaper,
    check_words,
)
from consult_app.voting.lookup import motion, slip_by_code, slip_by_token, slip_named, slips_by_tokens
from consult_app.voting.proxy_list import ProxyFacts, proxies
from consult_app.voting.proxy_terms import ProxyTerms, proxy_terms
from consult_app.voting.rules import Weight
from consult_app.voting.secret_paper import boxed as papers_boxed
from consult_app.voting.secret_paper import paper_sheets
from consult_app.voting.tables import Ballot, Conflict, Credential, Elector, Motion, PaperEntry, Participation
from consult_app.voting.tallies import Count, ItemTally, StillOpen, Tally, Turnout

__all__ = [
    "Building",
    "Case",
    "Cell",
    "CellState",
    "ConflictFacts",
    "Count",
    "ElectorLine",
    "Explanation",
    "FilledBallot",
    "ItemFacts",
    "ItemTally",
    "MotionFacts",
    "MotionLine",
    "ProxyFacts",
    "ProxyTerms",
    "SlipFacts",
    "SlipLine",
    "StillOpen",
    "Tally",
    "Turnout",
    "VoterLine",
    "WaitingPaper",
    "books",
    "box_digest",
    "box_facts",
    "check_words",
    "conflicts",
    "doubtful_ballots",
    "electors",
    "explanation",
    "filled_ballots",
    "grid",
    "motion",
    "motions",
    "paper_sheets",
    "paper_waiting",
    "papers_boxed",
    "proxies",
    "proxy_terms",
    "slip_by_code",
    "slip_by_token",
    "slip_named",
    "slips",
    "slips_by_tokens",
    "tally",
    "turnout",
    "what_if",
]


def motions(db: Session, body_id: int, proposal_id: int | None = None) -> tuple[MotionLine, ...]:
    """The motions of a body (or of one matter), newest first."""
    took_part = (
        select(Participation.motion_id, func.sum(Elector.heads).label("heads"))
        .join(Elector, Elector.id == Participation.elector_id)
        .group_by(Participation.motion_id)
        .subquery()
    )
    query = (
        select(Motion, took_part.c.heads)
        .outerjoin(took_part, took_part.c.motion_id == Motion.id)
        .where(Motion.body_id == body_id)
        .order_by(Motion.id.desc())
    )
    if proposal_id is not None:
        query = query.where(Motion.proposal_id == proposal_id)
    return tuple(
        MotionLine(
            row.id,
            row.proposal_id,
            row.title,
            MotionState(row.state),
            LegalMode(row.legal_mode),
            row.opened_at,
            row.closes_at,
            Weight(row.eligible_area, row.eligible_heads),
            int(heads or 0),
            row.seats,
        )
        for row, heads in db.execute(query)
    )


def slips(db: Session, motion_id: int, before: int | None = None, most: int | None = None) -> tuple[SlipLine, ...]:
    """The slips of a motion, newest serial first: all, or at most so many of those before a serial."""
    query = _slips(motion_id).order_by(Credential.serial.desc()).limit(most)
    rows = db.execute(query.where(Credential.serial < before) if before is not None else query)
    return tuple(
        SlipLine(
            serial=serial_words(row.serial),
            human_code=row.human_code,
            elector_id=row.elector_id,
            label=row.label,
            names=tuple(row.names),
            rooms=tuple(row.rooms),
            state=SlipState(row.state),
            channel=Channel(row.channel) if row.channel else None,
            at=row.at or row.settled_at,
            handed_at=row.handed_at,
            reason=row.reason,
        )
        for row in rows
    )


@uncollected
def electors(db: Session, motion_id: int) -> tuple[ElectorLine, ...]:
    """The frozen roll (票权清册) with who has taken part, in the order of the roll."""
    rows = db.execute(
        select(
            Elector.id, Elector.key, Elector.label, Elector.names, Elector.rooms, Elector.heads, Elector.area,
            Participation.channel, Participation.at,
        )
        .outerjoin(Participation, Participation.elector_id == Elector.id)
        .where(Elector.motion_id == motion_id)
        .order_by(Elector.id)
    )  # fmt: skip
    return tuple(
        ElectorLine(id, key, label, tuple(names), tuple(rooms), heads, area, Channel(channel) if channel else None, at)
        for id, key, label, names, rooms, heads, area, channel, at in rows
    )


def grid(db: Session, motion_id: int, after: int = 0, to: int | None = None) -> tuple[Building, ...]:
    """The buildings of the frozen roll, each room with whether its voter took part; empty where voters have no rooms.

    Of all voters, or of those whose numbers come after one and up to another: a building is then told in parts.
    """
    query = (
        select(
            Elector.id,
            Elector.places,
            Participation.id.label("voted"),
            Credential.id.label("slip"),
            Credential.handed_at,
        )
        .outerjoin(Participation, Participation.elector_id == Elector.id)
        .outerjoin(Credential, and_(Credential.elector_id == Elector.id, Credential.state == SlipState.LIVE))
        .where(Elector.motion_id == motion_id, Elector.id > after)
        .order_by(Elector.id)
    )
    rows = db.execute(query.where(Elector.id <= to) if to is not None else query)
    buildings: dict[str, list[Cell]] = defaultdict(list)
    for row in rows:
        for building, entrance, room in row.places:
            buildings[building].append(Cell(entrance, room, _cell_state(row), row.id))
    return tuple(Building(name, tuple(cells)) for name, cells in buildings.items())


def filled_ballots(db: Session, motion_id: int) -> tuple[FilledBallot, ...]:
    """The filled ballots that need a signature, in the order of the slips; refused (`StillOpen`) before closing."""
    found = motion(db, motion_id)
    if found.state not in (MotionState.CLOSED, MotionState.DECLARED):
        raise StillOpen
    codes = [item.code for item in found.items]
    rows = db.execute(
        select(
            Credential.serial,
            Credential.human_code,
            Elector.label,
            Elector.names,
            Elector.rooms,
            Ballot.choices,
            Participation.at,
            Participation.channel,
            Ballot.signed,
        )
        .join(Elector, Elector.id == Ballot.elector_id)
        .join(Participation, Participation.elector_id == Elector.id)
        .join(Credential, Credential.id == Participation.credential_id)
        .where(Ballot.motion_id == motion_id, Ballot.needs_signature, Ballot.set_aside.is_(False))
        .order_by(Credential.serial)
    )
    return tuple(
        FilledBallot(
            serial=serial_words(row.serial),
            human_code=row.human_code,
            label=row.label,
            names=tuple(row.names),
            rooms=tuple(row.rooms),
            choices=tuple(zip(codes, read(row.choices), strict=True)),
            at=row.at,
            channel=Channel(row.channel),
            signed=row.signed,
        )
        for row in rows
    )


def conflicts(db: Session, motion_id: int) -> tuple[ConflictFacts, ...]:
    """Every voter who voted by two ways, oldest first."""
    rows = db.execute(
        select(Conflict, Credential.serial, Credential.human_code, Elector.label, Elector.rooms)
        .join(Credential, Credential.id == Conflict.credential_id)
        .join(Elector, Elector.id == Conflict.elector_id)
        .where(Conflict.motion_id == motion_id)
        .order_by(Conflict.id)
    )
    return tuple(
        ConflictFacts(
            id=row.id,
            serial=serial_words(serial),
            human_code=code,
            label=label,
            rooms=tuple(rooms),
            first_channel=Channel(row.first_channel),
            first_at=row.first_at,
            second_channel=Channel(row.second_channel),
            second_at=row.second_at,
            counted=Channel(row.counted),
            decided_by=tuple(row.decided_by or ()),
            decided_at=row.decided_at,
        )
        for row, serial, code, label, rooms in rows
    )


def paper_waiting(db: Session, motion_id: int) -> tuple[WaitingPaper, ...]:
    """Paper ballots that are not in the count yet: entered by one teller only, or unlike by two."""
    rows = db.execute(
        select(Credential.id, Credential.serial, Credential.human_code, PaperEntry.teller, PaperEntry.choices)
        .join(Credential, Credential.id == PaperEntry.credential_id)
        .join(Participation, Participation.elector_id == Credential.elector_id)
        .outerjoin(Conflict, Conflict.credential_id == Credential.id)
        .where(PaperEntry.motion_id == motion_id)
        .where(
            Participation.pending | (and_(Conflict.counted == Channel.PAPER, Participation.channel != Channel.PAPER))
        )
        .order_by(PaperEntry.id)
    )
    latest: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        latest[row.serial, row.human_code][row.teller] = row.choices
    return tuple(
        WaitingPaper(serial_words(serial), code, tuple(entries), len(entries) > 1)
        for (serial, code), entries in latest.items()
    )


def _slips(motion_id: int) -> Select[*tuple[Any, ...]]:
    """Slips with their voters and, for the slip that was voted with, how and when."""
    return (
        select(
            Credential.serial,
            Credential.human_code,
            Credential.elector_id,
            Credential.state,
            Credential.handed_at,
            Credential.settled_at,
            Credential.reason,
            Elector.label,
            Elector.names,
            Elector.rooms,
            Participation.channel,
            Participation.at,
        )
        .join(Elector, Elector.id == Credential.elector_id)
        .outerjoin(Participation, Participation.credential_id == Credential.id)
        .where(Credential.motion_id == motion_id)
    )


def _cell_state(row: Row[Any]) -> CellState:
    if row.voted:
        return CellState.VOTED
    if row.handed_at:
        return CellState.HANDED
    return CellState.ISSUED if row.slip else CellState.NONE
