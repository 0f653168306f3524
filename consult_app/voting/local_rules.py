"""What one can ask about local rules: the packs in force, and the rulebook with them laid over the national one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.voting import rulebook
from consult_app.voting.minimums import below_national
from consult_app.voting.rulebook import Rulebook
from consult_app.voting.tables import RulePack


@dataclass(frozen=True)
class PackFacts:
    """A local pack: the name it gives itself (the source shown beside its rules), its file, and when it was adopted.

    `rules` are the ids it brings; `warnings` say where it asks for less than the national rules.
    """

    id: int
    name: str
    file: str
    sha256: str
    adopted_at: datetime
    rules: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def packs(db: Session) -> tuple[PackFacts, ...]:
    """The local packs in force, in the order they were adopted: a later one goes before an earlier one."""
    rows = db.scalars(select(RulePack).where(RulePack.withdrawn_at.is_(None)).order_by(RulePack.id))
    facts, before = [], rulebook.load()
    for row in rows:
        after = rulebook.lay_over(before, row.file, row.text.encode())
        added = after.rules[len(before.rules) :]
        warnings = tuple(words for rule in added for words in below_national(after, rule))
        ids = tuple(rule.id for rule in added)
        facts.append(PackFacts(row.id, row.name, row.file, row.sha256, row.adopted_at, ids, warnings))
        before = after
    return tuple(facts)


def book(db: Session) -> Rulebook:
    """The national rules with the adopted local packs laid over."""
    found = rulebook.load()
    rows = db.execute(select(RulePack.file, RulePack.text).where(RulePack.withdrawn_at.is_(None)).order_by(RulePack.id))
    for file, text in rows:
        found = rulebook.lay_over(found, file, text.encode())
    return found
