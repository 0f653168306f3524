"""Tables of rolls."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Json, Moment, Numbered

_NUMBERED = {"sqlite_autoincrement": True}


class Roll(Numbered, Base):
    """名册: one accepted list of a body's units or people. The newest of its kind is current; older ones stay."""

    __tablename__ = "roll"
    __table_args__ = (Index(None, "body_id", "kind"), _NUMBERED)

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[date] = mapped_column(Date)
    source_name: Mapped[str] = mapped_column(String(200))
    source_sha256: Mapped[str] = mapped_column(String(64))
    accepted_at: Mapped[datetime] = mapped_column(Moment)
    accepted_by: Mapped[str] = mapped_column(String(120))
    report: Mapped[Any] = mapped_column(Json)


class RollUnit(Numbered, Base):
    """专有部分: a part of a building that can be owned by itself. `area` in 0.01 m²; a struck line no longer counts."""

    __tablename__ = "roll_unit"
    __table_args__ = (Index(None, "roll_id", "building", "entrance", "room"), _NUMBERED)

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"))
    building: Mapped[str] = mapped_column(String(80))
    entrance: Mapped[str] = mapped_column(String(40))
    room: Mapped[str] = mapped_column(String(80))
    area: Mapped[int]
    usage: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(200))
    sheet: Mapped[str] = mapped_column(String(80))
    row: Mapped[int]
    struck: Mapped[bool] = mapped_column(default=False)


class RollPerson(Numbered, Base):
    """业主、村(居)民: someone a roll names; the fields from `birth` on are empty for owners. `initials` serve search."""

    __tablename__ = "roll_person"
    __table_args__ = (Index(None, "roll_id", "name"), _NUMBERED)

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"))
    name: Mapped[str] = mapped_column(String(100))
    initials: Mapped[str] = mapped_column(String(100))
    id_number: Mapped[str] = mapped_column(String(40))
    legal: Mapped[bool]
    phone: Mapped[str] = mapped_column(String(60))
    birth: Mapped[date | None] = mapped_column(Date)
    gender: Mapped[str] = mapped_column(String(8))
    household: Mapped[str] = mapped_column(String(40))
    group: Mapped[str] = mapped_column("group_name", String(40))
    relation: Mapped[str] = mapped_column(String(20))
    representative: Mapped[bool]
    note: Mapped[str] = mapped_column(String(200))
    sheet: Mapped[str] = mapped_column(String(80))
    row: Mapped[int]
    struck: Mapped[bool] = mapped_column(default=False)


class Ownership(Base):
    """产权: one person's part in one unit, in the deed's order."""

    __tablename__ = "ownership"
    __table_args__ = (UniqueConstraint("unit_id", "person_id"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("roll_unit.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("roll_person.id"), index=True)


class Joining(Numbered, Base):
    """合并: a person's finding that two lines name one and the same; it can be undone, and stays on record."""

    __tablename__ = "joining"

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("roll_person.id"))
    same_as_id: Mapped[int] = mapped_column(ForeignKey("roll_person.id"))
    evidence: Mapped[str] = mapped_column(String(400))
    decided_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[str] = mapped_column(String(120))
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_why: Mapped[str] = mapped_column(String(400), default="")


class Parting(Numbered, Base):
    """不是同一人: a person's finding that two lines of a roll name two people; it can be undone, and stays on record."""

    __tablename__ = "parting"

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("roll_person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("roll_person.id"))
    evidence: Mapped[str] = mapped_column(String(400))
    decided_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[str] = mapped_column(String(120))
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_why: Mapped[str] = mapped_column(String(400), default="")


class RollChange(Numbered, Base):
    """更正: what a line of a roll was, what it became, and why. `line` is `unit:id` or `person:id`."""

    __tablename__ = "roll_change"

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"), index=True)
    line: Mapped[str] = mapped_column(String(40), index=True)
    before: Mapped[Any] = mapped_column(Json)
    after: Mapped[Any] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(String(400))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(120))


class RollPoster(Numbered, Base):
    """名册公示稿: the masked paper of a roll, made to be put up. `digest` is the roll's on that day, `document_digest` the paper's."""

    __tablename__ = "roll_poster"

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    document_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    document_digest: Mapped[str] = mapped_column(String(64))
    days: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str] = mapped_column(String(120))


class RollNotice(Numbered, Base):
    """名册公示: a roll put up, masked, for objections. `digest` is the roll's on that day, `document_digest` the paper's."""

    __tablename__ = "roll_notice"

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    document_digest: Mapped[str] = mapped_column(String(64))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    days: Mapped[int]
    place: Mapped[str] = mapped_column(String(200))
    posted_by: Mapped[str] = mapped_column(String(120))
    posted_at: Mapped[datetime] = mapped_column(Moment)
    photo_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))


class RollObjection(Numbered, Base):
    """对名册的异议: what someone objects to a published roll, and the answer. `upheld` is empty until it is answered."""

    __tablename__ = "roll_objection"

    notice_id: Mapped[int] = mapped_column(ForeignKey("roll_notice.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(120))
    line: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment)
    in_time: Mapped[bool]
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class RollFreeze(Base):
    """名册冻结: from here on the lines of a roll are what they are; `digest` is over its canonical lines."""

    __tablename__ = "roll_freeze"

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    frozen_by: Mapped[str] = mapped_column(String(120))
    unpublished_why: Mapped[str] = mapped_column(String(400))


class RollAmendment(Numbered, Base):
    """冻结后变更: what changed for a line after its roll was frozen, when, and by which rule. The line itself stays.

    `before` and `after` are entries; an empty `after` takes the line off the next roll. `line` is `unit:id` or `person:id`.
    """

    __tablename__ = "roll_amendment"

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id"), index=True)
    line: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date] = mapped_column(Date)
    rule: Mapped[str] = mapped_column(String(300))
    before: Mapped[Any] = mapped_column(Json)
    after: Mapped[Any] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(String(400))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(String(120))
