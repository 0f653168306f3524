"""The one door for writing and the one for reading: `do` and `ask`.

`do` runs one action in one transaction with one instant; nothing else commits. The clock and the token source are given
here and nowhere else. A write that leaves no audit entry is rolled back and raised as a bug: no write without a witness.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

P = ParamSpec("P")
T = TypeVar("T")

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
    """One transaction at one instant. `token(n)` gives n random characters of `ALPHABET` (5 bits each)."""

    db: Session
    actor: Actor
    now: datetime
    token: TokenSource
    witnessed: int = field(default=0)


class Unwitnessed(Exception):
    """A bug: an action wrote to the database without appending to the audit chain."""


class Store:
    """The database, the clock and the token source behind two verbs."""

    def __init__(self, engine: Engine, clock: Clock, tokens: TokenSource) -> None:
        self.engine = engine
        self.clock = clock
        self.tokens = tokens

    def do(self, actor: Actor, action: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one action in one transaction; commit if it returns, roll back if it raises."""
        with self.engine.connect().execution_options(writes=True) as connection:
            writes = _count_writes(connection)
            with connection.begin(), Session(connection, expire_on_commit=False) as session:
                work = Work(session, actor, self.clock(), self.tokens)
                result = action(work, *args, **kwargs)
                session.flush()
                if writes.seen and not work.witnessed:
                    raise Unwitnessed(getattr(action, "__name__", repr(action)))
                return result

    def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer one question from one consistent view of the data; nothing is written."""
        with self.engine.connect() as connection, connection.begin() as reading:
            with Session(connection) as session:
                answer = query(session, *args, **kwargs)
            reading.rollback()
            return answer

    def now(self) -> datetime:
        """The instant by the store's clock, for pages that count days."""
        return self.clock()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


@dataclass
class _Writes:
    seen: bool = False


def _count_writes(connection: Any) -> _Writes:
    writes = _Writes()

    def notice(_c: Any, _cursor: Any, _statement: str, _p: Any, context: Any, _many: bool) -> None:
        if context is not None and (context.isinsert or context.isupdate or context.isdelete):
            writes.seen = True

    event.listen(connection, "after_cursor_execute", notice)
    return writes
