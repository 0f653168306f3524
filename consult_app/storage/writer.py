"""Group commit: the writes that wait at one moment share one transaction and one sync of the disk.

One writer at a time is all SQLite has, and a sync costs as much for five hundred votes as for one. So whoever writes
takes along all who wait, each in a savepoint of its own: one that is refused or fails is undone alone. Calls that a stack
can take together go without: should the stack fail, the group is done again, one by one. Nobody hears of success before
the one commit. There is no lingering to fill a group: while one commits, the next gathers.

A thread that writes does the group's work itself, and the others wait behind it (leader and followers): a command or a
window needs no thread besides, and a bug's traceback shows who asked. Only for coroutines, which cannot wait, a thread
of the writer's own takes the lead.
"""

import asyncio
import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.storage.checkpoint import cut_off
from consult_app.storage.failure import Damaged, StorageFailed, Unsynced, is_busy, is_lost, reason_of
from consult_app.storage.work import Actor, Clock, TokenSource, Unwitnessed, Work

log = logging.getLogger(__name__)

GROUP = 500
"""Writes in one transaction at most: beyond that a commit gains nothing and the first only waits longer."""

Action = Callable[..., Any]
ALONE = object()
"""What a stack says of a call that must be done by itself, after the rest."""


@dataclass(slots=True, eq=False)
class Write:
    """One action that waits for its turn, and how it ended. `tell` is called in `loop` where a loop waits for it."""

    actor: Actor
    action: Action
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    loop: asyncio.AbstractEventLoop | None = None
    tell: "Callable[[Write], None] | None" = None
    settled: bool = False
    result: Any = None
    error: BaseException | None = None

    def outcome(self) -> Any:
        """The action's result, or its error raised where it was asked for."""
        if self.error is not None:
            raise self.error
        return self.result


class Writer:
    """The one place where anything is committed. `failed` says why the last group could not be stored, None when well."""

    def __init__(self, engine: Engine, clock: Clock, tokens: TokenSource) -> None:
        self.engine = engine
        self.clock = clock
        self.tokens = tokens
        self.failed: StorageFailed | None = None
        self.stacks: dict[Action, Action] = {}
        self.committed: Callable[[], None] = lambda: None
        self._waiting: deque[Write] = deque()
        self._lead = threading.Lock()
        self._leader: int | None = None
        self._bell = threading.Event()
        self._thread: threading.Thread | None = None
        self._closing = False

    def do(self, write: Write) -> Any:
        """Carry a write out, together with all that wait, and give its result once it is on disk."""
        if self._leader == threading.get_ident():
            raise RuntimeError("an action asked the store to write; it must use its own work")
        self._waiting.append(write)
        try:
            while not write.settled:
                with self._lead:
                    if not write.settled:
                        self._commit_group()
        except BaseException:  # interrupted: what nobody waits for any more is not done later
            with suppress(ValueError):
                self._waiting.remove(write)
            raise
        return write.outcome()

    def do_soon(self, write: Write, tell: Callable[[Write], None]) -> None:
        """Queue a write; `tell` is called in the running loop once it is on disk, or has failed."""
        write.loop, write.tell = asyncio.get_running_loop(), tell
        self._waiting.append(write)
        if self._thread is None:
            self._thread = threading.Thread(target=self._lead_on, name="writer", daemon=True)
            self._thread.start()
        if not self._bell.is_set():  # setting it takes a lock, and mostly somebody has
            self._bell.set()

    def close(self) -> None:
        """Finish what waits and end the writer's thread."""
        self._closing = True
        self._bell.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _lead_on(self) -> None:
        while self._waiting or not self._closing:
            self._bell.wait()
            if not self._closing:
                self._bell.clear()
            while self._waiting:
                with self._lead:
                    self._commit_group()

    def _commit_group(self) -> None:
        """Take what waits, commit it, tell everybody; the caller holds the lead."""
        group = [self._waiting.popleft() for _ in range(min(len(self._waiting), GROUP))]
        self._leader = threading.get_ident()
        try:
            self._store(group)
        except BaseException:  # the leader was interrupted: the others' writes wait for the next leader
            self._waiting.extendleft(reversed([write for write in group if not write.settled]))
            raise
        finally:
            self._leader = None
        _wake(group)

    def _store(self, group: Sequence[Write], *, stacked: bool = True) -> None:
        try:
            with self._transaction() as transaction:
                for stack, run in self._runs(group, stacked):
                    if stack:
                        self._stacked(transaction, stack, run)
                    else:
                        for write in run:
                            self._carry_out(transaction, write)
        except _StackFailed as failed:
            log.warning("a stack failed; all are done one by one", exc_info=failed.__cause__)
            self._store(group, stacked=False)
            return
        except Exception as error:
            self._give_up(group, error)
        else:
            if transaction.forgets:
                cut_off(self.engine)
            self.committed()
        for write in group:
            write.settled = True

    @contextmanager
    def _transaction(self) -> "Iterator[_Transaction]":
        """One transaction; after a failure only on a fresh connection to a database that was looked through."""
        with self.engine.connect().execution_options(writes=True) as connection:
            if self.failed is not None:
                _look_through(connection)
            transaction = _Transaction(connection)
            event.listen(connection, "after_cursor_execute", transaction.notice)
            with connection.begin():
                yield transaction
        self.failed = None

    def _runs(self, group: Sequence[Write], stacked: bool) -> Iterator[tuple[Action | None, list[Write]]]:
        """The group in its order, cut into runs of calls that a stack can take together, and others."""
        stacks = self.stacks if stacked else {}
        for (stack, _), run in groupby(group, lambda write: (stacks.get(write.action), write.actor)):
            yield stack, list(run)

    def _stacked(self, transaction: "_Transaction", stack: Action, run: Sequence[Write]) -> None:
        """Carry out many calls by one, and those it sends back each by itself.

        A stack has no savepoint, which costs as much as ten votes. Raises `_StackFailed`: nothing of the transaction is
        to be kept, and the group is to be done again, one by one.
        """
        whole = Write(run[0].actor, stack, ([write.args for write in run],), {})
        try:
            ends = self._act(transaction, whole)
        except Exception as error:
            if is_lost(error):
                raise
            raise _StackFailed from error
        for write, end in zip(run, ends, strict=True):
            if end is ALONE:
                self._carry_out(transaction, write)
            elif isinstance(end, Refused):
                write.error = end
            else:
                write.result = end

    def _carry_out(self, transaction: "_Transaction", write: Write) -> None:
        """Run one action in its savepoint; its error is kept for who asked. Raises only where the transaction is lost."""
        write.error = None
        savepoint = transaction.connection.begin_nested()
        try:
            write.result = self._act(transaction, write)
            savepoint.commit()
        except Exception as error:
            if is_lost(error):
                raise
            savepoint.rollback()
            write.error = error

    def _act(self, transaction: "_Transaction", write: Write) -> Any:
        transaction.wrote = False
        # The savepoint is the writer's: the session neither commits nor takes one of its own.
        with Session(transaction.connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session:
            work = Work(session, write.actor, self.clock(), self.tokens)
            result = write.action(work, *write.args, **write.kwargs)
            session.flush()
        transaction.forgets |= work.forgets
        if (transaction.wrote or "wrote" in session.info) and not work.witnessed:
            raise Unwitnessed(getattr(write.action, "__name__", repr(write.action)))
        return result

    def _give_up(self, group: Sequence[Write], error: Exception) -> None:
        """Nothing of the group is stored. A sync that failed is never tried again on the same connection."""
        reason = reason_of(error)
        told = StorageFailed(reason=reason) if reason else error
        if isinstance(told, StorageFailed):
            told.__cause__ = error
            if not is_busy(error):
                self.failed = told
                self.engine.dispose()
        for write in group:
            write.result, write.error = None, told


class _StackFailed(Exception):
    """A stack raised; none of its calls is to blame before each was tried alone."""


@dataclass
class _Transaction:
    """The group's transaction; `wrote` says whether the action under way changed anything, `forgets` whether any erased a secret."""

    connection: Connection
    wrote: bool = False
    forgets: bool = False

    def notice(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            self.wrote = True


def _look_through(connection: Connection) -> None:
    """Refuse to go on writing to a file that no longer holds together, or cannot be brought to the disk.

    What a failed sync left in the log shows again once the file is opened anew, and no later sync of the log would tell
    that it never reached the disk. So the log is written into the file itself, with a sync of its own, before anything
    it holds is acknowledged.
    """
    if connection.dialect.name != "sqlite":
        return
    try:
        # On the driver's connection: a checkpoint cannot run within the transaction that SQLAlchemy would begin.
        driver: Any = connection.connection.driver_connection
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise Unsynced from error
    if busy:
        raise Unsynced
    with connection.begin():
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        raise Damaged(found)


def _wake(group: Sequence[Write]) -> None:
    """Tell the coroutines that wait: one call into each loop, not one for each vote."""
    asked: dict[asyncio.AbstractEventLoop, list[Write]] = {}
    for write in group:
        if write.loop is not None:
            asked.setdefault(write.loop, []).append(write)
    for loop, writes in asked.items():
        with suppress(RuntimeError):  # the loop was closed: nobody is left to be told
            loop.call_soon_threadsafe(_wake_all, loop, writes)


def _wake_all(loop: asyncio.AbstractEventLoop, writes: Sequence[Write]) -> None:
    for write in writes:
        if write.tell is not None:
            loop.call_soon(write.tell, write)  # each by itself: one that fails takes no other along
