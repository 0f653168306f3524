"""Who comes to the hall's table: found by a scanned slip, a typed room, a name or its initials, in the blink of an eye."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Missing
from consult_app.rolls.pinyin import initials
from consult_app.voting.choices import Channel, SlipState
from consult_app.voting.credentials import is_human_code, is_token, scanned, serial_words, token_digest
from consult_app.voting.tables import Credential, Elector, Participation, Proxy

MOST = 8
"""How many people are offered when several fit."""


@dataclass(frozen=True)
class Arrival:
    """A voter as the table sees them: one line of the frozen roll, with what finds it."""

    elector_id: int
    label: str
    names: tuple[str, ...]
    rooms: tuple[str, ...]
    keys: tuple[str, ...]
    letters: tuple[str, ...]

    @property
    def where(self) -> str:
        """The rooms in words; of many the first three."""
        more = f" 等 {len(self.rooms)} 处" if len(self.rooms) > 3 else ""
        return "、".join(self.rooms[:3]) + more


@dataclass(frozen=True)
class Register:
    """Everyone who may come, and every slip by its digest, code and number: asked for once, looked up without the database."""

    lines: tuple[Arrival, ...]
    slips: Mapping[str, tuple[int, SlipState]]

    def find(self, typed: str) -> tuple[Arrival, ...]:
        """Who fits what was scanned or typed; one alone for a slip's code or a whole room."""
        slip = self.slip(typed)
        if slip is not None:
            return tuple(line for line in self.lines if line.elector_id == slip[0])
        words = unicodedata.normalize("NFKC", typed).strip().casefold()
        if not words:
            return ()
        room = room_key(words)
        exact = tuple(line for line in self.lines if room in line.keys or words in line.names)
        if exact:
            return exact[:MOST]
        found = (
            line for line in self.lines
            if any(words in name.casefold() for name in line.names)
            or any(letters.startswith(words) for letters in line.letters)
            or (room and any(f"-{key}".endswith(f"-{room}") for key in line.keys))
        )  # fmt: skip
        return tuple(line for line, _ in zip(found, range(MOST), strict=False))

    def slip(self, typed: str) -> tuple[int, SlipState] | None:
        """Voter and state of a slip: by its whole address as a scanner types it, its token, its code or its number."""
        name = scanned(typed)
        if is_token(name):
            return self.slips.get(token_digest(name))
        is_serial = len(name) == len(serial_words(0)) and name.isdecimal()
        return self.slips.get(name) if is_serial or is_human_code(name) else None


@dataclass(frozen=True)
class Standing:
    """How a voter stands at this moment: slip handed out, voted, mandate given. Never what was chosen."""

    elector_id: int
    label: str
    rooms: tuple[str, ...]
    serial: str | None
    code: str
    handed_at: datetime | None
    voted_at: datetime | None
    channel: Channel | None
    proxy_id: int | None
    agent: str


def register(db: Session, motion_id: int) -> Register:
    """The frozen roll of a motion as the table needs it; some 0.1 s for ten thousand voters."""
    voters = db.execute(
        select(Elector.id, Elector.label, Elector.names, Elector.rooms, Elector.places)
        .where(Elector.motion_id == motion_id)
        .order_by(Elector.id)
    )
    slips: dict[str, tuple[int, SlipState]] = {}
    columns = (
        Credential.token_digest,
        Credential.human_code,
        Credential.serial,
        Credential.elector_id,
        Credential.state,
    )
    for token, code, serial, elector, state in db.execute(select(*columns).where(Credential.motion_id == motion_id)):
        slips[token] = slips[code] = slips[serial_words(serial)] = (elector, SlipState(state))
    return Register(tuple(_arrival(*row) for row in voters), slips)


def standing(db: Session, elector_id: int) -> Standing:
    """One voter at this moment, with the slip that lives; refused when there is no such voter."""
    row = db.execute(
        select(
            Elector.id, Elector.label, Elector.rooms, Credential.serial, Credential.human_code, Credential.handed_at,
            Participation.at, Participation.channel, Proxy.id, Proxy.agent,
        )
        .outerjoin(Credential, (Credential.elector_id == Elector.id) & Credential.state.in_((SlipState.LIVE, SlipState.USED)))
        .outerjoin(Participation, Participation.elector_id == Elector.id)
        .outerjoin(Proxy, (Proxy.elector_id == Elector.id) & Proxy.revoked_at.is_(None))
        .where(Elector.id == elector_id)
        .order_by(Credential.id.desc())
    ).first()  # fmt: skip
    if row is None:
        raise Missing(what="表决人", id=elector_id)
    id, label, rooms, serial, code, handed, voted, channel, proxy, agent = row
    number = serial_words(serial) if serial is not None else None
    way = Channel(channel) if channel else None
    return Standing(id, label, tuple(rooms), number, code or "", handed, voted, way, proxy, agent or "")


def turnout(db: Session, motion_id: int) -> tuple[int, int, int, int]:
    """At the table: slips that could be handed out, handed out (voted ones too), voted, and taken back unused."""
    in_motion = Credential.motion_id == motion_id
    usable = in_motion & Credential.state.in_((SlipState.LIVE, SlipState.USED))
    handed = usable & (Credential.handed_at.is_not(None) | (Credential.state == SlipState.USED))
    voted = select(func.count(Participation.id)).where(Participation.motion_id == motion_id)
    counts = [
        db.scalar(select(func.count(Credential.id)).where(usable)),
        db.scalar(select(func.count(Credential.id)).where(handed)),
        db.scalar(voted),
        db.scalar(select(func.count(Credential.id)).where(in_motion, Credential.state == SlipState.RETURNED)),
    ]
    whole, out, cast, back = (count or 0 for count in counts)
    return whole, out, cast, back


def room_key(words: str) -> str:
    """`3-2-501` for 3号楼2单元501室, 3幢-2-501 and 3 2 501 alike."""
    return _BETWEEN.sub("-", unicodedata.normalize("NFKC", words).casefold()).strip("-")


_BETWEEN = re.compile(r"[\s号楼栋幢座单元室户层#/_.,,、·\-—–]+")


def _arrival(id: int, label: str, names: list[str], rooms: list[str], places: list[list[str]]) -> Arrival:
    keys = [room_key("-".join(part for part in place if part)) for place in places] or [
        room_key(room) for room in rooms
    ]
    people = tuple(names) or (label,)
    return Arrival(id, label, people, tuple(rooms), tuple(keys), tuple(initials(name) for name in people))
