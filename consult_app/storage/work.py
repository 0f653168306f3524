"""What an action is given: one transaction at one instant, who acts, and chance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

Clock = Callable[[], datetime]
TokenSource = Callable[[int], str]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code read aloud or copied by hand is not misread."""


@dataclass(frozen=True)
class Actor:
    """Who does something: a name as it will stand in the record, and the part they play."""

    name: str
    part: str = "secretary"


SYSTEM = Actor("系统", "system")


@dataclass
class Work:
    """One transaction at one instant. `token(n)` gives n random characters of `ALPHABET` (5 bits each).

    An action that erases a secret sets `forgets`: SQLite's log is then cut off after the commit, with all it held before.
    """

    db: Session
    actor: Actor
    now: datetime
    token: TokenSource
    witnessed: int = field(default=0)
    forgets: bool = field(default=False)


class Unwitnessed(Exception):
    """A bug: an action wrote to the database without appending to the audit chain."""
