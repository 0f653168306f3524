"""Receive a voter at the hall's table: the slip is handed out and, where a meeting sits, the person is checked in."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select

from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import clock_words, moment_words
from consult_app.meetings.actions import NotExpected, check_in
from consult_app.meetings.rules import MeetingState, Presence
from consult_app.meetings.tables import Attendance, Meeting
from consult_app.storage.store import Work
from consult_app.voting import proxying
from consult_app.voting.choices import CHANNEL_WORDS, Channel, SlipState
from consult_app.voting.credentials import serial_words
from consult_app.voting.issuing import ALIVE
from consult_app.voting.motions import at, record
from consult_app.voting.tables import Credential, Elector, Motion, Participation


class AlreadyHere(Refused):
    """The voter has the slip already; said, never booked twice."""

    text = "{label}已于 {at} 领取选票 {serial}，没有重复登记。"


class AlreadyHereVoted(Refused):
    """The voter has voted already."""

    text = "{label}已于 {at} 通过{channel}投票，不能再领选票。"


class NoSlip(Refused):
    """The voter has no slip that lives: it was returned or spoiled."""

    text = "{label}没有可以领取的选票：原选票已收回或作废。请先「补发」。"


class NotHere(Refused):
    """There is nothing to take back."""

    text = "{label}没有登记过领票，无需撤销。"


class MandateStands(Refused):
    """Somebody else has the voter's mandate, and who stands at the table was not said (threat 11)."""

    text = "{label}已委托{agent}代投。请选「本人到场」或「受托人代领」。"


def arrive(work: Work, motion_id: int, elector_id: int, *, in_person: bool | None = None) -> str:
    """Hand the voter's slip out and check them in, in one act; returns the slip's number.

    Where a mandate stands, `in_person` says who came: the voter, whose arrival cancels it, or the agent. Refused:
    `AlreadyHere`, `AlreadyHereVoted`, `NoSlip`, `MandateStands`.
    """
    motion = at(work.db, motion_id, "签到领票", *ALIVE)
    elector = _elector(work, motion_id, elector_id)
    _check_unvoted(work, elector)
    slip = _live(work, elector)
    if slip.handed_at is not None:
        raise AlreadyHere(label=elector.label, at=moment_words(slip.handed_at), serial=serial_words(slip.serial))
    mandate = proxying.standing(work.db, elector_id)
    if mandate is not None and in_person is None:
        raise MandateStands(label=elector.label, agent=mandate.agent)
    if mandate is not None and in_person:
        proxying.revoke_proxy(work, mandate.id, "委托人本人到场")
    slip.handed_at = work.now
    agent = mandate.agent if mandate is not None and not in_person else ""
    record(work, "credential.handed", motion, serial=serial_words(slip.serial), **({"agent": agent} if agent else {}))
    _attend(work, motion, agent or _name(elector), "受托人" if agent else "", elector.key)
    return serial_words(slip.serial)


def undo_arrival(work: Work, motion_id: int, elector_id: int) -> None:
    """Take a hand-out back that was booked to the wrong person; refused once the vote is in."""
    motion = at(work.db, motion_id, "撤销领票", *ALIVE)
    elector = _elector(work, motion_id, elector_id)
    _check_unvoted(work, elector)
    slip = _live(work, elector)
    if slip.handed_at is None:
        raise NotHere(label=elector.label)
    _unattend(work, motion, elector.key, slip.handed_at)
    slip.handed_at = None
    record(work, "credential.unhanded", motion, serial=serial_words(slip.serial))


def _elector(work: Work, motion_id: int, elector_id: int) -> Elector:
    found = work.db.get(Elector, elector_id, with_for_update=True)
    if found is None or found.motion_id != motion_id:
        raise Missing(what="表决人", id=elector_id)
    return found


def _live(work: Work, elector: Elector) -> Credential:
    wanted = (Credential.elector_id == elector.id, Credential.state == SlipState.LIVE)
    found = work.db.scalar(select(Credential).where(*wanted).with_for_update())
    if found is None:
        raise NoSlip(label=elector.label)
    return found


def _check_unvoted(work: Work, elector: Elector) -> None:
    vote = work.db.execute(
        select(Participation.at, Participation.channel).where(Participation.elector_id == elector.id)
    ).first()
    if vote is not None:
        raise AlreadyHereVoted(
            label=elector.label, at=clock_words(vote.at), channel=CHANNEL_WORDS[Channel(vote.channel)]
        )


def _name(elector: Elector) -> str:
    return str(elector.names[0]) if len(elector.names) == 1 else elector.label


def _attend(work: Work, motion: Motion, name: str, capacity: str, key: str) -> None:
    """Check the person in where the motion's meeting still sits; who is not on its list has the slip all the same."""
    meeting = work.db.get(Meeting, motion.meeting_id) if motion.meeting_id is not None else None
    if meeting is None or meeting.state == MeetingState.CLOSED:
        return
    known = select(Attendance.presence, Attendance.elector_key).where(
        Attendance.meeting_id == meeting.id, Attendance.name == name[:120]
    )
    here = work.db.execute(known).first()
    if here is not None and here.presence == Presence.PRESENT:
        return
    with suppress(NotExpected):
        check_in(work, meeting.id, name=name[:120], capacity=capacity, elector_key=key[:120])


def _unattend(work: Work, motion: Motion, key: str, handed_at: datetime) -> None:
    """Undo the check-in of the same moment; who had checked in apart stays."""
    wanted = (Attendance.meeting_id == motion.meeting_id, Attendance.elector_key == key[:120])
    person = work.db.scalar(select(Attendance).where(*wanted, Attendance.arrived_at == handed_at))
    if motion.meeting_id is not None and person is not None:
        check_in(work, motion.meeting_id, name=person.name, status=Presence.EXPECTED)
