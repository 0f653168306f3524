"""Two ballots of one head: what the one that counts says, and what the other does. Never shown before closing."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.voting.tables import Ballot, Conflict, Elector, Motion, PaperEntry


@dataclass(frozen=True)
class Pair:
    """A conflict with its voter, the letters that count now (None: none yet) and those that do not (each reading)."""

    conflict: Conflict
    elector: Elector
    now: str | None
    others: tuple[str, ...]

    @property
    def co_owned(self) -> bool:
        """Whether several share the head, so that policy alone cannot say whose ballot it is."""
        return len(self.elector.names) > 1

    @property
    def at_odds(self) -> bool:
        """Whether co-owners said different things, which only they can settle (指导规则25)."""
        return self.co_owned and any(letters != self.now for letters in self.others)


def pairs(db: Session, motion: Motion) -> tuple[Pair, ...]:
    """Every head with two ballots, oldest first."""
    rows = db.execute(
        select(Conflict, Elector)
        .join(Elector, Elector.id == Conflict.elector_id)
        .where(Conflict.motion_id == motion.id)
        .order_by(Conflict.id)
    ).all()
    if not rows:
        return ()
    read, cast = entered(db, motion.id), _cast(db, motion.id, [elector.id for _, elector in rows])
    return tuple(_pair(conflict, elector, read, cast) for conflict, elector in rows)


def entered(db: Session, motion_id: int) -> dict[int, dict[str, str]]:
    """The latest reading of each teller, by slip."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for slip, teller, letters in db.execute(
        select(PaperEntry.credential_id, PaperEntry.teller, PaperEntry.choices)
        .where(PaperEntry.motion_id == motion_id)
        .order_by(PaperEntry.id)
    ):
        found[slip][teller] = letters
    return found


def agreed(readings: dict[str, str]) -> str | None:
    """What two tellers read alike on one paper; None while they do not."""
    letters = list(readings.values())
    return next((one for one in letters if letters.count(one) > 1), None)


def _cast(db: Session, motion_id: int, electors: list[int]) -> dict[int, dict[bool, str]]:
    """The ballots of these voters, by whether they are set aside."""
    found: dict[int, dict[bool, str]] = defaultdict(dict)
    for elector_id, letters, aside in db.execute(
        select(Ballot.elector_id, Ballot.choices, Ballot.set_aside).where(
            Ballot.motion_id == motion_id, Ballot.elector_id.in_(electors)
        )
    ):
        found[elector_id or 0][aside] = letters
    return found


def _pair(
    conflict: Conflict, elector: Elector, read: dict[int, dict[str, str]], cast: dict[int, dict[bool, str]]
) -> Pair:
    now, replaced = cast[elector.id].get(False), cast[elector.id].get(True)
    others = {replaced} if replaced else set(read.get(conflict.credential_id, {}).values())
    return Pair(conflict, elector, now, tuple(sorted(others)))
