"""Tables of bodies and venues."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Json, Moment, Numbered


class Body(Numbered, Base):
    """议事主体: a body that discusses and decides.

    `policy` holds its procedure rules: `legal_mode`, `count_parking`, `duplicate_policy`, `max_proxies`, `fonds`.
    """

    __tablename__ = "body"

    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), unique=True)
    policy: Mapped[Any] = mapped_column(Json)
    added_at: Mapped[datetime] = mapped_column(Moment)


class Venue(Numbered, Base):
    """议事平台: a courtyard, grid or party-committee venue of a body."""

    __tablename__ = "venue"
    __table_args__ = (UniqueConstraint("body_id", "name"), {"sqlite_autoincrement": True})

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
