"""What one can ask about bodies and venues."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import BodyKind, LegalMode, VenueLevel, default_legal_mode
from consult_app.bodies.tables import Body, Venue
from consult_app.kernel.errors import Missing


@dataclass(frozen=True)
class BodyFacts:
    """A body and its procedure rules."""

    id: int
    kind: BodyKind
    name: str
    policy: dict[str, Any]

    @property
    def legal_mode(self) -> LegalMode:
        """What a phone vote counts for unless a motion says otherwise."""
        return LegalMode(self.policy.get("legal_mode", default_legal_mode(self.kind)))


@dataclass(frozen=True)
class VenueFacts:
    """A venue of a body."""

    id: int
    body_id: int
    level: VenueLevel
    name: str


def bodies(db: Session) -> tuple[BodyFacts, ...]:
    """All bodies in the order they were added."""
    return tuple(_facts(row) for row in db.scalars(select(Body).order_by(Body.id)))


def body(db: Session, body_id: int) -> BodyFacts:
    """One body; refused when there is none of that number."""
    row = db.get(Body, body_id)
    if row is None:
        raise Missing(what="议事主体", id=body_id)
    return _facts(row)


def venues(db: Session, body_id: int) -> tuple[VenueFacts, ...]:
    """The venues of a body, lowest level first."""
    order = list(VenueLevel)
    rows = [_venue(row) for row in db.scalars(select(Venue).where(Venue.body_id == body_id).order_by(Venue.id))]
    return tuple(sorted(rows, key=lambda venue: order.index(venue.level)))


def venue(db: Session, venue_id: int) -> VenueFacts:
    """One venue; refused when there is none of that number."""
    row = db.get(Venue, venue_id)
    if row is None:
        raise Missing(what="议事平台", id=venue_id)
    return _venue(row)


def _facts(row: Body) -> BodyFacts:
    return BodyFacts(row.id, BodyKind(row.kind), row.name, row.policy)


def _venue(row: Venue) -> VenueFacts:
    return VenueFacts(row.id, row.body_id, VenueLevel(row.level), row.name)
