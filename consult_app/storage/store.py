"""The one door for writing and the one for reading: `do` and `ask`.

`do` runs one action in one transaction with one instant; nothing else commits. The clock and the token source are given
here and nowhere else. A write that leaves no audit entry is rolled back and raised as a bug: no write without a witness.
Actions that wait at one moment share a commit (`writer`); none knows of it.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from consult_app.storage.checkpoint import Checkpoints
from consult_app.storage.failure import StorageFailed
from consult_app.storage.work import ALPHABET, SYSTEM, Actor, Clock, TokenSource, Unwitnessed, Work
from consult_app.storage.writer import Write, Writer

__all__ = [
    "ALPHABET",
    "SYSTEM",
    "Actor",
    "Clock",
    "StorageFailed",
    "Store",
    "TokenSource",
    "Unwitnessed",
    "Work",
]

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """The database, the clock and the token source behind two verbs."""

    def __init__(self, engine: Engine, clock: Clock, tokens: TokenSource) -> None:
        self.engine = engine
        self.clock = clock
        self.tokens = tokens
        self._writer = Writer(engine, clock, tokens)
        self._checkpoints: Checkpoints | None = None

    @property
    def failed(self) -> StorageFailed | None:
        """Why the last write could not be stored; None when all is well."""
        return self._writer.failed

    def mend(self) -> StorageFailed | None:
        """Try whether the database takes a write again; what still keeps it from that, None when nothing does."""
        with suppress(StorageFailed):
            self.do(SYSTEM, _try_out)
        return self.failed

    def do(self, actor: Actor, action: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one action in one transaction; on disk if it returns, undone if it raises. Refused: `StorageFailed`."""
        done: T = self._writer.do(Write(actor, action, args, kwargs))
        return done

    async def do_async(
        self, actor: Actor, action: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `do`, for a coroutine: two thousand may wait without a thread for each."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._writer.do_soon(Write(actor, action, args, kwargs), partial(_fulfil, future))
        return await future

    def do_then(self, tell: Callable[[Write], None], actor: Actor, action: Callable[..., Any], *args: Any) -> None:
        """As `do_async` without a coroutine: `tell` is called in the running loop with how the write ended."""
        self._writer.do_soon(Write(actor, action, args, {}), tell)

    def stack(
        self, action: Callable[..., Any], many: Callable[[Work, Sequence[tuple[Any, ...]]], Sequence[Any]]
    ) -> None:
        """Have calls of `action` that wait together carried out by one call of `many`, which gets their arguments.

        `many` answers each with what `action` would return, with the `Refused` it would raise, or with `writer.ALONE`
        for one that it leaves to `action`; should it raise, all of them are.
        """
        self._writer.stacks[action] = many

    def keep_also(self, keep: Callable[[], None]) -> None:
        """Have `keep` called after each commit, before its answers leave; it may wait, but neither write nor raise."""
        self._writer.committed = keep

    def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer one question from one consistent view of the data; nothing is written."""
        with self.engine.connect() as connection, connection.begin() as reading:
            with Session(connection) as session:
                answer = query(session, *args, **kwargs)
            reading.rollback()
            return answer

    def checkpoint_apart(self) -> None:
        """Checkpoint from now on in a thread, so that no vote waits for it: for a server, not for a window or a command."""
        if self._checkpoints is None and self.engine.dialect.name == "sqlite":
            self._checkpoints = Checkpoints(self.engine)

    def now(self) -> datetime:
        """The instant by the store's clock, for pages that count days."""
        return self.clock()

    def close(self) -> None:
        """Finish what waits to be written and give back all connections."""
        self._writer.close()
        if self._checkpoints is not None:
            self._checkpoints.close()
        self.engine.dispose()


def _fulfil(future: "asyncio.Future[Any]", write: Write) -> None:
    if future.done():  # the phone may have gone away meanwhile
        return
    if write.error is not None:
        future.set_exception(write.error)
    else:
        future.set_result(write.result)


def _try_out(work: Work) -> None:
    """Write what changes nothing: SQLite's file takes a page and a sync for it."""
    if work.db.get_bind().dialect.name == "sqlite":
        work.db.execute(text("PRAGMA user_version = 0"))
