"""The list of proxies of a motion: in full for the file, masked for the notice board (个人信息保护法 art. 6)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.rolls.masking import masked_name, masked_place
from consult_app.voting.tables import Elector, Proxy


@dataclass(frozen=True)
class ProxyFacts:
    """One mandate as a list shows it; a masked list has no `agent_key` and no `attachment_id`."""

    id: int
    elector_id: int
    principal: str
    rooms: tuple[str, ...]
    agent: str
    agent_elector_id: int | None
    agent_key: str
    relation: str
    authority: str
    attachment_id: int | None
    registered_at: datetime
    revoked_at: datetime | None
    reason: str


def proxies(db: Session, motion_id: int, *, masked: bool = False) -> tuple[ProxyFacts, ...]:
    """The proxies of a motion, oldest first, with those taken back; masked for publication: names and rooms, no scans."""
    rows = db.execute(
        select(Proxy, Elector.names, Elector.label, Elector.rooms, Elector.places)
        .join(Elector, Elector.id == Proxy.elector_id)
        .where(Proxy.motion_id == motion_id)
        .order_by(Proxy.id)
    )
    return tuple(
        ProxyFacts(
            id=row.id,
            elector_id=row.elector_id,
            principal="、".join(map(masked_name, names)) if masked else label,
            rooms=tuple(masked_place(*place) for place in places) if masked else tuple(rooms),
            agent=masked_name(row.agent) if masked else row.agent,
            agent_elector_id=row.agent_elector_id,
            agent_key="" if masked else row.agent_key,
            relation=row.relation,
            authority=row.authority,
            attachment_id=None if masked else row.attachment_id,
            registered_at=row.registered_at,
            revoked_at=row.revoked_at,
            reason=row.reason or "",
        )
        for row, names, label, rooms, places in rows
    )
