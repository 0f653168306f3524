"""副本介质: what the chain knows of the second medium, and which of its entries go there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.chain import Change
from consult_app.audit.tables import Entry
from consult_app.storage.journal import Line
from consult_app.storage.store import Work

SUBJECT = "journal:1"
KEPT = ("ballot.", "box.", "hands.", "motion.", "papers.")
"""Events that are written to the second medium: every accepted vote, and what opened and closed the box around it."""

SET, UNSET, LOST, BACK, RENEWED = "journal.set", "journal.unset", "journal.lost", "journal.back", "journal.renewed"


@dataclass(frozen=True)
class Medium:
    """How the second medium stands by the chain. `place` is empty when none is set, `fault` when it is written to."""

    place: str = ""
    fault: str = ""


def medium(db: Session) -> Medium:
    """The second medium as the newest entry about it says."""
    newest = db.execute(
        select(Entry.event, Entry.facts).where(Entry.subject == SUBJECT).order_by(Entry.seq.desc()).limit(1)
    ).first()
    if newest is None or newest.event == UNSET:
        return Medium()
    return Medium(newest.facts["place"], newest.facts["reason"] if newest.event == LOST else "")


def set_medium(work: Work, place: str) -> None:
    """Note that votes are kept on a second medium from now on."""
    if medium(work.db) != Medium(place):
        chain.append(work, SET, SUBJECT, place=place)


def unset_medium(work: Work) -> None:
    """Note that votes are no longer kept on a second medium."""
    if medium(work.db).place:
        chain.append(work, UNSET, SUBJECT)


def lose_medium(work: Work, place: str, reason: str) -> None:
    """Note that the second medium cannot be written to; once, whichever process finds it first."""
    if medium(work.db) != Medium(place, reason):
        chain.append(work, LOST, SUBJECT, place=place, reason=reason)


def regain_medium(work: Work, place: str, count: int) -> None:
    """Note that the second medium is written to again, with `count` lines made up from the database."""
    if medium(work.db).fault:
        chain.append(work, BACK, SUBJECT, place=place, count=count)


def renew_medium(work: Work, old: str, reason: str) -> None:
    """Note that the journal was begun anew, and under which name the old one is kept."""
    place = medium(work.db).place
    chain.append(work, RENEWED, SUBJECT, place=place, old=old, reason=reason)


def lines(changes: Iterable[Change]) -> tuple[Line, ...]:
    """The journal's lines for those entries that go there."""
    return tuple(line_of(change) for change in changes if change.event.startswith(KEPT))


def line_of(change: Change) -> Line:
    """The journal's line for one entry: who voted by which slip and how it came, never what was chosen."""
    facts = change.facts
    named = {key: str(facts[key]) for key in ("serial", "channel") if facts.get(key)}
    seal = str(facts.get("seal") or facts.get("sealed") or "")
    at = change.at.astimezone(UTC).isoformat(timespec="microseconds")
    return Line(change.seq, at, change.event, change.subject, change.digest, seal=seal, **named)


def digests(db: Session, numbers: Sequence[int]) -> dict[int, str]:
    """The digests of the entries with these numbers."""
    rows = db.execute(select(Entry.seq, Entry.digest).where(Entry.seq.in_(numbers)))
    return {row.seq: row.digest for row in rows}
