"""What one can ask about local rules: the packs in force, and the rulebook with them laid over the national one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.voting import rulebook
from consult_app.voting.rulebook import Rulebook
from consult_app.voting.tables import RulePack


@dataclass(frozen=True)
class PackFacts:
    """A local pack: the name it gives itself (the source shown beside its rules), its file, and when it was adopted."""

    id: int
    name: str
    file: str
    sha256: str
    adopted_at: datetime


def packs(db: Session) -> tuple[PackFacts, ...]:
    """The local packs in force, in the order they were adopted: a later one goes before an earlier one."""
    rows = db.execute(
        select(RulePack.id, RulePack.name, RulePack.file, RulePack.sha256, RulePack.adopted_at)
        .where(RulePack.withdrawn_at.is_(None))
        .order_by(RulePack.id)
    )
    return tuple(PackFacts(*row) for row in rows)


def book(db: Session) -> Rulebook:
    """The national rules with the adopted local packs laid over."""
    found = rulebook.load()
    rows = db.execute(select(RulePack.file, RulePack.text).where(RulePack.withdrawn_at.is_(None)).order_by(RulePack.id))
    for file, text in rows:
        found = rulebook.lay_over(found, file, text.encode())
    return found
