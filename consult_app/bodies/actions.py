"""What one can do with bodies and venues."""

from typing import Any

from sqlalchemy import select

from consult_app.audit import chain
from consult_app.bodies.rules import LEVEL_WORDS, BodyKind, VenueLevel, default_legal_mode
from consult_app.bodies.tables import Body, Venue
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import required
from consult_app.storage.store import Work


class NameTaken(Refused):
    """Another body or venue bears this name."""

    text = "「{name}」已经存在，请换一个名称。"
    field = "name"


def add_body(work: Work, kind: str, name: str) -> int:
    """Found a body with its three venues (楼院, 网格, 大党委) and return its number. Refused when the name is taken."""
    kind = BodyKind(kind)
    name = required(" ".join(name.split()), "主体名称", 120, "name")
    if work.db.scalar(select(Body.id).where(Body.name == name)):
        raise NameTaken(name=name)
    body = Body(kind=kind, name=name, policy={"legal_mode": default_legal_mode(kind)}, added_at=work.now)
    work.db.add(body)
    work.db.flush()
    chain.append(work, "body.added", f"body:{body.id}", name=name, kind=kind)
    for level in VenueLevel:
        add_venue(work, body.id, level, LEVEL_WORDS[level] + "会")
    return body.id


def add_venue(work: Work, body_id: int, level: str, name: str) -> int:
    """Add a venue to a body and return its number. Refused when the body has one of that name."""
    level = VenueLevel(level)
    name = required(" ".join(name.split()), "平台名称", 120, "name")
    if work.db.scalar(select(Venue.id).where(Venue.body_id == body_id, Venue.name == name)):
        raise NameTaken(name=name)
    venue = Venue(body_id=body_id, level=level, name=name)
    work.db.add(venue)
    work.db.flush()
    chain.append(work, "venue.added", f"body:{body_id}", venue=venue.id, level=LEVEL_WORDS[level], name=name)
    return venue.id


def set_policy(work: Work, body_id: int, **policy: Any) -> None:
    """Set procedure rules of a body (see `Body.policy`); those not named stay as they are."""
    body = work.db.get(Body, body_id)
    if body is None:
        raise Missing(what="议事主体", id=body_id)
    body.policy = {**body.policy, **policy}
    chain.append(work, "body.changed", f"body:{body_id}", name=body.name, policy=policy)
